"""The server as ODK Collect sees it: the OpenRosa protocol below ``/odk/<token>/``.

https://docs.getodk.org/openrosa/: form list, form, manifest, submission. The token in the path
is all a phone shows; there is no session and no cookie, so nothing can be forged across sites.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django_scopes import scope

from satuhati.errors import InputError
from satuhati.text import translator
from satuhati.web.accounts import throttle
from satuhati.web.openrosa import multipart, sorting, xml
from satuhati.web.openrosa.making import form_of
from satuhati.web.openrosa.models import CollectForm, CollectToken
from satuhati.web.openrosa.plan import Checked, Plan
from satuhati.web.openrosa.receiving import Arriving, take
from satuhati.web.openrosa.tokens import Holder, base_address, holder_of
from satuhati.web.surveys.checks import is_fast
from satuhati.web.surveys.models import Item, Round
from satuhati.web.surveys.queries import get_round_for, get_unfinished_for
from satuhati.web.tenancy.clock import now_in

log = logging.getLogger("satuhati.devices")
WINDOW, GUESSES = 600, 60
"""Wrong tokens from one place in ten minutes. Phones with a withdrawn one ask every quarter."""
XML = "text/xml; charset=utf-8"
INSTANCE_LONGEST = 255
REMEMBERED = 5.0


def most_bytes() -> int:
    """Of one request. A phone sends what does not fit in several."""
    return int(settings.MAX_UPLOAD_MB) * 1_000_000


def answer(status: int, body: str = "", content_type: str = XML) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type=content_type)
    response.headers["X-OpenRosa-Version"] = "1.0"
    response.headers["Date"] = http_date()
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def said(status: int, message: str, nature: str = "") -> HttpResponse:
    """An OpenRosa answer: Collect shows its message to whoever holds the phone."""
    kind = f" nature={quoteattr(nature)}" if nature else ""
    return answer(
        status,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f"<message{kind}>{escape(message)}</message></OpenRosaResponse>",
    )


def device(*methods: str) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Declare a view below ``odk/<token>/``: it is called with the token's holder."""

    def declare(view: Callable[..., HttpResponse]) -> Any:
        def opened(request: HttpRequest, token: str, **given: Any) -> HttpResponse:
            if request.method not in methods:
                response = said(405, translator("id")("This address does not do that."), "error")
                response.headers["Allow"] = ", ".join(methods)
                return response
            holder = holder_of(token)
            if holder is None:
                place = throttle.address_of(request)
                t = translator("id")
                if throttle.count("collect", place, seconds=WINDOW) > GUESSES:
                    response = said(429, t("Too many tries. Please wait a while."), "error")
                    response.headers["Retry-After"] = str(WINDOW)
                    return response
                return said(404, t("This phone may not send here any more. Please ask for a new "
                                   "QR code."), "error")  # fmt: skip
            request.lang, request.who = holder.lang, holder.who
            return view(request, holder, token, **given)

        made = csrf_exempt(opened)
        made.right = "public"  # of whoever holds a token; there is no one signed in
        return made

    return declare


# -- forms ---------------------------------------------------------------------------------------


@device("GET", "HEAD")
def form_list(request: HttpRequest, holder: Holder, token: str) -> HttpResponse:
    """The forms of the open rounds of the holder's community."""
    base = base_address(request, token)
    rows = []
    with scope(community=holder.community):
        for seen in get_unfinished_for(holder.who):
            if not seen.is_open:
                continue
            try:
                form = form_of(holder.who, seen)
            except InputError as error:  # one form that cannot be made keeps no other back
                log.error("form not made", extra={"code": error.problems[0].code})
                continue
            there = f"{base}/form/{seen.round.public_id}/{form.version}/"
            rows.append(
                f"<xform><formID>{escape(form.form_id)}</formID><name>{escape(form.title)}</name>"
                f"<version>{form.version}</version><hash>md5:{form.md5}</hash>"
                f"<downloadUrl>{escape(there)}form.xml</downloadUrl>"
                f"<manifestUrl>{escape(there)}manifest.xml</manifestUrl></xform>"
            )
        day = now_in(holder.community).date()
        CollectToken.objects.filter(pk=holder.token).exclude(used_on=day).update(used_on=day)
    return answer(
        200,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xforms xmlns="http://openrosa.org/xforms/xformsList">' + "".join(rows) + "</xforms>",
    )


def _stored(holder: Holder, survey: str, version: str) -> CollectForm | None:
    with scope(community=holder.community):
        found: CollectForm | None = CollectForm.objects.filter(
            round=survey, version=version
        ).first()
    return found


@device("GET", "HEAD")
def form_xml(
    request: HttpRequest, holder: Holder, token: str, survey: str, version: str
) -> HttpResponse:
    """The form itself."""
    found = _stored(holder, survey, version)
    if found is None:
        return said(404, translator(holder.lang)("This form is not here any more."), "error")
    return answer(200, found.xml)


@device("GET", "HEAD")
def manifest(
    request: HttpRequest, holder: Holder, token: str, survey: str, version: str
) -> HttpResponse:
    """The files a form needs beside it: ours need none."""
    if _stored(holder, survey, version) is None:
        return said(404, translator(holder.lang)("This form is not here any more."), "error")
    return answer(
        200,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest xmlns="http://openrosa.org/xforms/xformsManifest"></manifest>',
    )


# -- submissions ---------------------------------------------------------------------------------


class _Ready:
    """A form ready to check answers; remembered for seconds, its parsed rules for as long."""

    def __init__(self, form: CollectForm, round: Round) -> None:
        self.form = form
        self.ends, self.anonymous, self.round = round.end, bool(round.anonymous), round
        items = Item.objects.filter(instrument=round.instrument_id)
        self.plan = Plan(form.plan, list(items))
        self.at = time.monotonic()


_ready: dict[tuple[int, str, str], _Ready] = {}


def _ready_form(holder: Holder, form_id: str, version: str) -> _Ready | None:
    key = (holder.community.pk, form_id, version)
    there = _ready.get(key)
    if there is not None and time.monotonic() - there.at < REMEMBERED:
        return there
    with scope(community=holder.community):
        form = CollectForm.objects.filter(form_id=form_id, version=version).first()
        seen = get_round_for(holder.who, form.round) if form is not None else None
        if form is None or seen is None:
            _ready.pop(key, None)
            return None
        made = _Ready(form, seen.round)
    if len(_ready) > 200:
        _ready.clear()
    _ready[key] = made
    return made


@device("HEAD", "POST")
def submission(request: HttpRequest, holder: Holder, token: str) -> HttpResponse:
    """``HEAD``: where to send and how much at once. ``POST``: a filled form, and files with it."""
    if request.method == "HEAD":
        response = answer(204)
        del response.headers["Content-Type"], response.headers["Content-Length"]
        response.headers["Location"] = base_address(request, token) + "/submission"
        response.headers["X-OpenRosa-Accept-Content-Length"] = str(most_bytes())
        return response
    response = _posted(request, holder)
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(most_bytes())
    return response


def _posted(request: HttpRequest, holder: Holder) -> HttpResponse:
    t = translator(holder.lang)
    announced = _announced(request)
    try:
        boundary = multipart.boundary_of(request.META.get("CONTENT_TYPE", ""))
        with multipart.received(request.META["wsgi.input"], announced, most_bytes()) as body:
            content, files = multipart.parts_of(body, boundary)
            return _read(holder, content, files)
    except multipart.TooLargeError:
        return said(413, t("This is too large to be sent at once: at most {limit} MB.",
                           limit=settings.MAX_UPLOAD_MB), "error")  # fmt: skip
    except multipart.CutShortError:
        return said(400, t("The connection was cut before everything had arrived. Please send it "
                           "again."), "error")  # fmt: skip
    except multipart.NoSubmissionError:
        return said(400, t("There is no filled form in what was sent."), "error")


def _announced(request: HttpRequest) -> int | None:
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _read(holder: Holder, content: bytes, files: list[multipart.Part]) -> HttpResponse:
    t = translator(holder.lang)
    try:
        document = xml.read(content)
    except xml.BadXmlError:
        return said(400, t("What was sent cannot be read as a filled form."), "error")
    if not document.instance or len(document.instance) > INSTANCE_LONGEST:
        return said(400, t("The filled form has no id of its own (instanceID)."), "error")
    if len(document.deprecated) > INSTANCE_LONGEST:
        return said(400, t("What this corrects is not here."), "error")
    ready = _ready_form(holder, document.form_id, document.version)
    if ready is None:
        return said(404, t("This form, or this version of it, is not here any more. Please fetch "
                           "the forms anew."), "error")  # fmt: skip
    checked = ready.plan.check(document, t, timezone.now())
    if checked.errors:
        return said(400, " ".join(checked.errors[:5]), "error")
    arriving = Arriving(
        holder=holder, form=ready.form, ends=ready.ends, anonymous=ready.anonymous,
        instance=document.instance, deprecated=document.deprecated,
        digest=hashlib.sha256(content).hexdigest(), values=_kept(checked, document, ready),
        files=files,
    )  # fmt: skip
    return _told(take(arriving, sorting.ask_soon), t, len(files))


def _kept(checked: Checked, document: xml.Document, ready: _Ready) -> dict[str, Any]:
    """What is stored. Of an anonymous round the answers, and of a draw which household's form it
    is, until it is an answer; nothing the phone adds by itself."""
    values: dict[str, Any] = {
        "values": checked.values, "about": checked.about,
        "fast": is_fast(checked.values, checked.seconds),
    }  # fmt: skip
    if checked.person:
        values["person"] = checked.person
    if ready.anonymous:
        return values
    if checked.clock:
        values["clock"] = True
    values["whole"] = document.tree
    return values


def _told(outcome: str, t: Any, files: int) -> HttpResponse:
    if outcome in ("new", "files"):
        return said(201, t("Received. Thank you."), "submit_success")
    if outcome == "again":
        return said(202, t("This was received before. Thank you."), "submit_success")
    status, message = {
        "other": (409, t("A form with this id was received before, with other content.")),
        "closed": (404, t("The round is closed: no more answers are taken.")),
        "withdrawn": (404, t("This phone may not send here any more. Please ask for a new QR "
                             "code.")),
        "unknown": (404, t("What this corrects is not here.")),
        "replaced": (409, t("What this corrects was corrected before, by another form.")),
        "person": (400, t("A correction cannot change whose form it is.")),
    }[outcome]  # fmt: skip
    return said(status, message, "error")
