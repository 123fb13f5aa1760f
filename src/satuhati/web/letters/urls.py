"""Addresses of letters: below the community, and below a meeting."""

from __future__ import annotations

from django.urls import path

from satuhati.web.letters import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("pengaturan/", views.letter_settings, name="letter_settings"),
    path("<int:year>/<int:number>/", views.letter, name="letter"),
    path("<int:year>/<int:number>/cabut/", views.withdraw, name="withdraw_letter"),
    path("<int:year>/<int:number>/<slug:form>/", views.letter_file, name="letter_file"),
]
of_meeting = [
    path("<str:meeting>/surat/", views.new_letter, name="new_letter"),
]
