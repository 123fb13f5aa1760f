"""Addresses of *Survei*, and of the open door of a round."""

from __future__ import annotations

from django.urls import path

from satuhati.web.surveys import views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("baru/", views.new, name="new_survey"),
    path("<str:survey>/", views.survey, name="survey"),
    path("<str:survey>/isi/", views.interview, name="interview"),
    path("<str:survey>/tutup/", views.close, name="close_survey"),
    path("<str:survey>/periksa/", views.marks, name="survey_marks"),
]
open_urls = [path("<str:key>/", views.open_survey, name="open_survey")]
