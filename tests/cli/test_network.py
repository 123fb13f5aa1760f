"""``satuhati network describe``: its keys, its doubts, its refusals."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
SAMPSON = DATA / "reference" / "networks.sampson_ties.csv"
MONKS = DATA / "reference" / "networks.sampson_actors.csv"

TOP_KEYS = {
    "actors", "ties", "density", "reciprocity_edgewise", "reciprocity_dyadic", "transitivity",
    "dyads", "centralization", "components", "cutpoints", "nodes", "group", "warnings",
}  # fmt: skip
NODE_KEYS = {
    "indegree", "outdegree", "degree", "betweenness", "constraint", "effective_size", "core",
}  # fmt: skip
GROUP_KEYS = {
    "ei_index", "ei_pvalue", "within_density", "between_density", "brokerage", "brokerage_z",
}  # fmt: skip
ROLES = {"coordinator", "itinerant", "representative", "gatekeeper", "liaison"}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(network_run: Run) -> Run:
    return lambda *args: network_run("describe", *args)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


Write = Callable[[str, str], Path]


def described(run: Run, *args: object) -> dict[str, object]:
    code, out, err = run(*args, "--json", "--lang", "en")
    assert code == 0, err
    assert out.count("\n") == 1
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_keys_are_those_of_the_contract(run: Run) -> None:
    d = described(run, SAMPSON, "--actors", MONKS, "--group", "faction")
    assert d.keys() >= TOP_KEYS
    assert d["dyads"] == {"mutual": 28, "asymmetric": 32, "null": 93}
    assert set(d["centralization"]) == {"indegree", "outdegree", "betweenness"}
    assert len(d["nodes"]) == 18
    assert d["nodes"]["Bonaventure"].keys() >= NODE_KEYS
    assert d["group"].keys() >= GROUP_KEYS
    assert set(d["group"]["brokerage"]) == set(d["group"]["brokerage_z"]) == ROLES
    assert d["group"]["brokerage"]["gatekeeper"] == 80
    assert d["warnings"] == []


def test_a_table_without_direction_is_not_read_as_one_way_unsaid(run: Run, tmp_path: Path) -> None:
    ties = tmp_path / "ikatan.csv"
    ties.write_text("source,target,directed\na,b,false\nb,c,false\n")
    one_way = described(run, ties)
    assert any("add --undirected" in w for w in one_way["warnings"])
    both = described(run, ties, "--undirected")
    assert not any("add --undirected" in w for w in both["warnings"])
    assert (one_way["density"], both["density"]) == (2 / 6, 2 / 3)


def test_undirected_and_isolates(run: Run) -> None:
    ties = DATA / "reference" / "networks.florentine_ties.csv"
    families = DATA / "reference" / "networks.florentine_actors.csv"
    d = described(run, ties, "--actors", families, "--undirected")
    assert d["actors"] == 16
    assert set(d["centralization"]) == {"degree", "betweenness"}
    assert d["reciprocity_edgewise"] is None
    assert d["group"] is None
    assert d["nodes"]["Pucci"]["constraint"] is None
    assert d["cutpoints"] == ["Albizzi", "Guadagni", "Medici", "Salviati"]
    without = described(run, ties, "--undirected")
    assert without["actors"] == 15  # nobody told that Pucci exists
    assert any("--actors" in w for w in without["warnings"])


def test_arang_dak_and_seeds(run: Run) -> None:
    args = (DATA / "arang_dak_ties.csv.gz", "--actors", DATA / "arang_dak_actors.csv.gz",
            "--group", "ethnicity", "--permutations", 50)  # fmt: skip
    d = described(run, *args, "--seed", 3)
    assert (d["actors"], d["ties"]) == (108, 2595)
    assert any("permutations: 50" in w for w in d["warnings"])
    assert d == described(run, *args, "--seed", 3)
    assert d["group"]["ei_expected"] != described(run, *args, "--seed", 4)["group"]["ei_expected"]


@pytest.mark.parametrize("village", ["1", "77"])
def test_an_indian_village(run: Run, write: Write, village: str) -> None:
    with gzip.open(DATA / "village_ties_india.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [line for line in lines if line.split(",")[0] in ("village", village)]
    d = described(run, write("v.csv", "".join(rows)), "--undirected")
    assert d["ties"] == len(rows) - 1
    assert 0 < d["transitivity"] < 1


TIES = """source,target,relation,wave,weight
a,b,info,1,2
b,a,info,1,1
a,b,support,1,1
a,b,support,1,3
c,a,support,2,1
a,d,,2,0.5
"""


def test_union_selection_and_their_doubts(run: Run, write: Write) -> None:
    ties = write("ties.csv", TIES)
    d = described(run, ties)
    assert d["ties"] == 4  # a→b, b→a, c→a, a→d
    text = " ".join(d["warnings"])
    assert "2 relations (info, support)" in text
    assert "2 waves (1, 2)" in text
    assert "already there: 1;" in text  # only within a relation and a wave
    assert "Weights" in text
    assert described(run, ties, "--relation", "support")["ties"] == 2
    assert described(run, ties, "--relation", "support", "--wave", "2")["ties"] == 1
    assert any("column 'relation': 1;" in w
               for w in described(run, ties, "--relation", "info")["warnings"])  # fmt: skip
    both = described(run, ties, "--relation", "info", "--undirected")
    assert both["ties"] == 1
    assert any("already there: 1;" in w for w in both["warnings"])


def test_a_table_for_reading_and_indonesian_by_default(run: Run) -> None:
    code, out, _ = run(SAMPSON, "--actors", MONKS, "--group", "faction", "--permutations", 0)
    assert code == 0
    assert "Bonaventure" in out
    assert "0,288" in out  # a decimal comma
    assert "Tanpa permutasi" in out
    code, out, _ = run(SAMPSON, "--lang", "en")
    assert "0.288" in out
    assert "Without a list of actors" in out


def test_no_ties_is_described_not_refused(run: Run, write: Write) -> None:
    d = described(run, write("t.csv", "source,target\n"))
    assert (d["actors"], d["ties"], d["density"]) == (0, 0, None)
    d = described(run, write("t.csv", "source,target\n"), "--actors", MONKS, "--group", "faction")
    assert (d["actors"], d["ties"], d["components"]) == (18, 0, 18)
    assert d["group"]["ei_pvalue"] is None
    assert d["warnings"]


@pytest.mark.parametrize(
    ("ties", "actors", "row", "column", "said"),
    [
        ("source,target\na,b\na,a\n", None, "row 3", "column target", "tied to itself"),
        ("source,target\na,\n", None, "row 2", "column target", "value is required"),
        ("source,target\nNA,b\n", None, "row 2", "column source", "value is required"),
        ("source,to\na,b\n", None, "row 1", "column target", "missing"),
        ("source,target\na,b\na,x\n", "id\na\nb\n", "row 3", "column target", "'x'"),
        ("source,target,weight\na,b,0\n", None, "row 2", "column weight", "not above zero"),
        ("source,target,weight\na,b,-2\n", None, "row 2", "column weight", "not above zero"),
        ("source,target,weight\na,b,much\n", None, "row 2", "column weight", "not"),
        ("source,target,weight\na,b,nan\n", None, "row 2", "column weight", "not"),
        ("source,target\na,b\n", "id\na\nb\na\n", "row 4", "column id", "row 2"),
        ("source,target\na,b\n", "id\n\na\nNA\nb\n", "row 4", "column id", "required"),
        ("source,target\na,b\n", "name\na\n", "row 1", "column id", "missing"),
    ],
)
def test_bad_input_is_named_by_file_row_and_column(
    run: Run, write: Write, ties: str, actors: str | None, row: str, column: str, said: str
) -> None:
    args: list[object] = [write("ties.csv", ties)]
    if actors is not None:
        args += ["--actors", write("actors.csv", actors)]
    code, out, err = run(*args, "--json", "--lang", "en")
    assert (code, out) == (2, "")
    line = err.splitlines()[0]
    assert ".csv" in line
    assert row in line
    assert column in line
    assert said in line
    assert "Traceback" not in err


def test_options_that_do_not_fit(run: Run, write: Write, tmp_path: Path) -> None:
    ties = write("ties.csv", TIES)
    cases = [
        ([ties, "--relation", "love"], "info, support"),
        ([ties, "--wave", "9"], "1, 2"),
        ([ties, "--group", "sector"], "--actors"),
        ([SAMPSON, "--relation", "info"], "relation"),
        ([SAMPSON, "--actors", MONKS, "--group", "sector"], "sector"),
        ([tmp_path / "none.csv"], "none.csv"),
        ([ties, "--lang", "xx"], "--lang"),
        ([ties, "--permutations", "-1"], "permutations"),
    ]
    for args, said in cases:
        code, out, err = run(*args)
        assert (code, out) == (2, ""), args
        assert said in err, args


def test_at_most_fifty_problems_are_listed(run: Run, write: Write) -> None:
    rows = "".join(f"x{i},x{i}\n" for i in range(80))
    code, out, err = run(write("ties.csv", "source,target\n" + rows), "--lang", "en")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 51
    assert "30 more" in err
