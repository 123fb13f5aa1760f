"""The sheet of schedules that share rooms and people, as it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from satuhati.core.meetings.calendar import ORDINALS
from satuhati.reports.words import section
from satuhati.text import Translator
from satuhati.web.meetings.models import MeetingSeries
from satuhati.web.meetings.queries import Member, get_people_named_for
from satuhati.web.rhythm.models import SharedHours, WishRound
from satuhati.web.rhythm.sharing import Line, lines_of
from satuhati.web.tenancy.who import Who

LONGEST = 100
SEPARATOR = ";"


class TogetherForm(forms.Form):
    """What holds for all: the year, the weeks of the month, how long a meeting takes."""

    def __init__(self, *args: Any, t: Translator, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.ChoiceField(
            label=t("Year"), choices=[(str(y), str(y)) for y in (year, year + 1)],
        )  # fmt: skip
        self.fields["weeks"] = forms.MultipleChoiceField(
            label=t("Weeks of the month that may be used"),
            choices=[(str(n), word(t.lang)) for n, word in enumerate(ORDINALS, 1)],
            initial=["1", "2", "3", "4"], widget=forms.CheckboxSelectMultiple,
            help_text=t("Schedules of one hour take different weeks. Of no meaning weekly."),
        )  # fmt: skip
        self.fields["minutes"] = forms.IntegerField(
            label=t("Minutes a meeting takes, with tidying up"), min_value=15, max_value=720,
            initial=120,
        )  # fmt: skip
        self.fields["quorum"] = forms.ChoiceField(
            label=t("From each section at least"), initial="1",
            choices=[("0", t("no limit")), ("1", "1"), ("2", "2"), ("3", "3")],
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "year": int(given["year"]),
            "weeks": [int(n) for n in given["weeks"]],
            "minutes": given["minutes"],
            "quorum": float(given["quorum"]),
        }


@dataclass(slots=True)
class SheetLine:
    """A schedule as it stands in the form, with what is wrong in it."""

    series: MeetingSeries
    used: bool = False
    round: str = ""
    who: str = ""
    rooms: str = ""
    people: str = ""
    errors: list[str] = field(default_factory=list)

    def name(self, part: str) -> str:
        return f"{part}-{self.series.public_id}"


def sections_of(members: Sequence[Member], t: Translator) -> list[tuple[str, str]]:
    """Everybody, or one of the sections that members have."""
    codes = sorted({m.section for m in members if m.section})
    return [("", t("everybody of the group")), *((c, section(c, t.lang)) for c in codes)]


def offered(
    series: Sequence[MeetingSeries], rounds: Sequence[WishRound], places: dict[int, str],
    sections: Sequence[tuple[str, str]], sheet: SharedHours | None, names: dict[str, str],
) -> list[SheetLine]:  # fmt: skip
    """What the form begins with: the sheet as it was left, and a guess for each other schedule."""
    kept = {line.series: line for line in lines_of(sheet)} if sheet else {}
    found = []
    for one in series:
        line = kept.get(one.public_id)
        if line is not None:
            people = f"{SEPARATOR} ".join(names.get(code, code) for code in line.people)
            rooms = f"{SEPARATOR} ".join(line.rooms)
            found.append(SheetLine(one, True, str(line.round), line.who, rooms, people))
            continue
        mine = next((r for r in rounds if r.kind == one.kind), rounds[0] if rounds else None)
        title = one.name.casefold()
        guess = next(
            (c for c, word in sections if c and word.removeprefix("Seksi ").casefold() in title), ""
        )
        room = places.get(one.pk, "")
        found.append(SheetLine(one, False, str(mine.pk) if mine else "", guess, room))
    return found


def read_lines(
    who: Who, given: Any, series: Sequence[MeetingSeries], rounds: Sequence[WishRound],
    sections: Sequence[tuple[str, str]], t: Translator,
) -> tuple[list[SheetLine], list[Line], str]:  # fmt: skip
    """The lines as sent with what is wrong in each, those chosen, and what is wrong with all."""
    known = {str(r.pk) for r in rounds}
    codes = {code for code, _ in sections}
    lines: list[SheetLine] = []
    chosen: list[Line] = []
    for one in series:
        line = SheetLine(one)
        line.used = given.get(line.name("used")) == "1"
        line.round, line.who, line.rooms, line.people = (
            given.get(line.name(part), "").strip() for part in ("round", "who", "rooms", "people")
        )
        lines.append(line)
        if not line.used:
            continue
        rooms = tuple(dict.fromkeys(_parts(line.rooms)))
        people, unknown = get_people_named_for(who, "\n".join(_parts(line.people)))
        if line.round not in known or line.who not in codes:
            line.errors.append(t("Choose whose answers count."))
        if any(len(room) > LONGEST for room in rooms):
            line.errors.append(t("This is longer than {n} letters. Please shorten it.", n="100"))
        if unknown:
            line.errors.append(
                t("In the register nobody, or more than one, is called: {names}.",
                  names=", ".join(unknown))
            )  # fmt: skip
        if not line.errors:
            who_comes = tuple(a.public_id for a in people)
            chosen.append(Line(one.public_id, int(line.round), line.who, rooms, who_comes))
    used = [line.series for line in lines if line.used]
    if len(used) < 2:
        return lines, chosen, t("Choose two schedules at least: one alone shares nothing.")
    if len({one.frequency for one in used}) > 1:
        return lines, chosen, t("These meet differently often. Choose schedules of one frequency.")
    return lines, chosen, ""


def _parts(text: str) -> list[str]:
    return [part for raw in text.split(SEPARATOR) if (part := " ".join(raw.split()))]
