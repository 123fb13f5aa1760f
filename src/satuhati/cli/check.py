"""``satuhati check``: whether the server is set up as it should be.

Django is imported inside the command: ``--help`` must not wait for it.
"""

from __future__ import annotations

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, words, working
from satuhati.cli.serve import Data, need_web, use_data


def register(app: typer.Typer) -> None:
    app.command("check")(check)


@guarded
def check(data: Data = None, json: Json = False, lang: Lang = None) -> None:
    """Look at the deployment: folder, settings, database, worker, mail, backups; change nothing.

    A line each: ok, to be noted, or failed, with what to do. The exit code is 1 if one failed.

    Example: satuhati check --data /srv/satuhati
    """
    t = words(lang)
    need_web(t)
    use_data(data)
    from satuhati.web.selfcheck import look_around

    with working(t("Looking …")):
        found = look_around(t)
    failed = sum(one.state == "fail" for one in found)
    if json:
        checks = [
            {"name": o.name, "state": o.state, "message": o.message, "remedy": o.remedy or None}
            for o in found
        ]
        print_json({"ok": not failed, "checks": checks, "warnings": []}, t.lang)
    else:
        marks = {"ok": t("ok"), "warn": t("note"), "fail": t("failed")}
        width = max(len(word) for word in marks.values())
        for one in found:
            print(f"{marks[one.state]:{width}}  {one.message}")
            if one.remedy:
                print(f"{'':{width}}  → {one.remedy}")
        if failed:
            print(t.plural("One thing failed.", "{n} things failed.", failed))
        else:
            print(t("Nothing failed."))
    raise typer.Exit(1 if failed else 0)
