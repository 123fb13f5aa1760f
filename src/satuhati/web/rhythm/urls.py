"""Addresses of *Kapan sebaiknya rapat?*"""

from __future__ import annotations

from django.urls import path

from satuhati.web.rhythm import rotation_views, sharing_views, views

urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("jawab/", views.answer_rounds, name="answer_rounds"),
    path("tanya/", views.ask, name="ask_wishes"),
    path("<int:round>/", views.one_round, name="round"),
    path("<int:round>/tutup/", views.close, name="close_round"),
    path("<int:round>/coba/", views.try_limits, name="try_limits"),
    path("<int:round>/pakai/", views.take_turns, name="take_turns"),
    path("<int:round>/hapus/", views.remove, name="remove_round"),
    path("bersama/", sharing_views.together, name="together"),
    path("bersama/pakai/", sharing_views.take_over, name="take_together"),
    path("lanjut/<str:series>/", rotation_views.next_turns, name="next_turns"),
    path("lanjut/<str:series>/hitung/", rotation_views.ask_turns, name="ask_next_turns"),
    path("lanjut/<str:series>/pakai/", rotation_views.take_turns, name="take_next_turns"),
]
