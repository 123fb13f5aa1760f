"""What is done to norms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from satuhati.web.audit.recording import Outcome, action, record
from satuhati.web.meetings.models import Meeting
from satuhati.web.norms.models import Norm, NormEvent, NormReview
from satuhati.web.tenancy import files
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("norm.add", "norms.edit")
def add_norm(*, by: Who, **fields: Any) -> Outcome[Norm]:
    """A written rule or an unwritten value."""
    made = created(Norm, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "norms", made.public_id, {"fields": sorted(fields)})


@action("norm.edit", "norms.edit")
def edit_norm(*, by: Who, norm: Norm, revision: int, fields: dict[str, Any]) -> Outcome[Norm]:
    """Change a norm. Raises ``ChangedMeanwhileError``."""
    changed = save_over(norm, revision, fields)
    return Outcome(norm, "norms", norm.public_id, {"fields": changed})


@action("norm.observe", "norms.view")
def observe(
    *, by: Who, norm: Norm, event: str, date: dt.date, note: str | None,
    meeting: Meeting | None = None,
) -> Outcome[NormEvent]:  # fmt: skip
    """A norm was invoked, kept or broken, as the person who says so saw it.

    The observer is whoever is signed in: what two saw is two observations, and nobody can speak
    for somebody else. Raises ``NotAllowedError`` for somebody who is not in the register.
    """
    observer = by.membership.actor if by.membership else None
    if observer is None:
        raise NotAllowedError("norms")
    made = created(
        NormEvent, norm.community, norm=norm, event=event, date=date, note=note,
        observer=observer, meeting=meeting,
    )  # fmt: skip
    return Outcome(made, "norm_events", made.public_id, {"kind": event})


@action("norm.invoke", "norms.edit")
def note_invoked(*, by: Who, meeting: Meeting, norms: Collection[Norm]) -> Outcome[int]:
    """The rules that the minutes of a meeting refer to: these, and no others.

    Whoever keeps the minutes says so; what was ticked before and is not now is taken out.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)  # of two at once, one after the other
    observer = by.membership.actor if by.membership else None
    there = NormEvent.objects.filter(meeting=meeting, event="invoked").select_related("norm")
    wanted = {one.pk: one for one in norms}
    gone = [row for row in there if row.norm_id not in wanted]
    for row in gone:
        _take_out(by, row)
    for pk in wanted.keys() - {row.norm_id for row in there if row not in gone}:
        created(
            NormEvent, meeting.community, norm=wanted[pk], event="invoked", date=meeting.date,
            meeting=meeting, observer=observer,
        )  # fmt: skip
    return Outcome(len(wanted), "meetings", meeting.public_id, {"rows": len(wanted)})


@action("norm.observe_all", "norms.view")
def observe_all(*, by: Who, meeting: Meeting, seen: Mapping[Norm, str]) -> Outcome[int]:
    """What one observer saw of the values in a meeting: kept or broken; what is left out, nothing.

    Everybody has one word on each value of a meeting, their own, and may put it right. Raises
    ``NotAllowedError`` for somebody who is not in the register.
    """
    observer = by.membership.actor if by.membership else None
    if observer is None:
        raise NotAllowedError("norms")
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    mine = NormEvent.objects.filter(
        meeting=meeting, observer=observer, event__in=("kept", "broken"), norm__kind="unwritten"
    ).select_related("norm")
    left = {norm.pk: (norm, event) for norm, event in seen.items()}
    for row in mine:
        wanted = left.pop(row.norm_id, None)
        if wanted is None:
            _take_out(by, row)
        elif wanted[1] != row.event:
            save_over(row, row.revision, {"event": wanted[1]})
    for norm, event in left.values():
        created(
            NormEvent, meeting.community, norm=norm, event=event, date=meeting.date,
            meeting=meeting, observer=observer,
        )  # fmt: skip
    return Outcome(len(seen), "meetings", meeting.public_id, {"rows": len(seen)})


def _take_out(by: Who, row: NormEvent) -> None:
    # On record one by one: an id that was given is never given again.
    record(by, "norm_event.remove", Outcome(None, "norm_events", row.public_id))
    row.delete()


@action("norm.keep", "norms.edit")
def keep_norm(*, by: Who, norm: Norm, revision: int, on: dt.date) -> Outcome[Norm]:
    """Looked at again and still in force. Raises ``ChangedMeanwhileError``."""
    _seize(norm, revision)
    _review(by, norm, "kept", on)
    return Outcome(norm, "norms", norm.public_id, {"kind": "kept"})


@action("norm.end", "norms.edit")
def end_norm(*, by: Who, norm: Norm, revision: int, on: dt.date) -> Outcome[Norm]:
    """A norm is let go; from ``on`` it holds no more. Raises ``ChangedMeanwhileError``."""
    _seize(norm, revision)
    save_over(norm, norm.revision, {"until": _last_day(norm, on)})
    _review(by, norm, "ended", on)
    return Outcome(norm, "norms", norm.public_id, {"fields": ["until"]})


@action("norm.reword", "norms.edit")
def reword(
    *, by: Who, norm: Norm, revision: int, fields: dict[str, Any], on: dt.date
) -> Outcome[Norm]:
    """New wording: the old norm ends, and one that holds from ``on`` takes its place.

    What was seen of the old wording stays with it. Raises ``ChangedMeanwhileError``.
    """
    _seize(norm, revision)
    save_over(norm, norm.revision, {"until": _last_day(norm, on)})
    made = created(Norm, norm.community, **{**fields, "since": on, "until": None})
    _review(by, norm, "changed", on, made.public_id)
    return Outcome(made, "norms", made.public_id, {"fields": ["text"], "before": norm.public_id})


def _seize(norm: Norm, revision: int) -> None:
    """The first write of an answer: of two keepers who answer at once the second is told."""
    norm.revision = revision
    found = Norm.objects.filter(pk=norm.pk, revision=revision).update(revision=revision + 1)
    if not found:
        raise ChangedMeanwhileError(Norm.objects.get(pk=norm.pk))
    norm.refresh_from_db()


def _last_day(norm: Norm, on: dt.date) -> dt.date:
    """The day before the change; of a norm that began on it, that day."""
    before = on - dt.timedelta(days=1)
    return max(before, norm.since) if norm.since else before


def _review(by: Who, norm: Norm, answer: str, on: dt.date, successor: str = "") -> None:
    NormReview.objects.create(
        community=norm.community, norm=norm.public_id, answer=answer, date=on, by=by.user,
        successor=successor,
    )  # fmt: skip


@action("norm.attach", "norms.edit", data=False)
def attach(*, by: Who, norm: Norm, sent: Any) -> Outcome[files.KeptFile]:
    """Keep the document in which a written rule stands."""
    made = files.keep(by, sent, "norms", norm.public_id)
    return Outcome(made, "norms", norm.public_id, {"kind": made.suffix, "bytes": made.size})


@action("norm.detach", "norms.edit", data=False)
def detach(*, by: Who, norm: Norm, file: files.KeptFile) -> Outcome[None]:
    """Take a document of a rule away."""
    files.drop(file)
    return Outcome(None, "norms", norm.public_id, {"kind": file.suffix})
