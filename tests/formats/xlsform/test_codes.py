"""Numbered choices: which are steps of a scale, which are no answer, which are only names."""

from __future__ import annotations

import pytest
from xlsform_books import HEAD, book

from satuhati.errors import InputError
from satuhati.formats.xlsform.items import items_of
from satuhati.formats.xlsform.read import read_form

SCORED = (*HEAD, "satuhati_scale", "satuhati_low", "satuhati_high")
CHOICES = ("list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)")


def form_of(path, codes, low=None, high=None, scale="trust_neighbours", unsure=99):
    words = {unsure: ("Tidak tahu", "Don't know")}
    rows = [("k", str(c), *words.get(c, (f"Nilai {c}", f"Step {c}"))) for c in codes]
    row = ("select_one k", "t1", "Tetangga", "Neighbours", scale, low, high)
    return read_form(book(path / "kode.xlsx", (SCORED, row), (CHOICES, *rows)))


def kinds(form):
    return [(r["type"], r["low"], r["high"]) for r in items_of(form)]


@pytest.mark.parametrize("codes", [(1, 2, 3, 4, 5, 99), (-1, 1, 2, 3), (0, 1, 99)])
def test_ends_are_not_guessed_where_codes_have_a_gap(tmp_path, codes):
    with pytest.raises(InputError) as found:
        form_of(tmp_path, codes)
    (only,) = found.value.problems
    assert (only.code, only.row, only.column) == ("form_codes_uneven", 2, "satuhati_low")
    assert str(codes[-1]) in only.line("en")


@pytest.mark.parametrize("codes", [(1, 2, 3, 4, 5), (0, 25, 50, 75, 100), (0, 1), (5, 3, 1)])
def test_even_steps_are_a_scale(tmp_path, codes):
    form, doubts = form_of(tmp_path, codes)
    assert kinds(form)[0][1:] == (min(codes), max(codes))
    assert not {d.code for d in doubts} & {"form_codes_silent", "form_codes_unsure"}


def test_codes_beyond_declared_ends_are_no_answer(tmp_path):
    form, doubts = form_of(tmp_path, (1, 2, 3, 4, 5, 98, 99), 1, 5)
    assert kinds(form) == [("likert", 1, 5)]
    assert form.questions()[0].silent_codes() == ("98", "99")
    (doubt,) = [d for d in doubts if d.code == "form_codes_silent"]
    assert "98, 99" in doubt.message("id")
    with pytest.raises(InputError) as found:
        form_of(tmp_path, (1, 7, 9), 2, 5)
    assert [p.code for p in found.value.problems] == ["form_scoring_range"]


def test_an_end_that_sounds_like_no_answer_is_told(tmp_path):
    _, doubts = form_of(tmp_path, (1, 2, 3, 4, 5, 6), unsure=6)
    (doubt,) = [d for d in doubts if d.code == "form_codes_unsure"]
    assert "Tidak tahu" in doubt.message("id")
    _, doubts = form_of(tmp_path, (1, 2, 3, 4, 5), unsure=3)
    assert "form_codes_unsure" not in {d.code for d in doubts}


@pytest.mark.parametrize(
    ("codes", "kind"),
    [(("011", "012", "021"), "choice"), (("01", "02", "03"), "choice"),
     ((11, 12, 21), "choice"), ((1, 2, 3), "likert"), ((0, 1), "binary")],
)  # fmt: skip
def test_without_a_scale_only_even_steps_are_read_as_one(tmp_path, codes, kind):
    form, _ = form_of(tmp_path, codes, scale=None)
    assert [k for k, *_ in kinds(form)] == [kind]


@pytest.mark.parametrize(
    "type_", ["select_one kata", "select_multiple kata", "text", "date", "select_one k or_other"]
)
def test_what_cannot_be_scored_belongs_to_no_scale(tmp_path, type_):
    choices = (CHOICES, *(("kata", c, c, c) for c in ("ts", "s")),
               *(("k", str(c), str(c), str(c)) for c in (1, 2, 3)))  # fmt: skip
    row = (type_, "t1", "Tetangga", "Neighbours", "trust_neighbours")
    with pytest.raises(InputError) as found:
        read_form(book(tmp_path / "kode.xlsx", (SCORED, row), choices))
    assert "form_scale_unscored" in [p.code for p in found.value.problems]
    (only,) = [p for p in found.value.problems if p.code == "form_scale_unscored"]
    assert (only.row, only.column) == (2, "satuhati_scale")


def test_numbers_of_any_kind_may_be_scored(tmp_path):
    rows = [("integer", "a", "A", "A", "x"), ("range", "b", "B", "B", "y"),
            ("decimal", "c", "C", "C", "z")]  # fmt: skip
    form, _ = read_form(book(tmp_path / "kode.xlsx", (SCORED, *rows)))
    assert [k for k, *_ in kinds(form)] == ["number"] * 3
