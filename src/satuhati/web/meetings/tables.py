"""Meetings and follow-ups as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.meetings.models import (
    Attendance,
    Decision,
    FollowUp,
    FollowUpPartner,
    Meeting,
    MeetingSeries,
)
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    MeetingSeries,
    Meeting,
    Attendance,
    Decision,
    FollowUp,
    FollowUpPartner,
)
