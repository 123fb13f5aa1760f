"""A :class:`Form` as plain lists and mappings, to be kept beside an instrument, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
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
    given["choices"] = tuple(Choice(c["name"], _label(c["label"])) for c in row["choices"])
    given["parameters"] = tuple((k, v) for k, v in row["parameters"])
    given["scoring"] = Scoring(**_known(Scoring, row["scoring"]))
    return Question(**_known(Question, given))


def _label(row: Mapping[str, Any]) -> Label:
    return Label(tuple((code, text) for code, text in row["texts"]))


def _known(kind: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What this version knows: a form kept by a newer one has more."""
    names = {f.name for f in fields(kind)}
    return {k: v for k, v in given.items() if k in names}
