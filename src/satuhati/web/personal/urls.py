"""Addresses below a person's own link. All of them are in ``j/<token>/``."""

from __future__ import annotations

from django.urls import path

from satuhati.web.personal import feed, survey_views, views

urlpatterns = [
    path("", views.answer, name="answer"),
    path("kalender.ics", feed.calendar, name="answer_calendar"),
    path("rapat/<str:meeting>/", views.reply, name="answer_meeting"),
    path("jam/<int:round>/", views.wishes, name="answer_wishes"),
    path("survei/<str:survey>/", survey_views.answer_survey, name="answer_survey"),
    path("survei/<str:survey>/tidak/", survey_views.refuse_survey, name="refuse_survey"),
    path("survei/<str:survey>/tarik/", survey_views.take_back_survey, name="take_back_survey"),
    path("surel/", survey_views.mail, name="answer_mail"),
    path("jejaring/", views.ties, name="answer_ties"),
    path("pengajak/", views.by_whom, name="answer_by_whom"),
]
