"""``satuhati network``: shapes and input as they should not be, on every command of ties."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Write = Callable[[str, str], Path]


@pytest.fixture
def run(network_run: Run) -> Run:
    return lambda *args: network_run(*args, "--lang", "en")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


def told(run: Run, *args: object) -> dict[str, Any]:
    code, out, err = run(*args, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out, parse_constant=pytest.fail)  # no NaN, no Infinity
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("a,a,1", "a"), ("a,z,1", "z"), ("a,,1", "target"), ("a,b,0", "0"), ("a,b,-3", "-3"),
        ("a,b,x", "x"), ("a,b,inf", "inf"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["describe", "compare", "draw", "qap", "convert"])
def test_one_clear_error_and_nothing_written(
    run: Run, write: Write, tmp_path: Path, name: str, ties: str, said: str
) -> None:
    path = write("t.csv", f"source,target,weight\na,b,1\n{ties}\n")
    actors = write("a.csv", "id\na\nb\nc\n")
    out = tmp_path / ("o.svg" if name == "draw" else "o.gexf")
    args = {
        "describe": (path, "--actors", actors),
        "compare": (path, path, "--actors1", actors, "--actors2", actors),
        "draw": (path, "--actors", actors, "--out", out),
        "qap": (path, path, "--actors", actors),
        "convert": (path, out, "--actors", actors),
    }[name]
    code, printed, err = run(name, *args)
    assert (code, printed) == (2, "")
    assert "t.csv" in err
    assert "3" in err
    assert said in err
    assert not out.exists()


def test_repeats_are_merged_and_said(run: Run, write: Write) -> None:
    path = write("t.csv", "source,target\na,b\na,b\nb,a\n")
    actors = write("a.csv", "id\na\nb\nc\n")
    d = told(run, "describe", path, "--actors", actors)
    assert d["ties"] == 2
    assert any("repeat" in w for w in d["warnings"])
    assert told(run, "describe", path, "--actors", actors, "--undirected")["ties"] == 1


def test_nobody_one_two_parts_and_an_empty_relation(run: Run, write: Write, tmp_path: Path) -> None:
    none = write("n.csv", "source,target,relation\n")
    one = write("one.csv", "id,sector\na,pokja\n")
    d = told(run, "describe", none, "--actors", one, "--group", "sector")
    assert (d["actors"], d["ties"], d["density"], d["components"]) == (1, 0, None, 1)
    empty = write("none.csv", "id\n")
    d = told(run, "describe", none, "--actors", empty)
    assert (d["actors"], d["components"], d["nodes"]) == (0, 0, {})
    parts = write("p.csv", "source,target,relation\na,b,support\nc,d,support\n")
    four = write("four.csv", "id,sector\na,pokja\nb,warga\nc,pokja\nd,warga\ne,warga\n")
    d = told(run, "describe", parts, "--actors", four, "--group", "sector")
    assert (d["components"], d["isolates"], d["centralization_closeness"]) == (3, 1, None)
    assert d["nodes"]["e"]["constraint"] is None
    code, _, err = run("describe", parts, "--relation", "resources")
    assert code == 2
    assert "support" in err, "what there is, is named"
    assert told(run, "draw", parts, "--actors", four, "--out", tmp_path / "m.svg")["actors"] == 5


def test_a_wave_in_which_half_have_left(run: Run, write: Write) -> None:
    first = write("1.csv", "source,target\na,b\nc,d\n")
    second = write("2.csv", "source,target\na,b\n")
    lists = [write("a1.csv", "id\na\nb\nc\nd\n"), write("a2.csv", "id\na\nb\n")]
    d = told(run, "compare", first, second, "--actors1", lists[0], "--actors2", lists[1])
    assert d["ties_stable"]["jaccard"] == 1.0
    assert any("2" in w and "50%" in w for w in d["warnings"])


def test_a_roster_of_which_forty_percent_answered(run: Run, write: Write) -> None:
    ties = write("t.csv", "source,target\na,b\nb,a\na,c\ne,a\n")
    roster = write("r.csv", "id,answered\na,yes\nb,yes\nc,no\nd,no\ne,no\n")
    d = told(run, "describe", ties, "--roster", roster)
    found = d["nonresponse"]
    assert found["rate"] == pytest.approx(0.4)
    assert {"available", "reconstruction", "deletion"} <= set(found)
    assert found["deletion"]["reciprocity_edgewise"] == 1.0
    assert any("40%" in w for w in d["warnings"])
    assert any("did not answer" in w and "1" in w for w in d["warnings"]), "a tie from e, silent"
