"""Wording of a form with other answers in it: ``How old is ${name}?``"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from satuhati.formats.xlsform.markup import plain_words
from satuhati.formats.xlsform.model import Label
from satuhati.web.surveys.sheet import Sheet

_REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


@dataclass(slots=True)
class Part:
    """A piece of wording: text, or the place of the answer to another question."""

    text: str
    of: str = ""


def parts(sheet: Sheet, label: Label, answers: Mapping[str, str], lang: str) -> list[Part]:
    text = plain_words(label(lang))
    found, at = [], 0
    for match in _REFERENCE.finditer(text):
        if match.start() > at:
            found.append(Part(text[at : match.start()]))
        found.append(Part(worded(sheet, match[1], answers.get(match[1], ""), lang), match[1]))
        at = match.end()
    return [*found, Part(text[at:])] if at < len(text) else found


def told(sheet: Sheet, label: Label, answers: Mapping[str, str], lang: str) -> str:
    """The wording in one piece."""
    return "".join(p.text for p in parts(sheet, label, answers, lang))


def worded(sheet: Sheet, name: str, answer: str, lang: str) -> str:
    """An answer in words: the label of a choice, or what was typed."""
    asked = next((q for q in sheet.form.questions() if q.name == name), None)
    if asked is None or not asked.choices:
        return answer
    labels = {c.name: plain_words(c.words(lang)) or c.name for c in asked.choices}
    return ", ".join(labels.get(code, code) for code in answer.split())
