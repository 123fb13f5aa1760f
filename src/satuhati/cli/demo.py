"""``satuhati demo``: the packaged example, as a web app to look around in or as a report.

Core, formats and Django are imported inside the command: ``--help`` must not wait for them.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, words
from satuhati.cli.serve import PORT, Data, Port, need_port, need_web, prepared, use_data
from satuhati.errors import InputError, Problem
from satuhati.text import Language, Translator

FOLDER = Path("satuhati-demo")
ROLE_NOTES = {
    "secretary": ("sekretaris: mengurus semuanya", "secretary: looks after everything"),
    "member": ("anggota: melihat dan menjawab", "member: looks and answers"),
    "field_officer": ("petugas lapangan: dua komunitas", "field officer: two communities"),
    "overseer": ("pengawas: hanya ringkasan", "overseer: aggregates only"),
    "researcher": ("peneliti: tersamar", "researcher: pseudonymised"),
    "administrator": ("administrator", "administrator"),
}


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


@guarded
def demo(
    port: Port = PORT,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Start, fetch the home page, stop; keep nothing.")
    ] = False,
    data: Data = None,
    reset: Annotated[
        bool, typer.Option("--reset", help="Begin anew: forget what was changed in the demo.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Only write the example's report into this folder."),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """The web app with the synthetic example community, its dates moved up to today.

    Example: satuhati demo --port 8000
    """
    t = words(lang)
    if report is not None:
        write_report(report, t, as_json=as_json)
        return
    need_web(t)
    os.environ.pop("DATABASE_URL", None)  # invented people do not go among real ones
    if check:
        raise typer.Exit(look_and_stop(t, as_json=as_json))
    folder = data or (
        Path(os.environ["SATUHATI_DATA"]) if "SATUHATI_DATA" in os.environ else FOLDER
    )
    if reset:
        forget(folder)
    use_data(folder)
    need_port("127.0.0.1", port)
    prepared()
    from satuhati.web.demo import PIN, seed
    from satuhati.web.server import supervise

    print(t("Preparing the example …"), file=sys.stderr, flush=True)
    accounts = seed(date.today())  # noqa: DTZ011  the reader's own day
    address = f"http://localhost:{port}"

    def ready() -> None:
        print(t("Satu Hati is at {address}/  (stop: Ctrl+C)", address=address))
        print(t("All people and figures of the example are invented."))
        print(t("Come in as … (PIN {pin}):", pin=PIN))
        for one in accounts:
            note = ROLE_NOTES[one.role][0 if t.lang == "id" else 1]
            print(f"  {note:42} {address}{one.path}")
        public = f"{address}/p/kelapa-dua-wetan/"
        print(t("Residents' page, without an account: {address}", address=public), flush=True)
        if not no_browser and sys.stdout.isatty():
            import webbrowser  # only when there is somebody to look

            webbrowser.open(address)

    raise typer.Exit(supervise("127.0.0.1", port, ready))


def forget(folder: Path) -> None:
    """Remove a demo's data folder, and nothing that is not one."""
    if not folder.exists():
        return
    if not (folder / "demo.json").is_file():
        why = "demo.json?"
        raise InputError(
            Problem(
                "option_invalid", fields={"option": "--reset", "value": folder.name, "why": why}
            )
        )
    shutil.rmtree(folder)


def look_and_stop(t: Translator, *, as_json: bool) -> int:
    """Start the demo in a folder that vanishes, sign in, fetch Home, stop. 0 if all went well."""
    import http.cookiejar
    import time
    import urllib.parse
    import urllib.request

    with tempfile.TemporaryDirectory(prefix="satuhati-demo-") as place:
        use_data(Path(place))
        start = time.monotonic()
        prepared()
        from satuhati.web.demo import KDW, PIN, seed
        from satuhati.web.server import free_port, running, wait_for

        accounts = seed(date.today())  # noqa: DTZ011  the reader's own day
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with running("127.0.0.1", port) as (web, _):
            answers = wait_for(f"{address}/sehat/", web)
            seconds = time.monotonic() - start
            fine = False
            if answers:
                jar = http.cookiejar.CookieJar()
                browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
                browser.open(address + accounts[0].path).read()
                token = next((c.value for c in jar if c.name == "csrftoken"), "") or ""
                form = urllib.parse.urlencode({"pin": PIN, "csrfmiddlewaretoken": token})
                asked = urllib.request.Request(  # noqa: S310  our own server
                    f"{address}/masuk/pin/", form.encode(), {"Referer": address}
                )
                page = browser.open(asked)
                text = page.read().decode()
                fine = page.status == 200 and f"/k/{KDW}/" in page.url and "Tiga lampu" in text
    if as_json:
        print_json({"ok": fine, "seconds": round(seconds, 2), "warnings": []}, t.lang)
    elif fine:
        print(t("The demo works: it answered after {seconds} s.", seconds=t.number(seconds, 1)))
    else:
        print(t("The demo does not answer as it should."), file=sys.stderr)
    return 0 if fine else 1


def write_report(out: Path, t: Translator, *, as_json: bool) -> None:
    """The example's report in every form, and its profile as JSON, into ``out``."""
    from satuhati.cli.profile import as_object, write_reports
    from satuhati.core.profile.assemble import dossier
    from satuhati.examples.generate import example_folder
    from satuhati.formats.atomic import make_folder, write_all
    from satuhati.formats.package import read_any
    from satuhati.reports.narrative import summary
    from satuhati.schema.measures import measures

    records, doubts = read_any(example_folder())
    latest = records.latest_dates()["as_of"].max()
    if isinstance(latest, date):
        today = date.today()  # noqa: DTZ011  the reader's own day; the core has no clock
        records = records.shifted((today - latest).days // 7 * 7)
    full = dossier(records, records.communities[0])
    lang: Language = t.lang
    with make_folder(out) as place:
        written = write_reports(
            full,
            lang,
            html=place / "laporan.html",
            pdf=place / "laporan.pdf",
            docx=place / "laporan.docx",
        )
        result = as_object(full.profile, doubts, lang)
        text = json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        write_all({place / "profil.json": text.encode()})
        written.append(place / "profil.json")
        if as_json:
            print_json(result, lang)
            return
        for sentence in summary(full, measures(), t):
            print(sentence)
        print()
        print(t("All people and figures of the example are invented."))
        for path in written:
            print(t("Report: {path}", path=path))
