"""Minutes and attendance lists as files, written by the worker."""

from __future__ import annotations

from typing import Any

from django_scopes import scope
from django_tasks import task

from satuhati.web.meetings.models import Meeting
from satuhati.web.minutes.content import attendance_sheet, get_minutes_for, minutes_sheet
from satuhati.web.tenancy import papers
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who, program

PAPERS = ("notulen", "daftar-hadir")


def sheet_for(who: Who, meeting: Meeting, paper: str) -> Any:
    """The paper of a meeting as it stands."""
    if paper == "daftar-hadir":
        return attendance_sheet(who, meeting)
    return minutes_sheet(who, meeting, get_minutes_for(who, meeting))


@task()
def write_meeting_paper(community_id: int, meeting: str, paper: str, form: str) -> None:
    """The minutes or the attendance list of a meeting as PDF or DOCX."""
    from satuhati.reports.papers import render_paper_docx, render_paper_pdf

    community = Community.objects.get(pk=community_id)
    with scope(community=community):
        found = Meeting.objects.get(public_id=meeting)
        sheet = sheet_for(program(community), found, paper)
    place = papers.place_of(community, [paper, sheet.record()], form)
    if place.is_file():  # asked for twice
        return
    render = render_paper_docx if form == "docx" else render_paper_pdf
    papers.keep(place, render(sheet.paper()))
