"""Papers made by the worker and kept until they are fetched: PDF and DOCX of letters and minutes.

A paper's file is named after what is in it, so a file that is there is right; one that is not is
asked for once and made in the background. All of them can be made again: no backup holds them.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.tenancy.models import Community

FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
KEEP_DAYS = 14
PATIENCE, LOOK = 60.0, 0.1
"""Seconds until a paper is asked for again, and between two looks for it."""
AT_ONCE = 3.0
"""Seconds a request waits for a paper before it shows a page that waits."""


def place_of(community: Community, content: Any, form: str) -> Path:
    """Where the file of a paper lies. ``content``: what JSON can hold and what the paper says."""
    text = json.dumps([form, content], sort_keys=True, ensure_ascii=False, default=str)
    name = hashlib.sha256(text.encode()).hexdigest()[:40]
    return Path(settings.DATA) / "papers" / str(community.pk) / f"{name}.{form}"


def keep(place: Path, content: bytes) -> None:
    """A file whole or not at all, for its owner alone."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = place.with_suffix(".part")
    temporary.write_bytes(content)
    temporary.chmod(0o600)
    temporary.rename(place)


def given(
    request: HttpRequest, place: Path, name: str, ask: Callable[[], object], back: str
) -> HttpResponse:
    """The file as a download; while it is being made, a page that waits for it.

    ``ask`` asks the worker for it; of many who want the same paper the first does. ``back`` is
    where the person came from: the page that waits stays when the download has begun.
    """
    if not place.is_file():
        if cache.add(f"paper-{place.parent.name}-{place.name}", 1, PATIENCE):
            ask()
        end = time.monotonic() + AT_ONCE
        while not place.is_file() and time.monotonic() < end:
            time.sleep(LOOK)
    if place.is_file():
        return FileResponse(
            place.open("rb"),
            as_attachment=True,
            filename=name,
            content_type=FORMS[place.suffix[1:]],
        )
    answer = render(request, "paper_wait.html", {"name": name, "back": back}, status=202)
    answer.headers["Refresh"] = "2"  # looks again by itself, also without a script
    return answer


def prune() -> int:
    """Remove files nobody has asked for lately; how many. They are made again when wanted."""
    before = time.time() - KEEP_DAYS * 86400
    old = [p for p in (Path(settings.DATA) / "papers").glob("*/*") if p.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
