"""Rounds: what came out of each, populations beside each other, wave by wave."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from satuhati.core.community import CommunityData
from satuhati.core.profile.assemble import dossier
from satuhati.core.surveys.alongside import change, difference, populations, waves
from satuhati.core.surveys.answered import Answers, ScaleMean
from satuhati.core.surveys.rounds import answers_of, round_results
from satuhati.examples.generate import example_folder
from satuhati.formats.package import read_any
from satuhati.text import Text

WORDS = {"a1": "Saya ikut.", "a2": "Saya peduli.", "a3": "Bukan urusan saya."}


def made(
    rounds: list[dict[str, Any]],
    answers: dict[str, list[dict[str, Any]]],
    items: dict[str, list[dict[str, Any]]] | None = None,
) -> dict[str, Answers]:
    """A community with these rounds; by default one scale of three items from 1 to 5."""
    instruments = sorted({r.get("instrument", "q") for r in rounds})
    default = [
        {"name": n, "type": "likert", "scale": "care", "low": 1.0, "high": 5.0,
         "reversed": n == "a3", "text_id": text, "text_en": None}
        for n, text in WORDS.items()
    ]  # fmt: skip
    told = items or {}
    base = {"community": "k"}
    data = CommunityData.of(
        {
            "community": pl.DataFrame([{"id": "k", "name": "Kampung Contoh"}]),
            "instruments": pl.DataFrame(
                [{**base, "id": i, "name": i, "population": "warga"} for i in instruments]
            ),
            "items": pl.DataFrame(
                [
                    {**base, "id": f"{i}_{n['name']}", "instrument": i, **n}
                    for i in instruments
                    for n in told.get(i, default)
                ]
            ),
            "rounds": pl.DataFrame(
                [
                    {**base, "instrument": "q", "population": "warga", "wave": 1,
                     "frame": "census", "anonymous": True, "end": dt.date(2026, 1, 1), **r}
                    for r in rounds
                ]
            ),
        },
        {
            i: pl.DataFrame(
                [
                    {**base, "id": f"{r['id']}-{k:03}", "round": r["id"], **row}
                    for r in rounds
                    if r.get("instrument", "q") == i
                    for k, row in enumerate(answers.get(r["id"], []))
                ],
                infer_schema_length=None,
            )
            for i in instruments
            if any(answers.get(r["id"]) for r in rounds if r.get("instrument", "q") == i)
        },
    )  # fmt: skip
    return answers_of(data, "k")


def same(n: int, value: float, **more: Any) -> list[dict[str, Any]]:
    """Answers that all score ``value`` of 1-5."""
    return [{"a1": value, "a2": value, "a3": 6 - value, **more} for _ in range(n)]


def spread(*values: float, **more: Any) -> list[dict[str, Any]]:
    return [row for v in values for row in same(1, v, **more)]


@pytest.fixture(scope="module")
def example() -> CommunityData:
    return read_any(example_folder())[0]


def test_scale_means_are_those_of_the_profile(example: CommunityData) -> None:
    code = example.communities[0]
    rounds = answers_of(example, code)
    pieces = {
        (e.record, e.measure): e
        for c in dossier(example, code).profile.components
        for e in c.evidence
        if e.record.startswith("survey:")
    }
    compared = 0
    for one in ("w2", "p2", "m2"):
        for mean in round_results(rounds[one]).scales:
            found = pieces.get((f"survey:{one}", mean.scale))
            if found is None:
                continue
            turned = mean.scale == "refused_unfairly"
            assert mean.value is not None
            assert found.value == pytest.approx(100 - mean.value if turned else mean.value)
            ends = mean.interval
            assert (found.interval is None) == (ends is None)
            if ends is not None and not turned:
                assert found.interval == pytest.approx(ends, abs=1e-9)
            assert found.n == mean.n
            compared += 1
    assert compared >= 20


def test_questions_stand_as_asked_with_words_and_missing(example: CommunityData) -> None:
    rounds = answers_of(example, example.communities[0])
    found = {i.name: i for i in round_results(rounds["p2"]).items}
    soc6 = found["soc6"]
    assert soc6.reversed
    assert dict(soc6.words)["5"].id == "Sangat setuju"
    assert [w for w, _ in soc6.words] == ["1", "2", "3", "4", "5"]
    given = rounds["p2"].frame["soc6"]
    assert (soc6.n, soc6.missing) == (given.drop_nulls().len(), given.null_count())
    assert soc6.parts[0].n == int((given == 1).sum()), "not turned"
    assert all(p.n == 0 or (p.n or 0) >= 5 for i in found.values() for p in i.parts)
    years = next(i for i in round_results(rounds["w2"]).items if i.name == "years")
    assert years.parts == ()
    assert years.mean is not None
    assert years.mean > 0


def test_nothing_of_four_people() -> None:
    rounds = made([{"id": "r"}], {"r": same(4, 3)})
    found = round_results(rounds["r"])
    assert (found.scales, found.items) == ((), ())


def test_five_who_say_the_same_have_a_mean_and_no_range() -> None:
    rounds = made([{"id": "r", "frame": "purposive"}], {"r": same(5, 4)})
    mean = round_results(rounds["r"]).scales[0]
    assert mean.value == pytest.approx(75)
    assert [d.code for d in mean.warnings] == ["mean_no_variation"]


def test_a_census_of_everybody_has_no_sampling_error() -> None:
    rounds = made([{"id": "r", "population_size": 6}], {"r": spread(1, 2, 3, 4, 5, 5)})
    mean = round_results(rounds["r"]).scales[0]
    assert mean.census
    assert mean.interval is None


def test_free_text_is_never_told() -> None:
    items = {"q": [{"name": "note", "type": "text", "scale": None, "low": None, "high": None,
                    "reversed": None, "text_id": "Pesan?", "text_en": None}]}  # fmt: skip
    rows = [{"note": "Pak Contoh"} for _ in range(9)]
    assert round_results(made([{"id": "r"}], {"r": rows}, items)["r"]).items == ()


def test_a_scale_whose_items_have_two_ranges_is_no_scale() -> None:
    base = {"type": "likert", "scale": "care", "low": 1.0, "reversed": False, "text_en": None}
    items = {"q": [{**base, "name": "a1", "high": 5.0, "text_id": "Satu"},
                   {**base, "name": "a2", "high": 7.0, "text_id": "Dua"}]}  # fmt: skip
    rows = [{"a1": 3.0, "a2": 6.0} for _ in range(9)]
    found = round_results(made([{"id": "r"}], {"r": rows}, items)["r"])
    assert found.scales == ()
    assert [i.name for i in found.items] == ["a1", "a2"], "the questions are told all the same"


def test_answers_off_the_scale_count_as_missing() -> None:
    rounds = made([{"id": "r"}], {"r": [*same(6, 3), {"a1": 9.0, "a2": 3.0, "a3": 3.0}]})
    item = round_results(rounds["r"]).items[0]
    assert (item.n, item.missing) == (6, 1)


# -- differences ----------------------------------------------------------------------------------


def mean(values: list[float], **facts: Any) -> ScaleMean:
    rounds = made([{"id": "r", "frame": "purposive", **facts}], {"r": spread(*values)})
    return round_results(rounds["r"]).scales[0]


def test_the_difference_of_two_samples_is_welchs() -> None:
    """R 4.2: t.test(y, x), x and y the percents of 1 2 2 3 4 4 5 and 3 3 4 5 5 5 4 4."""
    x, y = mean([1, 2, 2, 3, 4, 4, 5]), mean([3, 3, 4, 5, 5, 5, 4, 4])
    found = difference(x, y)
    assert found.kind == "samples"
    assert found.value == pytest.approx(28.125)
    assert found.interval == pytest.approx((-6.14934762328, 62.39934762328), abs=1e-8)
    assert found.df == pytest.approx(9.46046489088, abs=1e-8)
    assert found.detectable == pytest.approx((62.39934762328 + 6.14934762328) / 2)
    assert found.sure is False


def test_two_censuses_are_subtracted_without_a_range() -> None:
    a = mean([1, 2, 3, 4, 5], frame="census", population_size=5)
    b = mean([2, 3, 4, 5, 5], frame="census", population_size=5)
    found = difference(a, b)
    assert (found.kind, found.interval, found.sure) == ("counted", None, None)
    assert found.value == pytest.approx(20)


def test_a_census_beside_a_sample_leaves_the_samples_error() -> None:
    census = mean([1, 2, 3, 4, 5], frame="census", population_size=5)
    sample = mean([2, 3, 4, 5, 5, 1, 3])
    found = difference(census, sample)
    assert found.df == pytest.approx(sample.df)
    assert sample.interval is not None
    assert found.detectable == pytest.approx((sample.interval[1] - sample.interval[0]) / 2)


def test_nobody_differs_so_certainty_cannot_be_said() -> None:
    found = difference(mean([3, 3, 3, 3, 3]), mean([4, 4, 4, 4, 4]))
    assert found.value == pytest.approx(25)
    assert (found.interval, found.sure) == (None, None)


def test_populations_are_compared_on_what_both_were_asked() -> None:
    short = [{"name": "a1", "type": "likert", "scale": "care", "low": 1.0, "high": 5.0,
              "reversed": False, "text_id": WORDS["a1"], "text_en": None},
             {"name": "a2", "type": "likert", "scale": "care", "low": 1.0, "high": 5.0,
              "reversed": False, "text_id": "Bunyi lain.", "text_en": None},
             {"name": "a3", "type": "likert", "scale": "care", "low": 1.0, "high": 5.0,
              "reversed": True, "text_id": WORDS["a3"], "text_en": None}]  # fmt: skip
    rounds = made(
        [
            {"id": "w", "population": "warga", "frame": "purposive"},
            {"id": "p", "population": "pokja", "instrument": "s", "frame": "purposive"},
            {"id": "old", "population": "pokja", "end": dt.date(2020, 1, 1), "frame": "purposive"},
        ],
        {"w": spread(1, 2, 3, 4, 5, 3), "p": spread(4, 4, 5, 5, 3, 4), "old": same(6, 1)},
        {"s": short},
    )
    found = populations(rounds, "w", rounds["w"].scales()[0])
    assert found is not None
    assert found.second.round == "p", "the nearest in time"
    assert found.items == ("a1", "a3"), "other words are another question"
    assert not found.whole
    assert found.second.mean.value == pytest.approx(79.1667, abs=1e-3)
    assert found.difference.value == pytest.approx(
        (found.second.mean.value or 0) - (found.first.mean.value or 0)
    )


def test_mitra_is_no_partner_while_there_are_residents() -> None:
    rounds = made(
        [
            {"id": "p", "population": "pokja"},
            {"id": "m", "population": "mitra"},
            {"id": "w", "population": "warga", "end": dt.date(2025, 6, 1)},
        ],
        {c: spread(1, 2, 3, 4, 5) for c in "pmw"},
    )
    found = populations(rounds, "p", rounds["p"].scales()[0])
    assert found is not None
    assert found.second.round == "w"


def test_waves_of_one_frame_are_two_samples() -> None:
    rounds = made(
        [
            {"id": "r1", "wave": 1, "end": dt.date(2025, 1, 1), "frame": "purposive"},
            {"id": "r2", "wave": 2, "end": dt.date(2026, 1, 1), "frame": "purposive"},
        ],
        {"r1": spread(1, 2, 3, 4, 5), "r2": spread(3, 4, 5, 5, 4)},
    )
    found = waves(rounds, "r2", rounds["r2"].scales()[0])
    assert found is not None
    assert [p.round for p in found.places] == ["r1", "r2"]
    assert found.steps[0].kind == "samples"
    assert found.steps[0].value == pytest.approx(30)
    assert waves(rounds, "r1", rounds["r1"].scales()[0]) is None, "nothing lies before it"


def test_waves_of_two_frames_are_not_subtracted() -> None:
    rounds = made(
        [
            {"id": "r1", "wave": 1, "end": dt.date(2025, 1, 1), "frame": "purposive"},
            {"id": "r2", "wave": 2, "frame": "random_households"},
        ],
        {"r1": spread(1, 2, 3, 4, 5), "r2": spread(3, 4, 5, 5, 4)},
    )
    found = waves(rounds, "r2", rounds["r2"].scales()[0])
    assert found is not None
    assert found.steps[0].kind == "frames"
    assert found.steps[0].value is None


def people(prefix: str, *values: float) -> list[dict[str, Any]]:
    return [
        {**same(1, v)[0], "actor": f"{prefix}{i}"} for i, v in enumerate(values)
    ]  # fmt: skip


def test_the_same_people_are_a_panel_and_others_are_left_out() -> None:
    rounds = made(
        [
            {"id": "r1", "wave": 1, "end": dt.date(2025, 1, 1), "anonymous": False},
            {"id": "r2", "wave": 2, "anonymous": False},
        ],
        {
            "r1": people("o", 1, 2, 3, 4, 3) + people("gone", 1, 1, 1),
            "r2": people("o", 2, 3, 4, 4, 4) + people("new", 5, 5, 5),
        },
    )
    scale = rounds["r2"].scales()[0]
    found = change(rounds["r1"], rounds["r2"], scale, panel=True)
    assert (found.kind, found.n) == ("panel", 5)
    assert found.value == pytest.approx(20)  # four rose by a step of 25, one did not
    told = waves(rounds, "r2", scale, panels=[("r1", "r2")])
    assert told is not None
    assert told.steps == (found,)
    by_chance = change(rounds["r1"], rounds["r2"], scale)
    assert by_chance.kind == "samples", "a sample that has some people again is no panel"


def test_a_panel_of_whom_few_answered_twice_says_nothing() -> None:
    rounds = made(
        [{"id": "r1", "wave": 1, "end": dt.date(2025, 1, 1), "anonymous": False},
         {"id": "r2", "wave": 2, "anonymous": False}],
        {"r1": people("o", 1, 2, 3, 4) + people("gone", 1, 1, 1),
         "r2": people("o", 2, 3, 4, 4) + people("new", 5, 5, 5)},
    )  # fmt: skip
    found = change(rounds["r1"], rounds["r2"], rounds["r2"].scales()[0], panel=True)
    assert (found.kind, found.value, found.n) == ("panel", None, None)


def test_an_anonymous_round_is_never_a_panel() -> None:
    rounds = made(
        [
            {"id": "r1", "wave": 1, "end": dt.date(2025, 1, 1), "anonymous": False},
            {"id": "r2", "wave": 2, "anonymous": True},
        ],
        {"r1": people("o", 1, 2, 3, 4, 3), "r2": people("o", 2, 3, 4, 4, 4)},
    )
    found = change(rounds["r1"], rounds["r2"], rounds["r2"].scales()[0], panel=True)
    assert (found.kind, found.value) == ("panel", None), "nobody is found in both"


def test_a_hundred_rounds_stand_beside_each_other_in_seconds() -> None:
    """Each mean is computed once, however many rounds look at it; eight waves are shown."""
    rounds = made(
        [
            {"id": f"r{k:03}", "wave": k, "end": dt.date(2020, 1, 1) + dt.timedelta(days=k),
             "frame": "purposive", "population": "warga" if k % 2 else "pokja"}
            for k in range(100)
        ],
        {f"r{k:03}": spread(1, 2, 3, 4, 5) for k in range(100)},
    )  # fmt: skip
    for code, one in rounds.items():
        found = waves(rounds, code, one.scales()[0])
        assert found is None or len(found.places) <= 8
        beside = populations(rounds, code, one.scales()[0])
        assert beside is not None
        assert abs(int(beside.second.round[1:]) - int(code[1:])) == 1
    assert all(len(one.means) == 1 for one in rounds.values())


def test_mean_and_design_effect_are_those_of_r(example: CommunityData) -> None:
    """R 4.2, survey: svydesign(ids = ~cluster, weights = ~w), w over their mean among answers;
    svymean(deff = "replace"), confint(df = degf)."""
    one = round_results(answers_of(example, example.communities[0])["w2"])
    mean = next(s for s in one.scales if s.scale == "trust_neighbours")
    assert mean.value == pytest.approx(64.1501, abs=1e-4)
    assert mean.interval == pytest.approx((60.84923, 67.45091), abs=1e-4)
    assert mean.se == pytest.approx(1.4592, abs=1e-4)
    assert mean.deff == pytest.approx(0.7529, abs=1e-4)


def test_how_many_were_not_asked_is_not_told_of_a_few() -> None:
    """Two said no and were not asked further: their number stays out of the next question too."""
    rows = [*spread(1, 2, 3, 4, 5, 1, 2, 3, 4, 5), {"a1": 3.0, "a2": None, "a3": 3.0},
            {"a1": 3.0, "a2": None, "a3": 3.0}]  # fmt: skip
    one = made([{"id": "r"}], {"r": rows})["r"]
    plain = round_results(one).items[1]
    assert (plain.n, plain.missing) == (10, 2)
    told = round_results(one, conditional={"a2": ["a1"]}).items[1]
    assert (told.n, told.missing) == (None, None)
    assert all(p.n is None and p.share is not None for p in told.parts)
    assert [p.share for p in told.parts] == [p.share for p in plain.parts]
    skipped = [{**same(1, 3)[0], "a2": None} for _ in range(6)]
    few = made([{"id": "r"}], {"r": [*same(6, 3), *skipped]})
    assert round_results(few["r"], conditional={"a2": ["a1"]}).items[1].n == 6, (
        "six and six are told"
    )
    three = made([{"id": "r"}], {"r": [*same(3, 3), *skipped]})
    assert round_results(three["r"]).items[1].n is None


def test_how_many_were_asked_does_not_tell_what_stays_empty() -> None:
    """Nine said *often* and were asked further. Three said *never*, and as twelve *sometimes* are
    told, nine beside the next question would tell of the three."""
    rows = [{**same(1, 3)[0], "a1": 1.0 + (n > 11) + (n > 14), "a2": 3.0 if n > 14 else None}
            for n in range(24)]  # fmt: skip
    one = made([{"id": "r"}], {"r": rows})["r"]
    first, plain, _ = round_results(one).items
    assert any(len(p.options) > 1 for p in first.parts), "some are told together"
    assert plain.n == 9
    told = round_results(one, conditional={"a2": ["a1"]}).items[1]
    assert (told.n, told.missing) == (None, None)
    assert round_results(one, conditional={"a2": ["a3"]}).items[1].n == 9, "that one is told whole"


def test_words_of_the_questionnaires_own_form_come_first() -> None:
    own = {"a1": {"1": Text("Tidak pernah", "Never"), "5": Text("Selalu", "Always")}}
    one = made([{"id": "r"}], {"r": spread(1, 2, 3, 4, 5)})["r"]
    first, second, _ = round_results(one, as_asked_here=True, words=own).items
    assert dict(first.words) == own["a1"]
    assert dict(second.words)["5"].id == "Sangat setuju"
