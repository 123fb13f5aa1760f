"""Releases in every format: an independent reader gets what went in."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import polars as pl
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.surveys.release import Release, Round, Variable, release
from satuhati.core.surveys.release_figures import figures
from satuhati.examples.generate import example_folder
from satuhati.formats import release_ddi, release_r, release_sav, release_tables
from satuhati.formats.folder import read_folder
from satuhati.formats.release import FORMATS, release_files, write_release
from satuhati.text import Text

ROUND = Round("r1", 1, "warga", "census", "paper", "2026-01-01", "2026-01-31", 9, 6, True)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400)
numbers = st.one_of(st.none(), st.integers(-12, 12).map(float), st.floats(-1e6, 1e6))


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """Made-up releases: hostile names, long texts, whole and broken numbers, empty cells."""
    n = draw(st.integers(5, 12))
    names = draw(st.lists(st.text(min_size=1, max_size=70).map(
        lambda s: re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "x", s)
    ), min_size=1, max_size=4, unique=True))  # fmt: skip
    variables, columns, withheld = [], [], {}
    sexes = {"female": Text("perempuan", "female"), "male": Text("laki-laki", "male")}
    choice = Variable("sex", Text("Jenis kelamin", "Sex"), "choice", "nominal", sexes)
    values = draw(st.lists(st.sampled_from(["female", "male", None]), min_size=n, max_size=n))
    marks = tuple(v is None and draw(st.booleans()) for v in values)
    for name in (*names, "sex"):
        label = Text(draw(words) or "x", draw(words) or "y")
        if name == "sex":
            variables.append(choice)
            columns.append(pl.Series("sex", values, dtype=pl.String))
            withheld["sex"] = marks
        elif draw(st.booleans()):
            cells = draw(st.lists(numbers, min_size=n, max_size=n))
            known = {x for x in cells if x is not None}
            named = {x: Text(draw(words) or "a", draw(words) or "b") for x in sorted(known)[:2]}
            variables.append(
                Variable(name, label, "number", "ordinal", named, scale="s", reversed=True,
                         is_item=True)
            )  # fmt: skip
            columns.append(pl.Series(name, cells, dtype=pl.Float64))
        else:
            cells = draw(st.lists(st.one_of(st.none(), words), min_size=n, max_size=n))
            variables.append(Variable(name, label, "text", "nominal", is_item=True))
            columns.append(pl.Series(name, cells, dtype=pl.String))
    variables = [
        Variable(v.name, v.label, v.kind, v.measure, v.values, v.low, v.high, v.scale, v.reversed,
                 v.is_item, 0, sum(withheld.get(v.name, ())))
        for v in variables
    ]  # fmt: skip
    return Release("q", Text("Suara", "Voice"), "1", None, "k", "Kampung", True, "warga", 5,
                   (ROUND,), tuple(variables), pl.DataFrame(columns), withheld)  # fmt: skip


def shortened(text: str, size: int) -> str:
    """As many whole characters as fit, on one line."""
    line = " ".join(text.split())
    while len(line.encode()) > size:
        line = line[:-1]
    return line.strip()


@settings(max_examples=60, deadline=None)
@given(releases(), st.sampled_from(["id", "en"]))
def test_spss_reads_back_what_went_in(tmp_path_factory, found, lang):
    path = tmp_path_factory.mktemp("sav") / "q.sav"
    release_sav.write_sav(found, path, lang)
    read, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    hidden, _ = pyreadstat.read_sav(path, output_format="dict")
    names = release_sav.spss_names([v.name for v in found.variables])
    assert meta.column_names == names
    for v, name in zip(found.variables, names, strict=True):
        went_in = found.frame[v.name].to_list()
        assert (meta.column_names_to_labels[name] or "") == shortened(v.label(lang), 255)
        assert meta.variable_measure[name] == v.measure
        if v.kind == "text":
            # SPSS fills text up with blanks and cannot tell them from the text's own.
            assert [x.rstrip(" ") for x in read[name]] == [(x or "").rstrip(" ") for x in went_in]
            continue
        codes = release_sav.codes_of(v)
        empty = release_sav.missing_codes(found, v)
        back = {number: code for code, number in codes.items()}
        for x, y, z in zip(went_in, read[name], hidden[name], strict=True):
            if x is None:
                assert y in (empty.no_answer, empty.withheld)
                assert z is None or z != z, "a missing code counts as no value"
            else:
                assert back.get(y, y) == x
        gone = [y == empty.withheld for y in read[name]]
        assert gone == list(found.withheld.get(v.name, (False,) * len(gone)))
        told = meta.variable_value_labels[name]
        for x, word in v.values.items():
            assert told[codes.get(x, x)] == shortened(word(lang), 120), word
        assert told[empty.no_answer] == release_sav.NO_ANSWER(lang)


@settings(max_examples=60, deadline=None)
@given(releases())
def test_parquet_csv_and_workbook_read_back(found):
    assert pl.read_parquet(io.BytesIO(release_tables.parquet_bytes(found))).equals(found.frame)
    raw = release_tables.csv_bytes(found).decode()
    assert raw.count("\r\n") >= found.frame.height
    book = openpyxl.load_workbook(io.BytesIO(release_tables.data_workbook(found, "en")))
    data, variables, in_words = book.worksheets
    size = {"max_row": found.frame.height + 1, "max_col": found.frame.width}
    rows = list(data.iter_rows(values_only=True, **size))
    assert [release_tables.sheets.from_cell(str(x)) for x in rows[0]] == found.frame.columns
    spoken = {"female": "female", "male": "male"}
    for row, went_in in zip(rows[1:], found.frame.rows(), strict=True):
        for v, x, y in zip(found.variables, went_in, row, strict=True):
            if isinstance(x, str):
                assert release_tables.sheets.from_cell(str(y or "")) == spoken.get(x, x)
            else:
                assert y == pytest.approx(x) if x is not None else y is None, v.name
    told = list(variables.iter_rows(min_row=2, values_only=True))
    assert [bool(r[6]) for r in told] == [v.reversed for v in found.variables]
    worded = list(in_words.iter_rows(min_row=2, values_only=True, **size))
    for row, went_in in zip(worded, found.frame.rows(), strict=True):
        for v, x, y in zip(found.variables, went_in, row, strict=True):
            if x in v.values:
                assert release_tables.sheets.from_cell(str(y or "")) == v.values[x].en, v.name


NS = {"d": release_ddi.NAMESPACE}
ORDER = [
    "location", "labl", "imputation", "security", "embargo", "respUnit", "anlysUnit", "qstn",
    "valrng", "invalrng", "undocCod", "universe", "TotlResp", "sumStat", "txt", "stdCatgry",
    "catgryGrp", "catgry", "codInstr", "verStmt", "concept", "derivation", "varFormat", "geoMap",
    "catLevel", "notes",
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(releases())
def test_ddi_has_every_variable_in_the_order_of_the_schema(found):
    root = ET.fromstring(release_ddi.document(found, ["q.sav", "q.csv"], "id"))
    assert root.tag == f"{{{release_ddi.NAMESPACE}}}codeBook"
    assert [c.tag.split("}")[1] for c in root] == ["stdyDscr", "fileDscr", "fileDscr", "dataDscr"]
    variables = root.findall("d:dataDscr/d:var", NS)
    assert [v.get("name") for v in variables] == [v.name for v in found.variables]
    ids = [e.get("ID") for e in root.iter() if e.get("ID")]
    assert len(set(ids)) == len(ids)
    pointed = {i for e in root.iter() for a in ("files", "var") for i in (e.get(a) or "").split()}
    assert pointed <= set(ids)
    for element, v in zip(variables, found.variables, strict=True):
        places = [ORDER.index(c.tag.split("}")[1]) for c in element]
        assert places == sorted(places)
        values = [c.text for c in element.findall("d:catgry/d:catValu", NS)]
        assert values == [release_tables.shown(x) for x in v.values]
        label = element.find("d:labl", NS)
        assert label is not None
        assert (label.text or "") == v.label.id


@pytest.fixture(scope="module")
def residents() -> Release:
    data, _ = read_folder(example_folder())
    return release(data, data.communities[0], "warga")


def test_r_script_holds_our_figures_and_reads_our_file(residents):
    told = figures(residents)
    text = release_r.script(residents, told, "warga.csv", "en")
    assert text.count("x <- answers(") == len(told)
    assert text.isascii() or all(not line.strip() or line.startswith("#")
                                 for line in text.splitlines() if not line.isascii())  # fmt: skip
    for one in told:
        assert f'"alpha", alpha(x), {one.alpha!r}, 1e-6)' in text
        if one.chisq is not None:
            assert f"chisq = {one.chisq!r}, df = {one.df!r}" in text
    assert text.count("{") == text.count("}")
    assert text.count("(") == text.count(")")
    assert release_r._text('a"b\\c\né') == '"a\\"b\\\\c\\u{a}\\u{e9}"'


def test_all_files_of_the_example(residents, tmp_path):
    names, doubts = write_release(residents, tmp_path / "out", FORMATS, "id")
    assert set(names) == {
        "warga.csv", "warga.R", "warga.xlsx", "warga.parquet", "warga.sav", "warga_codebook.xlsx",
        "warga_ddi.xml",
    }  # fmt: skip
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(names)
    assert doubts == ()
    _, meta = pyreadstat.read_sav(tmp_path / "out" / "warga.sav", metadataonly=True)
    assert meta.variable_value_labels["sex"][1.0] == residents.variables[2].values["female"].id
    assert meta.column_names_to_labels["soc1"] == "Saya merasa menjadi bagian dari kampung ini."
    assert meta.variable_measure["soc1"] == "ordinal"
    # The same data give the same files, byte for byte, where the format has no clock.
    again, _ = release_files(residents, ("csv", "parquet"), "id")
    for name in ("warga.csv", "warga.parquet", "warga.R"):
        assert again[name] == (tmp_path / "out" / name).read_bytes()


def test_long_texts_are_cut_between_characters_and_said(tmp_path: Path):
    long = "é" * 20_000
    v = Variable("why", Text("ü" * 300, "x"), "text", "nominal", is_item=True)
    frame = pl.DataFrame({"why": [long, "b", "c", "d", None]})
    found = Release("q", Text("Suara", "Voice"), "1", None, "k", "Kampung", True, "warga", 5,
                    (ROUND,), (v,), frame, {})  # fmt: skip
    doubts = release_sav.write_sav(found, tmp_path / "q.sav", "id")
    assert [(d.code, d.fields["n"]) for d in doubts] == [("export_text_cut", 2)]
    read, meta = pyreadstat.read_sav(tmp_path / "q.sav", output_format="dict")
    assert read["why"][0] == "é" * (release_sav.MAX_TEXT // 2)
    assert meta.column_names_to_labels["why"] == "ü" * (release_sav.MAX_LABEL // 2)
