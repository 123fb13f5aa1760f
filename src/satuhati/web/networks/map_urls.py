"""Addresses of the pictures of ties."""

from __future__ import annotations

from django.urls import path

from satuhati.web.networks import map_files, map_views

urlpatterns = [
    path("", map_views.landing, name="networks"),
    path("peta/", map_views.picture, name="network_map"),
    path("peta/cetak/", map_views.paper, name="network_print"),
    path("peta/unduh/<slug:form>/", map_files.download, name="network_file"),
    path("penghubung/", map_views.bridges, name="network_bridges"),
    path("belum-terhubung/", map_views.alone, name="network_alone"),
    path("antar-sektor/", map_views.between, name="network_sectors"),
]
