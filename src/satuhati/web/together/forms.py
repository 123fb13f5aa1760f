"""What a meeting says of a cell, as typed and as understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from satuhati.schema import TABLES
from satuhati.schema.listening import DIRECTIONS
from satuhati.text import Translator
from satuhati.web.profile.models import SharedVerdict
from satuhati.web.register.models import Actor
from satuhati.web.together.actions import Dissent, Said
from satuhati.web.together.models import CellReading, Statement

LINES = 3
LONGEST = 1000
STANCES = ("confirmed", "contested")
VERDICTS = TABLES["verdicts"].column("verdict").choices
SPEAKERS = ("pokja", "warga", "mitra")
MOST = 10_000


@dataclass(slots=True)
class Line:
    """An objection as typed."""

    n: int
    text: str = ""
    people: str = ""
    actor: str = ""
    population: str = "pokja"
    direction: str = ""
    error: str = ""


@dataclass(slots=True)
class Sheet:
    """The page of a cell, from the records or as it was sent."""

    stance: str = ""
    reason: str = ""
    verdict: str = ""
    direction: str = ""
    in_favour: str = ""
    against: str = ""
    lines: list[Line] = field(default_factory=lambda: [Line(n) for n in range(LINES)])
    errors: dict[str, str] = field(default_factory=dict)
    revision: int = -1

    @property
    def wrong(self) -> bool:
        return bool(self.errors) or any(line.error for line in self.lines)


def opened(
    reading: CellReading | None, row: SharedVerdict | None, statements: Sequence[Statement]
) -> Sheet:
    """The page as the records have it."""
    if reading is None:
        return Sheet(row.stance, row.reason, row.verdict or "") if row else Sheet()
    group = next((s for s in statements if s.kind == "group"), None)
    kept = [
        Line(n, s.text, _text(s.people), s.actor, s.population, s.direction)
        for n, s in enumerate(s for s in statements if s.kind == "dissent")
    ]
    lines = kept + [Line(n) for n in range(len(kept), max(LINES, len(kept) + 1))]
    return Sheet(
        stance=row.stance if row else "",
        reason=row.reason if row else "",
        verdict=(row.verdict or "") if row and row.stance == "contested" else "",
        direction=group.direction if group else "",
        in_favour=_text(reading.in_favour),
        against=_text(reading.against),
        lines=lines,
        revision=reading.revision,
    )


def _text(n: int | None) -> str:
    return "" if n is None else str(n)


def sent(given: Mapping[str, str], present: Sequence[Actor], t: Translator) -> Sheet:
    """The page as it was sent, with what is wrong in it."""
    sheet = Sheet(lines=[])
    for name in ("stance", "reason", "verdict", "direction", "in_favour", "against"):
        setattr(sheet, name, given.get(name, "").strip())
    revision = given.get("revision", "")
    sheet.revision = int(revision) if revision.isascii() and revision.isdigit() else -1
    if sheet.stance not in STANCES:
        sheet.errors["stance"] = t("Choose: confirmed or contested.")
    if not sheet.reason:
        sheet.errors["reason"] = t("Write why; a verdict without a reason cannot be followed.")
    elif len(sheet.reason) > LONGEST:
        sheet.errors["reason"] = _too_long(t)
    if sheet.verdict not in ("", *VERDICTS):
        sheet.verdict = ""
    if sheet.direction not in ("", *DIRECTIONS):
        sheet.direction = ""
    for name in ("in_favour", "against"):
        if _number(getattr(sheet, name)) is False:
            sheet.errors[name] = t("Write a whole number, or leave it empty.")
    if bool(sheet.against) != bool(sheet.in_favour) and "in_favour" not in sheet.errors:
        sheet.errors["in_favour"] = t("Write both counts, or neither.")
    codes = {a.public_id for a in present}
    n = 0
    while f"text-{n}" in given and n < 50:
        line = Line(n)
        for name in ("text", "people", "actor", "population", "direction"):
            setattr(line, name, given.get(f"{name}-{n}", "").strip())
        line.population = line.population if line.population in SPEAKERS else "pokja"
        line.direction = line.direction if line.direction in DIRECTIONS else ""
        if len(line.text) > LONGEST:
            line.error = _too_long(t)
        elif not line.text and (line.people or line.actor):
            line.error = t("Write what they said, or clear the line.")
        elif _number(line.people) is False:
            line.error = t("Write a whole number, or leave it empty.")
        elif line.actor and line.actor not in codes:
            line.error = t("This person was not at the meeting.")
        sheet.lines.append(line)
        n += 1
    return sheet


def _too_long(t: Translator) -> str:
    return t("This is longer than {n} letters. Please shorten it.", n=t.number(LONGEST))


def _number(text: str) -> int | bool | None:
    """A count; ``None`` for nothing, ``False`` for what is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6) or int(text) > MOST:
        return False
    return int(text)


def understood(sheet: Sheet, present: Sequence[Actor]) -> Said:
    """A sheet without mistakes as what the meeting said."""
    named = {a.public_id: a for a in present}

    def count(text: str) -> int | None:
        return int(text) if text else None

    contested = sheet.stance == "contested"
    return Said(
        sheet.stance,
        sheet.reason,
        (sheet.verdict or None) if contested else None,
        sheet.direction if contested else "",
        count(sheet.in_favour),
        count(sheet.against),
        tuple(
            Dissent(x.text, count(x.people), named.get(x.actor), x.population, x.direction)
            for x in sheet.lines
            if x.text
        ),
    )
