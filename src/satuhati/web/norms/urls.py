"""Addresses of *Norma*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.norms import views

urlpatterns = [
    path("", views.norms, name="norms"),
    path("baru/", views.new, name="new_norm"),
    path("piagam/", views.charter, name="charter"),
    path("<str:norm>/ubah/", views.edit, name="edit_norm"),
    path("<str:norm>/catat/", views.seen, name="observe_norm"),
]
