"""Addresses of a meeting's papers, all below the meeting."""

from __future__ import annotations

from django.urls import path

from satuhati.web.minutes import photo_views, views

urlpatterns = [
    path("<str:meeting>/cetak/", views.printed, name="print_meeting"),
    path("<str:meeting>/notulen/", views.minutes, name="minutes"),
    path("<str:meeting>/notulen/ubah/", views.edit, name="edit_minutes"),
    path("<str:meeting>/notulen/sahkan/", views.approve, name="approve_minutes"),
    path("<str:meeting>/notulen/buka/", views.reopen, name="reopen_minutes"),
    path("<str:meeting>/notulen/tampilkan/", views.show, name="show_minutes"),
    path("<str:meeting>/berkas/<slug:paper>/<slug:form>/", views.meeting_paper,
         name="meeting_paper"),
    path("<str:meeting>/foto/", photo_views.photos, name="photos"),
    path("<str:meeting>/foto/semua.zip", photo_views.photos_zip, name="photos_zip"),
    path("<str:meeting>/foto/<slug:key>/", photo_views.photo, name="photo"),
    path("<str:meeting>/foto/<slug:key>/hapus/", photo_views.remove, name="remove_photo"),
    path("<str:meeting>/portal/", photo_views.portal, name="portal"),
]  # fmt: skip
