"""``satuhati meeting share``: an hour for each group, clashes named, bad input in one report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app

WISHES = """group,member,weekday,start,probability
BKB,ani,2,20:00,1
BKB,ani,2,19:00,0.9
BKB,budi,2,20:00,1
BKB,budi,2,19:00,0.9
BKR,citra,2,19:00,0.9
BKR,citra,2,21:00,0.8
BKR,dedi,2,21:00,0.5
BKR,dedi,2,19:00,0.6
BKL,eka,7,09:00,1
"""
GROUPS = """group,room,facilitator
BKB,Balai RW,
BKR,Balai RW; Balai RW,Bu Rini
BKL,,Bu Rini
"""
ASKED = ("--year", "2026", "--weeks", "2")


def run(*args: object):
    return CliRunner().invoke(app, ["meeting", "share", *map(str, args)])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, str, Path]:
    wishes, groups = tmp_path / "wishes.csv", tmp_path / "groups.csv"
    wishes.write_text(WISHES)
    groups.write_text(GROUPS)
    return wishes, "--groups", groups


def result(*args: object) -> dict:
    got = run(*args, *ASKED, "--json", "--lang", "en")
    assert got.exit_code == 0, got.stderr
    return json.loads(got.stdout)


def test_every_group_has_its_hour(files):
    got = result(*files)
    assert {name: g["pattern"] for name, g in got["groups"].items()} == {
        "BKB": "Second Tuesday, 19.00", "BKR": "Second Tuesday, 21.00",
        "BKL": "Second Sunday, 09.00",
    }  # fmt: skip
    assert got["groups"]["BKR"]["room"] == "Balai RW"
    assert got["groups"]["BKL"]["room"] is None
    assert got["groups"]["BKL"]["facilitator"] == "Bu Rini"
    assert got["expected_attendance"] == got["bound"] == pytest.approx(1.8 + 1.3 + 1)
    assert got["optimal"] is True
    assert got["baseline_first_come"] == {"expected_attendance": 3.0, "without_hour": ["BKR"]}
    assert got["groups"]["BKB"]["dates"][0] == "2026-01-13"
    # 10 March is an evening of Ramadan for both; the hall is free for both on the 24th.
    assert [m["date"] for m in got["groups"]["BKB"]["moved"]] == ["2026-03-24"]
    assert "these would have none: BKR" in got["why"]
    assert (got["n_groups"], got["n_members"], got["clashes"]) == (3, 5, [])


def test_groups_take_different_weeks(files):
    got = json.loads(run(*files, "--year", "2026", "--json").stdout)
    assert got["expected_attendance"] == pytest.approx(2 + 1.5 + 1)
    weeks = {name: (g["start"], g["week"]) for name, g in got["groups"].items()}
    assert weeks["BKB"][0] == "20:00"
    assert weeks["BKR"][0] == "19:00"
    assert weeks["BKB"][1] != weeks["BKR"][1]
    got = result(*files, "--frequency", "weekly")
    assert {g["week"] for g in got["groups"].values()} == {None}
    assert got["expected_attendance"] < 1.8 + 1.3 + 1  # closed evenings are nobody's


def test_who_stands_in_whose_way(files, tmp_path):
    files[0].write_text(WISHES.replace("BKR,citra,2,21:00,0.8\n", "").replace(
        "BKR,dedi,2,21:00,0.5\n", ""))  # fmt: skip
    got = result(*files)
    assert (got["groups"], got["expected_attendance"], got["optimal"]) == ({}, None, False)
    assert got["clashes"] == [
        {"groups": ["BKB", "BKR"], "limits": [], "rooms": ["Balai RW"], "facilitators": []}
    ]
    assert any("BKB, BKR. They share: room Balai RW" in w for w in got["warnings"])
    got = result(*files, "--least", "1.9")
    assert any("BKR has no hour that meets: at least 1.90 expected" in w for w in got["warnings"])
    members = tmp_path / "members.csv"
    members.write_text("group,member,section,must\nBKL,eka,,\nBKL,fani,,yes\nBKB,ani,,\nBKB,budi,,\n"
                       "BKR,citra,,\nBKR,dedi,,\n")  # fmt: skip
    got = result(*files, "--members", members)
    assert any("BKL has no hour that meets: fani present" in w for w in got["warnings"])
    files[2].write_text(GROUPS + "PIK-R,,\n")
    got = result(*files)
    assert any("none of whose members has answered: 1 (PIK-R)" in w for w in got["warnings"])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_on_screen(files, lang):
    for least in ("1", "5"):
        got = run(*files, *ASKED, "--lang", lang, "--least", least)
        assert got.exit_code == 0, got.stderr
        assert "BKR" in got.stdout


def test_every_problem_in_one_report(files, tmp_path):
    files[0].write_text(
        "group,member,weekday,start,probability\nBKB,ani,8,19:30,0.5\nX,budi,2,19:30,0.5\n"
        "BKR,citra,2,26:30,0.5\n,dedi,2,19:30,0.5\nBKB,ani,2,19:30,0.5\nBKB,ani,2,19.30,0.6\n"
    )
    files[2].write_text(GROUPS + "BKB,,\n,RPTRA,\n")
    got = run(*files, "--lang", "en")
    assert (got.exit_code, got.stdout) == (2, "")
    assert [line.split(":")[0] for line in got.stderr.strip().splitlines()] == [
        "groups.csv, row 5, column group", "groups.csv, row 6, column group",
        "wishes.csv, row 2, column weekday", "wishes.csv, row 3, column group",
        "wishes.csv, row 4, column start", "wishes.csv, row 5, column group",
        "wishes.csv, row 7, column member",
    ]  # fmt: skip
    files[0].write_text("member\nani\n")
    assert "'group'" in run(*files, "--lang", "en").stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [("--weeks", "2,5"), ("--weeks", "4,last"), ("--weeks", ""), ("--least", "nan"),
     ("--minutes", "0"), ("--closed", "x")],
)  # fmt: skip
def test_bad_options(files, option, value):
    got = run(*files, option, value)
    assert (got.exit_code, got.stdout) == (2, "")
    assert got.stderr


def test_no_groups(tmp_path):
    (tmp_path / "w.csv").write_text("group,member,weekday,start,probability\n")
    (tmp_path / "g.csv").write_text("group,room,facilitator\n")
    got = result(tmp_path / "w.csv", "--groups", tmp_path / "g.csv")
    assert got["groups"] == {}
    assert got["warnings"]
