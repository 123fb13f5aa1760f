"""Addresses of the profile."""

from __future__ import annotations

from django.urls import path

from satuhati.web.profile import views

urlpatterns = [path("", views.report, name="report")]
