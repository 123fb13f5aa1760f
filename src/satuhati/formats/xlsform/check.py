"""What must hold across a form: expressions that can be read, names that are there, no circles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from satuhati.errors import Doubt, Problem
from satuhati.formats.xlsform.expressions import ExpressionError, columns, named, parse
from satuhati.formats.xlsform.filters import NAME
from satuhati.formats.xlsform.model import SILENT, Form, Question, Section
from satuhati.formats.xlsform.sheet import Sheet
from satuhati.text import Text

_LANGUAGES = {"id": Text("Indonesia", "Indonesian"), "en": Text("Inggris", "English")}
_DEPENDS = ("relevant", "calculation")
_FILTER = "choice_filter"
_COLUMNS = ("relevant", "constraint", "calculation", "required", _FILTER)
MAX_DOUBTS = 40
_NO_ANSWER = re.compile(
    r"tidak (tahu|menjawab|mau menjawab|berlaku)|tdk tahu|do(n't| not) know|no answer"
    r"|prefer not|refused?\b|not applicable|\bn/?a\b",
    re.IGNORECASE,
)
"""How an answer that is none is usually worded."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A question or section as a node: its name, row, parent and expressions."""

    name: str
    row: int
    around: int | None
    expressions: tuple[tuple[str, str], ...]


def check_form(
    form: Form, sheet: Sheet, problems: list[Problem], more: Collection[str] = ()
) -> list[Doubt]:
    """Add what is wrong to ``problems``; give back what should be known.

    ``more``: the columns of the sheet ``choices`` that filters may look at.
    """
    doubts: list[Doubt] = []
    parts = list(_parts(form.children))
    known = {p.name for p in parts}
    for part in parts:
        for column, text in part.expressions:
            try:
                node = parse(text, filters=column == _FILTER)
                doubts += _unknown_columns(part, columns(node) - {NAME}, more)
            except ExpressionError as error:
                if error.unsupported:
                    fields = {"row": part.row, "name": part.name, "column": column,
                              "why": error.why}  # fmt: skip
                    doubts.append(Doubt("form_not_computed", fields))
                else:
                    problems.append(sheet.problem("form_expression", part.row, column,
                                                  at=error.at, why=error.why))  # fmt: skip
            for name in sorted(named(text) - known):
                problems.append(
                    sheet.problem("form_reference_unknown", part.row, column, name=name)
                )
    for circle in _circles(parts):
        path = " → ".join(parts[i].name for i in (*circle, circle[0]))
        first = parts[circle[0]]
        column = next((c for c, _ in first.expressions if c in _DEPENDS), "relevant")
        problems.append(sheet.problem("form_cycle", first.row, column, path=path))
    if not any(q.kind not in SILENT for q in form.questions()) and not problems:
        problems.append(sheet.problem("form_without_questions", None, None))
    return [*doubts[:MAX_DOUBTS], *_known(form)]


def _unknown_columns(part: _Part, wanted: frozenset[str], more: Collection[str]) -> list[Doubt]:
    """Columns a filter looks at and choices do not have. To ODK they are empty, and no error."""
    known = ", ".join(sorted(more)[:8]) or "–"
    return [
        Doubt("form_filter_column", {"row": part.row, "name": part.name, "column": one,
                                     "known": known})
        for one in sorted(wanted - {*more})
    ]  # fmt: skip


def _expressions(part: Question | Section) -> tuple[tuple[str, str], ...]:
    found = [(c, getattr(part, c, None)) for c in _COLUMNS]
    return tuple((c, text) for c, text in found if text)


def _parts(children: Sequence[Section | Question]) -> Iterator[_Part]:
    waiting: list[tuple[Section | Question, int | None]] = [(c, None) for c in reversed(children)]
    number = 0
    while waiting:
        child, around = waiting.pop()
        yield _Part(child.name, child.row, around, _expressions(child))
        if isinstance(child, Section):
            waiting += [(c, number) for c in reversed(child.children)]
        number += 1


def _circles(parts: Sequence[_Part]) -> list[list[int]]:
    """Circles of relevance and calculation, each once. Depth first, without recursion."""
    places: dict[str, list[int]] = {}
    for i, part in enumerate(parts):
        places.setdefault(part.name, []).append(i)
    edges = [list(_needs(part, places)) for part in parts]
    state = [0] * len(parts)
    circles: list[list[int]] = []
    for start in range(len(parts)):
        if state[start]:
            continue
        path, left = [start], [iter(edges[start])]
        state[start] = 1
        while path:
            following = next(left[-1], None)
            if following is None:
                state[path.pop()] = 2
                left.pop()
            elif state[following] == 1:
                circles.append(path[path.index(following) :])
            elif state[following] == 0:
                state[following] = 1
                path.append(following)
                left.append(iter(edges[following]))
    return circles


def _needs(part: _Part, places: Mapping[str, Sequence[int]]) -> Iterator[int]:
    if part.around is not None:
        yield part.around
    for column, text in part.expressions:
        if column in _DEPENDS:
            for name in sorted(named(text)):
                yield from places.get(name, ())


def _silent(questions: Sequence[Question]) -> Iterator[Doubt]:
    """Choices of scales that are no answer, and ends of scales that sound as if they were none."""
    beyond: dict[tuple[str, float | None, float | None], list[str]] = {}
    unsure: dict[tuple[str, str], list[str]] = {}
    for q in questions:
        if codes := q.silent_codes():
            key = (", ".join(codes), q.scoring.low, q.scoring.high)
            beyond.setdefault(key, []).append(q.name)
        bounds, numbers = q.bounds(), q.numbered()
        if q.kind != "select_one" or not bounds or not numbers:
            continue
        for choice, number in zip(q.choices, numbers, strict=True):
            words = [choice.label("id"), choice.label("en")]
            if number in bounds and any(_NO_ANSWER.search(w) for w in words):
                unsure.setdefault((words[0], choice.name), []).append(q.name)
    for (codes_, low, high), names in beyond.items():
        ends = {"low": f"{low:g}", "high": f"{high:g}"}
        yield Doubt("form_codes_silent", {"names": _listed(names), "codes": codes_, **ends})
    for (word, code), names in unsure.items():
        yield Doubt("form_codes_unsure", {"names": _listed(names), "word": word, "code": code})


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (", …" if len(names) > 20 else "")


def _known(form: Form) -> list[Doubt]:
    """What our pages do not ask, and which wordings are missing."""
    doubts = [Doubt("form_repeat", {"row": s.row, "name": s.name})
              for s in form.sections() if s.repeat]  # fmt: skip
    questions = form.questions()
    doubts += [
        Doubt("form_not_asked", {"row": q.row, "name": q.name, "type": q.kind})
        for q in questions
        if not q.answered and q.kind not in SILENT
    ][:MAX_DOUBTS]
    doubts += list(_silent([q for q in questions if q.scoring.scale]))[:MAX_DOUBTS]
    unnamed = sum(q.label.own("") is not None for q in questions)
    if unnamed:
        doubts.append(Doubt("form_language_unnamed", {"n": unnamed}))
    worded = [q for q in questions if q.label and q.label.own("") is None]
    for code, language in _LANGUAGES.items():
        missing = sum(q.label.own(code) is None for q in worded)
        if missing:
            doubts.append(Doubt("form_language_missing", {"n": missing, "language": language}))
    if not any(q.scoring.scale for q in questions):
        doubts.append(Doubt("form_no_scale"))
    return doubts
