"""Write docs/reference from the code: tables, commands, problems, measures, settings.

    make docs            (or: .venv/bin/python scripts/make_docs.py [--check])

With ``--check`` nothing is written; the exit code says whether the pages are what the code makes.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typer

from satuhati.cli import app
from satuhati.errors import DOUBTS, PROBLEMS
from satuhati.framework import (
    COMPONENTS,
    CONDITIONING_INFLUENCES,
    FUNCTIONS,
    NORMATIVE_FUNCTIONS,
    OUTCOMES,
)
from satuhati.schema import ANSWER_KEYS, SCHEMA_VERSION, TABLES, Column
from satuhati.schema.choices import choice_label, strand_label
from satuhati.schema.measures import COUNTS, measures
from satuhati.web.tenancy.rules import RIGHTS, ROLES
from satuhati.web.variables import GROUPS, VARIABLES

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Written by scripts/make_docs.py; do not edit. -->"

KINDS = {
    "text": "teks · text",
    "integer": "bilangan bulat · whole number",
    "number": "angka · number",
    "boolean": "true / false",
    "date": "tanggal · date (2026-11-21)",
    "time": "jam · time (19:30)",
    "choice": "pilihan · choice",
    "reference": "kode · code",
}
VISIBILITY = {
    "public": "siapa pun · anyone",
    "team": "Pokja dan pendamping · working group",
    "research": "peneliti, disamarkan · researcher, pseudonymised",
    "admin": "administrator",
}


def pages() -> dict[str, str]:
    """Every reference page by file name."""
    return {
        "tables.md": tables(),
        "commands.md": commands(),
        "problems.md": problems(),
        "measures.md": evidence(),
        "settings.md": variables(),
        "roles.md": roles(),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` say which are not up to date."""
    stale = []
    for name, content in pages().items():
        path = REFERENCE / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if "--check" not in arguments:
            REFERENCE.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
    if "--check" in arguments and stale:
        print(f"not what the code makes: {', '.join(stale)}; run make docs")
        return 1
    return 0


def cell(text: object) -> str:
    """Text fit for a cell of a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def grid(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return [*lines, *("| " + " | ".join(cell(c) for c in row) + " |" for row in rows), ""]


# -- tables ------------------------------------------------------------------------------


def tables() -> str:
    lines = [
        NOTE,
        "",
        "# Tabel dan kolom · Tables and columns",
        "",
        f"Versi skema · schema version: **{SCHEMA_VERSION}**. Satu berkas CSV untuk tiap tabel; "
        "tabel yang tidak ada dibaca *Belum ada bukti*. · One CSV file for each table; an absent "
        "table reads as *no evidence*.",
        "",
        "Kolom `community` boleh ditambahkan pada tiap tabel, dan wajib bila folder berisi "
        "beberapa komunitas. · A column `community` may be added to every table, and must be "
        "there when a folder holds several communities.",
        "",
    ]
    strand = None
    for table in TABLES.values():
        if table.strand != strand:
            strand = table.strand
            label = strand_label(strand)
            lines += [f"## {label.id} · {label.en}", ""]
        lines += [f"### {table.name}.csv", ""]
        lines += [f"**{table.label.id}** · {table.label.en}", ""]
        lines += [f"{table.meaning.id} · {table.meaning.en}", ""]
        lines += columns(table.name, table.columns)
    lines += ["## Jawaban · Answers", "", "### answers/&lt;instruments.id&gt;.csv", ""]
    lines += [
        "Satu baris satu orang pada satu putaran; sesudah kolom baku ini, satu kolom untuk tiap "
        "butir (`items.name`), berjenis menurut `items.type`. · A row is a person in a round; "
        "after these columns one for each item (`items.name`), typed by `items.type`.",
        "",
        *columns("answers", ANSWER_KEYS),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def columns(table: str, declared: Iterable[Column]) -> list[str]:
    def content(c: Column) -> str:
        said = KINDS[c.kind]
        if c.table:
            said += f" → `{c.table}.id`"
        if c.low is not None or c.high is not None:
            low = "" if c.low is None else f"{c.low:g}"
            said += f", {low}–{'' if c.high is None else f'{c.high:g}'}"
        return said + (f" ({c.unit})" if c.unit else "")

    rows = [
        (
            f"`{c.name}`" + (" \\*" if c.required else ""),
            content(c),
            f"**{c.label.id}.** {c.meaning.id} · **{c.label.en}.** {c.meaning.en}",
            VISIBILITY[c.visibility],
        )
        for c in declared
    ]
    # Stars are ours; the cells escape nothing else.
    header = ["kolom · column", "isi · content", "arti · meaning", "terlihat oleh · seen by"]
    lines = [*grid(header, rows)[:-1], "", "\\* wajib · required", ""]
    for c in declared:
        if c.choices:
            labels = [(f"`{code}`", *choice_label(table, c.name, code)) for code in c.choices]
            said = "; ".join(f"{code} {label_id} · {en}" for code, label_id, en in labels)
            lines += [f"- `{c.name}`: {said}"]
    return [*lines, ""] if lines[-1] else lines


# -- measures ----------------------------------------------------------------------------

IF_NONE = {
    "zero": "0, bila dinyatakan memang tidak ada · 0 where absence is confirmed",
    "zero_if_due": "0, bila rapat sudah waktunya · 0 where meetings are due",
    "zero_if_open": "0, bila saluran terbuka · 0 where a channel is open",
    "regularity": "0, bila rapat tercatat · 0 wherever meetings are on record",
    "too_few": "belum ada bukti · no evidence",
    "not_applicable": "tidak berlaku · not applicable",
}
INTERVAL = {
    "design": "t, rancangan survei · t, survey design",
    "cluster": "Wilson, klaster · Wilson, clusters",
    "wilson": "Wilson",
    "finite": "Wilson, populasi terhingga · Wilson, finite population",
    "none": "tanpa (semua dihitung) · none (all counted)",
}


def evidence() -> str:
    """What counts as evidence of what: measures.csv for readers."""
    terms = COMPONENTS | FUNCTIONS | NORMATIVE_FUNCTIONS | CONDITIONING_INFLUENCES | OUTCOMES
    lines = [
        NOTE,
        "",
        "# Ukuran · Measures",
        "",
        "Apa yang menjadi bukti tentang apa (`src/satuhati/schema/measures.csv`). Bukti dari satu "
        "catatan adalah satu suara; titik 0 dan 100 dapat diubah kelompok di `measure_settings`. "
        "· What counts as evidence of what. Evidence from one record is one voice; a group may "
        "move the anchors in `measure_settings`.",
        "",
        "Ukuran bertanda † hanya ditampilkan, tidak ikut menentukan putusan. · Measures marked † "
        "are shown only and take no part in verdicts. Populasi dalam kurung tidak ditagih bila "
        "tidak ada. · Populations in brackets are not missed when absent.",
        "",
    ]
    component = None
    rows: list[tuple[str, ...]] = []
    header = ["ukuran · measure", "tingkat, populasi · level, population", "cara, catatan · "
              "method, record", "0 → 100", "n", "kisaran · interval",
              "bila kosong · if nothing", "cara menghitung · how"]  # fmt: skip
    for m in measures().values():
        if m.component != component:
            if rows:
                lines += grid(header, rows)
                rows = []
            component = m.component
            label = terms[component].label
            lines += [f"## {label.id} · {label.en}", ""]
        anchors = (
            "arah · direction"
            if m.kind == "fieldnotes"
            else "–"
            if m.anchor_low is None or m.anchor_high is None
            else f"{m.anchor_low:g} → {m.anchor_high:g} {m.unit}"
        )
        people = ", ".join(p if p in m.expected else f"({p})" for p in m.populations)
        rows.append(
            (
                f"`{m.code}`{'' if m.scored else ' †'} {m.label.id} · {m.label.en}",
                f"{m.level}; {people}",
                f"{m.method}; {m.record}",
                anchors,
                f"≥ {m.min_n} {COUNTS[m.counts].id}",
                INTERVAL[m.interval],
                IF_NONE[m.if_none],
                f"{m.how.id} · {m.how.en} ({m.source})",
            )
        )
    lines += grid(header, rows)
    return "\n".join(lines).rstrip("\n") + "\n"


# -- roles -------------------------------------------------------------------------------


def roles() -> str:
    """Which role may do what, and which page asks for which right."""
    lines = [
        NOTE,
        "",
        "# Peran dan halaman · Roles and pages",
        "",
        "Hak menurut peran (`src/satuhati/web/tenancy/rules.py`), lalu halaman menurut hak. Siapa "
        "yang bukan anggota suatu komunitas mendapat 404. · Rights by role, then pages by right. "
        "Whoever is no member of a community gets a 404.",
        "",
    ]
    names = [f"{label.id} · {label.en}" for label in ROLES.values()]
    lines += grid(
        ["hak · right", *names],
        (
            (f"{label.id} · {label.en} (`{right}`)", *("✓" if r in held else "" for r in ROLES))
            for right, (label, held) in RIGHTS.items()
        ),
    )
    by_right: dict[str, list[str]] = {right: [] for right in RIGHTS}
    for route, right in routes():
        by_right[right].append(f"`/{route}`")
    lines += grid(
        ["hak · right", "halaman · pages"],
        ((f"`{right}`", " · ".join(found) or "–") for right, found in by_right.items()),
    )
    return "\n".join(lines).rstrip("\n") + "\n"


def routes() -> list[tuple[str, str]]:
    """Every address with the right that its page declares."""
    import os
    import tempfile

    import django

    os.environ.setdefault("SATUHATI_DATA", tempfile.mkdtemp(prefix="satuhati-docs-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satuhati.web.settings")
    django.setup()
    from django.urls import URLPattern, get_resolver

    def walk(patterns: Any, before: str) -> Iterable[tuple[str, str]]:
        for pattern in patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                # Pages of the sign-in library look after themselves and are open to anyone.
                yield here, getattr(pattern.callback, "right", "public")
            else:
                yield from walk(pattern.url_patterns, here)

    return list(walk(get_resolver().url_patterns, ""))


# -- commands ----------------------------------------------------------------------------


def commands() -> str:
    lines = [
        NOTE,
        "",
        "# Commands",
        "",
        "Every command takes `--help`, `--json` (exactly one JSON object on standard output, with "
        "a list `warnings`) and `--lang id|en` (or `SATUHATI_LANG`). Bad input ends with exit "
        "code 2 and a report on standard error; nothing is written. A missing extra ends with 3.",
        "",
    ]
    lines += command("satuhati", typer.main.get_command(app), 2)
    return "\n".join(lines).rstrip("\n") + "\n"


def command(name: str, found: Any, level: int) -> list[str]:
    inner = getattr(found, "commands", None)
    if inner is not None:
        lines = [] if level == 2 else [f"## {name}", "", *help_of(found)]
        for child in inner:
            lines += command(f"{name} {child}", inner[child], 3)
        return lines
    arguments = [p for p in found.params if p.param_type_name == "argument"]
    options = [p for p in found.params if p.param_type_name == "option"]
    usage = " ".join([name, *(shown(p) for p in arguments), *(["[OPTIONS]"] if options else [])])
    lines = [f"### {name}", "", f"`{usage}`", "", *help_of(found)]
    rows = [(f"`{shown(p)}`", getattr(p, "help", "") or "") for p in arguments]
    rows += [(", ".join(f"`{o}`" for o in names(p)), described(p)) for p in options]
    return lines + grid(["argument or option", "meaning"], rows)


def names(parameter: Any) -> list[str]:
    return [*parameter.opts, *parameter.secondary_opts]


def shown(parameter: Any) -> str:
    word = parameter.name.upper() + ("…" if parameter.nargs == -1 else "")
    return word if parameter.required else f"[{word}]"


def described(parameter: Any) -> str:
    said = parameter.help or ""
    default = parameter.default
    if parameter.multiple:
        said += " Repeatable."
    elif isinstance(default, str | int | float) and not isinstance(default, bool):
        said += f" Default: {default}."
    return said + (" Required." if parameter.required else "")


def help_of(found: Any) -> list[str]:
    text = inspect.cleandoc(found.help or "").replace("\b\n", "")
    return [text, ""] if text else []


# -- settings ----------------------------------------------------------------------------


def variables() -> str:
    lines = [
        NOTE,
        "",
        "# Pengaturan · Settings",
        "",
        "Server diatur lewat variabel lingkungan. Isi yang keliru menghentikan `satuhati serve` "
        "dengan kalimat yang menyebut variabelnya; tidak ada yang ditebak. Ya dan tidak ditulis 1 "
        "dan 0. · The server is set up by environment variables. A wrong value stops `satuhati "
        "serve` with a sentence that names it; nothing is guessed. Yes and no are 1 and 0.",
        "",
    ]
    header = [
        "variabel · variable",
        "arti · meaning",
        "bila kosong · without it",
        "contoh · example",
    ]
    for group, label in GROUPS.items():
        lines += [f"## {label.id} · {label.en}", ""]
        lines += grid(
            header,
            (
                (
                    f"`{v.name}`",
                    f"{v.meaning.id} · {v.meaning.en}",
                    v.without.id
                    if v.without.id == v.without.en
                    else f"{v.without.id} · {v.without.en}",
                    f"`{v.example}`" if v.example else "",
                )
                for v in VARIABLES
                if v.group == group
            ),
        )
    return "\n".join(lines).rstrip("\n") + "\n"


# -- problems ----------------------------------------------------------------------------


def problems() -> str:
    lines = [
        NOTE,
        "",
        "# Masalah dan keraguan · Problems and doubts",
        "",
        "Kode tetap; isian di dalam kurung kurawal berganti. · Codes are stable; what stands in "
        "braces varies.",
        "",
        "## Masalah pada masukan (kode keluar 2) · Problems with the input (exit code 2)",
        "",
    ]
    lines += grid(
        ["kode · code", "apa · what", "tindakan · what to do"],
        (
            (f"`{code}`", f"{w.what.id} · {w.what.en}", f"{w.remedy.id} · {w.remedy.en}")
            for code, w in PROBLEMS.items()
        ),
    )
    lines += ["## Keraguan di samping angka · Doubts beside a figure", ""]
    rows = ((f"`{code}`", text.id, text.en) for code, text in DOUBTS.items())
    lines += grid(["kode · code", "Indonesia", "English"], rows)
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
