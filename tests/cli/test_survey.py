"""``satuhati survey``: the contract's keys, honest warnings, and bad input that writes nothing."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from xlsform_books import YES_NO, book

from satuhati.cli import app

DATA = Path(__file__).parents[1] / "data"
COMMUNITY = DATA / "sense_of_community.csv.gz"
SCALES = {"chavis": (25, 0.966), "omoto": (18, 0.935), "jason": (9, 0.951), "halamova": (22, 0.903)}
ITEM_KEYS = {"r_rest", "alpha_if_dropped", "mean", "sd", "missing"}
SCALE_KEYS = {
    "n", "n_items", "alpha", "alpha_interval", "alpha_standardized", "omega_total",
    "omega_hierarchical", "items",
}  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(app, ["survey", *map(str, arguments)])


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("id,a,b,c\n=1+1,1,5,2\np2,2,4,\np3,4,NA,5\np4,5,1,5\n", "utf-8")
    return path


def refused(result, *said):
    assert result.exit_code == 2
    assert result.stdout == ""
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_reliability_of_the_four_sense_of_community_scales():
    options = []
    for name, (n, _) in SCALES.items():
        options += ["--scale", f"{name}=" + ",".join(f"{name}_{i + 1}" for i in range(n))]
    result = run("reliability", COMMUNITY, *options, "--min", 0, "--max", 1, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    for name, (n, alpha) in SCALES.items():
        scale = found["scales"][name]
        assert scale.keys() >= SCALE_KEYS
        assert round(scale["alpha"], 3) == alpha
        assert scale["alpha_interval"][0] < scale["alpha"] < scale["alpha_interval"][1]
        assert len(scale["items"]) == scale["n_items"] == n
        assert all(item.keys() >= ITEM_KEYS for item in scale["items"].values())
    # SCI-2's own 24 items stand after the importance question.
    assert len(found["warnings"]) == 1
    assert found["warnings"][0].startswith("chavis: ")


def test_reliability_table_and_observed_range(answers):
    result = run("reliability", answers, "--scale", "s=a,b-,c", "--lang", "en")
    assert result.exit_code == 0
    assert "Reliability of s" in result.stdout
    assert "taken from the answers (1–5)" in result.stdout
    silent = run("reliability", answers, "--scale", "s=a,b-,c", "--min", 1, "--max", 5)
    assert "--min" not in silent.stdout


def test_reliability_listwise(answers):
    base = ("reliability", answers, "--scale", "s=a,b-,c", "--min", 1, "--max", 5, "--json")
    pairwise = json.loads(run(*base).stdout)["scales"]["s"]
    listwise = json.loads(run(*base, "--missing", "listwise").stdout)["scales"]["s"]
    assert (pairwise["n"], listwise["n"]) == (4, 2)
    assert listwise["items"]["c"]["missing"] == 0.25


def test_reliability_of_nothing_is_honest(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("a,b\n", "utf-8")
    result = run("reliability", path, "--scale", "s=a,b", "--json", "--lang", "en")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["scales"]["s"]["alpha"] is None
    assert found["scales"]["s"]["items"]["a"]["mean"] is None
    assert any("Too few" in w for w in found["warnings"])


def test_score_writes_numbers_only(answers, tmp_path):
    out = tmp_path / "scores.csv"
    result = run(
        "score", answers, "--scale", "s=a,b-,c", "--scale", "t=a,c", "--min", 1, "--max", 5,
        "--out", out, "--json",
    )  # fmt: skip
    assert result.exit_code == 0
    summary = json.loads(result.stdout)
    assert summary["rows"] == 4
    assert summary["scales"]["s"]["n_scored"] == 4
    assert summary["scales"]["s"]["missing_rate"] == pytest.approx(2 / 12)
    assert summary["warnings"] == []
    header, *rows = csv.reader(out.read_text("utf-8").splitlines())
    assert header == ["row", "s", "s_percent", "s_answered", "t", "t_percent", "t_answered"]
    assert [row[0] for row in rows] == ["2", "3", "4", "5"]
    assert [float(row[2]) for row in rows] == pytest.approx([100 / 12, 25, 87.5, 100])
    assert [float(row[4]) for row in rows] == [1.5, 2, 4.5, 5]
    assert [row[3] for row in rows] == ["3", "2", "2", "3"]
    assert list(tmp_path.glob(".scores*")) == []


def test_score_leaves_a_cell_empty_where_too_little_was_answered(answers, tmp_path):
    out = tmp_path / "scores.csv"
    result = run(
        "score", answers, "--scale", "s=a,b-,c", "--min-answered", 1, "--out", out, "--lang", "en"
    )
    assert result.exit_code == 0
    assert "Written" in result.stdout
    assert "taken from the answers" in result.stdout
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert [row["s"] != "" for row in rows] == [True, False, False, True]


def test_unknown_item_lists_what_exists(answers, tmp_path):
    for command in (["reliability"], ["score", "--out", tmp_path / "o.csv"]):
        result = run(*command, answers, "--scale", "s=a,z", "--scale", "t=y", "--lang", "en")
        refused(result, "'z'", "'y'", "id, a, b, c")
    assert not (tmp_path / "o.csv").exists()


def test_every_wrong_cell_is_named_once_with_its_place(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("a,b\n1,2\nsatu,7\n3,dua\n", "utf-8")
    result = run(
        "reliability", path, "--scale", "s=a,b", "--scale", "t=b,a", "--min", 1, "--max", 5
    )
    refused(result, "answers.csv, baris 3, kolom a: 'satu'", "baris 4, kolom b: 'dua'")
    assert len(result.stderr.strip().splitlines()) == 2


def test_answers_off_the_declared_scale_are_refused(answers):
    result = run("reliability", answers, "--scale", "s=a,b", "--min", 1, "--max", 4)
    refused(result, "baris 2, kolom b: 5 di luar batas 1–4", "baris 5, kolom a")


@pytest.mark.parametrize(
    "options",
    [
        ["--scale", "s"],
        ["--scale", "=a,b"],
        ["--scale", "@s=a,b"],
        ["--scale", "s=a,a-"],
        ["--scale", "s=a", "--scale", "s=b"],
        ["--scale", "s=a,b", "--min", "5", "--max", "1"],
        ["--scale", "s=a,b", "--min", "nan"],
        ["--scale", "s=a,b", "--lang", "fr"],
        ["--scale", "s=a,b", "--missing", "mean"],
        [],
    ],
)
def test_options_that_make_no_sense(answers, options):
    refused(run("reliability", answers, *options))


def test_out_must_be_a_place_to_write(answers, tmp_path, monkeypatch):
    refused(run("score", answers, "--scale", "s=a,b", "--out", tmp_path / "no" / "o.csv"))
    before = answers.read_bytes()
    refused(run("score", answers, "--scale", "s=a,b", "--out", answers), "berkas jawabannya")
    assert answers.read_bytes() == before
    refused(
        run("score", answers, "--scale", "s=a", "--scale", "s_percent=b", "--out", tmp_path / "o"),
        "s_percent",
    )


def test_a_write_that_fails_leaves_the_old_file_and_nothing_half_written(
    answers, tmp_path, monkeypatch
):
    out = tmp_path / "scores.csv"
    out.write_text("old", "utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("score", answers, "--scale", "s=a,b", "--out", out)
    refused(result, "scores.csv", "No space left on device")
    assert out.read_text("utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answers.csv", "scores.csv"]


@pytest.mark.parametrize("command", ["score", "reliability"])
def test_help_has_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"satuhati survey {command}" in result.stdout


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_no_bytes_break_the_command(content, tmp_path):
    path = tmp_path / "bytes.csv"
    path.write_bytes(b"a,b\n" + content)
    result = run("reliability", path, "--scale", "s=a,b", "--json")
    assert result.exit_code in (0, 2)
    assert (result.stdout == "") == (result.exit_code == 2)


def test_codes_that_are_no_answer_are_not_scored(tmp_path):
    head = ("type", "name", "label::Bahasa Indonesia (id)", "label::English (en)",
            "satuhati_scale", "satuhati_low", "satuhati_high")  # fmt: skip
    rows = [("select_one k", n, n, n, "trust", 1, 5) for n in ("a", "b")]
    codes = [("k", str(c), f"N {c}", f"S {c}") for c in (1, 2, 3, 4, 5, 99)]
    form = book(tmp_path / "k.xlsx", (head, *rows), (YES_NO[0], *codes))
    path = tmp_path / "answers.csv"
    path.write_text("a,b\n99,5\n1,1\n4,99\n", "utf-8")
    out = tmp_path / "scores.csv"
    result = run("score", path, "--instrument", form, "--out", out, "--json")
    assert result.exit_code == 0, result.stderr
    with out.open() as file:
        assert [r["trust"] for r in csv.DictReader(file)] == ["5.0", "1.0", "4.0"]
    found = json.loads(result.stdout)["scales"]["trust"]
    assert found["missing_rate"] == pytest.approx(2 / 6)
    # The mean's interval would reach below 0 and above 100; nothing can be there.
    assert found["percent_interval"] == [0, 100]
    # Another code than those of the form is a mistake as ever.
    path.write_text("a,b\n98,5\n", "utf-8")
    refused(run("score", path, "--instrument", form, "--out", out), "98")


S = ("--scale", "s=a,b,c")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "@", *S), "beri berkas gelombang berikutnya (AFTER), atau --wave KOLOM"),
        (("compare", "@", *S, "--wave", "w"), "dua gelombang atau lebih; isinya: 1"),
        (("compare", "@", "@", *S, "--wave", "w"), "tidak bersama AFTER"),
        (("mean", "@", "--variable", "a", "--fpc", "b"), "angka yang sama di seluruh stratum"),
        (("mean", "@"), "beri --variable, --scale, atau --instrument"),
        (("mean", "@", *S, "--share", "1"), "hanya bersama --variable"),
        (("score", "@", *S, "--out", "@-/x.csv"), "foldernya belum ada"),
        (("score", "@", *S, "--out", "@"), "itu berkas jawabannya sendiri"),
        (("factors", "@", "--items", "a,b,a"), "disebut dua kali"),
        (("factors", "@", "--items", "a,b,z", "--polychoric"), "lebih dari 15 jawaban berbeda"),
        (("graded", "@", "--items", "a,b,z"), "lebih dari 15 jawaban berbeda"),
        (("cfa", "@", "--factor", "f=a,b-,c"), "tanpa tanda minus"),
        (("cfa", "@", "--factor", "f=a,b,z", "--ordered"), "lebih dari 15 jawaban berbeda"),
        (("reliability", "@"), "beri --scale NAME=ITEM,ITEM,… atau --instrument"),
        (("reliability", "@", *S, "--instrument", "short"), "tidak bersama --instrument"),
    ],
)
def test_what_cannot_be_is_told_in_words(tmp_path, arguments, said):
    path = tmp_path / "answers.csv"
    rows = (f"{1 + n % 5},{1 + n % 4},{1 + n % 3},{n},1" for n in range(20))
    path.write_text("\n".join(["a,b,c,z,w", *rows]) + "\n", "utf-8")
    refused(run(*(str(path) if a == "@" else a.replace("@", str(path)) for a in arguments)), said)
