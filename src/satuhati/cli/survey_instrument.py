"""``satuhati survey instrument``: questionnaires as XLSForm, our own and other people's.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
)
from satuhati.errors import InputError, Problem

if TYPE_CHECKING:
    from satuhati.formats.xlsform.model import Form
    from satuhati.text import Text, Translator

FormFile = Annotated[Path, typer.Argument(metavar="FILE", help="The XLSForm (.xlsx).")]
Population = Annotated[
    str | None,
    typer.Option("--population", help="Who is asked: pokja, warga, mitra or all."),
]


def register(survey: typer.Typer) -> None:
    instrument = typer.Typer(
        no_args_is_help=True, help="Questionnaires (XLSForm): list, show, check, write, import."
    )
    instrument.command("list")(list_command)
    instrument.command("show")(show_command)
    instrument.command("check")(check_command)
    instrument.command("write")(write_command)
    instrument.command("import")(import_command)
    survey.add_typer(instrument, name="instrument")


@guarded
def list_command(json: Json = False, lang: Lang = None) -> None:
    """Our own questionnaires, and published ones whose scoring key is here.

    Example: satuhati survey instrument list
    """
    from satuhati.formats.xlsform.items import items_of
    from satuhati.formats.xlsform.ours import FORMS, our_form
    from satuhati.schema.choices import choice_label
    from satuhati.schema.itembank import LICENCE
    from satuhati.schema.scoring_keys import scoring_keys

    t = words(lang)
    own: list[dict[str, Any]] = [
        {"name": p.code, "title": p.title(t.lang), "population": p.population,
         "items": len(items_of(our_form(p.code))), "wording": True, "citation": LICENCE}
        for p in FORMS.values()
    ]  # fmt: skip
    keys: list[dict[str, Any]] = [
        {"name": k.code, "title": k.title, "population": None, "items": len(k.items),
         "wording": False, "citation": k.citation}
        for k in scoring_keys().values()
    ]  # fmt: skip
    if json:
        print_json({"instruments": own + keys, "warnings": []}, t.lang)
        return
    print_table(
        t("Questionnaires"),
        [t("Name"), t("Title"), t("Asked of"), t("Items"), t("Source")],
        [
            (
                i["name"],
                i["title"],
                choice_label("instruments", "population", i["population"])(t.lang)
                if i["population"]
                else "–",
                t.number(i["items"]) if i["items"] else "–",
                i["citation"],
            )
            for i in own + keys
        ],
        right=[3],
    )
    print(t("The last {n} are scoring keys only; their wording belongs to their authors.",
            n=len(keys)))  # fmt: skip


@guarded
def show_command(
    name: Annotated[str, typer.Argument(help="A name from the list, or an XLSForm (.xlsx).")],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """A questionnaire's documentation: scales, items, source, and what to do before using it.

    Example: satuhati survey instrument show standard
    """
    from satuhati.formats.xlsform.ours import FORMS, our_form
    from satuhati.schema.scoring_keys import scoring_keys

    t = words(lang)
    keys = scoring_keys()
    if name in keys:
        _show_key(name, json, t)
        return
    doubts: Any = ()
    if name in FORMS:
        form = our_form(name)
    elif Path(name).suffix.lower() == ".xlsx":
        from satuhati.formats.xlsform.read import read_form

        form, doubts = read_form(Path(name))
    else:
        fields: dict[str, object] = {"name": name, "known": ", ".join([*FORMS, *keys])}
        raise InputError(Problem("form_unknown", fields=fields))
    if json:
        found = {**_summary(form), "items": _items(form), "citation": form.citation}
        print_json({**found, "pretest": _pretest(t), "warnings": list(doubts)}, t.lang)
        return
    print_table(
        f"{form.title} ({form.id}, {form.version or '1'})",
        [t("Item"), t("Type"), t("Scale"), t("Range"), t("Reversed"), t("Wording")],
        [
            (
                i["name"],
                i["type"],
                i["scale"] or "–",
                _range(i["low"], i["high"], t),
                t("yes") if i["reversed"] else "",
                i[f"text_{t.lang}"] or i["text_id"] or "",
            )
            for i in _items(form)
        ],
    )
    if form.citation:
        print(t("Source: {source}", source=form.citation))
    _print_pretest(t)
    print_warnings(doubts, t)


def _show_key(name: str, json: bool, t: Translator) -> None:
    from satuhati.schema.scoring_keys import scoring_keys

    key = scoring_keys()[name]
    if json:
        scales = {
            s.code: {"items": s.items, "reversed": sorted(s.reversed), "low": s.low,
                     "high": s.high, "label": s.label(t.lang)}
            for s in key.scales
        }  # fmt: skip
        print_json(
            {"name": key.code, "title": key.title, "citation": key.citation,
             "note": key.note(t.lang), "scales": scales, "pretest": _pretest(t), "warnings": []},
            t.lang,
        )  # fmt: skip
        return
    print_table(
        key.title,
        [t("Scale"), t("Meaning"), t("Items"), t("Reversed"), t("Range")],
        [
            (s.code, s.label(t.lang), ", ".join(s.items), ", ".join(sorted(s.reversed)),
             _range(s.low, s.high, t))
            for s in key.scales
        ],
    )  # fmt: skip
    print(key.note(t.lang))
    print(t("Source: {source}", source=key.citation))
    print(t("The wording belongs to its authors and is not included."))
    _print_pretest(t)


@guarded
def check_command(file: FormFile, json: Json = False, lang: Lang = None) -> None:
    """Check a questionnaire: every problem with sheet, row and column, and what to do.

    Read by us and by pyxform, the standard reader. What our own pages do not ask or compute is
    said as a warning.

    Example: satuhati survey instrument check questions.xlsx
    """
    from satuhati.formats.xlsform.read import read_form

    t = words(lang)
    form, doubts = read_form(file)
    found = _summary(form)
    if json:
        print_json({**found, "warnings": list(doubts)}, t.lang)
        return
    print_table(
        f"{form.title} ({form.id})",
        [t("What"), t("Value")],
        [
            (t("Version"), form.version or "–"),
            (t("Languages"), ", ".join(form.languages) or "–"),
            (t("Sections"), t.number(found["sections"])),
            (t("Questions"), t.number(found["questions"])),
            (t("Items"), t.number(found["items_n"])),
            (t("Scales"), ", ".join(found["scales"]) or "–"),
        ],
    )
    print_warnings(doubts, t)
    print(t("No problems found."))


@guarded
def write_command(
    name: Annotated[str, typer.Argument(help="A name from the list: short, standard …")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The XLSForm to write (.xlsx).")],
    wording: Annotated[
        Path | None,
        typer.Option(
            "--wording",
            help="Wording of a published scale, if you may use it: CSV with name, text_id, "
            "text_en; rows answer_0, answer_1 … word the answers.",
        ),
    ] = None,
    population: Population = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it exists.")
    ] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Write a questionnaire as XLSForm, to be used as it is or changed in a spreadsheet.

    Example: satuhati survey instrument write standard questions.xlsx
    """
    from satuhati.formats.atomic import write_all
    from satuhati.formats.xlsform.keyed import keyed_form
    from satuhati.formats.xlsform.ours import FORMS, our_form
    from satuhati.formats.xlsform.write import form_workbook
    from satuhati.schema.scoring_keys import scoring_keys

    t = words(lang)
    keys = scoring_keys()
    parent_exists(out, "OUT")
    if out.suffix.lower() != ".xlsx":
        raise InputError(
            Problem("unsupported_extension", out.name,
                    fields={"extension": out.suffix, "known": ".xlsx"})
        )  # fmt: skip
    if name in FORMS:
        form = our_form(name)
    elif name in keys:
        form = keyed_form(keys[name], _wording(wording), _population(population or "warga"))
    else:
        fields: dict[str, object] = {"name": name, "known": ", ".join([*FORMS, *keys])}
        raise InputError(Problem("form_unknown", fields=fields))
    if out.exists() and not overwrite:
        raise InputError(Problem("file_exists", out.name))
    write_all({out: form_workbook(form)})
    if json:
        print_json({"form": str(out), **_summary(form), "warnings": []}, t.lang)
        return
    print(t("Written: {file}", file=out))


@guarded
def import_command(
    file: FormFile,
    folder: Annotated[Path, typer.Argument(help="The package folder.")],
    population: Population = None,
    community: Annotated[
        str | None, typer.Option("--community", help="Which of several communities.")
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Take a questionnaire into a folder: its rows in instruments and items, its form in forms/.

    A new version stands beside the old one, which keeps its answers. Prints what to do before the
    questionnaire is used.

    Example: satuhati survey instrument import questions.xlsx records/ --population warga
    """
    from satuhati.formats.csvtext import read_bytes
    from satuhati.formats.instruments import import_form
    from satuhati.formats.packageforms import MAX_FORM_MB
    from satuhati.formats.xlsform.read import read_form

    t = words(lang)
    if population is not None:
        _population(population)
    form, doubts = read_form(file)
    taken, more = import_form(
        form, folder, population=population, community=community, place=file.name,
        workbook=read_bytes(file, max_mb=MAX_FORM_MB),
    )  # fmt: skip
    warnings = [*doubts, *more]
    if json:
        print_json(
            {
                "folder": str(folder),
                "instrument": taken.instrument,
                "items": [i["name"] for i in taken.items],
                "answer_columns": list(taken.keys),
                "written": taken.written,
                "pretest": _pretest(t),
                "warnings": warnings,
            },
            t.lang,
        )
        return
    print_warnings(warnings, t)
    if taken.written:
        print(t("Questionnaire {code}, version {version}: {n} items taken into {folder}.",
                code=taken.instrument["id"], version=taken.instrument["version"],
                n=t.number(len(taken.items)), folder=folder))  # fmt: skip
    _print_pretest(t)


def _population(text: str) -> str:
    from satuhati.framework import POPULATIONS

    if text not in POPULATIONS:
        why = ", ".join(POPULATIONS)
        fields: dict[str, object] = {"option": "--population", "value": text, "why": why}
        raise InputError(Problem("option_invalid", fields=fields))
    return text


def _wording(path: Path | None) -> dict[str, Text] | None:
    from satuhati.formats.tables import read_table
    from satuhati.text import Text

    if path is None:
        return None
    table = read_table(path)
    table.require("name", "text_id")
    english = table.cells.get("text_en") or [None] * table.n_rows
    return {
        name.strip(): Text(text or "", en or text or "")
        for name, text, en in zip(table.cells["name"], table.cells["text_id"], english, strict=True)
        if name
    }


def _summary(form: Form) -> dict[str, Any]:
    questions = form.questions()
    items = _items(form)
    return {
        "id": form.id,
        "title": form.title,
        "version": form.version,
        "population": form.population,
        "languages": list(form.languages),
        "sections": len(form.sections()),
        "questions": sum(q.answered for q in questions),
        "items_n": len(items),
        "scales": {
            scale: [i["name"] for i in items if i["scale"] == scale]
            for scale in dict.fromkeys(i["scale"] for i in items if i["scale"])
        },
    }


def _items(form: Form) -> list[dict[str, Any]]:
    from satuhati.formats.xlsform.items import items_of

    return items_of(form)


def _range(low: float | None, high: float | None, t: Translator) -> str:
    if low is None or high is None:
        return "–"
    return f"{low:g}–{high:g}"


def _pretest(t: Translator) -> list[dict[str, str]]:
    from satuhati.formats.xlsform.pretest import PRETEST

    return [
        {"step": s.code, "title": s.title(t.lang), "how": s.how(t.lang), "source": s.source}
        for s in PRETEST
    ]


def _print_pretest(t: Translator) -> None:
    print()
    print(t("Before this questionnaire is used for the first time:"))
    for step in _pretest(t):
        print(f"[ ] {step['title']}: {step['how']} ({step['source']})")
