"""The words that stand in files and under bars are those that people read while answering."""

from __future__ import annotations

import pytest

from satuhati.schema.responses import response_words
from satuhati.text import LANGUAGES, Language, translator
from satuhati.web.surveys.models import Item
from satuhati.web.surveys.sheet import options_of


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "low", "high"), [("likert", 1, 5), ("likert", 1, 4),
                                                   ("likert", 0, 3), ("binary", 0, 1)])  # fmt: skip
def test_words_are_those_of_the_form(lang: Language, kind: str, low: int, high: int) -> None:
    item = Item(type=kind, low=float(low), high=float(high), text_id="Butir sendiri.")
    shown = {float(code): word for code, word in options_of(item, translator(lang))}
    told = response_words(kind, low, high, item.text_id, as_asked_here=True)
    assert {value: word(lang) for value, word in told.items()} == shown
