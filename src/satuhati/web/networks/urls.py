"""Addresses of *Jejaring*: rounds of ties, one's own ties, exchange on record."""

from __future__ import annotations

from django.urls import path

from satuhati.web.networks import views

urlpatterns = [
    path("putaran/", views.rounds, name="tie_rounds"),
    path("putaran/baru/", views.ask, name="ask_ties"),
    path("putaran/jawab/", views.own_answer, name="own_tie_answer"),
    path("putaran/keluarkan/", views.erase, name="erase_ties"),
    path("putaran/<str:round>/", views.one_round, name="tie_round"),
    path(
        "putaran/<str:round>/wawancara/<str:person>/", views.interview_page, name="interview_ties"
    ),
    path("putaran/<str:round>/kepercayaan/", views.trust, name="tie_trust"),
    path("putaran/<str:round>/tutup/", views.close, name="close_ties"),
    path("putaran/<str:round>/hapus/", views.drop, name="drop_ties"),
    path("saya/", views.mine, name="my_ties"),
    path("pertukaran/", views.exchange, name="exchange"),
]
