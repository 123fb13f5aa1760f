"""A :class:`Form` as plain lists and mappings, to be kept beside an instrument, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Scoring, Section

_LABELS = frozenset({"label", "hint", "required_message", "constraint_message"})


def to_plain(form: Form) -> dict[str, Any]:
    """The form as JSON can hold it; :func:`of_plain` gives the same form back."""
    found = asdict(form)
    found["children"] = [_child(c) for c in form.children]
    return found


def _child(child: Section | Question) -> dict[str, Any]:
    found = asdict(child)
    if isinstance(child, Section):
        found["children"] = [_child(c) for c in child.children]
    else:
        found["choices"] = [_choice(c) for c in child.choices]
    return found


def _choice(choice: Choice) -> dict[str, Any]:
    """Few choices have more than a name and a label, and there may be thousands."""
    found: dict[str, Any] = {"name": choice.name, "label": asdict(choice.label)}
    if choice.columns:
        found["columns"] = list(choice.columns)
    if choice.also:
        found["also"] = [_choice(c) for c in choice.also]
    return found


def of_plain(plain: Mapping[str, Any]) -> Form:
    given = {**plain, "children": _children(plain["children"]),
             "languages": tuple(plain.get("languages", ()))}  # fmt: skip
    return Form(**_known(Form, given))


def _children(rows: Sequence[Mapping[str, Any]]) -> tuple[Section | Question, ...]:
    return tuple(_section(r) if "children" in r else _question(r) for r in rows)


def _section(row: Mapping[str, Any]) -> Section:
    given = {**row, "children": _children(row["children"]), "label": _label(row["label"])}
    return Section(**_known(Section, given))


def _question(row: Mapping[str, Any]) -> Question:
    given: dict[str, Any] = dict(row)
    for name in _LABELS:
        given[name] = _label(row[name])
    given["choices"] = tuple(map(_choice_of, row["choices"]))
    given["parameters"] = tuple((k, v) for k, v in row["parameters"])
    given["scoring"] = Scoring(**_known(Scoring, row["scoring"]))
    return Question(**_known(Question, given))


def _choice_of(row: Mapping[str, Any]) -> Choice:
    columns = tuple((name, text) for name, text in row.get("columns", ()))
    also = tuple(map(_choice_of, row.get("also", ())))
    return Choice(row["name"], _label(row["label"]), columns, also)


def without_columns(form: Form) -> Form:
    """As it was kept before filters of choices were computed here."""

    def bare(child: Section | Question) -> Section | Question:
        if isinstance(child, Section):
            return replace(child, children=tuple(map(bare, child.children)))
        return replace(child, choices=tuple(Choice(c.name, c.label) for c in child.choices))

    return replace(form, children=tuple(map(bare, form.children)))


def _label(row: Mapping[str, Any]) -> Label:
    return Label(tuple((code, text) for code, text in row["texts"]))


def _known(kind: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What this version knows: a form kept by a newer one has more."""
    names = {f.name for f in fields(kind)}
    return {k: v for k, v in given.items() if k in names}
