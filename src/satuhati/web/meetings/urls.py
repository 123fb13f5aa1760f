"""Addresses of *Rapat*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.meetings import (
    board,
    calendars,
    finishing,
    greeting,
    helping,
    invited,
    participating,
    recap,
    schedules,
    scheduling,
    subscribing,
    views,
    work_party,
)

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("kalender/", subscribing.my_calendar, name="my_calendar"),
    path("rekap/", recap.recap_page, name="recap"),
    path("jadwal/", schedules.schedules, name="schedules"),
    path("jadwal/baru/", scheduling.new_schedule, name="new_schedule"),
    path("jadwal/<str:series>/akhiri/", scheduling.end_one, name="end_schedule"),
    path("jadwal/<str:series>/ubah/", schedules.edit_one, name="edit_schedule"),
    path("jadwal/<str:series>/lanjut/", schedules.go_on, name="continue_schedule"),
    path("jadwal/<str:series>/termasuk/", schedules.part_of, name="part_of_schedule"),
    path("jadwal/<str:series>/tidak-ada/", schedules.none_held, name="none_held"),
    path("jadwal/tidak-ada/<str:statement>/", schedules.none_taken_back, name="none_taken_back"),
    path("jadwal/<str:series>/kalender.ics", calendars.schedule_calendar, name="schedule_calendar"),
    path("baru/", views.new, name="new_meeting"),
    path("keikutsertaan/", participating.participation, name="participation"),
    path("kehadiran-saya/", participating.my_attendance, name="my_attendance"),
    path("perlu-disapa/", greeting.to_greet, name="to_greet"),
    path("perlu-disapa/<str:actor>/", greeting.greeted, name="greeted"),
    path("kerja-bakti/", work_party.work_party, name="new_work_party"),
    path("tindak-lanjut/", board.followups, name="followups"),
    path("tindak-lanjut/baru/", board.new_followup, name="new_followup"),
    path("tindak-lanjut/pengingat/", board.reminders, name="reminders"),
    path("tindak-lanjut/<str:followup>/ubah/", board.edit_task, name="edit_followup"),
    path("tindak-lanjut/<str:followup>/selesai/", views.finish, name="finish_followup"),
    path("tindak-lanjut/<str:followup>/bantuan/", helping.helped, name="helped"),
    path("tindak-lanjut/<str:followup>/buka/", views.reopen, name="reopen_followup"),
    path("tautan/<str:actor>/ganti/", invited.renew, name="renew_answer_link"),
    path("<str:meeting>/", views.meeting, name="meeting"),
    path("<str:meeting>/ubah/", views.edit, name="edit_meeting"),
    path("<str:meeting>/selesai/", finishing.finish_meeting, name="finish_meeting"),
    path("<str:meeting>/kerja-bakti/", work_party.work_party, name="work_party"),
    path("<str:meeting>/siapa/", invited.guests, name="guests"),
    path("<str:meeting>/jawab/", invited.reply, name="reply"),
    path("<str:meeting>/diundang/", views.invited, name="meeting_invited"),
    path("<str:meeting>/kalender.ics", calendars.meeting_calendar, name="meeting_calendar"),
]
