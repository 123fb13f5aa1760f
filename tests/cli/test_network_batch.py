"""``satuhati network batch``: its file, its keys, its refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

DATA = Path(__file__).parents[1] / "data"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(network_run: Run) -> Run:
    return lambda *args: network_run(*args, "--lang", "en")


def test_all_villages(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "m.parquet"
    code, said, err = run(
        "batch", DATA / "village_ties_india.csv.gz", "--by", "village", "--undirected",
        "--out", out, "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    found = json.loads(said)
    assert (found["networks"], found["ties"]) == (75, 66862)
    assert {"written", "warnings", "figures", "actors"} <= set(found)
    table = pl.read_parquet(out)
    assert table.height == 75
    assert table["ties"].sum() == 66862
    # Village 1, as R and igraph have it elsewhere; what does not apply is empty, not NaN.
    assert table.row(0, named=True)["density"] == pytest.approx(0.057011, abs=1e-6)
    assert table["reciprocity_edgewise"].null_count() == 75


def test_isolates_and_groups_of_a_list_of_actors(run: Run, tmp_path: Path) -> None:
    ties, actors = tmp_path / "t.csv", tmp_path / "a.csv"
    ties.write_text("kampung;source;target;relation\nA;x;y;information\nA;y;x;information\n"
                    "A;x;y;support\nB;x;z;support\n")  # fmt: skip
    actors.write_text(
        "kampung,id,sector\nA,x,pokja\nA,y,warga\nA,q,warga\nB,x,pokja\nB,z,\nC,l,pokja\n"
    )
    out = tmp_path / "m.csv"
    code, said, _ = run(
        "batch", ties, "--by", "kampung", "--actors", actors, "--group", "sector", "--out", out,
        "--json",
    )  # fmt: skip
    assert code == 0
    (warning,) = json.loads(said)["warnings"]
    assert "without a group" in warning
    rows = list(pl.read_csv(out).iter_rows(named=True))
    assert [(r["kampung"], r["actors"], r["ties"], r["isolates"]) for r in rows] == [
        ("A", 3, 2, 1), ("B", 2, 1, 0), ("C", 1, 0, 1),
    ]  # fmt: skip
    assert rows[0]["ei_index"] == 1.0
    assert rows[0]["reciprocity_edgewise"] == 1.0
    assert rows[1]["ei_index"] is None  # one end is of no known group
    assert rows[2]["density"] is None
    code, said, _ = run("batch", ties, "--by", "kampung", "--relation", "support", "--out", out)
    assert code == 0
    assert "2 networks" in said


@pytest.mark.parametrize(
    ("ties", "row", "word"),
    [
        ("k,source,target\nA,x,x\n", "2", "x"),
        ("k,source,target\nA,x,\n", "2", "target"),
        ("k,source,target\n,x,y\n", "2", "k"),
        ("k,source,target,weight\nA,x,y,1\nA,y,x,0\n", "3", "weight"),
        ("k,source,target,weight\nA,x,y,-2\n", "2", "weight"),
        ("k,source,target,weight\nA,x,y,much\n", "2", "weight"),
        ("source,target\nx,y\n", "1", "k"),
    ],
)
def test_bad_rows_are_named(run: Run, tmp_path: Path, ties: str, row: str, word: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(ties)
    out = tmp_path / "m.csv"
    code, said, err = run("batch", path, "--by", "k", "--out", out)
    assert (code, said) == (2, "")
    assert "t.csv" in err
    assert row in err
    assert word in err
    assert not out.exists()


def test_unknown_actors_options_and_files(run: Run, tmp_path: Path) -> None:
    ties, actors = tmp_path / "t.csv", tmp_path / "a.csv"
    ties.write_text("k,source,target\nA,x,y\nB,x,q\n")
    actors.write_text("k,id\nA,x\nA,y\nA,q\nB,x\n")
    out = tmp_path / "m.csv"
    code, _, err = run("batch", ties, "--by", "k", "--actors", actors, "--out", out)
    assert code == 2
    assert "q" in err
    assert "3" in err
    actors.write_text("k,id\nA,x\nA,x\n")
    code, _, err = run("batch", ties, "--by", "k", "--actors", actors, "--out", out)
    assert code == 2
    assert "3" in err
    for more in (["--by", "source"], ["--by", "k", "--group", "g"],
                 ["--by", "k", "--relation", "x"]):  # fmt: skip
        assert run("batch", ties, *more, "--out", out)[0] == 2
    assert run("batch", ties, "--by", "k", "--out", tmp_path / "m.txt")[0] == 2
    assert run("batch", tmp_path / "none.csv", "--by", "k", "--out", out)[0] == 2
    broken = tmp_path / "b.parquet"
    broken.write_bytes(b"PAR1 no")
    assert run("batch", broken, "--by", "k", "--out", out)[0] == 2
