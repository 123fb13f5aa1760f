"""Addresses of *Laporan*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.profile import transfer, views

CELL = "<slug:component>/<slug:level>/<slug:population>/"

urlpatterns = [
    path("", views.report, name="report"),
    path("segar/", views.freshness, name="freshness"),
    path("unduh/", transfer.downloads, name="downloads"),
    path("unduh/jawaban/", transfer.answers, name="export_answers"),
    path("unduh/<int:job>/", transfer.job, name="job"),
    path("unduh/<int:job>/berkas/", transfer.fetch, name="fetch"),
    path("masukkan/", transfer.take_in, name="import"),
    path("masukkan/<int:job>/lanjut/", transfer.confirm, name="confirm_import"),
    path("ekspor/", transfer.give_out, name="export"),
    path(f"sel/{CELL}", views.cell, name="cell"),
    path(f"sel/{CELL}<int:n>/", views.rows, name="rows"),
    path("<slug:key>/", views.section, name="section"),
]
