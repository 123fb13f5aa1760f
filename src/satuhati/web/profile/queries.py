"""Reads of snapshots, and of the rows behind a figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from satuhati.schema import TABLES, Column
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.networks.models import Tie
from satuhati.web.networks.naming import TRUST
from satuhati.web.networks.queries import pseudonym, shown_names
from satuhati.web.profile.models import BackgroundJob, Snapshot, SnapshotPage
from satuhati.web.profile.records import MODELS
from satuhati.web.register.models import Actor
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.queries import counted_answers, counted_rounds
from satuhati.web.tenancy import rules
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.dataset import lookup_of
from satuhati.web.tenancy.rows import Row
from satuhati.web.tenancy.who import Who

SMALLEST = 5
"""Answers a round must have to leave the house; the core's rule, said here without loading it."""


def latest_snapshot(who: Who, *, whole: bool = False) -> Snapshot | None:
    """The newest snapshot of the reader's community; the payload only if ``whole``."""
    found = Snapshot.objects.filter(community=who.community).order_by("-made_at", "-pk")
    return (found if whole else found.defer("payload")).first()


def is_behind(who: Who, snapshot: Snapshot | None) -> bool:
    """Whether records changed, or a day passed, since the snapshot."""
    if snapshot is None or who.community is None:
        return True
    old = snapshot.data_version != who.community.data_version
    return old or snapshot.as_of != today_in(who.community)


def get_page_for(who: Who, snapshot: Snapshot, key: str) -> SnapshotPage | None:
    return SnapshotPage.objects.filter(snapshot=snapshot, lang=who.lang, key=key).first()


def get_jobs_for(who: Who, kind: str) -> list[BackgroundJob]:
    """The reader's own jobs of a kind, the newest first."""
    jobs = BackgroundJob.objects.filter(community=who.community, by=who.user, kind=kind)
    return list(jobs.order_by("-pk")[:8])


@dataclass(frozen=True, slots=True)
class Releasable:
    """A closed round with enough answers to leave the house."""

    code: str
    instrument: str
    name: str
    wave: int
    end: dt.date
    answered: int


def get_releasable_for(who: Who) -> list[Releasable]:
    """Closed rounds with enough answers, the newest first.

    A round still open stays: two downloads in turn would tell who answered in between. One of
    this server is over once somebody closed it, one that came with the records once its time is.
    """
    who.require("answers.export")
    assert who.community is not None
    today = today_in(who.community)
    closed = SurveySetup.objects.filter(closed_on__isnull=False).values("round")
    found = (
        counted_rounds()
        .filter(Q(end__lt=today) | Q(public_id__in=closed))
        .values("pk", "public_id", "instrument__public_id", "instrument__name", "wave", "end")
        .order_by("-end", "public_id")
    )
    counts = dict(counted_answers().values_list("round").annotate(n=Count("pk")).order_by())
    return [
        Releasable(
            r["public_id"], r["instrument__public_id"], r["instrument__name"], r["wave"], r["end"],
            counts[r["pk"]],
        )
        for r in found
        if counts.get(r["pk"], 0) >= SMALLEST
    ]  # fmt: skip


# -- rows behind a figure -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table that a reader may see: labels of the columns, and each row in words."""

    table: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


NAMED = {
    "actors": ("name",),
    "areas": ("name",),
    "posts": ("name",),
    "services": ("name",),
    "meetings": ("date", "title"),
    "meeting_series": ("name",),
    "decisions": ("text",),
    "followups": ("text",),
    "norms": ("text",),
    "activities": ("name",),
    "plans": ("name",),
    "problems": ("text",),
    "goals": ("text",),
    "sources": ("title",),
    "codes": ("name",),
    "excerpts": ("text",),
}
"""How a reference is said: by these columns of the row it refers to."""


NO_EVIDENCE = {("actors", "phone")}
"""Columns that are evidence of nothing: a figure does not open to how somebody is reached."""


BY_CONSENT = ("ties", "roster")
"""Tables whose people appear by name only if they agreed to it."""


def visible_columns(role: str, table: str) -> tuple[Column, ...]:
    """The columns of a table that a role may see; the id alone is nothing to see."""
    found = tuple(
        c
        for c in TABLES[table].columns
        if rules.sees(role, c.visibility)
        and (table, c.name) not in NO_EVIDENCE
        and not (role == "researcher" and _names(table, c))
    )
    return found if any(c.name != "id" for c in found) else ()


def _names(table: str, column: Column) -> bool:
    """Columns that say who somebody is, which a researcher does not get."""
    return table == "actors" and column.name == "name"


def is_open(who: Who, table: str) -> bool:
    """Whether the rows of a table open to this reader at all. Answers of people never do."""
    return who.may("report.rows") and table in MODELS and bool(visible_columns(who.role, table))


def ids_open_to(who: Who, table: str, ids: list[str]) -> list[str]:
    """Of the rows behind a figure those that this reader may see.

    Of attendance members see their own: whoever keeps the records sees everybody's, and to a
    researcher they bear no names.
    """
    if table == "ties":  # trust is released as a whole for each closed round, never row by row
        released = Tie.objects.filter(public_id__in=ids, round__closed_on__isnull=False)
        kept = set(released.exclude(relation=TRUST).values_list("public_id", flat=True))
        return [one for one in ids if one in kept]
    if table != "attendance" or who.may("register.edit") or who.role == "researcher":
        return ids
    own = who.membership.actor_id if who.membership else None
    mine = set(
        MODELS[table]
        .objects.filter(actor=own, public_id__in=ids)
        .values_list("public_id", flat=True)
    )
    return [one for one in ids if one in mine]


def get_rows_for(who: Who, table: str, ids: list[str], t: Translator) -> Rows:
    """The rows with these ids, in words; the caller has asked :func:`is_open`."""
    columns = visible_columns(who.role, table)
    model = MODELS[table]
    said = {
        c.name: _shown_as(model, c, pseudonymised=who.role == "researcher")
        for c in columns
        if c.kind == "reference"
    }
    fields = [f for c in columns for f in (said[c.name] if c.name in said else (lookup_of(c),))]
    by_consent = [c.name for c in columns if table in BY_CONSENT and c.table == "actors"]
    fields += [f"{name}_id" for name in by_consent]
    found = list(
        model.objects.filter(public_id__in=ids).order_by("pk").values(*dict.fromkeys(fields))
    )
    if by_consent:
        _name_by_consent(found, by_consent)
    return Rows(
        table,
        TABLES[table].label(t.lang),
        tuple(c.label(t.lang) for c in columns),
        tuple(
            tuple(
                " ".join(
                    words
                    for f in (said[c.name] if c.name in said else (lookup_of(c),))
                    if (words := in_words(table, c, row[f], t))
                )
                for c in columns
            )
            for row in found
        ),
    )


def _name_by_consent(rows: list[dict[str, Any]], columns: list[str]) -> None:
    """Put the name that may appear, or a pseudonym, in the place of who the row speaks of."""
    keys = {row[f"{name}_id"] for row in rows for name in columns}
    names = shown_names(Actor.objects.filter(pk__in=keys))
    for row in rows:
        for name in columns:
            shown = names.get(row[f"{name}_id"]) or pseudonym(row[f"{name}_id"])
            for field in (f"{name}__name", f"{name}__public_id"):
                if field in row:
                    row[field] = shown


def _shown_as(model: type[Row], column: Column, *, pseudonymised: bool) -> tuple[str, ...]:
    """The fields that say what a reference refers to."""
    target = column.table or ""
    if target not in NAMED or (pseudonymised and target == "actors"):
        return (lookup_of(column),)
    return tuple(f"{column.name}__{name}" for name in NAMED[target])


def in_words(table: str, column: Column, value: Any, t: Translator) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, dt.date):
        return t.date(value)
    if column.kind == "choice":
        return choice_label(table, column.name, value)(t.lang)
    if isinstance(value, float):
        return t.number(value, 0 if value == int(value) else 2)
    if isinstance(value, int):
        # A year is no amount: 2026, not 2.026.
        return str(value) if column.name == "year" else t.number(value)
    return str(value)


def evidence_of(
    snapshot: Snapshot, component: str, level: str, population: str, n: int
) -> dict[str, Any] | None:
    """A piece of evidence of a cell, as it is kept."""
    profile = snapshot.payload.get("profile", {})
    for cell in (*profile.get("components", ()), *profile.get("functions", ())):
        if (cell["component"], cell["level"], cell["population"]) == (
            component, level, population,
        ):  # fmt: skip
            pieces: list[dict[str, Any]] = cell["evidence"]
            return pieces[n] if 0 <= n < len(pieces) else None
    return None
