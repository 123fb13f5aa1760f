"""``satuhati network describe``: the published figures on the command line, and what was added."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[1] / "data"
REFERENCE = DATA / "reference"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(network_run: Run) -> Run:
    return lambda *args: network_run(*args, "--lang", "en")


def described(run: Run, *args: object) -> dict[str, Any]:
    code, out, err = run("describe", *args, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_florentine_families(run: Run) -> None:
    d = described(
        run, REFERENCE / "networks.florentine_ties.csv", "--actors",
        REFERENCE / "networks.florentine_actors.csv", "--undirected",
    )  # fmt: skip
    assert d["actors"] == 16
    assert d["density"] == pytest.approx(0.1667, abs=5e-5)
    assert d["centralization"] == {
        "degree": pytest.approx(0.2667, abs=5e-5), "betweenness": pytest.approx(0.3835, abs=5e-5),
    }  # fmt: skip
    assert d["centralization_closeness"] is None
    assert d["transitivity"] == pytest.approx(0.1915, abs=5e-5)
    medici = d["nodes"]["Medici"]
    assert medici["betweenness"] == pytest.approx(47.5)
    assert medici["constraint"] == pytest.approx(0.2099, abs=5e-5)
    assert {"cluster", "diffusion", "closeness", "core", "in_core"} <= set(medici)
    assert d["multiplexity"] is None


def test_sampsons_monks(run: Run) -> None:
    d = described(
        run, REFERENCE / "networks.sampson_ties.csv", "--actors",
        REFERENCE / "networks.sampson_actors.csv", "--group", "faction",
    )  # fmt: skip
    assert d["ties"] == 88
    assert d["density"] == pytest.approx(0.2876, abs=5e-5)
    assert d["dyads"] == {"mutual": 28, "asymmetric": 32, "null": 93}
    assert d["reciprocity_dyadic"] == pytest.approx(0.791, abs=5e-4)
    assert d["reciprocity_edgewise"] == pytest.approx(0.636, abs=5e-4)
    group = d["group"]
    assert group["ei_index"] == pytest.approx(-0.4318, abs=5e-5)
    assert list(group["brokerage"].values()) == [56, 5, 69, 80, 14]
    assert sum(d["triads"].values()) == 816
    assert group["bonds"]["linking"] == 0


def test_krackhardts_managers(run: Run) -> None:
    files = [REFERENCE / f"networks_more.{n}.csv" for n in ("advice", "friendship", "reports")]
    code, out, _ = run("qap", *files, "--permutations", 200, "--json")
    assert code == 0
    found = list(json.loads(out)["coefficients"].values())
    assert found == pytest.approx([0.3969, 0.1358, 0.4716], abs=5e-5)


def test_arang_dak(run: Run) -> None:
    d = described(
        run, DATA / "arang_dak_ties.csv.gz", "--actors", DATA / "arang_dak_actors.csv.gz",
        "--permutations", 0,
    )  # fmt: skip
    assert (d["actors"], d["ties"]) == (108, 2595)


def test_several_relations_and_standing(run: Run, tmp_path: Path) -> None:
    ties, actors = tmp_path / "t.csv", tmp_path / "a.csv"
    ties.write_text("source,target,relation,weight\na,b,support,2\nb,a,information,1\n"
                    "a,c,support,.5\nc,d,support,1\n")  # fmt: skip
    actors.write_text("id,sector,standing\na,pokja,1\nb,warga,1\nc,pemerintah,3\nd,pemerintah,3\n")
    d = described(run, ties, "--actors", actors, "--group", "sector", "--authority", "standing")
    assert d["multiplexity"] == {
        "relations": 2, "several": 1, "pairs": 3, "share": pytest.approx(1 / 3),
    }  # fmt: skip
    group = d["group"]
    bonds = {"bonding": 1, "bridging": 1, "linking": 1, "unknown": 0}
    assert group["bonds"] == bonds
    assert any("Weights are checked but not used" in w for w in d["warnings"])
    one = described(run, ties, "--actors", actors, "--relation", "support")
    assert one["multiplexity"] is None
    code, out, _ = run("describe", ties, "--actors", actors, "--group", "sector", "--authority",
                       "standing")  # fmt: skip
    assert code == 0
    assert "1 / 1 / 1" in out
    actors.write_text("id,sector,standing\na,pokja,1.5\nb,warga,1\nc,pemerintah,x\nd,warga,\n")
    code, out, err = run("describe", ties, "--actors", actors, "--group", "sector", "--authority",
                         "standing")  # fmt: skip
    assert (code, out) == (2, "")
    assert "standing" in err
    code, _, err = run("describe", ties, "--actors", actors, "--authority", "standing")
    assert code == 2


@pytest.mark.parametrize("weight", ["0", "-1", "nan"])
def test_a_weight_of_nothing_is_one_clear_error(run: Run, tmp_path: Path, weight: str) -> None:
    ties = tmp_path / "t.csv"
    ties.write_text(f"source,target,weight\na,b,1\nb,c,{weight}\n")
    code, out, err = run("describe", ties)
    assert (code, out) == (2, "")
    assert "3" in err
    assert err.count("t.csv") == 1
