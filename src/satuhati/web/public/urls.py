"""Addresses of what any resident may read."""

from __future__ import annotations

from django.urls import path

from satuhati.web.public import views

urlpatterns = [
    path("", views.front, name="public"),
    path("notulen/<str:meeting>/", views.minutes, name="public_minutes"),
    path("suara/", views.speak, name="speak"),
]
