"""``satuhati network`` beyond ``describe``: keys, doubts, refusals."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

REFERENCE = Path(__file__).parents[1] / "data" / "reference"

Run = Callable[..., tuple[int, str, str]]
Write = Callable[[str, str], Path]


@pytest.fixture
def run(network_run: Run) -> Run:
    return network_run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


def told(run: Run, *args: object) -> dict[str, object]:
    code, out, err = run(*args, "--json", "--lang", "en")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def refused(run: Run, *args: object) -> str:
    code, out, err = run(*args, "--json", "--lang", "en")
    assert (code, out) == (2, "")
    return err


def krackhardt(tmp_path: Path) -> list[Path]:
    paths = []
    for name in ("advice", "friendship", "reports"):
        path = tmp_path / f"{name}.csv"
        path.write_bytes((REFERENCE / f"networks_more.{name}.csv").read_bytes())
        paths.append(path)
    return paths


def as_matrix(path: Path, order: list[str]) -> str:
    ties = {tuple(row.split(",")) for row in path.read_text().split()[1:]}
    rows = [",".join("1" if (a, b) in ties else "0" for b in order) for a in order]
    return "\n".join([",".join(order), *rows]) + "\n"


# -- qap ---------------------------------------------------------------------------------


def test_qap_has_the_keys_and_the_published_figures(run: Run, tmp_path: Path) -> None:
    out = told(run, "qap", *krackhardt(tmp_path), "--seed", 1)
    assert {"coefficients", "t", "p", "r_squared", "n", "permutations", "warnings"} <= set(out)
    terms = ["(intercept)", "friendship", "reports"]
    for key in ("coefficients", "t", "p"):
        figures = out[key]
        assert isinstance(figures, dict)
        assert list(figures) == terms
    assert out["coefficients"] == pytest.approx(
        {"(intercept)": 0.3969, "friendship": 0.1358, "reports": 0.4716}, abs=5e-5
    )
    assert (out["n"], out["permutations"]) == (21, 2000)


def test_qap_reads_square_tables_whatever_their_order(
    run: Run, tmp_path: Path, write: Write
) -> None:
    ties = krackhardt(tmp_path)
    order = [str(i) for i in range(1, 22)]
    (tmp_path / "m").mkdir()
    squares = [
        write(f"m/{path.name}", as_matrix(path, order[k:] + order[:k]))
        for k, path in enumerate(ties)
    ]
    from_ties = told(run, "qap", *ties, "--permutations", 200)
    out = told(run, "qap", *squares, "--permutations", 200)
    assert out["t"] == pytest.approx(from_ties["t"])
    assert out["warnings"] == []
    mixed = told(run, "qap", squares[0], *ties[1:], "--permutations", 200)
    assert mixed["t"] == pytest.approx(from_ties["t"])


def test_qap_shows_a_table_in_both_languages(run: Run, tmp_path: Path) -> None:
    paths = krackhardt(tmp_path)
    code, out, _ = run("qap", *paths, "--permutations", 200, "--lang", "en")
    assert code == 0
    assert "0.3969" in out
    assert run("qap", *paths, "--permutations", 200)[1] != out


def test_qap_counts_actors_without_ties(run: Run, write: Write) -> None:
    y = write("y.csv", "source,target\na,b\nb,c\nc,d\nd,a\na,c\n")
    x = write("x.csv", "source,target\na,b\nc,d\nb,a\n")
    who = write("who.csv", "id\na\nb\nc\nd\ne\nf\n")
    assert told(run, "qap", y, x, "--actors", who)["n"] == 6
    z = write("z.csv", "source,target\na,b\nb,a\n")
    out = told(run, "qap", y, z)
    assert out["n"] == 4
    assert any("z.csv" in str(w) and "c, d" in str(w) for w in list(out["warnings"]))


def test_qap_undirected_counts_each_pair_once(run: Run, write: Write) -> None:
    y = write("y.csv", "source,target\na,b\nc,b\nd,e\nf,a\na,d\n")
    x = write("x.csv", "source,target\na,b\nb,c\nd,e\nf,c\ne,a\n")
    out = told(run, "qap", y, x, "--undirected")
    assert (out["n"], out["pairs"]) == (6, 15)


@pytest.mark.parametrize(
    ("y", "x", "wanted"),
    [
        ("a,b\n0,1\n1,0\n", "a,c\n0,1\n1,0\n", ("x.csv", "c", "b", "y.csv")),
        ("a,b\n0,1\n1,0\n", "source,target\na,z\n", ("x.csv", "z", "y.csv")),
        ("a,b,c\n0,1,1\n1,0,1\n", "a,b\n0,1\n1,0\n", ("y.csv", "3", "2", "square")),
        ("row,a,b\na,0,1\nz,1,0\n", "a,b\n0,1\n1,0\n", ("y.csv", "row 3", "'z'", "'b'")),
        ("a,b\n0,x\n1,0\n", "a,b\n0,1\n1,0\n", ("y.csv", "row 2", "'x'")),
        ("a,b\n0,\n1,0\n", "a,b\n0,1\n1,0\n", ("y.csv", "row 2", "b", "required")),
        ("source,target\na,a\n", "a,b\n0,1\n1,0\n", ("y.csv", "row 2", "itself")),
        ("source,other\na,b\n", "a,b\n0,1\n1,0\n", ("y.csv", "target")),
    ],
)
def test_qap_names_what_is_wrong(
    run: Run, write: Write, y: str, x: str, wanted: tuple[str, ...]
) -> None:
    report = refused(run, "qap", write("y.csv", y), write("x.csv", x))
    for word in wanted:
        assert word in report


def test_qap_refuses_two_predictors_of_one_name(run: Run, tmp_path: Path) -> None:
    y, x, _ = krackhardt(tmp_path)
    assert "friendship" in refused(run, "qap", y, x, x)


def test_qap_undirected_refuses_a_lopsided_table(run: Run, write: Write) -> None:
    y = write("y.csv", "a,b,c\n0,1,0\n1,0,1\n1,1,0\n")
    report = refused(run, "qap", y, y.with_name("y.csv"), "--undirected")
    assert "a" in report
    assert "--undirected" in report


@pytest.mark.parametrize("rows", ["", "a,b\n"])
def test_qap_of_almost_nothing_is_honest(run: Run, write: Write, rows: str) -> None:
    y = write("y.csv", "source,target\n" + rows)
    out = told(run, "qap", y, write("x.csv", "source,target\n" + rows))
    assert out["coefficients"] == {"(intercept)": None, "x": None}
    assert out["warnings"]


def test_qap_says_what_does_not_vary(run: Run, write: Write, tmp_path: Path) -> None:
    y, x, _ = krackhardt(tmp_path)
    nothing = write("nothing.csv", "source,target\n")
    out = told(run, "qap", y, x, nothing, "--permutations", 200)
    coefficients = out["coefficients"]
    assert isinstance(coefficients, dict)
    assert coefficients["nothing"] is None
    assert "nothing" in str(out["warnings"])


# -- compare -----------------------------------------------------------------------------


def test_compare_tells_ties_and_people_apart(run: Run, write: Write) -> None:
    one = write("1.csv", "source,target\na,b\nb,a\nb,c\nc,d\n")
    two = write("2.csv", "source,target\na,b\nc,b\nb,c\na,e\n")
    who1, who2 = write("w1.csv", "id\na\nb\nc\nd\n"), write("w2.csv", "id\na\nb\nc\ne\nf\n")
    out = told(run, "compare", one, two, "--actors1", who1, "--actors2", who2)
    assert out["actors"] == {
        "first": 4, "second": 5, "stable": 3, "joined": ["e", "f"], "left": ["d"],
    }  # fmt: skip
    assert out["ties"] == {
        "first": 4, "second": 4, "kept": 2, "new": 2, "gone": 2, "jaccard": pytest.approx(1 / 3),
    }  # fmt: skip
    assert out["ties_stable"] == {
        "first": 3, "second": 3, "kept": 2, "new": 1, "gone": 1, "jaccard": 0.5,
    }  # fmt: skip
    assert (out["new_with_joiners"], out["gone_with_leavers"]) == (1, 1)
    assert out["warnings"] == []


def test_compare_does_not_take_silence_for_ties_that_are_gone(run: Run, write: Write) -> None:
    one = write("1.csv", "source,target\na,b\nb,a\nb,c\nc,a\n")
    two = write("2.csv", "source,target\na,b\na,c\nc,a\n")
    then = write("r1.csv", "id,answered\na,yes\nb,yes\nc,yes\n")
    now = write("r2.csv", "id,answered\na,yes\nb,no\nc,yes\n")
    out = told(run, "compare", one, two, "--roster1", then, "--roster2", now)
    assert out["ties_stable"]["gone"] == 2, "b is silent, and both ties b told seem gone"
    assert out["told_twice"] == 2
    assert out["ties_told"] == {
        "first": 2, "second": 3, "kept": 2, "new": 1, "gone": 0, "jaccard": pytest.approx(2 / 3),
    }  # fmt: skip
    assert out["warnings"] == [], "a roster lists the actors too"
    code, text, _ = run("compare", one, two, "--roster1", then, "--roster2", now, "--lang", "id")
    assert code == 0
    assert "Disebut 2 orang yang menjawab dua kali" in " ".join(text.split())
    assert "--roster2" in refused(run, "compare", one, two, "--roster1", then)
    also = ("--roster1", then, "--roster2", now)
    assert "--undirected" in refused(run, "compare", one, two, *also, "--undirected")
    few = write("r3.csv", "id,answered\na,yes\n")
    assert "r3.csv" in refused(run, "compare", one, two, "--roster1", then, "--roster2", few,
                               "--actors2", then)  # fmt: skip


def test_compare_without_lists_says_so_and_shows_a_table(run: Run, write: Write) -> None:
    one = write("1.csv", "source,target\na,b\nc,d\n")
    two = write("2.csv", "source,target\na,b\n")
    warnings = told(run, "compare", one, two)["warnings"]
    assert isinstance(warnings, list)
    assert len(warnings) == 2
    assert "--actors1" in warnings[0]
    assert "50%" in warnings[1]
    code, text, _ = run("compare", one, two, "--lang", "en", "--undirected")
    assert code == 0
    assert "Jaccard" in text
    assert "c, d" in text


def test_compare_names_bad_rows(run: Run, write: Write) -> None:
    one = write("1.csv", "source,target\na,b\nc,c\n")
    assert "1.csv, row 3" in refused(run, "compare", one, one)
    two = write("2.csv", "source,target,weight\na,b,0\n")
    assert "2.csv, row 2" in refused(run, "compare", two, two)
    who = write("who.csv", "id\na\n")
    three = write("3.csv", "source,target\na,b\n")
    assert "'b'" in refused(run, "compare", three, three, "--actors1", who)


# -- convert -----------------------------------------------------------------------------


def test_convert_there_and_back(run: Run, write: Write, tmp_path: Path) -> None:
    text = "source,target,relation\na,b,info\nb,a,support\n"
    ties, who = write("t.csv", text), write("a.csv", "id,sector\na,warga\nb,pokja\nc,\n")
    gexf, graphml = tmp_path / "m.gexf", tmp_path / "m.graphml"
    out = told(run, "convert", ties, gexf, "--actors", who)
    assert out == {
        "actors": 3, "ties": 2, "directed": True, "actor_columns": ["sector"],
        "tie_columns": ["relation"], "written": ["m.gexf"], "warnings": [],
    }  # fmt: skip
    told(run, "convert", gexf, graphml)
    back, who2 = tmp_path / "back.csv", tmp_path / "who.csv"
    assert told(run, "convert", graphml, back, "--actors", who2)["written"] == [
        "back.csv", "who.csv",
    ]  # fmt: skip
    assert back.read_text().splitlines() == text.splitlines()
    assert who2.read_text().splitlines() == who.read_text().splitlines()


def test_convert_shows_a_table_with_what_is_lost(run: Run, write: Write, tmp_path: Path) -> None:
    ties = write("t.csv", "source,target\na,b\n")
    graphml = tmp_path / "m.graphml"
    told(run, "convert", ties, graphml, "--undirected")
    code, text, _ = run("convert", graphml, tmp_path / "x.csv", "--lang", "en")
    assert code == 0
    assert "--undirected" in text


def test_convert_refuses_and_writes_nothing(run: Run, write: Write, tmp_path: Path) -> None:
    ties = write("t.csv", "source,target\na,b\nc,c\n")
    out = tmp_path / "m.gexf"
    assert "t.csv, row 3" in refused(run, "convert", ties, out)
    assert not out.exists()
    good = write("g.csv", "source,target\na,b\n")
    assert ".xlsx" in refused(run, "convert", good, tmp_path / "m.xlsx")
    assert "OUT" in refused(run, "convert", good, tmp_path / "no" / "m.gexf")
    told(run, "convert", good, out)
    assert "--actors" in refused(run, "convert", out, tmp_path / "m.graphml", "--actors", good)


# -- describe, with intervals ------------------------------------------------------------


def test_describe_bootstrap_adds_intervals(run: Run, tmp_path: Path) -> None:
    advice = krackhardt(tmp_path)[0]
    out = told(run, "describe", advice, "--bootstrap", 50)
    sure = out["bootstrap"]
    assert isinstance(sure, dict)
    assert sure["resamples"] == 50
    low, high = sure["density"]["interval"]
    assert low < sure["density"]["value"] == out["density"] < high
    assert told(run, "describe", advice)["bootstrap"] is None
    code, text, _ = run("describe", advice, "--bootstrap", 50, "--lang", "en")
    assert code == 0
    assert "Standard error" in text
    assert "--bootstrap" in refused(run, "describe", advice, "--bootstrap", 1)


def test_describe_roster_sets_three_treatments_side_by_side(run: Run, write: Write) -> None:
    ties = write("t.csv", "source,target\na,b\nb,a\na,c\nb,c\n")
    asked = write("r.csv", "id,answered\na,ya\nb,yes\nc,no\nd,\n")
    out = told(run, "describe", ties, "--roster", asked)
    found = out["nonresponse"]
    assert isinstance(found, dict)
    assert (out["actors"], found["answered"], found["rate"]) == (4, 2, 0.5)
    ties_and_pairs = {k: (found[k]["ties"], found[k]["pairs"]) for k in found if k in TREATED}
    assert ties_and_pairs == {
        "available": (4, 6), "reconstruction": (6, 10), "deletion": (2, 2),
    }  # fmt: skip
    assert "50%" in str(out["warnings"])
    code, text, _ = run("describe", ties, "--roster", asked, "--lang", "en")
    assert code == 0
    assert "Reconstruction" in text


TREATED = ("available", "reconstruction", "deletion")


def test_describe_roster_names_what_is_wrong(run: Run, write: Write) -> None:
    ties = write("t.csv", "source,target\na,b\n")
    who = write("who.csv", "id\na\nb\nc\n")
    odd = write("odd.csv", "id,answered\na,maybe\nb,no\n")
    report = refused(run, "describe", ties, "--roster", odd, "--actors", who)
    assert "odd.csv, row 2" in report
    assert "c" in report
    assert "answered" in refused(run, "describe", ties, "--roster", who)
    good = write("good.csv", "id,answered\na,1\nb,0\n")
    assert "--roster" in refused(run, "describe", ties, "--roster", good, "--undirected")


# -- draw --------------------------------------------------------------------------------


def test_draw_writes_the_same_map_each_time(run: Run, write: Write, tmp_path: Path) -> None:
    ties = write("t.csv", "source,target\na,b\nb,a\nb,<c&>\n")
    who = write("a.csv", "id,sector\na,warga\nb,pokja\n<c&>,koperasi\nalone,swasta\n")
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"
    args = ("--actors", who, "--group", "sector")
    out = told(run, "draw", ties, *args, "--out", first)
    assert (out["actors"], out["ties"], out["written"]) == (4, 2, ["1.svg"])
    assert "koperasi" in str(out["warnings"])
    told(run, "draw", ties, *args, "--out", second)
    assert first.read_bytes() == second.read_bytes()
    root = fromstring(first.read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = {element.text for element in root.iter() if element.text}
    assert {"a", "b", "<c&>", "alone"} <= words
    told(run, "draw", ties, *args, "--no-labels", "--out", second)
    assert "alone" not in second.read_text(encoding="utf-8")


def test_draw_of_no_ties_is_a_map_with_a_doubt(run: Run, write: Write, tmp_path: Path) -> None:
    ties = write("t.csv", "source,target\n")
    who = write("a.csv", "id\na\n")
    for more in ((), ("--actors", who)):
        out = told(run, "draw", ties, *more, "--out", tmp_path / "m.svg")
        assert out["ties"] == 0
        assert "no ties" in str(out["warnings"])
        fromstring((tmp_path / "m.svg").read_bytes())
    code, text, _ = run("draw", ties, "--out", tmp_path / "m.svg", "--lang", "en")
    assert code == 0
    assert "m.svg" in text


def test_draw_refuses_and_writes_nothing(run: Run, write: Write, tmp_path: Path) -> None:
    ties = write("t.csv", "source,target\na,a\n")
    assert "row 2" in refused(run, "draw", ties, "--out", tmp_path / "m.svg")
    assert ".png" in refused(run, "draw", ties, "--out", tmp_path / "m.png")
    assert "--out" in refused(run, "draw", ties, "--out", tmp_path / "no" / "m.svg")
    assert "--group" in refused(run, "draw", ties, "--group", "x", "--out", tmp_path / "m.svg")
    assert not (tmp_path / "m.svg").exists()
