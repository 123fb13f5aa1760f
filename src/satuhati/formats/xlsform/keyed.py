"""A form from a scoring key and a wording that its user may use."""

from __future__ import annotations

from collections.abc import Mapping

from satuhati.errors import InputError, Problem
from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Scoring, Section
from satuhati.schema.scoring_keys import KeyScale, ScoringKey
from satuhati.text import Text

MAX_CHOICES = 12


def keyed_form(key: ScoringKey, wording: Mapping[str, Text] | None, population: str) -> Form:
    """Raises :class:`InputError` without a wording, or when it lacks an item or has another.

    ``wording`` holds the items of the key by name, and ``answer_0``, ``answer_1`` … for the words
    of the answers (without them the figures stand alone).
    """
    if wording is None or not key.scales:
        fields: dict[str, object] = {"name": key.title, "citation": key.citation}
        raise InputError(Problem("form_key_wording", fields=fields))
    answers = {f"answer_{n}" for s in key.scales for n in range(s.low, s.high + 1)}
    wrong = [n for n in key.items if not wording.get(n, Text("", "")).id]
    wrong += [n for n in wording if n not in key.items and n not in answers]
    if wrong:
        listed = ", ".join(wrong[:12]) + (", …" if len(wrong) > 12 else "")
        raise InputError(Problem("form_wording_items", fields={"key": key.code, "names": listed}))
    children: list[Section | Question] = [
        Section(s.code, tuple(_question(s, n, wording) for n in s.items), Label.of(s.label),
                appearance="field-list")
        for s in key.scales
    ]  # fmt: skip
    return Form(
        id=key.code,
        title=key.title,
        children=tuple(children),
        version="1",
        default_language="id",
        languages=("id", "en"),
        population=population,
        citation=key.citation,
    )


def _question(scale: KeyScale, name: str, wording: Mapping[str, Text]) -> Question:
    scoring = Scoring(
        scale.code,
        "binary" if (scale.low, scale.high) == (0, 1) else "likert",
        scale.low,
        scale.high,
        name in scale.reversed,
    )
    choices = tuple(
        Choice(str(n), Label.of(wording.get(f"answer_{n}", Text(str(n), str(n)))))
        for n in range(scale.low, scale.high + 1)
    )
    return Question(
        name, "select_one", Label.of(wording[name]), choices=choices,
        list_name=f"answers_{scale.low}_{scale.high}", scoring=scoring,
    )  # fmt: skip
