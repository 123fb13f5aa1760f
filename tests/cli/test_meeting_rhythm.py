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


def only(path: Path, weekday: int, start: str) -> Path:
    path.write_text(f"member,weekday,start,probability\nani,{weekday},{start},1\n")
    return path


def test_dates_move_off_holidays_and_ramadan_evenings(tmp_path):
    got = result(only(tmp_path / "w.csv", 2, "19:30"))
    # The second Tuesday of March 2026 is an evening of Ramadan, and so is the third.
    assert got["moved"] == [
        {"date": "2026-03-24", "rule_date": "2026-03-10", "reason": "an evening of Ramadan"}
    ]
    assert "2026-03-24" in got["dates"]
    assert (len(got["dates"]), got["closed"], got["worst_member"]) == (12, [], 12.0)
    assert [s["date"] for s in got["schedule"]] == got["dates"]
    assert not result(tmp_path / "w.csv", "--ramadan", "none")["moved"]
    assert not result(tmp_path / "w.csv", "--ramadan", "17:30-19:00")["moved"]
    may = result(only(tmp_path / "w.csv", 5, "16:00"), "--week", "1")
    assert {"date": "2026-05-08", "rule_date": "2026-05-01",
            "reason": "International Labor Day"} in may["moved"]  # fmt: skip
    assert not result(tmp_path / "w.csv", "--week", "1", "--no-holidays")["moved"]


def test_a_weekly_rule_keeps_its_days_and_expects_nobody_on_closed_ones(tmp_path):
    got = result(only(tmp_path / "w.csv", 2, "19:30"), "--frequency", "weekly")
    assert len(got["dates"]) == 52
    closed = {c["date"] for c in got["closed"]}
    assert {"2026-02-17", "2026-02-24", "2026-06-16"} <= closed <= set(got["dates"])
    assert got["worst_member"] == 52 - len(closed)
    assert got["expected_attendance"] == got["bound"] == 1
    assert any("cannot be moved" in w for w in got["warnings"])


def test_the_friday_prayer_is_not_proposed(tmp_path):
    got = result(only(tmp_path / "w.csv", 5, "12:00"))
    assert got["pattern"] is None
    named = " ".join(got["warnings"])
    assert "Friday 12.00 (the Friday prayer)" in named
    assert "something else has its time at every hour asked about" in named
    got = result(tmp_path / "w.csv", "--no-friday-prayer")
    assert got["pattern"] == "Second Friday, 12.00"


def test_local_days_and_hours(tmp_path):
    path = only(tmp_path / "w.csv", 2, "19:30")
    got = result(path, "--closed", "2026-01-13:Sedekah bumi", "--closed", "2026-04-14")
    assert [(m["date"], m["reason"]) for m in got["moved"]] == [
        ("2026-01-20", "Sedekah bumi"), ("2026-03-24", "an evening of Ramadan"),
        ("2026-04-21", "a local day"),
    ]  # fmt: skip
    table = tmp_path / "closed.csv"
    table.write_text(
        "date,weekday,from,until,name\n2026-05-12,,,,Panen\n,3,,,Pasar\n2026-07-14,,06:00,12:00,x\n"
    )
    got = result(path, "--closed-table", table)
    assert [m["rule_date"] for m in got["moved"]] == ["2026-03-10", "2026-05-12"]
    table.write_text("weekday,from,until,name\n2,18:00,24:00,Pengajian\n")
    got = result(path, "--closed-table", table)
    assert got["pattern"] is None
    assert any("Tuesday 19.30 (Pengajian)" in w for w in got["warnings"])
    table.write_text("date,weekday,from,until\n2026-02-30,8,25:00,\n,,09:00,\n,2,12:00,11:00\n")
    bad = run(path, "--closed-table", table, "--lang", "en")
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert [line.split(":")[0] for line in bad.stderr.strip().splitlines()] == [
        "closed.csv, row 2, column date", "closed.csv, row 2, column weekday",
        "closed.csv, row 2, column from", "closed.csv, row 3, column date",
        "closed.csv, row 4, column until",
    ]  # fmt: skip


def test_the_last_of_a_month_and_a_kind_word_for_the_fifth(tmp_path):
    path = only(tmp_path / "w.csv", 2, "19:30")
    got = json.loads(run(path, "--week", "last", "--year", "2028", "--json").stdout)
    assert got["pattern"] == "Selasa terakhir, 19.30"
    assert "2028-02-29" in {m["rule_date"] for m in got["moved"]} | set(got["dates"])
    assert "tidak setiap bulan punya yang kelima" in run(path, "--week", "5").stderr


def test_nobody_left_out_all_year(wishes):
    got = result(wishes, "--kind", "rotation", "--each", "4.5")
    assert (got["each"], got["expects_less"], got["worst_member"]) == (4.5, [], pytest.approx(4.8))
    got = result(wishes, "--kind", "rotation", "--each", "5")
    assert got["pattern"] is None
    assert any("budi at least 5 × a year; dedi at least 5 × a year" in w for w in got["warnings"])
    got = result(wishes, "--each", "1")
    assert got["pattern"] is None  # budi never on Sundays, dedi never on Tuesdays
    told = result(wishes)
    assert (told["each"], told["expects_less"]) == (1, ["dedi"])


def test_expected_attendance_by_turn_out_history(wishes, tmp_path):
    past = tmp_path / "attendance.csv"
    marks = {"ani": "1100000000", "budi": "1000000000", "citra": "1111111111", "dedi": "1111111110"}
    past.write_text("meeting,member,status\n" + "".join(
        f"{i},{m},{'present' if mark == '1' else 'absent'}\n"
        for m, row in marks.items() for i, mark in enumerate(row)
    ))  # fmt: skip
    assert result(wishes)["pattern"] == "Second Tuesday, 19.30"  # 2.2 against 2.0
    got = result(wishes, "--attendance", past)
    assert got["pattern"] == "Second Sunday, 09.00"
    turnout = {m: r["turnout"] for m, r in got["members"].items()}
    assert turnout["budi"] < turnout["ani"] < 0.5 < turnout["dedi"] < turnout["citra"]
    assert got["expected_attendance"] == pytest.approx(
        0.2 * turnout["ani"] + 0.9 * turnout["citra"] + 0.9 * turnout["dedi"]
    )
    assert got["members"]["citra"]["expected"] == pytest.approx(12 * 0.9)  # of what she can
    past.write_text("meeting,member,status\n")
    got = result(wishes, "--attendance", past)
    assert got["members"]["ani"]["turnout"] is None
    assert any("No invitation is on record" in w for w in got["warnings"])


def test_a_sector_may_be_asked_for(wishes, members):
    got = result(wishes, "--members", members, "--quorum", "0", "--sector-quorum", "0.9")
    assert got["pattern"] is None
    named = " ".join(got["warnings"])
    assert "sector Government (at least 0.90)" in named
    assert "ani present" in named


def test_a_year_whose_holidays_nobody_knows(wishes):
    got = run(wishes, "--year", "2900", "--json", "--lang", "en")
    assert any("2900 are not known" in w for w in json.loads(got.stdout)["warnings"])


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
    [("--quorum", "nan"), ("--quorum", "-1"), ("--year", "0"), ("--week", "5"), ("--week", "0"),
     ("--kind", "poll"), ("--frequency", "daily"), ("--ramadan", "sore"),
     ("--ramadan", "21:00-17:30"), ("--closed", "18 Agustus"), ("--each", "nan"),
     ("--sector-quorum", "inf")],
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
