"""The synthetic community: its packaged copy, and what its records say."""

from __future__ import annotations

import filecmp
from pathlib import Path

import polars as pl
import pytest

from satuhati.core.community import CommunityData
from satuhati.examples.generate import example, example_folder, main
from satuhati.formats.folder import read_folder
from satuhati.framework import SECTIONS
from satuhati.schema import TABLES

TOOK_PART = pl.col("status").is_in(["present", "represented"])


@pytest.fixture(scope="module")
def real() -> CommunityData:
    return example()


@pytest.fixture(scope="module")
def clean() -> CommunityData:
    return example(without_problems=True)


def _pokja_attendance(data: CommunityData) -> pl.DataFrame:
    held = data["meetings"].filter(kind="pokja", status="held").select(meeting="id", date="date")
    return data["attendance"].join(held, on="meeting")


def _sections_coming(data: CommunityData) -> dict[str, float]:
    """Share of the last year's meetings at which a section was represented."""
    holders = data["terms"].join(
        data["posts"].select(post="id", section="section"), on="post"
    ).drop_nulls("section")  # fmt: skip
    seen = (
        _pokja_attendance(data)
        .filter(pl.col("date") > pl.date(2025, 10, 31))
        .join(holders.select("actor", "section"), on="actor")
        .group_by("section", "meeting")
        .agg(TOOK_PART.any().alias("came"))
        .group_by("section")
        .agg(pl.col("came").mean())
    )
    return dict(seen.iter_rows())


def _heard_at_the_door(data: CommunityData) -> float:
    asked = data["awareness"].filter(service="sigap", frame="door_to_door", wave=2)
    return asked["heard"].sum() / asked["asked"].sum()


def test_packaged_copy_is_what_the_seed_gives(tmp_path: Path) -> None:
    main([str(tmp_path / "kelapa_dua_wetan")])
    packaged = example_folder()
    made = {p.relative_to(tmp_path / packaged.name) for p in tmp_path.rglob("*") if p.is_file()}
    there = {p.relative_to(packaged) for p in packaged.rglob("*") if p.is_file()}
    assert made == there
    same, other, failed = filecmp.cmpfiles(
        packaged, tmp_path / packaged.name, [str(p) for p in there], shallow=False
    )
    assert (other, failed) == ([], [])
    assert len(same) == len(there)
    assert sum((packaged / p).stat().st_size for p in there) < 3_000_000


def test_readme_says_in_its_first_line_that_it_is_synthetic() -> None:
    first = (example_folder() / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "rekaan" in first
    assert "synthetic" in first


def test_packaged_copy_reads_without_a_word(real: CommunityData) -> None:
    data, doubts = read_folder(example_folder())
    assert doubts == ()
    assert data.equals(real)


def test_copy_without_problems_reads_without_a_word(tmp_path: Path, clean: CommunityData) -> None:
    main([str(tmp_path / "clean"), "--without-problems"])
    data, doubts = read_folder(tmp_path / "clean")
    assert doubts == ()
    assert data.equals(clean)


def test_another_seed_is_another_community_of_the_same_shape(real: CommunityData) -> None:
    other = example(seed=7)
    assert not other.equals(real)
    assert other["terms"].height == real["terms"].height


def test_every_table_but_the_expected_ones_has_rows(real: CommunityData) -> None:
    empty = {name for name in TABLES if real[name].height == 0}
    assert empty == {"meeting_series", "confirmed_empty", "measure_settings"}


def test_no_fixed_schedule_and_short_notice(real: CommunityData) -> None:
    held = real["meetings"].filter(kind="pokja", status="held")
    notice = (held["date"] - held["notice_on"]).dt.total_days()
    assert real["meeting_series"].height == 0
    assert 24 <= held.height <= 27
    assert (notice < 3).mean() > 0.6


def test_without_problems_every_month_is_held_with_notice(clean: CommunityData) -> None:
    (series,) = clean["meeting_series"].iter_rows(named=True)
    assert (series["frequency"], series["quorum"]) == ("monthly", 0.5)
    held = clean["meetings"].filter(kind="pokja", status="held", series="rutin")
    assert held["date"].dt.strftime("%Y-%m").n_unique() == 36 == held.height
    assert (held["date"].dt.weekday() == 2).all()
    assert (held["date"].dt.day().is_between(8, 14)).all()
    assert ((held["date"] - held["notice_on"]).dt.total_days() >= 5).all()


def test_two_sections_stay_away(real: CommunityData, clean: CommunityData) -> None:
    coming = _sections_coming(real)
    assert set(coming) == set(SECTIONS)
    assert {s for s, share in coming.items() if share == 0} == {"ekonomi", "perlindungan"}
    assert min(_sections_coming(clean).values()) > 0.8


def test_participation_is_low_and_without_problems_high(
    real: CommunityData, clean: CommunityData
) -> None:
    assert 0.3 < _pokja_attendance(real).select(TOOK_PART.mean()).item() < 0.4
    assert 0.75 < _pokja_attendance(clean).select(TOOK_PART.mean()).item() < 0.85


def test_sigap_is_hardly_known_behind_the_doors(real: CommunityData, clean: CommunityData) -> None:
    assert 0.15 < _heard_at_the_door(real) < 0.25
    assert 0.8 < _heard_at_the_door(clean) < 0.92
    desk = real["awareness"].filter(frame="service_desk")
    assert desk["heard"].sum() / desk["asked"].sum() > 0.6


@pytest.mark.parametrize("which", ["real", "clean"])
def test_everyone_in_office_has_a_line_at_each_meeting(
    which: str, request: pytest.FixtureRequest
) -> None:
    data: CommunityData = request.getfixturevalue(which)
    lines = _pokja_attendance(data)
    meetings = data["meetings"].filter(kind="pokja", status="held")
    for meeting, date in meetings.select("id", "date").iter_rows():
        office = data["terms"].filter(
            (pl.col("start") <= date) & (pl.col("end").is_null() | (pl.col("end") >= date))
        )
        assert set(lines.filter(meeting=meeting)["actor"]) == set(office["actor"])


def test_the_copy_differs_only_where_the_problems_are(
    real: CommunityData, clean: CommunityData
) -> None:
    differs = {name for name in TABLES if not real[name].equals(clean[name])}
    assert differs == {
        "meeting_series", "meetings", "attendance", "decisions", "followups", "norms",
        "norm_events", "sources", "excerpts", "codings", "placements", "awareness", "verdicts",
    }  # fmt: skip
    assert all(frame.equals(clean.answers[name]) for name, frame in real.answers.items())
    known = pl.col("service") == "posyandu"
    assert real["awareness"].filter(known).select("area", "heard").equals(
        clean["awareness"].filter(known).select("area", "heard")
    )  # fmt: skip
    done = pl.col("done_on").is_not_null()
    assert real["followups"].select("text", done).equals(clean["followups"].select("text", done))


def test_nothing_is_recorded_after_the_last_day(real: CommunityData) -> None:
    assert str(real.latest_dates()["as_of"].item()) == "2026-10-31"


def test_names_are_plainly_invented(real: CommunityData) -> None:
    people = real["actors"].filter(kind="person")["name"]
    invented = "Contoh|Misal|Umpama|Rekaan|Andai|Teladan|Khayal|Ibarat"
    assert people.str.contains(invented).all()
    assert people.is_unique().all()


def test_participants_of_groups_fit_their_targets(real: CommunityData) -> None:
    counted = real["indicators"].drop_nulls("numerator")
    assert (counted["numerator"] <= counted["denominator"]).all()
    wanted = {"lpp", "tfr", "asfr_15_19", "cpr", "mcpr", "unmet_need", "stunting", "ibangga",
              "poktan_bkb", "poktan_bkr", "poktan_bkl", "poktan_uppka", "poktan_pikr",
              "birth_certificate"}  # fmt: skip
    assert set(real["indicators"]["indicator"]) == wanted


def test_residents_add_up_to_the_areas(real: CommunityData) -> None:
    areas = dict(real["areas"].select("id", "adults").iter_rows())
    counted = real["residents"].group_by("area").agg(pl.col("count").sum())
    assert dict(counted.iter_rows()) == {a: n for a, n in areas.items() if len(a) == 4}
    assert sum(n for a, n in areas.items() if len(a) == 4) == areas["kel"]
