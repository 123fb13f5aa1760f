"""Communities made only of dice."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from satuhati.core.community import CommunityData
from satuhati.examples.generate import large, main, many
from satuhati.formats.folder import read_folder, write_folder


def test_many_small_communities_are_whole_and_valid(tmp_path: Path) -> None:
    data = many(3, seed=5)
    assert data.communities == ("c0001", "c0002", "c0003")
    sizes = {"actors": 10, "meetings": 12, "ties": 20}
    for table, size in sizes.items():
        counted = data[table].group_by("community").len()["len"]
        assert counted.to_list() == [size] * 3
    assert data.answers["warga"].group_by("community").len()["len"].to_list() == [30] * 3
    write_folder(data, tmp_path / "many")
    again, doubts = read_folder(tmp_path / "many")
    assert doubts == ()
    assert again.equals(data)


def test_one_large_community_is_valid(tmp_path: Path) -> None:
    data = large(respondents=50, items=8, actors=40, ties=100, years=2)
    assert data["meetings"].height == 24
    assert data["ties"].select("source", "target").is_unique().all()
    assert data.answers["warga"].shape[0] == 50
    write_folder(data, tmp_path / "large")
    again, doubts = read_folder(tmp_path / "large")
    assert doubts == ()
    assert again.equals(data)


def test_the_default_large_one_has_the_sizes_of_the_benchmark() -> None:
    data = large()
    assert data.answers["warga"].height == 1000
    assert data["items"].height == 60
    assert (data["actors"].height, data["ties"].height) == (500, 5000)
    assert data["meetings"].height == 120


def test_seed_decides() -> None:
    assert many(2, seed=1).equals(many(2, seed=1))
    assert not many(2, seed=1).equals(many(2, seed=2))


def test_more_ties_than_pairs_is_refused() -> None:
    with pytest.raises(ValueError, match="different ties"):
        large(respondents=5, items=4, actors=3, ties=7, years=1)


def test_written_from_the_command_line(tmp_path: Path) -> None:
    main([str(tmp_path / "out"), "--scale", "many", "--communities", "2", "--seed", "3"])
    data, _ = read_folder(tmp_path / "out", community="c0002")
    assert isinstance(data, CommunityData)
    assert data["ties"].filter(pl.col("community") == "c0002").height == 20


def test_a_folder_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit, match="not empty"):
        main([str(tmp_path), "--scale", "many", "--communities", "1"])
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
