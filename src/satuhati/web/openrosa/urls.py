"""Addresses of collecting with ODK Collect: its page, and what phones ask for."""

from __future__ import annotations

from django.urls import path

from satuhati.web.openrosa import devices, views

urlpatterns = [
    path("", views.collecting, name="collecting"),
    path("buat/", views.make, name="make_collect_token"),
    path("kode/<str:token>/", views.code, name="collect_code"),
    path("berkas/<str:survey>/", views.round_files, name="collected_files"),
    path("cabut/", views.withdraw, name="withdraw_collect_token"),
]
device_urls = [
    path("<str:token>/", devices.form_list, name="collect_server"),
    path("<str:token>/formList", devices.form_list, name="collect_form_list"),
    path("<str:token>/submission", devices.submission, name="collect_submission"),
    path("<str:token>/form/<str:survey>/<str:version>/form.xml", devices.form_xml,
         name="collect_form"),
    path("<str:token>/form/<str:survey>/<str:version>/manifest.xml", devices.manifest,
         name="collect_manifest"),
]  # fmt: skip
