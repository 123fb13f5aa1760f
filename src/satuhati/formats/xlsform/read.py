"""An XLSForm workbook to a :class:`Form`: every problem found, named by sheet, row and column.

Our own reading gives places and both languages; then pyxform, the standard reader, must accept
the same bytes. Nothing is half read: either a whole form comes back, or an ``InputError``.
"""

from __future__ import annotations

import io
import logging
import re
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from satuhati.errors import Doubt, InputError, MissingExtraError, Problem
from satuhati.formats.csvtext import MAX_MB, read_bytes
from satuhati.formats.xlsform.check import check_form
from satuhati.formats.xlsform.filters import wanted_columns
from satuhati.formats.xlsform.items import FIGURES, item_type
from satuhati.formats.xlsform.model import (
    Choice,
    Form,
    Kind,
    Label,
    Question,
    Scoring,
    Section,
    even,
)
from satuhati.formats.xlsform.names import (
    CHOICES,
    COMMON_TYPES,
    EXPRESSIONS,
    SETTINGS,
    SURVEY,
    language_code,
    parse_group,
    parse_kind,
    parse_select,
)
from satuhati.formats.xlsform.notes import noted
from satuhati.formats.xlsform.sheet import Row, Sheet, read_sheets
from satuhati.text import Text

MAX_DEPTH = 30
NEEDED_FOR = Text("membaca XLSForm", "reading XLSForm")
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_YES = frozenset({"yes", "ya", "true", "true()", "1", "x"})
_BARE = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
_KNOWN = ", ".join(COMMON_TYPES)
_DEEP = Text("kedalaman", "depth")


def read_form(path: str | Path, *, max_mb: float = MAX_MB) -> tuple[Form, tuple[Doubt, ...]]:
    """Read and check a form. Raises :class:`InputError`, or ``MissingExtraError`` without pyxform.

    Doubts say what our own pages do not ask or compute, and what lacks a language.
    """
    form, doubts, _ = _whole(Path(path), max_mb)
    return form, doubts


def form_of_bytes(
    name: str, content: bytes, *, max_mb: float = MAX_MB
) -> tuple[Form, tuple[Doubt, ...]]:
    """As :func:`read_form`, of a file that is called ``name`` and lies nowhere yet."""
    with tempfile.TemporaryDirectory(prefix="satuhati-form-") as place:
        path = Path(place) / name
        path.write_bytes(content)
        return read_form(path, max_mb=max_mb)


def form_and_xform(path: str | Path, *, max_mb: float = MAX_MB) -> tuple[Form, str]:
    """A form as :func:`read_form` reads it, and its XForm (XML) for ODK Collect."""
    form, _, xform = _whole(Path(path), max_mb)
    return form, xform


def _whole(file: Path, max_mb: float) -> tuple[Form, tuple[Doubt, ...], str]:
    sheets, found = read_sheets(file, max_mb)
    problems = found.problems
    if SURVEY not in sheets:
        problems.append(Problem("form_sheet_missing", file.name, fields={"sheet": SURVEY}))
        raise InputError(problems)
    built = _Builder(sheets, problems).form(file.stem)
    choices = sheets.get(CHOICES)
    doubts = check_form(built, sheets[SURVEY], problems, choices.more if choices else ())
    if problems:
        raise InputError(sorted(problems, key=lambda p: (p.file or "", p.row or 0)))
    if found.formulas:
        cells = ", ".join(found.formulas[:5]) + (", …" if len(found.formulas) > 5 else "")
        doubts.append(Doubt("form_formula", {"cells": cells}))
    xform, more = _pyxform(file, max_mb)
    return built, (*doubts, *more), xform


def to_xform(path: str | Path, *, max_mb: float = MAX_MB) -> str:
    """The XForm (XML) of a form that :func:`read_form` accepts, for ODK Collect."""
    return form_and_xform(path, max_mb=max_mb)[1]


def _pyxform(path: Path, max_mb: float) -> tuple[str, list[Doubt]]:
    try:
        from pyxform.errors import PyXFormError
        from pyxform.xls2xform import convert
    except ImportError:
        raise MissingExtraError("survey", NEEDED_FOR("id")) from None
    logging.getLogger("pyxform").propagate = False
    logging.getLogger("pyxform.xls2xform").handlers.clear()
    content = io.BytesIO(read_bytes(path, max_mb=max_mb))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out does not concern us
            done = convert(content, form_name="data", file_type=".xlsx")
    except (MemoryError, KeyboardInterrupt):
        raise
    except PyXFormError as error:
        raise InputError(_rejection(path, str(error))) from None
    except Exception as error:  # what it stumbles on is no business of the person's either
        raise InputError(_rejection(path, f"{type(error).__name__}: {error}")) from None
    return done.xform, noted(done.warnings)


def _rejection(path: Path, message: str) -> Problem:
    """A message of pyxform, with its row where it names one."""
    row = re.search(r"\[row : (\d+)\]\s*", message)
    sheet = re.search(r"'(survey|choices|settings|entities)' sheet", message)
    text = " ".join(message.replace(row[0] if row else "", "").split())
    place = f"{path.name}: {sheet[1] if sheet else SURVEY}" if row else path.name
    return Problem("form_rejected", place, int(row[1]) if row else None, None, {"why": text[:400]})


class _Open:
    """A section whose end has not been read."""

    def __init__(self, row: Row, word: str, name: str) -> None:
        self.row, self.word, self.name = row, word, name
        self.children: list[Section | Question] = []


class _Builder:
    def __init__(self, sheets: dict[str, Sheet], problems: list[Problem]) -> None:
        self.survey = sheets[SURVEY]
        self.choices_sheet = sheets.get(CHOICES)
        self.settings = sheets.get(SETTINGS)
        self.problems = problems
        self.names: dict[str, int] = {}
        first = self.settings.rows[0] if self.settings and self.settings.rows else None
        self.setting = first
        self.default = language_code((first("default_language") if first else None) or "")
        twice = (first("allow_choice_duplicates") if first else None) or ""
        self.repeats = twice.lower() in _YES
        self.filtered = self._filtered()
        self.lists = self._lists()

    def form(self, stem: str) -> Form:
        children = self._children()
        given = self.setting
        questions = Form("", "", children).questions()
        languages = dict.fromkeys(
            code for q in questions for code in q.label.languages if code
        )  # fmt: skip
        form_id = (given("form_id") if given else None) or stem
        return Form(
            id=form_id,
            title=(given("form_title") if given else None) or form_id,
            children=children,
            version=(given("version") if given else None) or "",
            default_language=self.default,
            languages=tuple(languages),
            population=given("satuhati_population") if given else None,
            citation=given("satuhati_citation") if given else None,
        )

    def wrong(self, code: str, row: Row | None, column: str | None, **fields: object) -> None:
        number = row.number if row else None
        self.problems.append(self.survey.problem(code, number, column, **fields))

    def _filtered(self) -> dict[str, set[str]]:
        """For each list the columns that filters of its questions look at."""
        found: dict[str, set[str]] = {}
        for row in self.survey.rows:
            select = parse_select(row("type") or "")
            if select is not None:
                found.setdefault(select[1], set()).update(wanted_columns(row("choice_filter")))
        return found

    def _columns(self, sheet: Sheet, row: Row, listed: str) -> tuple[tuple[str, str], ...]:
        """What filters look at of a choice; an empty cell is the empty text."""
        wanted = sorted(self.filtered.get(listed, set()) & sheet.more)
        cells = [(name, row.more.get(name, ("", None))) for name in wanted]
        self.problems += [wrong for _, (_, wrong) in cells if wrong is not None]
        return tuple((name, text) for name, (text, _) in cells)

    def _lists(self) -> dict[str, tuple[Choice, ...]]:
        sheet = self.choices_sheet
        lists: dict[str, dict[str, Choice]] = {}
        first: dict[tuple[str, str], int] = {}
        if sheet is None:
            return {}
        if "list_name" not in sheet.headers and sheet.rows:
            fields: dict[str, object] = {"name": "list_name"}
            self.problems.append(Problem("column_missing", sheet.place, sheet.start, None, fields))
            return {}
        for row in sheet.rows:
            name, listed = row("name"), row("list_name")
            label = row.label("label", self.default)
            if listed is None and name is None:
                continue  # a comment
            if listed is None:
                self.problems.append(sheet.problem("form_list_unnamed", row.number, "list_name"))
                continue
            if name is None:
                self.problems.append(sheet.problem("form_choice_name_missing", row.number, "name"))
                continue
            if any(c.isspace() for c in name):
                self.problems.append(
                    sheet.problem("form_choice_spaces", row.number, "name", name=name)
                )
            choice = Choice(name, label or Label((("", name),)), self._columns(sheet, row, listed))
            if (listed, name) in first and self.repeats:  # one choice under several filters
                there = lists[listed][name]
                lists[listed][name] = replace(there, also=(*there.also, choice))
                continue
            if (listed, name) in first:
                at = first[listed, name]
                self.problems.append(
                    sheet.problem("form_choice_repeated", row.number, "name",
                                  name=name, list=listed, first=at)
                )  # fmt: skip
                continue
            first[listed, name] = row.number
            lists.setdefault(listed, {})[name] = choice
        return {k: tuple(v.values()) for k, v in lists.items()}

    def _children(self) -> tuple[Section | Question, ...]:
        top: list[Section | Question] = []
        if "type" not in self.survey.headers or "name" not in self.survey.headers:
            for column in ("type", "name"):
                if column not in self.survey.headers:
                    self.wrong("column_missing", None, None, name=column)
            return ()
        open_: list[_Open] = []
        for row in self.survey.rows:
            into = open_[-1].children if open_ else top
            kind = row("type")
            if (row("disabled") or "").lower() in _YES:
                continue
            if kind is None:
                if row("name") is not None:
                    self.wrong("form_type_missing", row, "type", known=_KNOWN)
                continue  # a comment
            group = parse_group(kind)
            if group is not None:
                self._group(group, row, open_, top)
                continue
            question = self._question(kind, row)
            if question is not None:
                into.append(question)
        for left in open_:
            close = f"end {left.word}"
            self.wrong("form_group_open", left.row, "type", name=left.name, close=close)
        return tuple(top)

    def _group(
        self,
        group: tuple[str, str, str | None],
        row: Row,
        open_: list[_Open],
        top: list[Section | Question],
    ) -> None:
        edge, word, over = group
        word = "repeat" if word in ("lgroup", "looped group") else word
        if edge == "begin":
            name = row("name") or f"group_{row.number}"
            if over is not None and over not in self.lists:
                self._no_list(row, over)
            if row("name") is not None and not _NAME.fullmatch(name):
                self.wrong("form_name_invalid", row, "name", value=name)
            if len(open_) >= MAX_DEPTH:
                raise InputError(
                    self.survey.problem("form_too_large", row.number, "type", what=_DEEP,
                                        n=f"> {MAX_DEPTH}", limit=MAX_DEPTH)
                )  # fmt: skip
            open_.append(_Open(row, word, name))
            return
        if not open_ or open_[-1].word != word:
            self.wrong("form_group_end", row, "type", found=row("type") or "")
            if open_:
                self._close(open_, top)
            return
        self._close(open_, top)

    def _close(self, open_: list[_Open], top: list[Section | Question]) -> None:
        done = open_.pop()
        (open_[-1].children if open_ else top).append(
            Section(
                done.name,
                tuple(done.children),
                done.row.label("label", self.default),
                _truth(done.row("relevant")),
                done.row("appearance"),
                done.word != "group",
                done.row.number,
            )
        )

    def _no_list(self, row: Row, name: str) -> None:
        known = ", ".join(list(self.lists)[:10]) or "–"
        self.wrong("form_list_missing", row, "type", list=name, known=known)

    def _question(self, text: str, row: Row) -> Question | None:
        select = parse_select(text)
        kind = select[0] if select else parse_kind(text)
        if kind is None:
            self.wrong("form_type_unknown", row, "type", value=text[:60], known=_KNOWN)
            return None
        name = row("name")
        if name is None:
            if kind in ("automatic", "note"):
                name = f"{kind}_{row.number}"
            else:
                self.wrong("form_name_missing", row, "name")
                return None
        elif not _NAME.fullmatch(name):
            self.wrong("form_name_invalid", row, "name", value=name)
            return None
        if name in self.names:
            self.wrong("form_name_repeated", row, "name", name=name, first=self.names[name])
            return None
        self.names[name] = row.number
        choices: tuple[Choice, ...] = ()
        if select and kind != "external":
            choices = self.lists.get(select[1], ())
            if not choices and not select[1].startswith("${"):
                self._no_list(row, select[1])
        label = row.label("label", self.default)
        hint = row.label("hint", self.default)
        if kind == "calculate" and row("calculation") is None and row("default") is None:
            self.wrong("form_calculation_missing", row, "calculation", name=name)
        asks = kind not in ("calculate", "hidden", "automatic", "external")
        if asks and not label and not hint and not row.media and row("calculation") is None:
            self.wrong("form_label_missing", row, "label", name=name)
        given = {c: row(c) for c in EXPRESSIONS}
        question = Question(
            name=name,
            kind=kind,
            label=label,
            hint=hint,
            choices=choices,
            list_name=select[1] if select else None,
            other=bool(select and select[2]),
            required=_condition(given["required"]),
            required_message=row.label("required_message", self.default),
            relevant=_truth(given["relevant"]),
            constraint=_truth(given["constraint"]),
            constraint_message=row.label("constraint_message", self.default),
            calculation=given["calculation"],
            choice_filter=given["choice_filter"],
            default=row("default"),
            appearance=row("appearance"),
            parameters=tuple(_parameters(row("parameters") or "")),
            read_only=(row("readonly") or "").lower() in _YES,
            scoring=self._scoring(row, name, kind, choices),
            row=row.number,
        )
        if (
            question.scoring.scale
            and (choices or not select)
            and item_type(question) not in FIGURES
        ):
            # It would be asked of everybody, and never become a score.
            self.wrong("form_scale_unscored", row, "satuhati_scale", name=name,
                       scale=question.scoring.scale)  # fmt: skip
        return question

    def _scoring(self, row: Row, name: str, kind: Kind, choices: Sequence[Choice]) -> Scoring:
        scale = row("satuhati_scale")
        low, high = self._number(row, "satuhati_low"), self._number(row, "satuhati_high")
        type_ = row("satuhati_type")
        known = ("likert", "binary", "number", "choice", "text")
        if type_ is not None and type_ not in known:
            self.wrong("value_choice", row, "satuhati_type", value=type_, choices=", ".join(known))
            type_ = None
        codes = Question(name, "select_one", choices=tuple(choices)).numbered() or ()
        if low is not None and high is not None:
            within = [c for c in codes if low <= c <= high]
            if not low < high or (codes and len(within) < 2):
                self.wrong("form_scoring_range", row, "satuhati_low", name=name,
                           low=f"{low:g}", high=f"{high:g}")  # fmt: skip
        elif scale and kind == "select_one" and type_ in (None, "likert") and not even(codes):
            # 99 for *does not know* would be the highest answer there is.
            listed = ", ".join(f"{c:g}" for c in sorted(codes)[:12])
            self.wrong("form_codes_uneven", row, "satuhati_low", name=name, codes=listed)
        turned = (row("satuhati_reversed") or "").lower() in _YES
        return Scoring(scale, type_, low, high, turned)

    def _number(self, row: Row, column: str) -> float | None:
        text = row(column)
        if text is None:
            return None
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", text):
            expected, example = Text("angka", "a number"), "5"
            self.wrong("value_type", row, column, value=text[:40], expected=expected,
                       example=example)  # fmt: skip
            return None
        return float(text)


def _condition(text: str | None) -> str | None:
    """``required`` as an expression: ``yes`` is ``true()``."""
    if text is None or text.lower() in ("no", "false", "false()", "tidak"):
        return None
    return "true()" if text.lower() in _YES else text


def _truth(text: str | None) -> str | None:
    """A bare ``yes`` or ``FALSE`` as the expression that pyxform makes of it."""
    return _BARE.get(text.lower(), text) if text else None


def _parameters(text: str) -> list[tuple[str, str]]:
    """``start=0; end=10`` as pairs."""
    pairs = []
    for part in re.split(r"[;,\s]+", re.sub(r"\s*=\s*", "=", text)):
        key, equals, value = part.partition("=")
        if key and equals:
            pairs.append((key.lower(), value))
    return pairs
