"""CSV as spreadsheets write it, and as nobody should."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.errors import InputError
from satuhati.formats.csvtext import parse
from satuhati.formats.tables import read_table


def rows(data: bytes) -> list[list[str]]:
    found = parse(data, "f.csv")
    return [list(found.header), *found.rows]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        (b"a;b\r\n1;2,5\r\n", [["a", "b"], ["1", "2,5"]]),
        (b"a\tb\r1\t2\r", [["a", "b"], ["1", "2"]]),
        (b"sep=;\r\na;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
        (b'a,"b;c;d"\n1,2\n', [["a", "b;c;d"], ["1", "2"]]),
        (b"\n\na,b,\n1\n,,\n", [["a", "b"], ["1", ""]]),
        ("a,b\n\u2028x,\x85\n".encode(), [["a", "b"], ["\u2028x", "\x85"]]),
        (b'a,b\n"1\r\n2","3\r4"\n', [["a", "b"], ["1\r\n2", "3\r4"]]),
        ("a,b\né,2\n".encode("utf-16"), [["a", "b"], ["é", "2"]]),
        ("a,b\né,2\n".encode("latin-1"), [["a", "b"], ["é", "2"]]),
        (b"only\n", [["only"]]),
    ],
)
def test_tables_are_read(data: bytes, expected: list[list[str]]) -> None:
    assert rows(data) == expected


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", "file_empty", None),
        (b" \n\t\n", "file_empty", None),
        (b"a,b\n1,2,3\n", "row_too_long", 2),
        (b"a,,b\n", "column_unnamed", 1),
        (b"a,a\n", "column_repeated", 1),
        (b'a,b\n1,2\n"x,3\n4,5\n', "csv_broken", 3),
        (b'a,b\n"x"y,3\n', "csv_broken", 2),
        (b"a\x00b", "file_not_text", None),
    ],
)
def test_broken_tables_say_where(data: bytes, code: str, row: int | None) -> None:
    with pytest.raises(InputError) as caught:
        parse(data, "f.csv")
    assert [(p.code, p.row) for p in caught.value.problems] == [(code, row)]


@given(st.binary(max_size=200), st.sampled_from([".csv", ".csv.gz", ".parquet"]))
@settings(max_examples=100)
def test_no_bytes_make_an_analysis_table_raise_anything_but_ours(data: bytes, end: str) -> None:
    with tempfile.TemporaryDirectory() as base:
        path = Path(base) / f"t{end}"
        path.write_bytes(data)
        try:
            read_table(path)
        except InputError as error:
            for problem in error.problems:
                assert problem.line("id")
