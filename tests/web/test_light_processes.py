"""Web processes stay light: they answer every page's module without what only the worker needs."""

from __future__ import annotations

import os
import subprocess
import sys

HEAVY = ("polars", "scipy", "numpy", "igraph", "typer", "weasyprint", "docx", "openpyxl")


def test_the_application_loads_neither_polars_nor_scipy(tmp_path: object) -> None:
    code = (
        "import sys; from satuhati.web.wsgi import application;"
        "from django.urls import get_resolver;"
        "walk = lambda ps: [walk(p.url_patterns) if hasattr(p, 'url_patterns') else p.callback"
        " for p in ps];"
        "walk(get_resolver().url_patterns);"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "SATUHATI_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"
