"""A proposed rhythm and shared hours in words, in both languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from satuhati.core.meetings.calendar import Closed, Slot, Window
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.proposal import Proposal, Turn, propose
from satuhati.core.meetings.rhythm import Wishes
from satuhati.core.meetings.sharing import Group, Sharing, Stuck
from satuhati.reports import rhythm as say
from satuhati.reports import sharing as say_sharing
from satuhati.text import Text, Translator, translator

EVENING, MORNING, PRAYER = Slot(2, 19 * 60 + 30), Slot(7, 9 * 60), Slot(5, 12 * 60)
WISHES = Wishes(
    ("ani", "budi", "citra"),
    (EVENING, PRAYER, MORNING),
    np.array([[0.9, 1.0, 0.2], [0.8, 0.0, 0.05], [0.5, 0.0, 0.9]]),
    ("A", "A", "B"),
    (False,) * 3,
    (True,) * 3,
    ("pokja", "pokja", "warga"),
)
ID, EN = translator("id"), translator("en")


def proposed(
    kind: str = "fixed", quorum: float = 0.0, year: int = 2026, **more: object
) -> Proposal:
    asked = {"frequency": "monthly", "nth": 2, "closed": closed_in_indonesia([year]), **more}
    return propose(WISHES, kind=kind, quorum=quorum, year=year, **asked)


def said(found: Proposal, t: Translator) -> str:
    return " ".join(doubt.message(t.lang) for doubt in say.doubts(found, t))


def test_why_in_one_sentence() -> None:
    assert say.why(proposed(), EN) == (
        "Of 3 hours asked about, 2 suit every section and everyone required; this one brings the "
        "most people: 2.2 of 3 on average (the plain vote's: 2.2)."
    )
    # 9 evenings and 3 mornings: budi 9 × .8 + 3 × .05, citra 9 × .5 + 3 × .9 = 7.2.
    assert say.why(proposed("rotation"), ID) == (
        "Dengan bergilir, anggota yang paling tertinggal pun dapat hadir sekitar 7,2 dari 12 kali "
        "(menurut suara terbanyak 6,0), dan rata-rata 1,9 dari 3 hadir (menurut suara terbanyak "
        "2,2)."
    )


def test_what_is_closed_is_said() -> None:
    assert "Jumat 12.00 (salat Jumat)" in said(proposed(), ID)
    notes = [say.turn_note(turn, EN) for turn in proposed().turns]
    assert notes[2] == "instead of 10 March 2026: an evening of Ramadan"
    assert set(notes[:2] + notes[3:]) == {""}
    stays = Turn(dt.date(2026, 3, 10), EVENING, dt.date(2026, 3, 10), Text("panen", "harvest"))
    assert say.turn_note(stays, EN) == "closed: harvest"
    marked = replace(proposed(), turns=(stays,))
    assert "cannot be moved: 1 (10 March 2026 (harvest))" in said(marked, EN)
    evenings = Closed(
        {}, tuple(Window(Text("x", "x"), None, None, d, 0, 1440) for d in range(1, 8))
    )
    assert "at every hour asked about" in said(proposed(closed=evenings), EN)
    lost = replace(proposed("rotation"), lost=(dt.date(2026, 3, 1),))
    assert "No hour is open in: March 2026." in said(lost, EN)
    lost = replace(lost, frequency="weekly", lost=(dt.date(2026, 3, 5),))
    assert "No hour is open in: 5 March 2026." in said(lost, EN)


def test_who_expects_little_is_named() -> None:
    sundays = Closed({}, (Window(Text("x", "x"), None, None, 2, 0, 1440),))
    told = said(proposed(closed=sundays), EN)
    assert "less than 1 date of the year: 1 (budi)" in told
    assert "come on none" not in told


@pytest.mark.parametrize(
    ("limit", "words"),
    [(Limit("section", "Ekonomi"), "section Ekonomi (at least 2)"),
     (Limit("sector", "pemerintah"), "sector Government (at least 1.50)"),
     (Limit("member", "Ani"), "Ani present"),
     (Limit("each", "Ani"), "Ani at least 3 × a year"),
     (Limit("closed", ""), "an hour that is not closed (holidays, Ramadan, prayer, local days)")],
)  # fmt: skip
def test_every_wish_has_its_name(limit: Limit, words: str) -> None:
    asked = replace(proposed(), quorum=2.0, sector_quorum=1.5, each=3.0)
    assert say.limit_words(limit, asked, EN) == words


def test_a_clash_and_the_nearest_hour() -> None:
    told = said(proposed(quorum=1.0), EN)
    assert "section A (at least 1); section B (at least 1)" in told or "nearest" in told
    assert said(proposed(quorum=9.0), ID).count("Tidak ada waktu yang memenuhi seksi") == 2


def test_shared_hours_in_words() -> None:
    groups = [Group(name, WISHES) for name in ("BKB", "BKR")]
    none = Sharing((), None, None, False, 2.0, (), (
        Stuck(("BKB",), limits=(Limit("group", "BKB"), Limit("section", "A"))),
        Stuck(("BKB", "BKR"), rooms=("Balai",), facilitators=("Bu Rini",)),
    ))  # fmt: skip
    sizes = say_sharing.sizes_of(groups)
    told = [d.message("id") for d in say_sharing.doubts(sizes, none, 2.0, 3.0, ID)]
    assert told[0].startswith(
        "BKB tidak punya waktu yang memenuhi: sekurangnya 3 orang diperkirakan hadir; "
        "seksi A (sekurangnya 2)."
    )
    assert "Yang dipakai bersama: ruang Balai, pendamping Bu Rini." in told[1]
    assert say_sharing.why(sizes, none, ID) is None
    unfinished = replace(none, stuck=())
    assert [d.code for d in say_sharing.doubts(sizes, unfinished, 0, 0, EN)] == [
        "sharing_unfinished"
    ]
