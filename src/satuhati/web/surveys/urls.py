"""Addresses of *Survei*, and of the open door of a round."""

from __future__ import annotations

from django.urls import path

from satuhati.web.surveys import household_views, instrument_views, mail_views, views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("baru/", views.new, name="new_survey"),
    path("kuesioner/", instrument_views.instruments, name="instruments"),
    path("kuesioner/unggah/", instrument_views.upload, name="upload_instrument"),
    path("kuesioner/periksa/<str:word>/", instrument_views.check, name="check_instrument"),
    path("kuesioner/siap/<str:form>/", instrument_views.take_ready, name="take_ready"),
    path("kuesioner/butir/<str:instrument>/", instrument_views.instrument, name="instrument"),
    path(
        "kuesioner/butir/<str:instrument>/unduh/",
        instrument_views.download,
        name="download_instrument",
    ),
    path("kuesioner/butir/<str:instrument>/uji/", instrument_views.pretest, name="pretest"),
    path(
        "kuesioner/butir/<str:instrument>/versi/<str:other>/",
        instrument_views.versions,
        name="instrument_versions",
    ),
    path("<str:survey>/", views.survey, name="survey"),
    path("<str:survey>/isi/", views.interview, name="interview"),
    path("<str:survey>/rumah/", household_views.households, name="survey_households"),
    path("<str:survey>/ingatkan/", mail_views.remind, name="remind_survey"),
    path("<str:survey>/tutup/", views.close, name="close_survey"),
    path("<str:survey>/periksa/", views.marks, name="survey_marks"),
]
open_urls = [path("<str:key>/", views.open_survey, name="open_survey")]
