"""A :class:`Form` to an XLSForm workbook: the inverse of :mod:`satuhati.formats.xlsform.read`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Section
from satuhati.schema.choices import folded

_LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
_TYPES = {
    "text": "text", "integer": "integer", "decimal": "decimal", "range": "range", "date": "date",
    "time": "time", "datetime": "dateTime", "acknowledge": "acknowledge", "note": "note",
    "calculate": "calculate", "hidden": "hidden",
}  # fmt: skip
_SCORING = ("satuhati_scale", "satuhati_type", "satuhati_low", "satuhati_high",
            "satuhati_reversed")  # fmt: skip
_PLAIN = ("required", "relevant", "constraint", "calculation", "choice_filter", "default",
          "appearance", "parameters", "readonly")  # fmt: skip


def form_workbook(form: Form) -> bytes:
    """The workbook's bytes. ``ValueError`` for kinds that only other people's forms use."""
    import openpyxl  # start-up time: only when a workbook is written
    from openpyxl.styles import Alignment, Font

    survey, lists = _survey(form)
    choices = _choices(form, lists)
    settings: list[list[Any]] = [
        ["form_title", "form_id", "version", "default_language", "satuhati_population",
         "satuhati_citation", "allow_choice_duplicates"],
        [form.title, form.id, form.version,
         _LANGUAGES.get(form.default_language, form.default_language), form.population,
         form.citation, "yes" if any(c.also for cs in lists.values() for c in cs) else None],
    ]  # fmt: skip
    book = openpyxl.Workbook()
    for blank in list(book.worksheets):
        book.remove(blank)
    for title, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet: Any = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(number, place)
                cell.value = value
                cell.data_type = "s"  # text, whatever it begins with
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for place, head in enumerate(rows[0], 1):
            wide = str(head).startswith(("label", "hint", "constraint_message"))
            sheet.column_dimensions[_letter(place)].width = 60 if wide else 18
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _languages(form: Form, labels: Iterable[Label]) -> list[str]:
    """Languages used; the one without a name only if it is."""
    used = dict.fromkeys(form.languages)
    for label in labels:
        used.update(dict.fromkeys(label.languages))
    return list(used)


def _head(column: str, lang: str) -> str:
    return f"{column}::{_LANGUAGES.get(lang, lang)}" if lang else column


def _survey(form: Form) -> tuple[list[list[Any]], dict[str, tuple[Choice, ...]]]:
    questions = form.questions()
    worded: dict[str, list[str]] = {
        "label": _languages(form, [q.label for q in questions] + [s.label for s in form.sections()])
    }
    for column in ("hint", "constraint_message", "required_message"):
        worded[column] = list(
            dict.fromkeys(code for q in questions for code in getattr(q, column).languages)
        )
    columns = [(c, lang) for c, langs in worded.items() for lang in langs]
    header = ["type", "name", *(_head(c, lang) for c, lang in columns), *_PLAIN, *_SCORING]
    rows: list[list[Any]] = [list(header)]
    lists: dict[str, tuple[Choice, ...]] = {}
    taken: dict[tuple[Choice, ...], str] = {}

    def add(children: Sequence[Section | Question]) -> None:
        for child in children:
            if isinstance(child, Section):
                word = "repeat" if child.repeat else "group"
                cells = {"relevant": child.relevant, "appearance": child.appearance}
                rows.append(
                    [f"begin {word}", child.name,
                     *(child.label.own(lang) if c == "label" else None for c, lang in columns),
                     *(cells.get(c) for c in _PLAIN), *(None for _ in _SCORING)]
                )  # fmt: skip
                add(child.children)
                rows.append([f"end {word}", *(None for _ in header[1:])])
                continue
            rows.append(_question(child, columns, _type(child, lists, taken)))

    add(form.children)
    return rows, lists


def _type(
    q: Question, lists: dict[str, tuple[Choice, ...]], taken: dict[tuple[Choice, ...], str]
) -> str:
    if q.kind in ("select_one", "select_multiple", "rank"):
        name = taken.get(q.choices)
        if name is None:
            name = q.list_name or q.name
            while folded(name) in {folded(n) for n in lists}:
                name += "_"
            taken[q.choices] = name
            lists[name] = q.choices
        return f"{q.kind} {name}" + (" or_other" if q.other else "")
    if q.kind not in _TYPES:
        raise ValueError(f"a question of kind {q.kind} cannot be written")
    return _TYPES[q.kind]


def _question(q: Question, columns: Sequence[tuple[str, str]], type_: str) -> list[Any]:
    plain = {
        "required": {"true()": "yes"}.get(q.required or "", q.required),
        "relevant": q.relevant,
        "constraint": q.constraint,
        "calculation": q.calculation,
        "choice_filter": q.choice_filter,
        "default": q.default,
        "appearance": q.appearance,
        "parameters": " ".join(f"{k}={v}" for k, v in q.parameters),
        "readonly": "yes" if q.read_only else None,
    }
    s = q.scoring
    scoring = [
        s.scale,
        s.type,
        None if s.low is None else f"{s.low:g}",
        None if s.high is None else f"{s.high:g}",
        "yes" if s.reversed else None,
    ]
    return [
        type_,
        q.name,
        *(getattr(q, c).own(lang) for c, lang in columns),
        *(plain[c] for c in _PLAIN),
        *scoring,
    ]


def _choices(form: Form, lists: dict[str, tuple[Choice, ...]]) -> list[list[Any]]:
    languages = _languages(form, [row.label for cs in lists.values() for c in cs for row in c.rows])
    every = [row for cs in lists.values() for c in cs for row in c.rows]
    more = list(dict.fromkeys(column for row in every for column, _ in row.columns))
    rows: list[list[Any]] = [
        ["list_name", "name", *(_head("label", lang) for lang in languages), *more]
    ]
    for name, choices in lists.items():
        # What the sheet lists twice under different filters stands below the rest here.
        for row in (*choices, *(row for c in choices for row in c.also)):
            cells = dict(row.columns)
            rows.append([name, row.name, *(row.label.own(lang) for lang in languages),
                         *(cells.get(column) for column in more)])  # fmt: skip
    return rows
