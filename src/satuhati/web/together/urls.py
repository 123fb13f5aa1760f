"""Addresses of reading together."""

from __future__ import annotations

from django.urls import path

from satuhati.web.together import views

CELL = "<str:reading>/<slug:component>/<slug:level>/<slug:population>/"

urlpatterns = [
    path("<str:reading>/", views.together, name="read_together"),
    path("<str:reading>/cetak/", views.printed, name="print_reading"),
    path(CELL, views.one, name="read_cell"),
    path(f"{CELL}hapus/", views.undo, name="unread_cell"),
]
