"""``satuhati profile``: a folder of records becomes a triangulated capacity profile.

Core and formats are imported inside the command: ``--help`` must not wait for Polars.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    parent_exists,
    print_json,
    print_table,
    print_warnings,
    words,
    working,
)
from satuhati.errors import InputError, Problem
from satuhati.text import Language, Translator, translator

if TYPE_CHECKING:
    from satuhati.core.profile.dossier import Dossier
    from satuhati.core.profile.results import Cell, Profile


def register(app: typer.Typer) -> None:
    app.command("profile")(profile)


def parse_date(text: str | None, option: str) -> date | None:
    """A date given on the command line. Raises :class:`InputError`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        why = "YYYY-MM-DD"
        raise InputError(
            Problem("option_invalid", fields={"option": option, "value": text, "why": why})
        ) from None


@guarded
def profile(
    folder: Annotated[Path, typer.Argument(help="Folder of CSV files, or one Excel workbook.")],
    community: Annotated[
        str | None,
        typer.Option("--community", help="Which community, if the folder holds several."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Last day that counts (default: the latest on record)."),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as HTML.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Write the report as PDF.")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", help="Write the report as DOCX.")] = None,
    max_mb: Annotated[float, typer.Option("--max-mb", help="Largest file to read, in MB.")] = 200,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Triangulated capacity profile of a community from its records.

    Example: satuhati profile records/ --pdf laporan.pdf
    """
    t = words(lang)
    end = parse_date(as_of, "--as-of")
    outputs = {"--html": html, "--pdf": pdf, "--docx": docx}
    for option, path in outputs.items():
        if path is not None:
            parent_exists(path, option)
    from satuhati.core.profile.build import profile as build
    from satuhati.formats.package import read_any

    data, doubts = read_any(folder, community=community, max_mb=max_mb)
    code = choose(data.communities, community)
    if any(outputs.values()):
        from satuhati.core.profile.assemble import dossier  # start-up: only for a report

        full = dossier(data, code, end)
        found = full.profile
        written = write_reports(full, t.lang, html=html, pdf=pdf, docx=docx)
    else:
        found, written = build(data, code, end), []
    if as_json:
        print_json(as_object(found, doubts, t.lang), t.lang)
        return
    show(found, t)
    print_warnings((*doubts, *found.warnings), t)
    for path in written:
        print(t("Report: {path}", path=path))


def choose(codes: tuple[str, ...], asked: str | None) -> str:
    """The community to profile. Raises :class:`InputError` when that is not clear."""
    if asked is not None and asked in codes:
        return asked
    if asked is None and len(codes) == 1:
        return codes[0]
    shown = ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")
    raise InputError(
        Problem("community_choice", fields={"value": asked or "–", "choices": shown or "–"})
    )


def write_reports(
    full: Dossier, lang: Language, *, html: Path | None, pdf: Path | None, docx: Path | None
) -> list[Path]:
    """Write the reports asked for, all or none; returns their paths."""
    from satuhati.formats.atomic import write_all
    from satuhati.reports import render_docx, render_html, render_pdf
    from satuhati.schema.measures import measures

    table = measures()
    files: dict[Path, bytes] = {}
    t = translator(lang)
    with working(t("Writing the report …")):
        if html is not None or pdf is not None:
            text = render_html(full, table, lang)
            if html is not None:
                files[html] = text.encode()
            if pdf is not None:
                files[pdf] = render_pdf(text)
        if docx is not None:
            files[docx] = render_docx(full, table, lang)
    write_all(files)
    return list(files)


def as_object(found: Profile, doubts: tuple[object, ...], lang: Language) -> dict[str, object]:
    """The profile as the contract's JSON object."""
    from satuhati.core.results import plain

    result: dict[str, object] = plain(found, lang)
    result["warnings"] = plain((*doubts, *found.warnings), lang)
    return result


_VERDICT_MARK = {
    "agreement": "≡",
    "partial agreement": "≈",
    "silence": "–",
    "dissonance": "⇄",
    "no evidence": "·",
}


def show(found: Profile, t: Translator) -> None:
    """The matrices and the first gaps, readable on a terminal."""
    from satuhati.framework import STRATEGIES

    when = t.date(found.as_of)
    print(t("Capacity profile of {name}, as of {date}", name=found.name, date=when))
    _show_cells(t("Characteristics and social capital"), found.components, t)
    _show_cells(t("Functions"), found.functions, t)
    if found.gaps:
        print_table(
            t("Gaps, the most certain first"),
            (t("Where"), t("Measure"), t("Value"), t("Target"), t("Records below")),
            (
                (
                    where_words(g.component, g.level, g.population, t),
                    piece_words(g.measure, g.subject_name, t),
                    figure(g.value, g.interval, t),
                    t.number(g.target),
                    f"{g.voices_below}/{g.voices}",
                )
                for g in found.gaps
            ),
            right=(2, 3, 4),
        )
    for s in found.strategies:
        line = t("Candidate strategy: {name}", name=STRATEGIES[s.strategy].label(t.lang))
        print(f"{line} ({len(s.gaps)})")


def measure_words(code: str, t: Translator) -> str:
    from satuhati.schema.measures import measures

    return measures()[code].label(t.lang)


def piece_words(code: str, subject: str | None, t: Translator) -> str:
    """The measure, and what it is about where it speaks of several things."""
    return measure_words(code, t) + (f": {subject}" if subject else "")


def where_words(component: str, level: str, population: str, t: Translator) -> str:
    from satuhati.framework import COMPONENTS, FUNCTIONS, LEVELS, POPULATIONS

    terms = COMPONENTS | FUNCTIONS
    names = (terms[component], LEVELS[level], POPULATIONS[population])
    return " · ".join(term.label(t.lang) for term in names)


def figure(value: float | None, interval: tuple[float, float] | None, t: Translator) -> str:
    if value is None:
        return "–"
    if interval is None:
        return t.number(value)
    return f"{t.number(value)} ({t.number(interval[0])}–{t.number(interval[1])})"


def _show_cells(title: str, cells: tuple[Cell, ...], t: Translator) -> None:
    from satuhati.framework import VERDICTS

    print_table(
        title,
        (t("Cell"), t("Verdict"), t("One-source test"), t("Evidence")),
        (
            (
                where_words(cell.component, cell.level, cell.population, t),
                f"{_VERDICT_MARK[cell.convergence]} " + VERDICTS[cell.convergence].label(t.lang),
                f"{cell.one_source_test.held}/{cell.one_source_test.of}",
                "; ".join(
                    f"{piece_words(p.measure, p.subject_name, t)} {figure(p.value, p.interval, t)}"
                    for p in cell.evidence
                    if p.status == "ok" and p.scored and p.value is not None
                )
                or "–",
            )
            for cell in cells
        ),
    )
