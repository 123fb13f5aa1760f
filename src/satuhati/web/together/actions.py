"""What a meeting does when it reads the group's profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.web.audit.recording import Outcome, action, record
from satuhati.web.meetings.models import Meeting
from satuhati.web.profile.models import SharedVerdict, Snapshot
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import Who
from satuhati.web.together.models import CellReading, Statement
from satuhati.web.together.notes import (
    CODER,
    RECORDS,
    drop_empty_sources,
    drop_passage,
    write_passages,
)
from satuhati.web.together.queries import group_verdicts

Where = tuple[str, str, str]
OPPOSITE = {"confirmed": "contested", "contested": "confirmed"}


@dataclass(frozen=True, slots=True)
class Dissent:
    """An objection: its words, how many hold it, who (nobody: "a member"), for whom they speak.

    ``direction`` says what it tells of the capacity; empty: only that they disagree.
    """

    text: str
    people: int | None = None
    actor: Actor | None = None
    population: str = "pokja"
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a meeting said of a cell."""

    stance: str
    reason: str
    verdict: str | None = None
    direction: str = ""
    in_favour: int | None = None
    against: int | None = None
    dissents: tuple[Dissent, ...] = ()


def by_words(said: Said) -> str:
    """Who gave a verdict, as the report says it: with the count, if hands were counted."""
    t = RECORDS
    if said.in_favour is None:
        return CODER
    return t(
        "{who} ({yes} for, {no} against)",
        who=CODER,
        yes=t.number(said.in_favour),
        no=t.number(said.against or 0),
    )


def dissent_words(one: Dissent) -> str:
    """Who objected, as the report says it; a name only of who wishes to be named."""
    t = RECORDS
    if one.actor is not None and one.actor.name:
        return t("{name}, who sees it differently", name=one.actor.name)
    if one.people is not None and one.people > 1:
        return t("{n} people who see it differently", n=t.number(one.people))
    return t("a member who sees it differently")


@action("reading.say", "reading.edit")
def read_cell(
    *, by: Who, meeting: Meeting, where: Where, proposed: str, snapshot: Snapshot, said: Said,
    revision: int,
) -> Outcome[CellReading]:  # fmt: skip
    """The group's word on a cell, with its reason and every objection; said again, put right.

    ``revision`` is that of the reading the page showed, -1 if there was none. Raises
    ``ChangedMeanwhileError`` if somebody else noted the same cell meanwhile.
    """
    assert by.community is not None
    component, level, population = where
    key = {"meeting": meeting.public_id, "component": component, "level": level,
           "population": population}  # fmt: skip
    shown = {
        "data_version": snapshot.data_version, "as_of": snapshot.as_of,
        "measures_hash": snapshot.measures_hash, "in_favour": said.in_favour,
        "against": said.against, "by": by.user,
    }  # fmt: skip
    reading = CellReading.objects.filter(**key).first()
    if (reading.revision if reading else -1) != revision:
        raise ChangedMeanwhileError(reading)  # or one was taken back
    if reading is None:
        try:
            with transaction.atomic():
                reading = CellReading.objects.create(community=by.community, **key, **shown)
        except IntegrityError:  # another was quicker by a moment
            raise ChangedMeanwhileError(CellReading.objects.get(**key)) from None
    else:
        here = CellReading.objects.filter(pk=reading.pk, revision=revision)
        if not here.update(revision=revision + 1, **shown):
            raise ChangedMeanwhileError(CellReading.objects.get(pk=reading.pk))
    fields: dict[str, Any] = {
        "proposed": proposed, "stance": said.stance, "verdict": said.verdict, "meeting": meeting,
        "by": by_words(said), "date": meeting.date, "reason": said.reason,
    }  # fmt: skip
    if said.stance == "confirmed":
        fields["verdict"] = proposed
    row = SharedVerdict.objects.filter(public_id=reading.verdict).first()
    if row is None:  # also one that came with a package, without what stands beside it here
        here = {"component": component, "level": level, "population": population}
        row = group_verdicts(meeting).filter(**here).first()
    if row is None:
        row = created(SharedVerdict, by.community, component=component, level=level,
                      population=population, **fields)  # fmt: skip
    else:
        save_over(row, row.revision, fields)
    CellReading.objects.filter(pk=reading.pk).update(verdict=row.public_id)
    reading.verdict = row.public_id
    _write_statements(by, reading, fields, said)
    write_passages(by, meeting)
    counts = {"rows": 1 + len(said.dissents), "kind": said.stance}
    return Outcome(reading, "verdicts", row.public_id, counts)


def _write_statements(by: Who, reading: CellReading, fields: dict[str, Any], said: Said) -> None:
    """Objections in place of those before: a line keeps its rows, one that is gone loses them."""
    wanted: list[tuple[str, Dissent]] = []
    if said.stance == "contested" and said.direction:
        # The group against the machine: its reason is a passage as well.
        wanted.append(("group", Dissent(said.reason, None, None, reading.population
                                        if reading.population != "all" else "pokja",
                                        said.direction)))  # fmt: skip
    wanted += [("dissent", one) for one in said.dissents]
    there: dict[str, list[Statement]] = {"group": [], "dissent": []}
    for old in Statement.objects.filter(reading=reading).order_by("pk"):
        there[old.kind].append(old)
    for kind, one in wanted:
        found = there[kind].pop(0) if there[kind] else None
        if found is None:
            found = Statement(community=reading.community, reading=reading, kind=kind)
        if found.population and found.population != one.population and found.excerpt:
            old_source = found.source
            drop_passage(by, found)  # it belongs to another source now
            drop_empty_sources(by, {old_source})
        found.text, found.people, found.population = one.text, one.people, one.population
        found.direction = one.direction
        found.actor = one.actor.public_id if one.actor else ""
        if kind == "dissent":
            found.verdict = _dissent_row(reading, found, fields, one)
        found.save()
    for old in (*there["group"], *there["dissent"]):
        _drop(by, old)


def _dissent_row(
    reading: CellReading, found: Statement, fields: dict[str, Any], one: Dissent
) -> str:
    """The objection in table ``verdicts``, which the report prints beside the group's word."""
    mine = {**fields, "stance": OPPOSITE[fields["stance"]], "verdict": None,
            "by": dissent_words(one), "reason": one.text}  # fmt: skip
    row = SharedVerdict.objects.filter(public_id=found.verdict).first() if found.verdict else None
    if row is None:
        row = created(
            SharedVerdict, reading.community, component=reading.component, level=reading.level,
            population=reading.population, **mine,
        )  # fmt: skip
    else:
        save_over(row, row.revision, mine)
    return row.public_id


def _drop(by: Who, one: Statement) -> None:
    source = one.source
    drop_passage(by, one)
    _drop_verdicts(by, [one.verdict])
    one.delete()
    drop_empty_sources(by, {source})


def _drop_verdicts(by: Who, codes: Sequence[str]) -> None:
    for code in codes:
        for row in SharedVerdict.objects.filter(public_id=code) if code else ():
            record(by, "verdict.remove", Outcome(None, "verdicts", code))
            row.delete()


@action("reading.take_back", "reading.edit")
def take_back(*, by: Who, meeting: Meeting, reading: CellReading) -> Outcome[None]:
    """A cell is as if it had not been read: verdict, objections and passages go."""
    code = reading.verdict
    for one in list(Statement.objects.filter(reading=reading)):
        _drop(by, one)
    _drop_verdicts(by, [code])
    reading.delete()
    write_passages(by, meeting)
    return Outcome(None, "verdicts", code, {})
