"""``satuhati fieldnotes agreement``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app

FOUR_BY_TWELVE = (
    "1 2 3 3 2 1 4 1 2 NA NA NA",
    "1 2 3 3 2 2 4 1 2 5 NA 3",
    "NA 3 3 3 2 3 4 2 2 5 1 NA",
    "1 2 3 3 2 4 4 1 2 5 1 NA",
)


def run(*args: object):
    return CliRunner().invoke(app, ["fieldnotes", "agreement", *map(str, args)])


@pytest.fixture
def codings(tmp_path: Path) -> Path:
    path = tmp_path / "codings.csv"
    lines = [
        f"u{u},c{c},{v}" for c, row in enumerate(FOUR_BY_TWELVE) for u, v in enumerate(row.split())
    ]
    path.write_text("\n".join(["unit,coder,value", *lines, ""]))
    return path


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_contract(codings, metric, expected):
    run_once = run(codings, "--metric", metric, "--json", "--lang", "en")
    got = json.loads(run_once.stdout)
    assert {"krippendorff_alpha", "interval", "fleiss_kappa", "coders", "units", "warnings"} <= set(
        got
    )
    assert round(got["krippendorff_alpha"], 3) == expected
    assert got["interval"][0] < got["krippendorff_alpha"] < got["interval"][1]
    assert (got["coders"], got["units"], got["fleiss_kappa"]) == (4, 12, None)
    assert run(codings, "--metric", metric, "--json", "--lang", "en").stdout == run_once.stdout


def test_two_coders_and_sentence(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text("unit,coder,value\na,x,p\na,y,p\nb,x,q\nb,y,q\nc,x,p\nc,y,p\n")
    got = json.loads(run(path, "--json").stdout)
    assert got["cohen_kappa"]["unweighted"] == 1
    assert got["fleiss_kappa"] == pytest.approx(1)
    assert got["label"] == "reliable"
    assert run(path, "--lang", "en").stdout.startswith("The coders agree well enough to rely on")


def test_no_rows(tmp_path):
    path = tmp_path / "none.csv"
    path.write_text("unit,coder,value\n")
    got = json.loads(run(path, "--json").stdout)
    assert (got["krippendorff_alpha"], got["interval"], got["units"]) == (None, None, 0)
    assert got["warnings"]
    assert run(path).exit_code == 0


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("unit,coder,value\na,x,p\na,x,q\n", (), "row 3, column coder: a, x already"),
        ("unit,coder,value\na,x,p\n", ("--metric", "ordinal"), "row 2, column value: 'p'"),
        ("unit,coder,value\na,x,-1\n", ("--metric", "ratio"), "row 2, column value: -1"),
        ("unit,coder,value\n,x,p\n", (), "row 2, column unit"),
        ("unit,value\na,p\n", (), "column coder"),
    ],
)
def test_bad_input(tmp_path, text, options, says):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    got = run(path, *options, "--json", "--lang", "en")
    assert (got.exit_code, got.stdout) == (2, "")
    assert says in got.stderr


def test_help_has_an_example():
    got = run("--help")
    assert got.exit_code == 0
    assert "satuhati fieldnotes agreement codings.csv" in got.stdout
