"""What is done to letters: issued with a number of their own, withdrawn, never removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.reports.papers.letter import TO_EACH
from satuhati.reports.papers.letter import Letter as Sheet
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.letters.models import Letter, LetterSettings
from satuhati.web.letters.numbers import USUAL, numbered
from satuhati.web.letters.queries import next_number
from satuhati.web.meetings.models import Meeting
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.keys import until_free
from satuhati.web.tenancy.who import Who


class AlreadyWithdrawnError(Exception):
    """The letter was withdrawn before."""


@action("letter.settings", "settings.edit", data=False)
def save_letter_settings(
    *, by: Who, settings: LetterSettings, revision: int, fields: dict[str, Any]
) -> Outcome[LetterSettings]:
    """What all letters share. Raises ``ChangedMeanwhileError``."""
    if settings.pk is None:
        for name, value in fields.items():
            setattr(settings, name, value)
        settings.revision = 1  # whoever has the usual ones open is at 0
        try:
            with transaction.atomic():
                settings.save(force_insert=True)
        except IntegrityError:  # somebody else saved the first ones meanwhile
            there = LetterSettings.objects.get(community=by.community)
            raise ChangedMeanwhileError(there) from None
        return Outcome(settings, "letters", "", {"fields": sorted(fields)})
    changed = save_over(settings, revision, fields)
    return Outcome(settings, "letters", "", {"fields": changed})


@action("letter.issue", "meetings.edit", data=False)
def issue_letter(
    *, by: Who, meeting: Meeting, date: dt.date, sheet: Sheet, settings: LetterSettings
) -> Outcome[Letter]:
    """A letter with the next number of the year. Of two at once each gets a number of its own.

    ``sheet`` is the letter as it is to be; its number is put in here.
    """
    form = settings.number_format or USUAL

    def make() -> Letter:
        number = next_number(settings, date.year)
        printed = numbered(form, number, date)
        content = {**sheet.record(), "number": printed}
        made: Letter = Letter.objects.create(
            community=by.community,
            meeting=meeting.public_id,
            year=date.year,
            number=number,
            printed=printed,
            date=date,
            subject=sheet.subject,
            addressee=_addressee(sheet),
            content=content,
            issued_by=by.user,
        )
        return made

    made = until_free(make)
    details = {"rows": len(sheet.recipients), "meeting": meeting.public_id}
    return Outcome(made, "letters", f"{made.year}/{made.number}", details)


def _addressee(sheet: Sheet) -> str:
    if sheet.mode == TO_EACH and len(sheet.recipients) == 1:
        return sheet.recipients[0].name[:300]
    return sheet.to[:300]


@action("letter.withdraw", "meetings.edit", data=False)
def withdraw_letter(*, by: Who, letter: Letter, on: dt.date, why: str) -> Outcome[Letter]:
    """The letter no longer counts; its number is never given again."""
    taken = Letter.objects.filter(pk=letter.pk, withdrawn_on=None)
    if not taken.update(withdrawn_on=on, withdrawn_why=why):
        raise AlreadyWithdrawnError
    letter.withdrawn_on, letter.withdrawn_why = on, why
    return Outcome(
        letter, "letters", f"{letter.year}/{letter.number}", {"fields": ["withdrawn_on"]}
    )
