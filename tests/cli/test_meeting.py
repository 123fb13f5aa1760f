"""``satuhati meeting participation``: the contract's keys, the rules for odd records, bad input."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app

SHEET = """meeting,member,status
1,a,present
1,b,excused
1,c,absent
2,a,represented
2,b,present
2,c,ill
3,a,absent
3,b,absent
3,c,absent
"""
COUNCIL = """member,committee,meeting,date,session,present
m1,Water,1,2026-01-05,Morning,Y
m1,Water,1,2026-01-05,Afternoon,N
m2,Water,1,2026-01-05,Morning,N
m1,Parks,1,2026-01-06,Morning,N
m2,Parks,1,2026-01-06,Morning,Y
m2,Parks,1,2026-01-07,Morning,N
"""


def run(*args: object):
    return CliRunner().invoke(app, ["meeting", "participation", *map(str, args)])


def result(*args: object) -> dict:
    got = run(*args, "--json", "--lang", "en")
    assert got.exit_code == 0, got.stderr
    return json.loads(got.stdout)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "attendance.csv"
    path.write_text(SHEET)
    return path


def test_contract(sheet):
    got = result(sheet)
    assert {"members", "gini", "top20_share", "median_rate", "meetings", "warnings"} <= set(got)
    assert got["meetings"] == 3
    a = got["members"]["a"]
    assert (a["invited"], a["present"], a["represented"], a["rate"]) == (3, 1, 1, 2 / 3)
    assert a["interval"][0] < a["rate"] < a["interval"][1]
    assert {m: r["consecutive_missed"] for m, r in got["members"].items()} == {
        "a": 1, "b": 1, "c": 3
    }  # fmt: skip
    assert got["median_rate"] == pytest.approx(1 / 3)
    assert got["gini"] == pytest.approx(2 / 3)
    assert got["top20_share"] == pytest.approx(2 / 3)
    assert got["overall"]["rate"] == pytest.approx(1 / 3)
    assert got["warnings"] == []


def test_subgroups_hide_small_personal_ones_but_not_official_ones(sheet, tmp_path):
    members = tmp_path / "members.csv"
    members.write_text(
        "member,name,section,sex\na,A,Ekonomi,p\nb,B,Agama,l\nc,C,Ekonomi,p\nd,D,Agama,l\n"
    )
    got = result(sheet, "--members", members)
    assert set(got["subgroups"]) == {"section", "sex"}
    assert got["subgroups"]["section"]["Ekonomi"]["rate"] == pytest.approx(2 / 6)
    assert got["subgroups"]["section"]["Agama"]["members"] == 2
    assert {g["status"] for g in got["subgroups"]["sex"].values()} == {"too few"}
    assert any("d" in w and "never" in w for w in got["warnings"])
    assert list(result(sheet, "--members", members, "--by", "section")["subgroups"]) == ["section"]


def test_council_records_by_the_stated_rule(tmp_path):
    path = tmp_path / "council.csv.gz"
    path.write_bytes(gzip.compress(COUNCIL.encode()))
    got = result(path)
    assert got["meetings"] == 3
    assert got["merged_rows"] == 1
    assert got["members"]["m1"]["rate"] == 0.5
    assert len(got["warnings"]) == 3  # present read, meeting widened, rows merged
    by_meeting = result(path, "--meeting-columns", "committee,meeting")
    assert by_meeting["meetings"] == 2
    assert by_meeting["members"]["m2"]["present"] == 1


def test_missing_status_and_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("meeting,member,status\n1,a,NA\n1,b,present\n")
    got = result(path)
    assert got["members"]["b"]["rate"] == 1
    assert "a" not in got["members"]
    path.write_text("meeting,member,status\n")
    empty = result(path)
    assert (empty["members"], empty["gini"], empty["meetings"]) == ({}, None, 0)
    assert empty["warnings"]
    assert run(path).exit_code == 0


def test_readable_table(sheet):
    got = run(sheet, "--lang", "en")
    assert got.exit_code == 0
    assert got.stdout.startswith("3.3 of every 10 invitations were followed")
    assert "missing the last three meetings or more: c." in got.stdout


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("meeting,member,status\n1,a,late\n", (), "row 2, column status: 'late'"),
        ("meeting,member,status\n1,,present\n", (), "row 2, column member"),
        ("meeting,member\n1,a\n", (), "column status"),
        ("meeting,member,present\n1,a,maybe\n", (), "row 2, column present"),
        (SHEET, ("--meeting-columns", "day"), "column day"),
        (SHEET, ("--meeting-columns", " , "), "--meeting-columns"),
    ],
)
def test_bad_input(tmp_path, text, options, says):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    got = run(path, *options, "--json", "--lang", "en")
    assert got.exit_code == 2
    assert got.stdout == ""
    assert says in got.stderr


def test_a_member_listed_twice_is_an_error(sheet, tmp_path):
    members = tmp_path / "members.csv"
    members.write_text("member,section\na,x\na,y\n")
    got = run(sheet, "--members", members, "--lang", "en")
    assert (got.exit_code, got.stdout) == (2, "")
    assert "already stands in row 2" in got.stderr


def test_help_has_an_example():
    got = CliRunner().invoke(app, ["meeting", "participation", "--help"])
    assert got.exit_code == 0
    assert "satuhati meeting participation attendance.csv" in got.stdout
