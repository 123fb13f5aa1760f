"""The questions of a round, wherever they come from: an imported form, or rows of ``items``.

Ready questions and those a group adds have no form of their own; from their rows one is made, so
that every round is asked, checked and kept in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from satuhati.formats.xlsform.asked import Rule, other_name, pages_ask, rules_of
from satuhati.formats.xlsform.filters import Filter
from satuhati.formats.xlsform.model import Choice, Form, Kind, Label, Question, Section
from satuhati.schema.responses import response_words
from satuhati.text import Translator, translator
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Instrument, Item

PER_SCREEN = 4
MOST_OPTIONS = 11
"""A rating of more steps is typed as a number."""
PERSONAL = ("sex", "age_band", "schooling", "poor")
"""Columns of the answers for which a form may ask by their own codes."""
OWN = "satuhati_own"
"""Around questions that were added to a form, each on a screen of at most four."""


@dataclass(slots=True)
class Sheet:
    """A round's form as it is put: who is asked what is in ``rules``."""

    form: Form
    rules: tuple[Rule, ...]
    shown: list[tuple[Question, tuple[Section, ...]]]
    """Questions and notes in their order, with the sections around them."""
    kinds: dict[str, str]
    """The type of the item by the name of each column that is kept."""
    ends: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    computed: frozenset[str] = frozenset()
    silent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Choices that are no answer, by question: *does not know* beyond the ends of its scale."""

    @property
    def asked(self) -> list[Question]:
        return [q for q, _ in self.shown if q.answered and not fixed(q)]

    @property
    def filters(self) -> dict[str, Filter]:
        """What takes away choices, by the question. Taken from the rules: a list may be long."""
        return {rule.name: rule.choices for rule in self.rules if rule.choices is not None}

    @property
    def needs_some(self) -> bool:
        """Whether any question must be answered."""
        return any(q.required for q in self.asked)


def fixed(q: Question) -> bool:
    """Shown or computed, not answered."""
    return q.read_only or q.calculation is not None or not q.answered


def sheet_of(
    instrument: Instrument,
    names: Sequence[str],
    *,
    personal: bool = True,
    extra: Sequence[Section] = (),
) -> Sheet:
    """What is put of an instrument: the questions of these names.

    ``personal``: whether the form's own questions about the person are put. ``extra``: sections
    that stand behind the rest; their questions are among ``names`` too.
    """
    there = {i.name: i for i in Item.objects.filter(instrument=instrument)}
    wanted = [there[n] for n in names if n in there]
    worded = [i for i in wanted if i.text_id or i.text_en or i.type != "text"]
    kept = form_of(instrument, there)
    beside = {q.name for s in extra for q in s.children if isinstance(q, Question)}
    if kept is None:
        # A text without wording was computed by a form that is not here: nobody can be asked it.
        own = [i for i in worded if i.name not in beside]
        form = Form(instrument.public_id, instrument.name, tuple(question_of(i) for i in own))
    else:
        mine = names_of(kept)
        own = [i for i in worded if i.name not in mine and i.name not in beside]
        more = (Section(OWN, tuple(question_of(i) for i in own)),) if own else ()
        form = replace(kept, children=(*kept.children, *more))
    form = replace(form, children=(*form.children, *extra))
    shown = [
        (q, around)
        for q, around in pages_ask(form)
        if q.kind != "calculate" and (personal or q.name not in PERSONAL)
    ]
    asked = {q.name for q, _ in shown}
    known = {q.name: q for q in form.questions()}
    return Sheet(
        form=form,
        rules=rules_of(form),
        shown=shown,
        kinds={i.name: i.type for i in wanted},
        ends={i.name: (i.low, i.high) for i in wanted if i.type in ("number", "likert")},
        personal=tuple(n for n in PERSONAL if n in asked and n not in there),
        computed=frozenset(
            i.name for i in wanted if (q := known.get(i.name)) is not None and fixed(q)
        ),
        silent={q.name: codes for q, _ in shown if (codes := q.silent_codes())},
    )


def alone(*items: Item) -> Sheet:
    """Questions by themselves: only what each answer may be, whatever was said elsewhere."""
    form = Form("satuhati", "Satu Hati", tuple(question_of(i) for i in items))
    return Sheet(
        form=form,
        rules=rules_of(form),
        shown=[(q, ()) for q in form.questions()],
        kinds={i.name: i.type for i in items},
        ends={i.name: (i.low, i.high) for i in items if i.type in ("number", "likert")},
    )


def names_of(form: Form) -> set[str]:
    """The columns a form's answers take: those of its questions, and of what is written beside."""
    found = {q.name for q in form.questions()}
    return found | {other_name(q.name) for q in form.questions() if q.other}


def form_of(instrument: Instrument, items: Mapping[str, Item] | None = None) -> Form | None:
    """The form kept of an instrument, if it still asks what the instrument's rows say.

    A package may have put another questionnaire under the same code.
    """
    kept = InstrumentForm.objects.filter(instrument=instrument.public_id).defer("workbook").first()
    if kept is None:
        return None
    form = kept.whole()
    there = set(items or Item.objects.filter(instrument=instrument).values_list("name", flat=True))
    put = {q.name for q, _ in pages_ask(form) if q.answered} - set(PERSONAL)
    return form if put and put <= there else None


_KINDS: dict[str, Kind] = {"number": "decimal", "likert": "decimal"}


def question_of(item: Item) -> Question:
    """A question that has a row and no form."""
    label = Label(tuple((c, text) for c, text in (("id", item.text_id), ("en", item.text_en))
                        if text)) or Label((("", item.name),))  # fmt: skip
    choices = tuple(
        Choice(code, Label((("id", own), ("en", english))))
        for (code, own), (_, english) in zip(
            options_of(item, translator("id")), options_of(item, translator("en")), strict=True
        )
    )
    kind: Kind = "select_one" if choices else _KINDS.get(item.type, "text")
    return Question(item.name, kind, label, choices=choices, list_name=item.scale,
                    appearance="multiline" if kind == "text" else None)  # fmt: skip


def options_of(item: Item, t: Translator) -> list[tuple[str, str]]:
    """The answers to choose from; none for a number or a text that is typed."""
    if item.type == "binary":
        return [("1", t("Yes")), ("0", t("No"))]
    if item.type != "likert" or item.low is None or item.high is None:
        return []
    low, high = int(item.low), int(item.high)
    if (item.low, item.high) != (low, high) or not 1 <= high - low < MOST_OPTIONS:
        return []
    steps = range(low, high + 1)
    words = response_words(item.type, low, high, item.text_id, as_asked_here=True)
    told = {int(n): word(t.lang) for n, word in words.items()}
    if len(told) < len(steps):  # the ends alone have words
        told = {n: f"{n} ({word[:1].lower()}{word[1:]})" for n, word in told.items()}
    return [(str(n), told.get(n, str(n))) for n in steps]


def in_screens(
    shown: Iterable[tuple[Question, tuple[Section, ...]]],
) -> list[tuple[tuple[Section, ...], list[Question]]]:
    """One screen for each section; questions outside of sections in screens of at most four.

    Without sections those of a scale stay together where they fit.
    """
    blocks: list[tuple[tuple[Section, ...], str | None, list[Question]]] = []
    for q, around in shown:
        loose = not around or around[-1].name == OWN
        last = blocks[-1] if blocks else None
        if last is not None and _path(last[0]) == _path(around) and (
            not loose or (last[1] == q.list_name and len(last[2]) < PER_SCREEN)
        ):  # fmt: skip
            last[2].append(q)
        else:
            blocks.append((around, q.list_name if loose else None, [q]))
    screens: list[tuple[tuple[Section, ...], list[Question]]] = []
    for around, _, questions in blocks:
        loose = not around or around[-1].name == OWN
        if (
            loose and screens and _path(screens[-1][0]) == _path(around)
            and len(screens[-1][1]) + len(questions) <= PER_SCREEN
        ):  # fmt: skip
            screens[-1][1].extend(questions)
        else:
            screens.append((around, list(questions)))
    return screens


def _path(around: Sequence[Section]) -> tuple[str, ...]:
    return tuple(s.name for s in around)
