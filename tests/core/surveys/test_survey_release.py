"""Answers that leave the house: nobody named, nobody found, nothing else changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.community import CommunityData
from satuhati.core.surveys.anonymity import BACKGROUND
from satuhati.core.surveys.release import release
from satuhati.core.surveys.release_figures import figures
from satuhati.errors import InputError
from satuhati.examples.generate import example_folder
from satuhati.formats.folder import read_folder
from satuhati.schema.responses import response_words
from satuhati.text import Text


def made(answers: list[dict[str, object]], **round_: object) -> CommunityData:
    """One community, one questionnaire q with items t1, t2- and a text, rounds r1 and r2."""
    item = {"community": "k", "instrument": "q", "type": "likert", "scale": "t", "low": 1.0,
            "high": 5.0, "text_id": "Bunyi", "text_en": "Wording"}  # fmt: skip
    rounds = [
        {"community": "k", "id": code, "instrument": "q", "wave": n, "population": "warga",
         "end": dt.date(2026, n, 1), "frame": "census", "anonymous": True, **round_}
        for n, code in enumerate(("r1", "r2"), 1)
    ]  # fmt: skip
    items = [
        {**item, "id": "1", "name": "t1"},
        {**item, "id": "2", "name": "t2", "reversed": True},
        {**item, "id": "3", "name": "why", "type": "text", "scale": None},
    ]
    tables = {
        "community": pl.DataFrame([{"id": "k", "name": "Kampung"}]),
        "instruments": pl.DataFrame(
            [{"community": "k", "id": "q", "name": "Suara", "population": "warga"}]
        ),
        "items": pl.DataFrame(items, infer_schema_length=None),
        "rounds": pl.DataFrame(rounds),
    }
    rows = [
        {"community": "k", "id": f"a{n:03d}", "round": "r1", "t1": 3.0, "t2": 2.0, "why": "sebab",
         **a}
        for n, a in enumerate(answers)
    ]  # fmt: skip
    types = {"t1": pl.Float64, "t2": pl.Float64, "why": pl.String}
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col(c).cast(kind) for c, kind in types.items()
    )
    return CommunityData.of(tables, {"q": frame})


PEOPLE = st.fixed_dictionaries(
    {
        "round": st.sampled_from(["r1", "r1", "r2"]),
        "sex": st.sampled_from(["female", "male", None]),
        "age_band": st.sampled_from(["15-24", "25-39", "40-59", "60+"]),
        "poor": st.sampled_from([True, False, None]),
        "schooling": st.sampled_from(["none", "primary", "tertiary"]),
        "area": st.sampled_from(["rw01", "rw02", None]),
        "t1": st.sampled_from([1.0, 2.0, 5.0, None]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=60), st.integers(3, 7))
def test_every_combination_of_background_is_shared(people, threshold):
    try:
        found = release(made(people), "k", "q", threshold=threshold)
    except InputError:
        assert max(Counter(p["round"] for p in people).values()) < threshold
        return
    classes = Counter(found.frame.select("round", *BACKGROUND).rows())
    assert min(classes.values()) >= threshold
    kept = {r.code for r in found.rounds}
    # The answers themselves are all there, as given.
    given_ = Counter((p["round"], p["t1"]) for p in people if p["round"] in kept)
    assert Counter(found.frame.select("round", "t1").rows()) == given_
    for name in BACKGROUND:
        column = found.frame[name].to_list()
        marks = found.withheld[name]
        assert all(value is None for value, gone in zip(column, marks, strict=True) if gone)
        empty = sum(p[name] is None for p in people if p["round"] in kept)
        assert column.count(None) == empty + sum(marks)


def test_no_person_no_id_and_no_order_of_arrival():
    people = [{"t1": float(n % 5 + 1), "t2": float(n // 5 % 5 + 1), "actor": f"p{n}"}
              for n in range(25)]  # fmt: skip
    found = release(made(people), "k", "q")
    assert not {"id", "actor", "community", "person_number", "why"} & set(found.frame.columns)
    rows = found.frame.select("t1", "t2").rows()
    assert rows != [(p["t1"], p["t2"]) for p in people]
    # The same answers in another order, under other ids, give the same file.
    again = release(made(list(reversed(people))), "k", "q")
    assert again.frame.equals(found.frame)
    assert [d.code for d in found.warnings] == ["release_texts"]


def test_named_rounds_number_persons_alike_in_all_waves():
    people = [
        {"round": code, "actor": f"p{n}", "t1": float(n % 5 + 1)}
        for code in ("r1", "r2")
        for n in range(6)
    ]
    found = release(made(people, anonymous=False), "k", "q", texts=True)
    pairs = found.frame.select("person_number", "t1").unique().sort("person_number")
    assert pairs["person_number"].to_list() == [1, 2, 3, 4, 5, 6]
    assert "why" in found.frame.columns
    # An unknown "anonymous" is anonymous.
    assert "person_number" not in release(made(people, anonymous=None), "k", "q").frame.columns


def test_strata_are_numbers_and_take_the_place_out():
    people = [{"stratum": f"RW {n % 2}", "cluster": f"RT {n % 4}", "area": "rw01", "weight": 1.5}
              for n in range(40)]  # fmt: skip
    frame = release(made(people), "k", "q").frame
    assert "area" not in frame.columns
    assert set(frame["stratum"]) == {1.0, 2.0}
    assert set(frame["cluster"]) == {1.0, 2.0, 3.0, 4.0}
    assert set(frame["weight"]) == {1.5}


ASKED = {
    "age": "number",
    "Umur_Anda": "number",
    "kerja": "choice",
    "p12": "choice",
    "puas": "number",
}
WORDING = {"p12": "RT berapa Anda tinggal?", "puas": "Seberapa puas Anda dengan ketua RW?"}


def test_what_a_form_asks_of_who_answers_is_emptied_like_background():
    people = [{"sex": "female" if n % 2 else "male", "t1": 3.0} for n in range(12)]
    data = made(people)
    rows = [
        {"community": "k", "instrument": "q", "id": f"x{n}", "name": name, "type": kind,
         "text_id": WORDING.get(name)}
        for n, (name, kind) in enumerate(ASKED.items())
    ]  # fmt: skip
    tables = {name: data[name] for name in ("community", "instruments", "rounds")}
    tables["items"] = pl.concat(
        [data["items"], pl.DataFrame(rows, infer_schema_length=None)], how="diagonal_relaxed"
    )
    frame = data.answers["q"].with_columns(
        age=pl.Series([20.0 + n for n in range(12)]),
        Umur_Anda=pl.Series([30.0] * 6 + [40.0] * 6),
        kerja=pl.Series(["tani"] * 11 + ["lurah"]),
        p12=pl.Series([f"RT {n}" for n in range(12)]),
        puas=pl.Series([float(n) for n in range(12)]),
    )
    found = release(CommunityData.of(tables, {"q": frame}), "k", "q")
    names = [*BACKGROUND, "age", "Umur_Anda", "kerja", "p12"]
    for size in Counter(found.frame.select(names).rows()).values():
        assert size >= 5
    by_name = {v.name: v for v in found.variables}
    assert by_name["age"].withheld == by_name["p12"].withheld == 12
    assert sum(found.withheld["kerja"]) == by_name["kerja"].withheld > 0
    # An opinion stays as it was given, whoever it is about.
    assert sorted(found.frame["puas"]) == [float(n) for n in range(12)]
    assert found.frame["t1"].null_count() == 0
    (doubt,) = [d for d in found.warnings if d.code == "release_withheld"]
    assert "age 12" in doubt.message("en")


def test_one_of_several_named_things_has_its_names():
    data = made([{} for _ in range(6)])
    row = {"community": "k", "instrument": "q", "id": "9", "name": "channel", "type": "choice"}
    tables = {name: data[name] for name in ("community", "instruments", "rounds")}
    tables["items"] = pl.concat([data["items"], pl.DataFrame([row])], how="diagonal_relaxed")
    words = {"wa": Text("WhatsApp", "WhatsApp"), "rt": Text("Ketua RT", "RT head")}
    for said, kind in ((["wa"] * 5 + ["rt"], "choice"), (["wa rt"] * 6, "text")):
        frame = data.answers["q"].with_columns(channel=pl.Series(said))
        found = release(CommunityData.of(tables, {"q": frame}), "k", "q",
                        labels={"channel": words})  # fmt: skip
        (variable,) = [v for v in found.variables if v.name == "channel"]
        assert variable.kind == kind
        assert dict(variable.values) == words


def test_small_rounds_and_unknown_names_are_refused():
    people = [{"round": "r1"}] * 6 + [{"round": "r2"}] * 4
    found = release(made(people), "k", "q")
    assert [r.code for r in found.rounds] == ["r1"]
    assert found.warnings[0].code == "release_round_small"
    for wrong in ({"rounds": ["r2"]}, {"rounds": ["r9"]}, {"background": ["name"]}):
        with pytest.raises(InputError):
            release(made(people), "k", "q", **wrong)
    with pytest.raises(InputError):
        release(made(people), "k", "x")
    with pytest.raises(ValueError, match="threshold"):
        release(made(people), "k", "q", threshold=2)


def reference_alpha(found, code, name):
    """Alpha written out, on the people who answered in pairs."""
    scale = next(s for s in found.scales() if s.name == name)
    rows = found.frame.filter(pl.col("round") == code)
    X = np.array([rows[i].to_list() for i in scale.items], dtype=float)
    X = np.where(np.array(scale.keys)[:, None], scale.low + scale.high - X, X)
    k = len(X)
    C = np.empty((k, k))
    for i in range(k):
        for j in range(k):
            both = ~np.isnan(X[i]) & ~np.isnan(X[j])
            C[i, j] = np.cov(X[i][both], X[j][both])[0, 1]
    return float(k / (k - 1) * (1 - np.trace(C) / C.sum()))


def test_figures_are_those_of_the_commands():
    data, _ = read_folder(example_folder())
    found = release(data, data.communities[0], "warga")
    told = {(f.round, f.scale.name): f for f in figures(found)}
    one = told["w1", "sense_of_community"]
    assert one.n == 150
    assert 0.5 < one.alpha < 0.95
    assert one.df == 8 * 5 // 2
    assert all(x > 0.3 for x in one.loadings), "reversed items are turned"
    assert len(one.loadings) == len(one.scale.items) == 8
    assert told["w1", "safety"].chisq is None
    assert told["w1", "safety"].alpha == pytest.approx(reference_alpha(found, "w1", "safety"))
    assert {r for r, _ in told} == {"w1", "w2"}


def test_every_answer_of_our_own_items_has_its_words() -> None:
    """All steps, in both languages; of an item from elsewhere only the ends, as ends."""
    data = read_folder(example_folder())[0]
    found = release(data, data.communities[0], "pokja")
    ours = next(v for v in found.items if v.name == "soc1")
    assert list(ours.values) == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert [w.en for w in ours.values.values()] == [
        "Strongly disagree", "Disagree", "In between", "Agree", "Strongly agree",
    ]  # fmt: skip
    assert response_words("likert", 0, 3, "Butir orang lain") == {
        0: Text("Terendah", "Lowest"), 3: Text("Tertinggi", "Highest"),
    }  # fmt: skip
    assert response_words("likert", 0, 3, "Butir orang lain", as_asked_here=True)[3].id == (
        "Sangat setuju"
    )
    assert list(response_words("likert", 0, 10, "x", as_asked_here=True)) == [0, 10]
    assert response_words("likert", None, 5, "x") == {}
    assert response_words("likert", 1.5, 4.5, "x", as_asked_here=True).keys() == {1.5, 4.5}
    assert response_words("number", 0, 5, "x") == {}
    assert response_words("binary", 1, 2, "x") == {}
