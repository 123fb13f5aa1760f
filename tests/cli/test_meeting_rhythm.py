"""``satuhati meeting rhythm``: the contract's keys, impossible wishes, bad input."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import vobject
from typer.testing import CliRunner

from satuhati.cli import app

WISHES = """member,weekday,start,probability
ani,2,19:30,0.9
ani,7,09:00,0.2
budi,2,19.30,0.8
citra,2,19:30,0.5
citra,7,9:00,0.9
dedi,7,09:00,0.9
"""
MEMBERS = """member,section,sector,must
ani,Ekonomi,pokja,yes
budi,Ekonomi,pokja,
citra,Kesehatan,pokja,
dedi,Kesehatan,pemerintah,
"""
KEYS = {
    "kind", "pattern", "dates", "expected_attendance", "worst_member", "worst_member_id",
    "sections_short", "optimal", "bound", "baseline_votes", "warnings", "why", "excluded_by_vote",
}  # fmt: skip


def run(*args: object):
    return CliRunner().invoke(app, ["meeting", "rhythm", *map(str, args)])


def result(*args: object) -> dict:
    got = run(*args, "--json", "--lang", "en", "--year", "2026")
    assert got.exit_code == 0, got.stderr
    return json.loads(got.stdout)


@pytest.fixture
def wishes(tmp_path: Path) -> Path:
    path = tmp_path / "wishes.csv"
    path.write_text(WISHES)
    return path


@pytest.fixture
def members(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_text(MEMBERS)
    return path


def test_fixed(wishes, members):
    got = result(wishes, "--members", members, "--quorum", "0.5")
    assert set(got) >= KEYS
    assert got["kind"] == "fixed"
    assert got["pattern"] == "Second Tuesday, 19.30"
    assert got["dates"][:2] == ["2026-01-13", "2026-02-10"]
    assert len(got["dates"]) == 12
    assert got["expected_attendance"] == pytest.approx(2.2)
    assert (got["worst_member"], got["worst_member_id"]) == (0.0, "dedi")
    assert got["sections_short"] == 0
    assert got["optimal"] is True
    assert got["bound"] == pytest.approx(2.2)
    assert set(got["baseline_votes"]) >= {
        "pattern", "expected_attendance", "worst_member", "sections_short"
    }  # fmt: skip
    assert got["excluded_by_vote"] == ["dedi"]
    assert any("dedi" in w for w in got["warnings"])


def test_the_dates_as_a_calendar_file(wishes, members, tmp_path):
    out = tmp_path / "rapat.ics"
    got = result(wishes, "--members", members, "--quorum", "0.5", "--ics", out, "--zone", "WIT")
    assert got["written"] == ["rapat.ics"]
    calendar = vobject.readOne(out.read_bytes().decode())
    starts = [e.dtstart.value for e in calendar.vevent_list]
    assert [str(s.date()) for s in starts] == got["dates"]
    assert {s.strftime("%H:%M %z") for s in starts} == {"19:30 +0900"}
    assert {len(e.valarm_list) for e in calendar.vevent_list} == {2}
    uids = [e.uid.value for e in calendar.vevent_list]
    assert len(set(uids)) == 12
    # Computed again: the same dates under the same uids, and the file replaced, not added to.
    result(wishes, "--members", members, "--quorum", "0.5", "--ics", out)
    again = vobject.readOne(out.read_bytes().decode())
    assert [e.uid.value for e in again.vevent_list] == uids
    assert {e.dtstart.value.utcoffset() for e in again.vevent_list} == {dt.timedelta(hours=7)}
    assert "rapat.ics" in run(wishes, "--ics", out, "--kind", "rotation").stdout
    assert [p.name for p in tmp_path.glob("*.ics")] == ["rapat.ics"]


def test_no_calendar_of_no_schedule(wishes, members, tmp_path):
    out = tmp_path / "rapat.ics"
    got = result(wishes, "--members", members, "--quorum", "5", "--ics", out)
    assert (got["pattern"], got["written"]) == (None, [])
    assert any("rapat.ics was not written" in w for w in got["warnings"])
    assert not out.exists()


def test_a_calendar_that_cannot_be_written_is_said(wishes, tmp_path):
    got = run(wishes, "--ics", tmp_path / "tidak-ada" / "rapat.ics")
    assert got.exit_code != 0
    assert got.stdout == ""
    assert "rapat.ics" in got.stderr


def test_rotation_beats_the_vote_for_the_worst_off(wishes):
    got = result(wishes, "--kind", "rotation")
    # x evenings, 12 - x mornings: budi .8 x, dedi .9 (12 - x): x = 6 gives min(4.8, 5.4).
    assert got["worst_member"] == pytest.approx(4.8)
    assert got["worst_member_id"] == "budi"
    assert got["pattern"] == "In turn: Second Tuesday 19.30 (6×), Second Sunday 09.00 (6×)"
    assert got["baseline_votes"]["worst_member"] == 0.0
    assert got["baseline_votes"]["pattern"] == "Second Tuesday, 19.30"
    assert got["optimal"] is True
    assert [(s["weekday"], s["start"]) for s in got["schedule"]].count((2, "19:30")) == 6
    assert all(
        dt.date.fromisoformat(s["date"]).isoweekday() == s["weekday"] for s in got["schedule"]
    )
    assert [s["date"] for s in got["schedule"]] == got["dates"]


def test_impossible_names_the_clash(wishes, members):
    got = result(wishes, "--members", members, "--quorum", "1", "--kind", "rotation")
    assert got["pattern"] is None
    assert (got["dates"], got["worst_member"], got["optimal"]) == ([], None, False)
    assert got["baseline_votes"]["sections_short"] == 12
    named = " ".join(got["warnings"])
    assert "section Ekonomi (at least 1)" in named or "ani present" in named
    assert "section Kesehatan (at least 1)" in named
    assert "nearest: Tuesday 19.30" in named


def test_frequencies(wishes):
    assert len(result(wishes, "--frequency", "weekly")["dates"]) == 52
    assert result(wishes, "--frequency", "quarterly")["dates"] == [
        "2026-01-13", "2026-04-14", "2026-07-14", "2026-10-13"
    ]  # fmt: skip
    assert len(result(wishes, "--frequency", "weekly", "--kind", "rotation")["dates"]) == 52
    assert result(wishes, "--week", "1")["dates"][0] == "2026-01-06"


def test_holidays_and_friday_prayer_are_said(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text("member,weekday,start,probability\nani,5,12:00,1\n")
    said = " ".join(result(path, "--week", "1", "--frequency", "monthly")["warnings"])
    assert "1 May 2026 (Labour Day)" in said
    assert "Friday 12.00 falls in the Friday prayer" in said


def test_silent_members_are_named(wishes, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text("member\nani\nbudi\ncitra\ndedi\neka\n")
    got = result(wishes, "--members", path, "--kind", "rotation")
    assert got["worst_member_id"] == "budi"
    assert any("have not answered: 1 (eka)" in w for w in got["warnings"])


def test_nobody_and_nothing(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text("member,weekday,start,probability\n")
    assert result(path)["pattern"] is None
    path.write_text("member,weekday,start,probability\nani,1,08:00,0\n")
    got = result(path)
    assert got["pattern"] is None
    assert any("nobody can come" in w for w in got["warnings"])


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("kind", ["fixed", "rotation"])
def test_on_screen(wishes, members, kind, lang):
    for quorum in ("0", "3"):
        got = run(wishes, "--members", members, "--kind", kind, "--lang", lang, "--year", 2026,
                  "--quorum", quorum)  # fmt: skip
        assert got.exit_code == 0, got.stderr
        assert got.stdout.strip()


def test_every_problem_in_one_report(tmp_path, members):
    path = tmp_path / "w.csv"
    path.write_text(
        "member,weekday,start,probability\n"
        "ani,8,19:30,0.5\n"
        "budi,2,25:00,0.5\n"
        "citra,2,19:30,1.5\n"
        "zaki,2,19:30,0.5\n"
        "dedi,7,09:00,0.5\n"
        "dedi,7,9.00,0.6\n"
        "ani,,10:00,0.5\n"
        "ani,3,10:00,lima\n"
    )
    got = run(path, "--members", members, "--lang", "en")
    assert got.exit_code == 2
    assert got.stdout == ""
    lines = got.stderr.strip().splitlines()
    places = [line.split(":")[0] for line in lines]
    assert places == [
        "w.csv, row 2, column weekday",
        "w.csv, row 3, column start",
        "w.csv, row 4, column probability",
        "w.csv, row 5, column member",
        "w.csv, row 7, column member",
        "w.csv, row 8, column weekday",
        "w.csv, row 9, column probability",
    ]
    assert "'8' is not a weekday 1 (Monday) to 7 (Sunday)" in lines[0]
    assert "'25:00' is not an hour (HH:MM)" in lines[1]
    assert "'zaki' is not in the table members.csv" in lines[3]


def test_bad_member_list(wishes, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(MEMBERS + "ani,Ekonomi,pokja,\nbudi2,Ekonomi,pokja,perhaps\n")
    got = run(wishes, "--members", path, "--lang", "en")
    assert got.exit_code == 2
    assert "row 6, column member: ani already stands in row 2" in got.stderr
    assert "row 7, column must: 'perhaps' is not a known choice" in got.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [("--quorum", "nan"), ("--quorum", "-1"), ("--year", "0"), ("--week", "5"), ("--kind", "poll"),
     ("--frequency", "daily")],
)  # fmt: skip
def test_bad_options(wishes, option, value):
    got = run(wishes, option, value)
    assert got.exit_code == 2
    assert got.stdout == ""
    assert got.stderr


def test_missing_column(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text("member,day\nani,1\n")
    got = run(path, "--lang", "en")
    assert got.exit_code == 2
    assert [line.split("'")[1] for line in got.stderr.strip().splitlines()] == [
        "weekday", "start", "probability"
    ]  # fmt: skip


def test_participation_tells_the_chance_of_a_quorum_and_who_stopped(tmp_path):
    path = tmp_path / "attendance.csv"
    marks = {"a": "11111", "b": "11000", "c": "10110", "d": "00000"}
    rows = [
        f"{i},{m},{'present' if mark == '1' else 'absent'}"
        for m, row in marks.items()
        for i, mark in enumerate(row, start=1)
    ]
    path.write_text("meeting,member,status\n" + "\n".join(rows) + "\n")

    def told(*args: str) -> dict:
        got = CliRunner().invoke(app, ["meeting", "participation", str(path), "--json", *args])
        assert got.exit_code == 0, got.stderr
        return json.loads(got.stdout)

    got = told()
    assert (got["p_quorum"]["needed"], got["p_quorum"]["of"]) == (3, 4)
    assert 0 < got["p_quorum"]["probability"] < 1
    assert told("--quorum", "1")["p_quorum"]["probability"] > got["p_quorum"]["probability"]
    assert got["turnout"]["d"] < got["turnout"]["b"] < got["turnout"]["c"] < got["turnout"]["a"]
    # d stopped before ever coming, b after the second; a and c are still coming.
    assert (got["survival"]["n"], got["survival"]["stopped"]) == (4, 2)
    curve = [(s["time"], s["at_risk"], s["survival"]) for s in got["survival"]["curve"]]
    assert curve == [(0.0, 4, 0.75), (2.0, 3, pytest.approx(0.5))]
    assert got["survival"]["median"] == 2.0
