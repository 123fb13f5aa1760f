"""Addresses of *Rapat*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.meetings import finishing, helping, recap, scheduling, views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("rekap/", recap.recap_page, name="recap"),
    path("jadwal/", scheduling.schedules, name="schedules"),
    path("jadwal/baru/", scheduling.new_schedule, name="new_schedule"),
    path("jadwal/<str:series>/akhiri/", scheduling.end_one, name="end_schedule"),
    path("baru/", views.new, name="new_meeting"),
    path("tindak-lanjut/", views.followups, name="followups"),
    path("tindak-lanjut/<str:followup>/selesai/", views.finish, name="finish_followup"),
    path("tindak-lanjut/<str:followup>/bantuan/", helping.helped, name="helped"),
    path("tindak-lanjut/<str:followup>/buka/", views.reopen, name="reopen_followup"),
    path("<str:meeting>/", views.meeting, name="meeting"),
    path("<str:meeting>/ubah/", views.edit, name="edit_meeting"),
    path("<str:meeting>/selesai/", finishing.finish_meeting, name="finish_meeting"),
    path("<str:meeting>/diundang/", views.invited, name="meeting_invited"),
]
