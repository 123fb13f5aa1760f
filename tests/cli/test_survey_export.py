"""``satuhati survey export`` from a folder to files."""

from __future__ import annotations

import json
import sys

import pyreadstat
import pytest
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.examples.generate import example_folder

runner = CliRunner()


def run(*args: str):
    return runner.invoke(app, ["survey", "export", str(example_folder()), *args])


def test_one_format_with_codebooks_and_json(tmp_path):
    out = tmp_path / "new" / "place"
    found = run("--instrument", "pokja", "--out", str(out), "--format", "sav", "--round", "p2",
                "--lang", "en", "--json")  # fmt: skip
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["files"] == ["pokja.sav", "pokja_codebook.xlsx", "pokja_ddi.xml"]
    assert (told["n"], told["rounds"]) == (22, ["p2"])
    frame, meta = pyreadstat.read_sav(out / "pokja.sav", output_format="dict")
    assert len(frame["soc1"]) == 22
    assert meta.column_names_to_labels["soc1"] == "I feel that I am part of this kampung."


def test_table_names_rounds_and_files(tmp_path):
    found = run("--instrument", "mitra", "--out", str(tmp_path), "--format", "csv",
                "--background", "none", "--lang", "id")  # fmt: skip
    assert found.exit_code == 0, found.output
    assert "m1" in found.stdout
    assert "mitra.R" in found.stdout
    assert (tmp_path / "mitra.csv").read_text("utf-8").startswith("round,round_wave,weight")


@pytest.mark.parametrize(
    "args",
    [
        ("--instrument", "nobody"),
        ("--instrument", "pokja", "--round", "w1"),
        ("--instrument", "pokja", "--background", "name"),
        ("--instrument", "pokja", "--smallest", "26"),
    ],
)
def test_bad_input_writes_nothing(tmp_path, args):
    found = run(*args, "--out", str(tmp_path / "out"), "--format", "csv")
    assert found.exit_code == 2
    assert found.stdout == ""
    assert not (tmp_path / "out").exists()


def test_without_the_extra_the_install_line_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    found = run("--instrument", "pokja", "--out", str(tmp_path / "out"), "--format", "sav")
    assert found.exit_code == 3
    assert "satuhati[spss]" in found.stderr
    assert not (tmp_path / "out").exists()
