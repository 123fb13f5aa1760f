"""The profile, demo and plan commands as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.examples import example_folder
from satuhati.examples.generate import many
from satuhati.formats.folder import write_folder

runner = CliRunner()
GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "v1" / "package"


def run(*arguments):
    return runner.invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def result():
    done = run("profile", example_folder(), "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


KEYS = {
    "community", "as_of", "components", "functions", "conditioning_influences", "outcomes",
    "gaps", "strategies", "warnings",
}  # fmt: skip
CELL = {"component", "level", "population", "convergence", "one_source_test", "evidence"}
PIECE = {"measure", "method", "record", "value", "interval", "n", "direction", "status", "trace"}
VERDICTS = {"agreement", "partial agreement", "silence", "dissonance", "no evidence"}
STATUS = {"ok", "too few", "not enough", "none", "not applicable"}


def test_json_keeps_the_contract(result):
    assert result.keys() >= KEYS
    assert result["as_of"] == "2026-10-31"
    assert isinstance(result["warnings"], list)
    for cell in (*result["components"], *result["functions"]):
        assert cell.keys() >= CELL
        assert cell["convergence"] in VERDICTS
        assert cell["population"] in {"pokja", "warga", "mitra", "all"}
        assert cell["one_source_test"].keys() >= {"held", "of"}
        for piece in cell["evidence"]:
            assert piece.keys() >= PIECE
            assert piece["status"] in STATUS
            assert piece["direction"] in {"supports", "mixed", "contradicts", None}
            assert piece["trace"].keys() >= {"table", "ids", "n"}


def test_json_is_one_object_and_nothing_else():
    done = run("profile", example_folder(), "--json")
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_the_table_speaks_indonesian_first():
    done = run("profile", example_folder())
    assert done.exit_code == 0
    assert "Komitmen" in done.stdout
    assert "Bertentangan" in done.stdout
    english = run("profile", example_folder(), "--lang", "en")
    assert "Commitment" in english.stdout
    assert "Bertentangan" not in english.stdout


def test_language_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("SATUHATI_LANG", "en")
    assert "Commitment" in run("profile", example_folder()).stdout
    monkeypatch.setenv("SATUHATI_LANG", "xx")
    done = run("profile", example_folder())
    assert (done.exit_code, done.stdout) == (2, "")


def test_as_of_ends_the_window(result):
    done = run("profile", example_folder(), "--json", "--as-of", "2025-11-30")
    then = json.loads(done.stdout)
    assert then["as_of"] == "2025-11-30"
    assert then["components"] != result["components"]


@pytest.mark.parametrize("bad", ["2026-02-30", "kemarin", "30/10/2026"])
def test_a_date_that_is_none_is_refused(bad):
    done = run("profile", example_folder(), "--as-of", bad)
    assert (done.exit_code, done.stdout) == (2, "")
    assert bad in done.stderr


def test_reports_are_written_in_all_three_forms(tmp_path):
    paths = [tmp_path / f"laporan.{e}" for e in ("html", "pdf", "docx")]
    # A small community: the example's fifty pages are set by the test of the demo's reports below.
    done = run("profile", GOLDEN, "--html", paths[0], "--pdf", paths[1], "--docx", paths[2])
    assert done.exit_code == 0, done.stderr
    assert paths[0].read_text("utf-8").lower().startswith("<!doctype html>")
    assert paths[1].read_bytes().startswith(b"%PDF")
    assert paths[2].read_bytes().startswith(b"PK")
    assert sorted(tmp_path.iterdir()) == sorted(paths)  # nothing half-written beside them


def test_a_report_cannot_go_where_there_is_no_folder(tmp_path):
    done = run("profile", example_folder(), "--html", tmp_path / "nowhere" / "l.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there():
    done = run("profile", "/no/such/folder")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_several_communities_need_a_choice(tmp_path):
    write_folder(many(3, seed=1), tmp_path / "p")
    done = run("profile", tmp_path / "p", "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--community" in done.stderr
    code = many(3, seed=1).communities[1]
    done = run("profile", tmp_path / "p", "--community", code, "--json")
    assert json.loads(done.stdout)["community"] == code


def test_the_profile_of_a_package_equals_that_of_the_data(result, tmp_path):
    from satuhati.core.profile.build import profile
    from satuhati.core.results import plain
    from satuhati.formats.package import read_any

    data, _ = read_any(example_folder())
    write_folder(data, tmp_path / "again")
    done = run("profile", tmp_path / "again", "--json")
    assert json.loads(done.stdout) == result
    direct = json.loads(json.dumps(plain(profile(data, data.communities[0]))))
    assert direct["components"] == result["components"]


def test_a_workbook_gives_the_same_profile(result, tmp_path):
    book = tmp_path / "data.xlsx"
    assert run("folder", "toxlsx", example_folder(), book).exit_code == 0
    done = run("profile", book, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["components"] == result["components"]


def test_plan_suggest_cites_its_evidence():
    done = run("plan", "suggest", example_folder(), "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.keys() >= {"gaps", "warnings"}
    assert found["gaps"]
    for gap in found["gaps"]:
        assert gap["strategies"]
        assert gap["reason"]
        assert gap["evidence"][0]["trace"]["table"]


def test_demo_writes_reports_dated_up_to_today(tmp_path):
    done = run("demo", "--report", tmp_path / "demo", "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    age = (date.today() - date.fromisoformat(found["as_of"])).days  # noqa: DTZ011
    assert 0 <= age < 7
    written = {p.suffix for p in (tmp_path / "demo").iterdir()}
    assert written == {".html", ".pdf", ".docx", ".json"}
    assert json.loads((tmp_path / "demo" / "profil.json").read_text("utf-8")) == found


@pytest.mark.parametrize("command", [["profile"], ["demo"], ["plan", "suggest"]])
def test_help_has_an_example(command):
    done = run(*command, "--help")
    assert done.exit_code == 0
    assert "satuhati " + " ".join(command) in " ".join(done.stdout.split())


def test_the_path_imports_neither_numba_nor_a_web_framework():
    code = (
        "import sys; from satuhati.cli import app;"
        "import satuhati.core.profile.build, satuhati.formats.package;"
        "print([m for m in ('numba', 'django', 'weasyprint', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
