"""Addresses of *Norma*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.norms import meeting_views, review, views

urlpatterns = [
    path("", views.norms, name="norms"),
    path("baru/", views.new, name="new_norm"),
    path("piagam/", views.charter, name="charter"),
    path("tinjau/", review.due, name="review_norms"),
    path("rapat/<str:meeting>/", meeting_views.of_meeting, name="meeting_norms"),
    path("<str:norm>/", views.norm, name="norm"),
    path("<str:norm>/tinjau/", review.answer, name="review_norm"),
    path("<str:norm>/dokumen/", views.attach_document, name="attach_document"),
    path("<str:norm>/dokumen/<str:file>/", views.document, name="document"),
    path("<str:norm>/dokumen/<str:file>/hapus/", views.detach_document, name="detach_document"),
    path("<str:norm>/ubah/", views.edit, name="edit_norm"),
    path("<str:norm>/catat/", views.seen, name="observe_norm"),
]
