"""``satuhati outreach cascade``: persons and tallies, frames apart, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.core.intervals import wilson

TALLY = """area,frame,channel,asked,heard,visited,enrolled,continuing
RT01,door_to_door,kader,20,6,3,2,1
RT02,door_to_door,,20,0,0,0,0
RT03,door_to_door,banner,4,2,1,1,0
RT04,door_to_door,banner,18,9,4,2,1
RT01,posyandu_desk,posyandu,10,9,9,8,8
"""


def run(*args: object):
    return CliRunner().invoke(app, ["outreach", "cascade", *map(str, args)])


def result(*args: object) -> dict:
    got = run(*args, "--json", "--lang", "en")
    assert got.exit_code == 0, got.stderr
    return json.loads(got.stdout)


@pytest.fixture
def tally(tmp_path: Path) -> Path:
    path = tmp_path / "awareness.csv"
    path.write_text(TALLY)
    return path


def test_contract(tally):
    got = result(tally, "--frame", "door_to_door")
    assert {"stages", "by_area", "by_channel", "warnings"} <= set(got)
    assert list(got["stages"]) == ["heard", "visited", "enrolled", "continuing"]
    heard = got["stages"]["heard"]
    assert (heard["n"], heard["of"], heard["share"]) == (17, 62, 17 / 62)
    assert heard["interval"] == pytest.approx(wilson(17, 62))
    assert got["by_area"]["RT02"]["heard"]["share"] == 0
    assert [a for a, g in got["by_area"].items() if g["status"] != "ok"] == ["RT03", "RT04"]
    assert got["by_channel"]["kader"]["heard"]["n"] == 6


def test_frames_apart_until_one_is_chosen(tally):
    got = result(tally)
    assert got["stages"] is None
    assert got["by_frame"]["posyandu_desk"]["stages"]["heard"]["share"] == 0.9
    assert any("not pooled" in w for w in got["warnings"])
    shown = run(tally, "--lang", "en")
    assert "door_to_door: 2.7 of every 10 people asked have heard (17 of 62)." in shown.stdout


def test_persons_in_both_languages_and_with_gaps(tmp_path):
    path = tmp_path / "persons.csv"
    path.write_text("heard,visited,enrolled,continuing\nya,ya,ya,tidak\ntidak,,,\nNA,,,\n"
                    "yes,no,,\n,1,0,\n1,1,1,1\n0,0,0,0\n")  # fmt: skip
    got = result(path)
    assert (got["asked"], got["stages"]["heard"]["n"], got["stages"]["visited"]["n"]) == (6, 4, 3)
    assert any("1 rows without an answer" in w for w in got["warnings"])


def test_no_rows(tmp_path):
    path = tmp_path / "none.csv"
    path.write_text(TALLY.splitlines()[0] + "\n")
    got = result(path)
    assert got["stages"]["heard"] == {
        "n": None, "share": None, "interval": None, "of": None, "conversion": None,
        "interval_clustered": None,
    }  # fmt: skip
    assert run(path).exit_code == 0


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("asked,heard\n5,6\n", (), "row 2, column heard: 'heard' = 6, more than the 5"),
        ("asked,heard,visited\n9,3,4\n", (), "row 2, column visited"),
        ("asked,heard\n5,2.5\n", (), "row 2, column heard"),
        ("asked,heard\n-5,2\n", (), "row 2, column asked"),
        ("asked,heard\n,2\n", (), "row 2, column asked"),
        ("heard,visited\nno,yes\n", (), "row 2, column visited"),
        ("heard\nperhaps\n", (), "row 2, column heard: 'perhaps'"),
        ("asked\n5\n", (), "column heard"),
        (TALLY, ("--frame", "market"), "door_to_door, posyandu_desk"),
        (TALLY, ("--service", "sigap"), "column service"),
    ],
)
def test_bad_input(tmp_path, text, options, says):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    got = run(path, *options, "--json", "--lang", "en")
    assert got.exit_code == 2
    assert got.stdout == ""
    assert says in got.stderr


def test_help_has_an_example():
    got = CliRunner().invoke(app, ["outreach", "cascade", "--help"])
    assert got.exit_code == 0
    assert "satuhati outreach cascade awareness.csv" in got.stdout
