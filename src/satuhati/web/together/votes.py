"""How decisions were reached: by consensus, hands or ballot, with every objection. Optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import Text, Translator, translator
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import Decision, Meeting
from satuhati.web.meetings.queries import get_decisions_for, get_meeting_for
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import NotAllowedError, Who
from satuhati.web.together.models import DecisionVote

KINDS: dict[str, Text] = {
    "consensus": Text("mufakat", "consensus"),
    "hands": Text("angkat tangan", "a show of hands"),
    "ballot": Text("pemungutan suara tertutup", "a secret ballot"),
}
COUNTS = ("in_favour", "against", "abstained")
LONGEST, MOST = 4000, 100_000


@dataclass(slots=True)
class Line:
    """A decision and its vote, from the records or as typed."""

    decision: Decision
    kind: str = ""
    in_favour: str = ""
    against: str = ""
    abstained: str = ""
    objections: str = ""
    revision: int = -1
    error: str = ""
    saved: DecisionVote | None = field(default=None)


@action("vote.note", "meetings.edit", data=False)
def note_vote(
    *, by: Who, decision: Decision, revision: int, fields: Mapping[str, object]
) -> Outcome[DecisionVote]:
    """How a decision was reached. Raises ``ChangedMeanwhileError``; -1 for one not noted yet."""
    if by.community is None or not by.community.record_votes:
        raise NotAllowedError("votes")
    given = dict(fields)
    found = DecisionVote.objects.filter(decision=decision.public_id).first()
    if (found.revision if found else -1) != revision:
        raise ChangedMeanwhileError(found)
    if found is None:
        try:
            with transaction.atomic():
                found = DecisionVote.objects.create(
                    community=by.community, decision=decision.public_id, **given
                )
        except IntegrityError:  # another was quicker by a moment
            raise ChangedMeanwhileError(
                DecisionVote.objects.get(decision=decision.public_id)
            ) from None
    else:
        save_over(found, revision, given)
    return Outcome(found, "decisions", decision.public_id, {"fields": ["vote"]})


def get_votes_for(who: Who, meeting: Meeting) -> list[tuple[Decision, DecisionVote]]:
    """The votes of a meeting's decisions; none where the group does not keep them."""
    if who.community is None or not who.community.record_votes:
        return []
    decisions = {d.public_id: d for d in Decision.objects.filter(meeting=meeting).order_by("pk")}
    votes = DecisionVote.objects.filter(decision__in=decisions)
    by_code = {v.decision: v for v in votes}
    return [(d, by_code[code]) for code, d in decisions.items() if code in by_code]


def _lines(who: Who, meeting: Meeting) -> list[Line]:
    votes = {d.pk: v for d, v in get_votes_for(who, meeting)}
    lines = []
    for decision, _ in get_decisions_for(who, meeting):
        line = Line(decision)
        if vote := votes.get(decision.pk):
            line.saved, line.revision, line.kind = vote, vote.revision, vote.kind
            line.objections = vote.objections
            for name in COUNTS:
                value = getattr(vote, name)
                setattr(line, name, "" if value is None else str(value))
        lines.append(line)
    return lines


def _sent(given: Mapping[str, str], lines: Sequence[Line], t: Translator) -> None:
    """What was typed, over what is saved, and what is wrong in it."""
    for line in lines:
        code = line.decision.public_id
        for name in ("kind", *COUNTS, "objections"):
            setattr(line, name, given.get(f"{name}-{code}", "").strip())
        number = given.get(f"revision-{code}", "")
        line.revision = int(number) if number.isascii() and number.isdigit() else -1
        typed = any(getattr(line, name) for name in (*COUNTS, "objections"))
        if line.kind not in KINDS and (typed or line.kind or line.saved):
            line.error = t("Choose how it was decided.")
        elif not all(_count(getattr(line, name)) for name in COUNTS):
            line.error = t("Write a whole number, or leave it empty.")
        elif line.kind in ("hands", "ballot") and not (line.in_favour and line.against):
            line.error = t("How many were for it, and how many against? Nobody is 0.")
        elif bool(line.in_favour) != bool(line.against):
            line.error = t("Write both counts, or neither.")
        elif len(line.objections) > LONGEST:
            line.error = t(
                "This is longer than {n} letters. Please shorten it.", n=t.number(LONGEST)
            )


def _count(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and int(text[:7]) <= MOST)


def _fields(line: Line) -> dict[str, object]:
    counts = {n: int(v) if (v := getattr(line, n)) else None for n in COUNTS}
    return {"kind": line.kind, "objections": line.objections, **counts}


@page("meetings.edit")
def votes(request: HttpRequest, meeting: str) -> HttpResponse:
    """One page for all decisions of a meeting."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None or found.status != "held" or not who.community.record_votes:
        raise Http404
    lines = _lines(who, found)
    status = 200
    if request.method == "POST":
        _sent(request.POST, lines, t)
        if any(line.error for line in lines):
            status = 400
        else:
            try:
                with transaction.atomic():  # all of the page or nothing
                    for line in lines:
                        before = line.saved and {n: getattr(line.saved, n) for n in _fields(line)}
                        if line.kind and before != _fields(line):
                            note_vote(
                                by=who, decision=line.decision, revision=line.revision,
                                fields=_fields(line),
                            )  # fmt: skip
            except ChangedMeanwhileError:
                _told(lines, _lines(who, found), t)
                status = 409
            else:
                messages.success(request, t("The votes are noted, with every objection."))
                return redirect("meeting", who.community.code, found.public_id)
    context = {"meeting": found, "lines": lines, "kinds": KINDS}
    return render(request, "together/votes.html", context, status=status)


def _told(lines: Sequence[Line], now: Sequence[Line], t: Translator) -> None:
    """Beside what was typed, what somebody else has saved meanwhile."""
    for line, saved in zip(lines, now, strict=True):
        if line.revision != saved.revision:
            line.error = t("Somebody else changed this meanwhile. Look it over and save again.")
            line.saved, line.revision = saved.saved, saved.revision
