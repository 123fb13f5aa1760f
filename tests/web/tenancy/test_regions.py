"""The official list of areas: found by name in a moment, and light."""

from __future__ import annotations

import subprocess
import sys

import pytest

from satuhati.web.tenancy import regions

MEASURE = """
import resource, time, tracemalloc
from satuhati.web.tenancy import regions
tracemalloc.start()
began = time.process_time()
found = regions.search("kelapa dua, ciracas")
print(len(found), time.process_time() - began, tracemalloc.get_traced_memory()[0] / 1e6)
"""


def test_a_village_is_found_with_all_that_lies_above_it() -> None:
    found = regions.search("Kelapa  Dua Wetan")
    assert [v.code for v in found] == ["31.75.09.1003"]
    assert found[0].above == (
        "Ciracas", "Kota Administrasi Jakarta Timur", "Daerah Khusus Ibukota Jakarta",
    )  # fmt: skip
    assert found[0].is_town
    assert [v.code for v in regions.search("kelapa dua, ciracas")] == ["31.75.09.1003"]
    assert len(regions.search("suka", limit=30)) == 30
    assert regions.search("su") == []
    assert regions.search("tidak ada desa begini") == []
    assert regions.search("\t\n%_'\"") == []


@pytest.mark.parametrize(
    "code", ["", "31", "31.75.09", "31.75.09.9999", "31.75.09.1003 ", "x" * 13]
)
def test_what_is_no_village_is_none(code: str) -> None:
    assert regions.village(code) is None


@pytest.mark.parametrize(
    ("code", "zone"),
    [("11.01.01.2001", "WIB"), ("31.75.09.1003", "WIB"), ("51.71.01.1001", "WITA"),
     ("64.71.01.1001", "WITA"), ("73.71.01.1001", "WITA"), ("81.71.01.1001", "WIT"),
     ("94.01.01.2001", "WIT")],
)  # fmt: skip
def test_the_province_tells_the_time_zone(code: str, zone: str) -> None:
    assert regions.time_zone(code) == zone


def test_the_list_has_every_village_of_its_year() -> None:
    names, _ = regions._areas()
    levels = [sum(len(code) == n for code in names) for n in (2, 5, 8, 13)]
    assert levels == [38, 514, 7285, 83762]


def test_first_use_is_quick_and_light() -> None:
    """In a process of its own; time and memory with some air, as the machine is shared."""
    code = MEASURE
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found, seconds, megabytes = map(float, done.stdout.split())
    assert found == 1
    assert megabytes < 25
    assert seconds < 1.5  # tracing memory makes it several times slower
