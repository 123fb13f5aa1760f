"""Phones are answered before sessions, sign-in and pages come into it.

None of these has a say below ``/odk/``, and together they cost more than taking a submission does.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from satuhati.text import translator

HERE = "/odk/"
PAGES_AT_ONCE = 4
"""Phones mostly wait for the disk, together, and are many; pages compute. Of pages no more run at
once than a small machine can do, and no more of them wait for SQLite's one writer."""
log = logging.getLogger("satuhati.devices")


class Devices:
    """Answers what is asked for below ``/odk/``, mistakes of ours included, as OpenRosa has it."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond
        self.pages = threading.BoundedSemaphore(PAGES_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(HERE):
            with self.pages:
                return self.respond(request)
        from satuhati.web.openrosa.devices import said  # models are there by now

        t = translator("id")
        try:
            match = request.resolver_match = resolve(request.path_info)
        except Resolver404:
            return said(404, t("There is nothing at this address."), "error")
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except SuspiciousOperation:  # a host that is not ours
            response = said(400, t("There is nothing at this address."), "error")
        except Exception:
            log.exception("device")
            response = said(500, t("Something went wrong here. Please send it again later."),
                            "error")  # fmt: skip
        return response
