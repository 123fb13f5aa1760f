"""Versions of the package: golden packages are read for ever, older ones can be upgraded."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

from satuhati.errors import InputError
from satuhati.formats.folder import read_folder
from satuhati.formats.upgrade import upgrade_folder
from satuhati.schema import SCHEMA_VERSION, TABLES
from satuhati.schema.upgrades import UPGRADES, Package, upgraded

GOLDEN = Path(__file__).parents[1] / "data" / "golden"


def plain(frame: pl.DataFrame) -> dict[str, object]:
    def value(v: object) -> object:
        return v.isoformat() if isinstance(v, dt.date) else v

    return {
        "columns": {c: str(t) for c, t in frame.schema.items()},
        "rows": [[value(v) for v in row] for row in frame.iter_rows()],
    }


def test_every_version_has_a_golden_package() -> None:
    assert sorted(p.name for p in GOLDEN.glob("v*")) == [
        f"v{v}" for v in range(1, SCHEMA_VERSION + 1)
    ]
    assert sorted(UPGRADES) == list(range(1, SCHEMA_VERSION))


def test_the_golden_package_reads_to_its_frozen_content() -> None:
    frozen = json.loads((GOLDEN / "v1" / "content.json").read_text(encoding="utf-8"))
    data, _ = read_folder(GOLDEN / "v1" / "package")
    for name, content in frozen["tables"].items():
        # A new optional column needs no new version, so only the frozen columns are compared.
        assert plain(data.tables[name].select(list(content["columns"]))) == content, name
    assert {n: plain(f) for n, f in data.answers.items()} == frozen["answers"]
    assert all(content["rows"] for content in frozen["tables"].values())
    assert set(frozen["tables"]) <= set(TABLES)


# An invented version 0, in which meetings had "day" for "date" and held ones were marked "x".
def _from_0(package: Package) -> Package:
    for row in package["meetings"]:
        row["date"] = row.pop("day")
        row["status"] = {"x": "held", "": "cancelled"}[row["status"]]
    package["areas"] = package.pop("places")
    return package


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "lama"
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"name": "k", "schema_version": 0}')
    (folder / "community.csv").write_text("id,name\nK1,'=Rekaan\n")
    (folder / "meetings.csv").write_text(
        "id,kind,day,status\nm1,pokja,2026-01-05,x\nm2,pokja,2026-02-05,\n"
    )
    (folder / "places.csv").write_text("id,name,level\nrt1,RT 1,rt\n")
    (folder / "foto.jpg").write_bytes(b"\x00")
    return folder


def test_an_older_package_is_refused_then_upgraded_and_kept(old: Path) -> None:
    before = {p.name: p.read_bytes() for p in old.iterdir()}
    with pytest.raises(InputError) as caught:
        read_folder(old)
    assert [p.code for p in caught.value.problems] == ["package_older"]

    done = upgrade_folder(old, registry={0: _from_0}, to=1)

    assert (done.found, done.now) == (0, 1)
    data, _ = read_folder(old)
    assert data["meetings"].select("date", "status").rows() == [
        (dt.date(2026, 1, 5), "held"),
        (dt.date(2026, 2, 5), "cancelled"),
    ]
    assert data["community"]["name"].to_list() == ["=Rekaan"]
    assert data["areas"].height == 1
    assert done.backup == old.with_name("lama.v0")
    assert {p.name: p.read_bytes() for p in done.backup.iterdir()} == before
    assert (old / "foto.jpg").read_bytes() == b"\x00"
    assert upgrade_folder(old, registry={0: _from_0}, to=1).backup is None


def test_wrong_values_do_not_stop_an_upgrade(old: Path) -> None:
    (old / "community.csv").write_text("id,name\nK1,\n")
    upgrade_folder(old, registry={0: _from_0}, to=1)
    with pytest.raises(InputError) as caught:
        read_folder(old)
    assert [p.code for p in caught.value.problems] == ["value_required"]


def test_versions_that_cannot_be_reached(old: Path) -> None:
    with pytest.raises(InputError) as caught:
        upgrade_folder(old)
    assert [p.code for p in caught.value.problems] == ["package_too_old"]
    (old / "datapackage.json").write_text('{"schema_version": 7}')
    with pytest.raises(InputError) as caught:
        upgrade_folder(old)
    assert [p.code for p in caught.value.problems] == ["package_newer"]


def test_upgrades_do_not_touch_what_they_are_given() -> None:
    given: Package = {"meetings": [{"day": "2026-01-05", "status": "x"}], "places": []}
    upgraded(given, 0, 1, {0: _from_0})
    assert given == {"meetings": [{"day": "2026-01-05", "status": "x"}], "places": []}
