"""Addresses of what came out of a round, below that of the round."""

from __future__ import annotations

from django.urls import path

from satuhati.web.results import research_views as research
from satuhati.web.results import views

urlpatterns = [
    path("<str:survey>/hasil/", views.results, name="survey_results"),
    path("<str:survey>/hasil/butir/", views.items, name="survey_items"),
    path("<str:survey>/hasil/butir/unduh/", views.items_file, name="survey_items_file"),
    path("<str:survey>/hasil/cetak/", views.paper, name="survey_results_print"),
    path("<str:survey>/peneliti/", research.reliability, name="survey_research"),
    path("<str:survey>/peneliti/struktur/", research.structure, name="survey_structure"),
    path("<str:survey>/peneliti/sebanding/", research.comparability, name="survey_comparability"),
    path("<str:survey>/peneliti/kelompok/", research.groups, name="survey_groups"),
    path("<str:survey>/peneliti/kesepakatan/", research.agreement, name="survey_agreement"),
    path("<str:survey>/peneliti/jawaban/", research.response, name="survey_response"),
    path("<str:survey>/peneliti/unduh/<slug:table>/", research.download, name="survey_table"),
]
