"""Addresses of *Layanan*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.outreach import views

urlpatterns = [
    path("", views.services, name="services"),
    path("baru/", views.new, name="new_service"),
    path("suara/<str:voice>/", views.voice, name="voice"),
    path("<str:service>/ubah/", views.edit, name="edit_service"),
]
