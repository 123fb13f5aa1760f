"""The codebook of a release as DDI Codebook 2.5, the standard of data archives.

Order and names of elements follow the schema of the DDI Alliance (codebook.xsd, 2.5). Wording is
given in both languages, marked with ``xml:lang``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from satuhati.core.surveys.release import Release, Variable
from satuhati.formats.release_sav import missing_codes
from satuhati.formats.release_tables import confidentiality, shown
from satuhati.schema.choices import choice_label
from satuhati.text import Language, Text

NAMESPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INTERVALS = {"nominal": "discrete", "ordinal": "discrete", "scale": "contin"}
_TYPES = {".csv": "text/csv", ".sav": "SPSS", ".parquet": "Apache Parquet", ".xlsx": "Excel"}


def document(found: Release, files: Sequence[str], lang: Language) -> bytes:
    """The XML; ``files`` are the names of the data files it describes."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("codeBook"), {"version": "2.5", _LANG: lang})
    _study(root, found, lang)
    ids = [f"F{n}" for n, _ in enumerate(files, 1)]
    for code, name in zip(ids, files, strict=True):
        part = _add(root, "fileDscr", ID=code, URI=name)
        text = _add(part, "fileTxt")
        _add(text, "fileName", name)
        size = _add(text, "dimensns")
        _add(size, "caseQnty", str(found.frame.height))
        _add(size, "varQnty", str(len(found.variables)))
        suffix = name[name.rfind(".") :]
        _add(text, "fileType", _TYPES.get(suffix, suffix), charset="UTF-8")
    data = _add(root, "dataDscr")
    _groups(data, found)
    spss = any(name.endswith(".sav") for name in files)
    for n, v in enumerate(found.variables, 1):
        missing: list[float] = []
        if spss and v.kind != "text":
            codes = missing_codes(found, v)
            missing = [codes.no_answer, *([codes.withheld] if v.withheld else [])]
        _variable(data, v, n, ids, missing)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _study(root: ET.Element, found: Release, lang: Language) -> None:
    study = _add(root, "stdyDscr")
    citation = _add(study, "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", f"{found.name(lang)} – {found.place}")
    _add(title, "IDNo", f"{found.community}/{found.instrument}", agency="satuhati")
    _add(_add(citation, "prodStmt"), "software", "Satu Hati")
    if found.version:
        _add(_add(citation, "verStmt"), "version", found.version)
    info = _add(study, "stdyInfo")
    if found.synthetic:
        _both(info, "abstract", Text("Data rekaan (sintetis).", "Synthetic data."))
    summary = _add(info, "sumDscr")
    for r in found.rounds:
        for event, day in (("start", r.start), ("end", r.end)):
            if day:
                _add(summary, "collDate", day, date=day, event=event, cycle=f"W{r.wave}")
    _add(summary, "nation", "Indonesia", abbr="ID")
    _add(summary, "geogCover", found.place)
    _both(summary, "anlyUnit", Text("Orang", "Person"))
    _both(summary, "universe", choice_label("rounds", "population", found.population))
    method = _add(_add(study, "method"), "dataColl")
    for r in found.rounds:
        way = choice_label("rounds", "frame", r.frame)
        told = f"{r.code}: {way(lang)}; {r.answered} / {'?' if r.invited is None else r.invited}"
        _add(method, "sampProc", told)
    for r in found.rounds:
        if r.mode:
            _add(method, "collMode", f"{r.code}: {choice_label('rounds', 'mode', r.mode)(lang)}")
    if any(v.name == "weight" and v.no_answer < found.frame.height for v in found.variables):
        _both(method, "weight", Text("Variabel weight", "Variable weight"))
    use = _add(_add(study, "dataAccs"), "useStmt")
    _add(use, "confDec", confidentiality(found)(lang))  # 2.5 allows it once
    if found.citation:
        _add(use, "citReq", found.citation)


def _groups(data: ET.Element, found: Release) -> None:
    """The items of each scale, in the order they were asked."""
    of: dict[str, list[str]] = {}
    for n, v in enumerate(found.variables, 1):
        if v.scale:
            of.setdefault(v.scale, []).append(f"V{n}")
    for n, (scale, ids) in enumerate(of.items(), 1):
        group = _add(data, "varGrp", ID=f"G{n}", type="subject", name=scale, var=" ".join(ids))
        _add(group, "labl", scale)


def _variable(
    data: ET.Element, v: Variable, n: int, files: Sequence[str], missing: Sequence[float]
) -> None:
    """``missing``: codes that mean no value in the SPSS file; none if there is no such file."""
    part = _add(
        data, "var", ID=f"V{n}", name=v.name, files=" ".join(files), intrvl=_INTERVALS[v.measure]
    )
    if v.name == "weight":
        part.set("wgt", "wgt")
    _both(part, "labl", v.label)
    if v.is_item:
        question = _add(part, "qstn")
        _both(question, "qstnLit", v.label)
    if v.low is not None or v.high is not None:
        ends = {"min": v.low, "max": v.high}
        span = {k: shown(x) for k, x in ends.items() if x is not None}
        _add(_add(part, "valrng"), "range", UNITS="REAL", **span)
    if missing:
        invalid = _add(part, "invalrng")
        for code in missing:
            _add(invalid, "item", UNITS="REAL", VALUE=shown(code))
    _add(part, "sumStat", str(v.no_answer + v.withheld), type="invd")
    for value, word in v.values.items():
        category = _add(part, "catgry")
        _add(category, "catValu", shown(value))
        _both(category, "labl", word)
    if v.reversed:
        _both(
            part,
            "codInstr",
            Text(
                "Butir terbalik: jawaban ditulis seperti diberikan; balikkan sebelum diskor.",
                "Reversed item: stands as answered; turn before scoring.",
            ),
        )
    if v.scale:
        _add(part, "concept", v.scale)
    _add(part, "varFormat", type="numeric" if v.kind == "number" else "character")
    if v.withheld:
        told = Text(
            f"Disamarkan karena kelompok kecil: {v.withheld} sel.",
            f"Withheld, small groups: {v.withheld} cells.",
        )
        _both(part, "notes", told)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(
    parent: ET.Element, name: str, text: str | None = None, /, **attributes: str
) -> ET.Element:
    made = ET.SubElement(parent, _tag(name), {k: _legal(x) for k, x in attributes.items()})
    if text is not None:
        made.text = _legal(text)
    return made


def _both(parent: ET.Element, name: str, words: Text) -> None:
    """The element once in each language, or once if they say the same."""
    if words.id == words.en:
        _add(parent, name, words.id)
        return
    _add(parent, name, words.id).set(_LANG, "id")
    _add(parent, name, words.en).set(_LANG, "en")


def _legal(text: str) -> str:
    """Without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)
