"""Dissent as evidence: passages in the field notes of the meeting in which it was said.

One discussion is one source, whoever spoke (a focus group counts once); what members, residents
and partners said is kept apart, since evidence of different populations is never merged. No name
goes into a passage.
"""

from __future__ import annotations

from typing import Any

from satuhati.reports import words as w
from satuhati.text import translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.fieldnotes.models import Code, Coding, Excerpt, Source
from satuhati.web.meetings.models import Meeting
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who
from satuhati.web.together.models import Statement

CODER = "Musyawarah baca profil"
RECORDS = translator("id")
"""Records are written in the language of the villages."""


def write_passages(by: Who, meeting: Meeting) -> None:
    """Make the field notes of a meeting what its statements say; nothing of it stays behind.

    The caller holds a transaction.
    """
    said = list(
        Statement.objects.filter(reading__meeting=meeting.public_id)
        .select_related("reading")
        .order_by("pk")
    )
    sources = {s.source for s in said if s.source}
    for population in dict.fromkeys(s.population for s in said):
        here = [s for s in said if s.population == population and s.direction]
        if here:
            _write_source(by, meeting, population, here)
    for one in said:
        if one.direction == "" and one.excerpt:
            drop_passage(by, one)
            one.save(update_fields=["source", "excerpt", "coding"])
    for code in sources:
        _drop_empty(by, code)


def _write_source(by: Who, meeting: Meeting, population: str, said: list[Statement]) -> None:
    assert by.community is not None
    text = "\n".join(s.text for s in said)
    source = _source_of(by.community, meeting, population, said, text)
    at = 0
    for one in said:
        place: dict[str, Any] = {"start": at, "end": at + len(one.text), "text": one.text}
        at = place["end"] + 1
        excerpt = Excerpt.objects.filter(public_id=one.excerpt).first() if one.excerpt else None
        if excerpt is None:
            excerpt = created(Excerpt, by.community, source=source, **place)
        else:
            save_over(excerpt, excerpt.revision, {**place, "source": source})
        code = _code_of(by.community, one.reading.component, one.reading.level)
        coding = Coding.objects.filter(public_id=one.coding).first() if one.coding else None
        fields = {"excerpt": excerpt, "code": code, "direction": one.direction}
        if coding is None:
            coding = created(Coding, by.community, coder=CODER, **fields)
        else:
            save_over(coding, coding.revision, fields)
        one.source, one.excerpt, one.coding = source.public_id, excerpt.public_id, coding.public_id
        one.save(update_fields=["source", "excerpt", "coding"])


def _source_of(
    community: Community, meeting: Meeting, population: str, said: list[Statement], text: str
) -> Source:
    t = RECORDS
    known = [s.source for s in said if s.source]
    found = Source.objects.filter(public_id__in=known, population=population).first()
    fields: dict[str, Any] = {"text": text, "date": meeting.date}
    if found is not None:
        save_over(found, found.revision, fields)
        return found
    title = f"{CODER}, {t.date(meeting.date)}"
    return created(
        Source, community, kind="focus_group", title=title, population=population,
        sampling_reason=t("Objections kept when the group read its profile."), **fields,
    )  # fmt: skip


def _code_of(community: Community, component: str, level: str) -> Code:
    """The code of a cell for what is said of it in meetings; made when first needed."""
    t = RECORDS
    name = f"{CODER}: {w.component(component, 'id')}, {w.level(level, 'id').lower()}"
    found = Code.objects.filter(name=name, component=component, level=level).first()
    if found is not None:
        return found
    return created(
        Code, community, name=name, component=component, level=level,
        definition=t("What a meeting said against a verdict of this cell."),
    )  # fmt: skip


def drop_passage(by: Who, one: Statement) -> None:
    """Take a statement's passage out of the field notes."""
    for model, key in ((Coding, one.coding), (Excerpt, one.excerpt)):
        for row in model.objects.filter(public_id=key) if key else ():
            # On record one by one: an id that was given is never given again.
            record(by, f"{model.table.rstrip('s')}.remove", Outcome(None, model.table, key))
            row.delete()
    one.source = one.excerpt = one.coding = ""


def drop_empty_sources(by: Who, codes: set[str]) -> None:
    """Take out sources of which nothing is left."""
    for code in codes - {""}:
        _drop_empty(by, code)


def _drop_empty(by: Who, code: str) -> None:
    source = Source.objects.filter(public_id=code).first()
    if source is None or Excerpt.objects.filter(source=source).exists():
        return
    record(by, "source.remove", Outcome(None, "sources", code))
    source.delete()
