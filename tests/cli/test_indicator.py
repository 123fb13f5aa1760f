"""``satuhati indicator compute`` and ``classify``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app

COUNTS = """indicator,period,numerator,denominator
mcpr,2024,300,500
mcpr,2025,330,500
lpp,2020-2025,11000,10000
"""
PROFILE = """key,value
pokja_exists,ya
pokja_members,21
pokja_trained,15
funding_sources,5
poktan,5
secretariat,ya
rumah_dataku,ya
pkb,ya
regulation,tidak
data_uses,3
mechanisms,5
agencies,4
poktan_participation,25
cpr,61
mkjp,25
unmet_need,13.5
"""


def run(command: str, *args: object):
    return CliRunner().invoke(app, ["indicator", command, *map(str, args)])


def result(command: str, path: Path, text: str) -> dict:
    path.write_text(text)
    got = run(command, path, "--json", "--lang", "en")
    assert got.exit_code == 0, got.stderr
    return json.loads(got.stdout)


def test_compute(tmp_path):
    got = result("compute", tmp_path / "c.csv", COUNTS)
    mcpr = got["indicators"]["mcpr"]
    assert mcpr["unit"] == "percent"
    assert mcpr["periods"]["2025"]["value"] == pytest.approx(66)
    assert mcpr["periods"]["2025"]["numerator"] == 330
    assert mcpr["periods"]["2025"]["denominator"] == 500
    assert mcpr["periods"]["2025"]["interval"] is None
    change = mcpr["periods"]["2025"]["change"]
    assert change == {"since": "2024", "difference": pytest.approx(6), "causal": False}
    assert got["indicators"]["lpp"]["periods"]["2020-2025"]["value"] == pytest.approx(
        1.92449, abs=1e-5
    )
    assert got["warnings"] == ["A change between periods is no evidence of cause and effect."]


def test_compute_values_from_elsewhere(tmp_path):
    text = "indicator,period,value,source\nstunting,2025,21.5,SSGI 2025\nlpp,2025,-0.4,BPS\n"
    got = result("compute", tmp_path / "c.csv", text)["indicators"]
    assert got["stunting"]["periods"]["2025"]["source"] == "SSGI 2025"
    assert got["lpp"]["periods"]["2025"]["value"] == -0.4
    empty = result("compute", tmp_path / "e.csv", "indicator,period,numerator,denominator\n")
    assert empty["indicators"] == {}
    assert empty["warnings"][0].startswith("e.csv: there is not a single row yet")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("indicator,period,numerator,denominator\nfoo,2025,1,2\n", "unmet_need"),
        ("indicator,period,numerator,denominator\ncpr,2025,5,2\n", "row 2, column numerator"),
        ("indicator,period,numerator,denominator\ncpr,2025,x,2\n", "row 2, column numerator: 'x'"),
        ("indicator,period,numerator,denominator\ncpr,,1,2\n", "row 2, column period"),
        ("indicator,period,numerator\ncpr,2025,1\n", "column denominator"),
        ("indicator,period,numerator,denominator\ncpr,2025,-1,2\n", "row 2, column numerator"),
    ],
)
def test_compute_bad_input(tmp_path, text, says):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    got = run("compute", path, "--json", "--lang", "en")
    assert (got.exit_code, got.stdout) == (2, "")
    assert says in got.stderr


def test_classify(tmp_path):
    got = result("classify", tmp_path / "p.csv", PROFILE)
    assert got["input"] == pytest.approx((4 + 4 + 4 + 3 + 2) / 5)
    assert got["process"] == pytest.approx(10 / 3)
    assert got["output"] == 3.0
    assert got["level"] == "Berkelanjutan"
    assert got["scores"]["backing"]["score"] == 2
    assert got["setting"]["date"] == got["setting_date"]
    assert len(got["warnings"]) == 1


def test_classify_missing_key_leaves_its_index_null(tmp_path):
    got = result("classify", tmp_path / "p.csv", PROFILE.replace("cpr,61\n", ""))
    assert (got["output"], got["level"]) == (None, None)
    assert got["possible_levels"] == ["Berkembang", "Berkelanjutan"]
    assert any("cpr" in w for w in got["warnings"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("key,value\npkb,perhaps\n", "row 2, column value: 'perhaps'"),
        ("key,value\ncpr,many\n", "row 2, column value: 'many'"),
        ("key,value\ncpr,101\n", "row 2, column value: 101"),
        ("key,value\nmechanisms,6\n", "row 2, column value: 6"),
        ("key,value\ncpr,60\ncpr,61\n", "row 3, column key"),
        ("name,value\ncpr,60\n", "column key"),
    ],
)
def test_classify_bad_input(tmp_path, text, says):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    got = run("classify", path, "--json", "--lang", "en")
    assert (got.exit_code, got.stdout) == (2, "")
    assert says in got.stderr


def test_tables_are_readable(tmp_path):
    (tmp_path / "c.csv").write_text(COUNTS)
    (tmp_path / "p.csv").write_text(PROFILE)
    computed = run("compute", tmp_path / "c.csv", "--lang", "en")
    assert "Modern contraceptive prevalence (mCPR), 2025: 66.0 percent." in computed.stdout
    classified = run("classify", tmp_path / "p.csv", "--lang", "en")
    assert classified.stdout.startswith("Level: Berkelanjutan.")


@pytest.mark.parametrize("command", ["compute", "classify"])
def test_help_has_an_example(command):
    got = run(command, "--help")
    assert got.exit_code == 0
    assert f"satuhati indicator {command}" in got.stdout
