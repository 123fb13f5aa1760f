"""Asking which hours suit, and the limits of a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from satuhati.core.meetings.calendar import ORDINALS, Slot
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.meetings.queries import Member
from satuhati.web.meetings.schedule import FREQUENCIES

HOURS = 8
"""Lines for hours with a name: the six offered, and two to add."""
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
GRID = [Slot(day, 60 * hour) for day in range(1, 8) for hour in range(9, 21)]
"""A whole week, hour by hour: seven days of twelve hours."""


@dataclass(slots=True)
class HourLine:
    """An hour as typed."""

    n: int
    label: str = ""
    weekday: str = ""
    time: str = ""
    error: str = ""


def offered(t: Translator) -> list[HourLine]:
    """Six hours to start from, which the group changes as it likes."""
    rows = (
        (t("Saturday after Isya"), "6", "19:30"),
        (t("Sunday morning"), "7", "09:00"),
        (t("Tuesday evening"), "2", "19:30"),
        (t("Friday after Asar"), "5", "16:00"),
        (t("With the arisan"), "7", "16:00"),
        (t("With the posyandu"), "3", "10:00"),
    )
    return [HourLine(n, *row) for n, row in enumerate(rows)] + [
        HourLine(n) for n in range(len(rows), HOURS)
    ]


def read_hours(given: Any, t: Translator) -> tuple[list[HourLine], list[tuple[str, Slot]], str]:
    """The hours as sent: the lines with what is wrong in them, the hours, and what is missing."""
    lines, hours = [], []
    seen: dict[Slot, int] = {}
    for n in range(HOURS):
        line = HourLine(n, *(given.get(f"{k}-{n}", "").strip() for k in ("label", "day", "time")))
        lines.append(line)
        if not (line.label or line.time):
            continue
        found = CLOCK.fullmatch(line.time)
        if len(line.label) > 100:
            line.error = t("This is longer than {n} letters. Please shorten it.", n="100")
        elif line.weekday not in "1234567" or len(line.weekday) != 1:
            line.error = t("Choose a day for this hour.")
        elif found is None:
            line.error = t("Write the hour as 19:30.")
        else:
            slot = Slot(int(line.weekday), int(found[1]) * 60 + int(found[2]))
            if slot in seen:
                line.error = t("This is the same hour as no. {n}.", n=t.number(seen[slot] + 1))
            else:
                seen[slot] = n
                hours.append((line.label, slot))
    wrong = "" if len(hours) >= 2 else t("Ask about two hours at least: else there is no choice.")
    return lines, hours, wrong


class LimitsForm(forms.Form):
    """What a proposal has to keep."""

    def __init__(self, *args: Any, t: Translator, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(m.actor.public_id, _named(m)) for m in members]
        self.fields["rotation"] = forms.ChoiceField(
            label=t("What kind of rhythm"), initial="0", widget=forms.RadioSelect,
            choices=[("0", t("One fixed hour everybody can remember")),
                     ("1", t("Hours in turn, so that nobody always misses out"))],
        )  # fmt: skip
        self.fields["nth"] = forms.ChoiceField(
            label=t("Which of the month"), initial="2",
            choices=[(str(n), word(t.lang)) for n, word in enumerate(ORDINALS, 1)],
        )  # fmt: skip
        self.fields["quorum"] = forms.ChoiceField(
            label=t("From each section at least"), initial="1",
            help_text=t("As many of those who answered have to say that they can."),
            choices=[("0", t("no limit")), ("1", "1"), ("2", "2"), ("3", "3")],
        )  # fmt: skip
        self.fields["each_sector"] = forms.ChoiceField(
            label=t("From each sector at least"), initial="0",
            help_text=t("Government, private firms and others among those asked."),
            choices=[("0", t("no limit")), ("1", "1"), ("2", "2")],
        )  # fmt: skip
        self.fields["required"] = forms.MultipleChoiceField(
            label=t("Who has to be able to come"), choices=people, required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=t("The fewer, the better the hour that can be found."),
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "rotation": given["rotation"] == "1",
            "nth": int(given["nth"]),
            "quorum": float(given["quorum"]),
            "each_sector": int(given["each_sector"]),
        }


class RoundForm(LimitsForm):
    """A round of asking; its hours are read beside it."""

    def __init__(
        self, *args: Any, t: Translator, today: Any, members: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, t=t, members=members, **kwargs)
        self.t, self.today = t, today
        limits = list(self.fields)
        series = TABLES["meeting_series"]

        def chosen(name: str, codes: Iterable[str]) -> list[tuple[str, str]]:
            return [(c, choice_label("meeting_series", name, c)(t.lang)) for c in codes]

        self.fields["name"] = forms.CharField(
            label=t("What are you asking for?"), max_length=300, initial=t("Monthly meeting"),
        )  # fmt: skip
        self.fields["kind"] = forms.ChoiceField(
            label=series.column("kind").label(t.lang),
            choices=chosen("kind", series.column("kind").choices),
        )
        self.fields["frequency"] = forms.ChoiceField(
            label=series.column("frequency").label(t.lang), initial="monthly",
            choices=chosen("frequency", FREQUENCIES),
        )  # fmt: skip
        self.fields["closes_on"] = forms.DateField(
            label=t("Answers until"),
            help_text=t("Until then nobody sees what others said. A week is usually enough."),
            widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        )
        self.fields["head"] = forms.ChoiceField(
            label=t("Whose free hours others may follow"), required=False,
            choices=[("", "–"), *((m.actor.public_id, _named(m)) for m in members)],
            help_text=t("Members can then tick that they follow this person, say the Lurah."),
        )  # fmt: skip
        self.order_fields(["name", "kind", "frequency", "closes_on", "head", *limits])

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if not 0 <= (day - self.today).days <= 60:
            raise forms.ValidationError(self.t("Choose a day between today and two months on."))
        return day


def _named(member: Member) -> str:
    name = member.actor.name or member.actor.public_id
    return f"{name} ({member.post})" if member.post else name
