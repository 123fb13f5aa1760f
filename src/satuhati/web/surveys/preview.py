"""A questionnaire tried on: all screens under each other, answered and kept nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from satuhati.formats.xlsform.asked import pages_ask, rules_of
from satuhati.formats.xlsform.model import Form
from satuhati.text import Translator
from satuhati.web.surveys.models import Instrument
from satuhati.web.surveys.reading import read
from satuhati.web.surveys.screens import (
    Screen,
    codes_for_page,
    defaults_of,
    rules_for_page,
    screens_of,
    words_for_page,
)
from satuhati.web.surveys.sheet import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Preview:
    screens: list[Screen]
    rules: str
    codes: str
    words: str
    today: dt.date
    asked: int


def preview_of(what: Form | Instrument, t: Translator, today: dt.date) -> Preview:
    sheet = _sheet(what) if isinstance(what, Form) else sheet_of(what, what.item_order)
    data = defaults_of(sheet, today)
    given = read(data, sheet, (), t, today)
    given.errors = {}
    screens = screens_of(sheet, given, data, t)
    return Preview(
        screens, rules_for_page(sheet), codes_for_page(sheet), words_for_page(sheet, t.lang), today,
        len(sheet.asked),
    )  # fmt: skip


def _sheet(form: Form) -> Sheet:
    shown = [(q, around) for q, around in pages_ask(form) if q.kind != "calculate"]
    ends = {q.name: b for q, _ in shown if (b := q.bounds()) is not None}
    return Sheet(form, rules_of(form), shown, {}, dict(ends))
