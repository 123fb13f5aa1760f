"""Addresses of reading together."""

from __future__ import annotations

from django.urls import path

from satuhati.web.together import mirror_views, views, votes

CELL = "<str:reading>/<slug:component>/<slug:level>/<slug:population>/"

urlpatterns = [
    path("baca/<str:reading>/", views.together, name="read_together"),
    path("baca/<str:reading>/cetak/", views.printed, name="print_reading"),
    path(f"baca/{CELL}", views.one, name="read_cell"),
    path(f"baca/{CELL}hapus/", views.undo, name="unread_cell"),
    path("suara/<str:meeting>/", votes.votes, name="votes"),
    path("cermin/", mirror_views.mirrors, name="mirrors"),
    path("cermin/baru/", mirror_views.new, name="new_mirror"),
    path("cermin/<int:mirror>/", mirror_views.mirror, name="mirror"),
    path("cermin/<int:mirror>/tutup/", mirror_views.close, name="close_mirror"),
    path("cermin/<int:mirror>/hapus/", mirror_views.drop, name="drop_mirror"),
]
