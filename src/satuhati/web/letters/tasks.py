"""Letters as files, written by the worker: the document makers are loaded nowhere else."""

from __future__ import annotations

from typing import Any

from django_scopes import scope
from django_tasks import task

from satuhati.reports.papers.letter import Letter as Sheet
from satuhati.web.letters.models import Letter
from satuhati.web.tenancy import papers
from satuhati.web.tenancy.models import Community


def sheet_of(letter: Letter) -> Sheet:
    """The letter as it is printed now: as it was issued, with a mark if it was withdrawn."""
    from satuhati.text import translator

    kept: dict[str, Any] = dict(letter.content)
    if letter.withdrawn_on is not None:
        when = translator("id").date(letter.withdrawn_on)
        kept["withdrawn"] = f"{when}: {letter.withdrawn_why}" if letter.withdrawn_why else when
    return Sheet.of(kept)


@task()
def write_letter(community_id: int, letter_id: int, form: str) -> None:
    """A letter as PDF or DOCX."""
    from satuhati.reports.papers import render_paper_docx, render_paper_pdf

    community = Community.objects.get(pk=community_id)
    with scope(community=community):
        sheet = sheet_of(Letter.objects.get(pk=letter_id))
    place = papers.place_of(community, sheet.record(), form)
    if place.is_file():  # asked for twice
        return
    render = render_paper_docx if form == "docx" else render_paper_pdf
    papers.keep(place, render(sheet.paper()))
