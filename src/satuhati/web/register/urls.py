"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from satuhati.web.register import views

urlpatterns = [path("", views.people, name="people")]
