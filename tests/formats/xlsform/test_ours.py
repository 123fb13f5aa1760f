"""Our own forms: what they cover, that they survive being written, and that others accept them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.errors import InputError
from satuhati.formats.xlsform.evaluate import Setting, evaluate, holds
from satuhati.formats.xlsform.expressions import parse, references
from satuhati.formats.xlsform.items import instrument_code, to_instrument
from satuhati.formats.xlsform.keyed import keyed_form
from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Scoring, Section
from satuhati.formats.xlsform.ours import FORMS, our_form
from satuhati.formats.xlsform.read import read_form
from satuhati.formats.xlsform.write import form_workbook
from satuhati.framework import (
    CHARACTERISTICS,
    CONDITIONING_INFLUENCES,
    FUNCTIONS,
    OUTCOMES,
    POPULATIONS,
    SOCIAL_CAPITAL,
)
from satuhati.schema.itembank import SECTIONS, bank
from satuhati.schema.measures import measures
from satuhati.schema.scoring_keys import scoring_keys
from satuhati.text import Text

TOPICS = {
    *CHARACTERISTICS, *SOCIAL_CAPITAL, *FUNCTIONS, *CONDITIONING_INFLUENCES, *OUTCOMES,
}  # fmt: skip


def test_the_bank_is_whole():
    items = bank()
    assert len({i.code for i in items}) == len(items) == 93
    assert len({i.text.id for i in items}) == len({i.text.en for i in items}) == len(items)
    for item in items:
        assert item.topic in TOPICS, item.code
        assert item.section in SECTIONS
        assert item.populations
        assert set(item.populations) <= set(POPULATIONS)
        assert set(item.forms) <= set(FORMS)
        assert item.type in ("likert", "binary", "number", "choice")
        assert (item.low is None) == (item.type == "choice")
        assert item.low is None or item.low < item.high
        assert item.text.id[-1] in ".?"
        assert item.text.en[-1] in ".?"
        if item.relevant:
            assert references(parse(item.relevant)) <= {i.code for i in items}


def test_every_survey_measure_has_items_for_everyone_it_speaks_of():
    asked = Counter((i.scale, p) for i in bank() for p in i.populations)
    for measure in measures().values():
        if measure.record != "survey" or measure.kind not in ("scale", "item"):
            continue
        code = re.split(r"[<>=:]", measure.of)[0]
        for population in measure.populations:
            needed = 2 if measure.kind == "scale" else 1
            assert asked[code, population] >= needed, (measure.code, population)


def test_an_item_speaks_to_the_cell_of_its_measure():
    by_scale = {m.of: m.component for m in measures().values() if m.kind == "scale" and m.scored}
    for item in bank():
        if item.scale in by_scale:
            assert item.topic == by_scale[item.scale], item.code


@pytest.mark.parametrize(
    ("code", "items", "sections"),
    [("short", 12, 5), ("standard", 43, 7), ("full", 76, 7), ("leader", 49, 6), ("partner", 20, 3)],
)
def test_our_forms_are_written_and_read_back_by_us_and_by_pyxform(code, items, sections, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_workbook(our_form(code)))
    form, doubts = read_form(path)
    assert doubts == ()
    assert _bare(form) == _bare(our_form(code))
    taken, _ = to_instrument(form)
    assert (len(taken.items), len(form.sections())) == (items, sections)
    assert taken.instrument["population"] == FORMS[code].population
    assert sorted(i["id"] for i in taken.items) == [i["id"] for i in taken.items]
    bank_items = {i.code: i for i in bank()}
    for row in taken.items:
        mine = bank_items.get(row["name"])
        if mine is not None:
            assert (row["type"], row["scale"], row["low"], row["high"], row["text_id"]) == (
                mine.type, mine.scale, mine.low, mine.high, mine.text.id)  # fmt: skip
            assert bool(row["reversed"]) == (mine.reversed and mine.scale is not None)


def _bare(form: Form) -> Form:
    """Without what a sheet adds: row numbers."""

    def strip(children):
        return tuple(
            replace(c, row=0, children=strip(c.children))
            if isinstance(c, Section)
            else replace(c, row=0)
            for c in children
        )

    return replace(form, children=strip(form.children))


def test_the_standard_form_asks_on_only_where_it_should():
    form = our_form("standard")
    conditions = form.conditions()
    seen = {"know_kkb": "1", "channel": "kader other"}
    setting = Setting(seen, dt.date(2026, 11, 28))
    assert all(holds(c, setting) for c in conditions["channel_other"])
    assert not any(
        holds(c, Setting({"know_kkb": "0"}, setting.today)) for c in conditions["use_any"]
    )
    years = next(q for q in form.questions() if q.name == "years")
    for answer, right in (("0", True), ("90", True), ("91", False), ("-1", False), ("x", False)):
        assert evaluate(years.constraint, replace(setting, current=answer)) is right
    assert to_instrument(form)[0].keys == ("sex", "age_band", "schooling")


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"],
                  exclude_characters="${}‘’“”"),
    min_size=1, max_size=15,
)  # fmt: skip
LABELS = st.builds(Text, WORDS, WORDS).map(Label.of)
LISTS = st.lists(st.builds(Choice, NAMES, LABELS), min_size=1, max_size=4,
                 unique_by=lambda c: c.name).map(tuple)  # fmt: skip


@st.composite
def forms(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique=True))
    questions = []
    for n, name in enumerate(names):
        kind = draw(st.sampled_from(["text", "integer", "decimal", "date", "select_one",
                                     "select_multiple"]))  # fmt: skip
        before = draw(st.sampled_from([None, *names[:n]]))
        select = kind.startswith("select")
        choices = draw(LISTS) if select else ()
        scored = kind in ("integer", "decimal") or (kind == "select_one" and draw(st.booleans()))
        if scored and select:  # only numbers are scored
            choices = tuple(Choice(str(k), draw(LABELS)) for k in range(1, draw(st.integers(3, 5))))
        questions.append(
            Question(
                name, kind, draw(LABELS), draw(st.just(Label()) | LABELS), choices,
                f"l_{name}" if select else None,
                required=draw(st.sampled_from([None, "true()"])),
                relevant="${" + before + "} != ''" if before else None,
                constraint=draw(st.sampled_from([None, "string-length(.) < 9"])),
                scoring=draw(st.builds(Scoring, st.none() | NAMES if scored else st.none(),
                                       reversed=st.booleans())),
            )
        )  # fmt: skip
    cut = draw(st.integers(0, len(questions) - 1))
    children = (*questions[:cut], Section("sec", tuple(questions[cut:]), draw(LABELS)))
    return Form("uji", draw(WORDS), children, "1", "id", ("id", "en"), "warga", None)


@settings(max_examples=25)
@given(forms())
def test_a_form_survives_being_written(tmp_path_factory, form):
    if {"sec", "meta"} & {q.name for q in form.questions()}:
        return  # names that clash with those of an XForm
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    path.write_bytes(form_workbook(form))
    found, _ = read_form(path)
    # Lists with the same choices are written once.
    assert _unlisted(_bare(found)) == _unlisted(form)


def _unlisted(form: Form) -> Form:
    def strip(children):
        return tuple(
            replace(c, children=strip(c.children))
            if isinstance(c, Section)
            else replace(c, list_name=None)
            for c in children
        )

    return replace(form, children=strip(form.children))


def test_a_form_without_a_population_or_with_a_taken_name_is_refused():
    def refused(question, **more):
        with pytest.raises(InputError) as found:
            to_instrument(Form("a", "A", (question,), **more))
        return [p.code for p in found.value.problems]

    label = Label.of(Text("A", "A"))
    assert refused(Question("a", "text", label)) == ["form_population"]
    assert refused(Question("weight", "decimal", label), population="warga") == [
        "form_name_reserved"]  # fmt: skip
    # Asked with other codes than the table of answers has, it would be refused there later.
    sex = Question("sex", "select_one", label, choices=(Choice("l", label), Choice("p", label)))
    assert refused(sex, population="warga") == ["form_name_reserved"]
    assert refused(Question("a", "note", label), population="warga") == ["form_without_questions"]


@pytest.mark.parametrize(
    ("choices", "scale", "expected"),
    [
        ("0 1", None, "binary"), ("1 2 3 4", None, "likert"), ("1 2", None, "choice"),
        ("1 2", "trust", "likert"), ("ya tidak", None, "choice"), ("-1 0 1", None, "likert"),
    ],
)  # fmt: skip
def test_the_type_of_an_item_follows_from_its_choices(choices, scale, expected):
    question = Question(
        "a", "select_one", Label.of(Text("A", "A")),
        choices=tuple(Choice(c, Label()) for c in choices.split()), scoring=Scoring(scale),
    )  # fmt: skip
    taken, _ = to_instrument(Form("a", "A", (question,), population="warga"))
    assert taken.items[0]["type"] == expected


@given(st.text(max_size=80))
def test_a_code_is_always_the_name_of_a_file(text):
    code = instrument_code(text)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,50}", code)
    assert instrument_code(code) == code


# -- scoring keys ----------------------------------------------------------------------------


def test_keys_have_the_items_their_sources_say():
    counts = {c: (len(k.scales), len(k.items)) for c, k in scoring_keys().items()}
    assert counts == {"sci2": (4, 24), "bscs": (4, 8), "ce": (2, 10), "sc_iq": (0, 0),
                      "sascat": (5, 9), "wilder": (20, 40)}  # fmt: skip
    for key in scoring_keys().values():
        assert [int(i.rpartition("_")[2]) for i in key.items] == list(range(1, len(key.items) + 1))
        assert re.search(r"\((19|20)\d\d\)", key.citation)
        for scale in key.scales:
            assert scale.reversed <= set(scale.items)
    ce = scoring_keys()["ce"].scales[1]
    assert ce.reversed == {"ce_9", "ce_10"}
    assert (scoring_keys()["sci2"].scales[0].low, scoring_keys()["sci2"].scales[0].high) == (0, 3)


def test_a_key_becomes_a_form_only_with_a_wording(tmp_path):
    key = scoring_keys()["bscs"]
    wording = {i: Text(f"Butir {i}", f"Item {i}") for i in key.items}
    with pytest.raises(InputError) as found:
        keyed_form(key, None, "warga")
    assert found.value.problems[0].code == "form_key_wording"
    for broken in ({**wording, "x": Text("a", "a")}, dict(list(wording.items())[1:])):
        with pytest.raises(InputError) as found:
            keyed_form(key, broken, "warga")
        assert found.value.problems[0].code == "form_wording_items"
    form = keyed_form(key, wording | {"answer_1": Text("Tidak", "No")}, "warga")
    path = tmp_path / "bscs.xlsx"
    path.write_bytes(form_workbook(form))
    read, _ = read_form(path)
    taken, _ = to_instrument(read)
    assert [(i["scale"], i["low"], i["high"]) for i in taken.items[:2]] == [
        ("bscs_needs", 1, 5)] * 2  # fmt: skip
    assert read.questions()[0].choices[0].label("en") == "No"
    assert key.citation == taken.instrument["citation"]


@pytest.mark.parametrize("code", list(FORMS))
def test_a_form_kept_as_plain_lists_comes_back(code: str) -> None:
    import json

    from satuhati.formats.xlsform.stored import of_plain, to_plain

    form = our_form(code)
    kept = json.loads(json.dumps(to_plain(form)))
    assert of_plain(kept) == form
    assert of_plain({**kept, "later": 1}) == form, "what a newer version keeps more is passed over"
