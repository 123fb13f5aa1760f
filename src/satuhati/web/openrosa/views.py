"""*ODK Collect*: who collects with it, their QR codes, and what came."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from markupsafe import Markup

from satuhati.text import translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.openrosa.actions import make_token, show_token, withdraw_token
from satuhati.web.openrosa.attached import get_files_for, zip_of
from satuhati.web.openrosa.models import CollectToken
from satuhati.web.openrosa.queries import get_collected_for, get_collectors_for
from satuhati.web.openrosa.tokens import base_address, settings_code
from satuhati.web.tenancy.models import Membership
from satuhati.web.tenancy.pages import page


@never_cache
@page("surveys.collect", methods=("GET",))
def collecting(request: HttpRequest) -> HttpResponse:
    """Who may collect with a phone, and what came of each open round."""
    context = {
        "collectors": get_collectors_for(request.who),
        "keeper": request.who.may("surveys.edit"),
        "rounds": get_collected_for(request.who),
    }
    return render(request, "openrosa/collecting.html", context)


@page("surveys.edit", methods=("POST",))
def make(request: HttpRequest) -> HttpResponse:
    """A code for somebody's phone."""
    key = request.POST.get("membership", "")
    found = [c for c in get_collectors_for(request.who) if str(c.membership.pk) == key]
    if not found:
        raise Http404
    membership: Membership = found[0].membership
    token = make_token(by=request.who, membership=membership)
    return redirect("collect_code", request.who.community.code, token.pk)


def _token(key: str) -> CollectToken:
    if not (key.isascii() and key.isdecimal() and len(key) < 12):
        raise Http404
    found: CollectToken | None = (
        CollectToken.objects.filter(pk=int(key), withdrawn_at__isnull=True)
        .select_related("membership__user")
        .first()
    )
    if found is None:
        raise Http404
    return found


@never_cache
@page("surveys.collect", methods=("GET",))
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The QR code that sets a phone up."""
    row = _token(token)
    address = base_address(request, show_token(by=request.who, token=row))
    content = settings_code(address, request.who.community.name, request.lang)
    # Shown on a screen, nothing of it gets dirty: little repetition, larger squares.
    picture = segno.make(content, error="l", micro=False).svg_inline(
        dark="#141b33", border=4, omitsize=True
    )
    context = {
        "name": row.membership.user.name, "token": row, "address": address,
        "qr": Markup(picture),  # noqa: S704  made by the library from our own settings
        "secure": address.startswith("https://"), "keeper": request.who.may("surveys.edit"),
    }  # fmt: skip
    return render(request, "openrosa/code.html", context)


@page("surveys.edit", methods=("POST",))
def withdraw(request: HttpRequest) -> HttpResponse:
    """The phone gets and sends nothing any more."""
    withdraw_token(by=request.who, token=_token(request.POST.get("token", "")))
    t = translator(request.lang)
    messages.success(request, t("The code is ended. That phone can send nothing any more."))
    return redirect("collecting", request.who.community.code)


@page("surveys.edit", methods=("GET",))
def round_files(request: HttpRequest, survey: str) -> HttpResponse:
    """Photos and other files that came with the forms of a round, in one."""
    who = request.who
    files = get_files_for(who, survey)
    if not files:
        raise Http404
    record(who, "collect.download", Outcome(None, "rounds", survey, {"files": len(files)}))
    answer = FileResponse(zip_of(files), as_attachment=True, filename=f"berkas-{survey}.zip",
                          content_type="application/zip")  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
