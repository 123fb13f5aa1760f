"""The worked example of docs/how-to/sense-of-community.md: its figures are what the program says.

Also the SCI-2's models beside lavaan (frozen), from the file itself on the command line.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "sense_of_community.csv.gz"
REFERENCE = json.loads((ROOT / "tests" / "data" / "reference" / "sci2.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "how-to" / "sense-of-community.md").read_text("utf-8")
SCALES = {"sci2": ("chavis", 2, 25), "omoto": ("omoto", 1, 18), "jason": ("jason", 1, 9),
          "halamova": ("halamova", 1, 22)}  # fmt: skip
PARTS = {"needs": (2, 7), "membership": (8, 13), "influence": (14, 19), "connection": (20, 25)}


def items(name, first, last):
    return ",".join(f"{name}_{n}" for n in range(first, last + 1))


def found(*arguments):
    result = CliRunner().invoke(app, ["survey", *map(str, arguments), "--json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def scale(name):
    return "--scale", f"{name}={items(*SCALES[name])}"


def short(value):
    """.964, as the page writes figures below one."""
    return f"{value:.3f}".lstrip("0")


def test_reliability_of_four_scales():
    asked = [part for name in SCALES for part in scale(name)]
    told = found("reliability", DATA, "--min", 0, "--max", 1, *asked)["scales"]
    for name, r in told.items():
        low, high = r["alpha_interval"]
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {name}"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[1:] == [
            str(r["n_items"]), short(r["alpha"]), f"{short(low)}–{short(high)}",
            short(r["omega_total"]), short(r["omega_hierarchical"]),
        ]  # fmt: skip


@pytest.mark.parametrize("model", ["four", "one"])
def test_models_of_the_sci2(model):
    parts = PARTS if model == "four" else {"sense": (2, 25)}
    asked = [
        x for name, (i, j) in parts.items() for x in ("--factor", f"{name}={items('chavis', i, j)}")
    ]
    told, expected = found("cfa", DATA, "--robust", *asked), REFERENCE[model]
    assert (told["n"], told["df"]) == (expected["ntotal"], expected["df"])
    for ours, theirs in (("chisq", "chisq"), ("chisq_scaled", "chisq_scaled")):
        assert told[ours] == pytest.approx(expected[theirs], rel=1e-5)
    for name in ("cfi", "tli", "rmsea", "cfi_robust", "tli_robust", "rmsea_robust"):
        assert told[name] == pytest.approx(expected[name], abs=2e-6)
    assert told["srmr"] == pytest.approx(expected["srmr_bentler_nomean"], abs=1e-6)
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {model} factor"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:] == [
        f"{told['n']:,}", f"{told['chisq']:,.1f} ({told['df']})", f"{told['chisq_scaled']:,.1f}",
        short(told["cfi_robust"]), short(told["rmsea_robust"]), short(told["srmr"]),
    ]  # fmt: skip
    if model == "four":
        names = list(PARTS)
        got = [
            told["factor_correlations"][a][b] for j, b in enumerate(names) for a in names[j + 1 :]
        ]
        assert got == pytest.approx(expected["correlations"], abs=1e-4)
        assert any("tumpang tindih" in w or "overlap" in w for w in told["warnings"])


def test_incomplete_rows_of_the_sci2():
    told = found("cfa", DATA, "--missing", "fiml", "--factor", f"sense={items('chavis', 2, 25)}")
    assert told["n"] == 5393
    assert told["dropped"] == 216
    assert "5,393 rows have an answer" in PAGE


def test_averaging_and_pooling():
    asked = ("--group", "comm", "--min", 0, "--max", 1, *scale("sci2"))
    told = found("aggregate", DATA, *asked)["scales"]["sci2"]
    assert f"ICC(1) {short(told['icc1'])} and ICC(2) {short(told['icc2'])}" in PAGE
    assert f"mean AD {short(told['ad_mean'])}" in PAGE
    assert (told["groups"], told["rwg_mean"]) == (22, 0)
    pooled = found("pool", DATA, *asked)["scales"]["sci2"]
    low, high = pooled["interval"]
    assert f"mean is {pooled['mean']:.1f} ({low:.1f}–{high:.1f})" in PAGE
    assert f"between them {pooled['sd_between']:.1f}, within them {pooled['sd_within']:.1f}" in PAGE
    assert f"{short(pooled['icc'])} here and {short(told['icc1'])} above" in " ".join(PAGE.split())
    assert pooled["by_group"]["16"]["rank_interval"] == [1, 1]
