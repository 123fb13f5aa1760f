"""Addresses below a person's own link. All of them are in ``j/<token>/``."""

from __future__ import annotations

from django.urls import path

from satuhati.web.personal import feed, views

urlpatterns = [
    path("", views.answer, name="answer"),
    path("kalender.ics", feed.calendar, name="answer_calendar"),
    path("rapat/<str:meeting>/", views.reply, name="answer_meeting"),
    path("jam/<int:round>/", views.wishes, name="answer_wishes"),
    path("jejaring/", views.ties, name="answer_ties"),
    path("pengajak/", views.by_whom, name="answer_by_whom"),
]
