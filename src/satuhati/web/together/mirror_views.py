"""Pages of *Dua cermin*: ask, predict, close, and look into both mirrors."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from satuhati.text import Language, translator
from satuhati.web.profile.queries import latest_snapshot
from satuhati.web.profile.shown import note_shown
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page
from satuhati.web.together.mirrors import (
    HEARD,
    QUESTIONS,
    AlreadyOpenError,
    Asked,
    ClosedError,
    KnownAlreadyError,
    close_round,
    count_guessers,
    current_wave,
    drop_round,
    get_asked_for,
    get_open_for,
    get_reflected_for,
    get_rounds_for,
    guess,
    guess_jointly,
    key_services,
    open_round,
)
from satuhati.web.together.models import MirrorItem, MirrorRound

MOST = 5000
START = (HEARD, "participation", "regularity")
"""What is ticked at first."""


@page("mirror.guess", methods=("GET",))
def mirrors(request: HttpRequest) -> HttpResponse:
    """The open round, and those before it."""
    rounds = get_rounds_for(request.who)
    context = {
        "rounds": [r for r in rounds if r.closed_on is not None],
        "open": next((r for r in rounds if r.closed_on is None), None),
        "may_arrange": request.who.may("mirror.arrange"),
    }
    return render(request, "together/mirrors.html", context)


@page("mirror.arrange")
def new(request: HttpRequest) -> HttpResponse:
    """Choose the figures, for which wave, and who predicts: each alone, or the group together."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    services = key_services(today)
    lang: Language = "en" if request.lang == "en" else "id"
    offered: list[tuple[str, str, str]] = [
        (HEARD, s.public_id, QUESTIONS[HEARD][1](lang).format(service=s.name)) for s in services
    ]
    offered += [(m, "", text(lang)) for m, (_, text) in QUESTIONS.items() if m != HEARD]
    wave = current_wave(who)
    chosen = [f"{m}|{s}" for m, s, _ in offered if m in START]
    errors = []
    if request.method == "POST":
        chosen = request.POST.getlist("figure")
        figures = [(m, s) for m, s, _ in offered if f"{m}|{s}" in chosen]
        if not figures:
            errors.append(t("Choose one figure or more."))
        if request.POST.get("wave") not in (str(wave), str(wave + 1)):
            errors.append(t("Choose the wave."))
        if not errors:
            try:
                made = open_round(
                    by=who, figures=figures, wave=int(request.POST["wave"]),
                    jointly=request.POST.get("jointly") == "1", on=today,
                )  # fmt: skip
            except AlreadyOpenError:
                messages.warning(request, t("Another round is open; close it first."))
                return redirect("mirrors", who.community.code)
            messages.success(request, t("The mirror is open: predict before you look."))
            return redirect("mirror", who.community.code, made.pk)
    context = {
        "offered": offered,
        "chosen": chosen,
        "wave": wave,
        "wanted": request.POST.get("wave", str(wave + 1)),
        "jointly": request.POST.get("jointly", "0"),
        "errors": errors,
        "open": get_open_for(who),
    }
    return render(request, "together/new_mirror.html", context, status=400 if errors else 200)


def _round(request: HttpRequest, pk: int) -> MirrorRound:
    found: MirrorRound = get_object_or_404(MirrorRound.objects.all(), pk=pk)
    return found


@page("mirror.guess")
def mirror(request: HttpRequest, mirror: int) -> HttpResponse:
    """Predict, while it is open; look into both mirrors, once it is closed."""
    who, t = request.who, translator(request.lang)
    found = _round(request, mirror)
    if found.closed_on is not None:
        if request.method == "POST":
            messages.warning(request, t("The round was closed meanwhile; your answers came late."))
            return redirect("mirror", who.community.code, found.pk)
        note_shown(who, latest_snapshot(who), "cermin")
        context = {
            "round": found,
            "reflected": get_reflected_for(who, found),
            "tenths": lambda value: t.number(value / 10, 0 if round(value, 6) % 10 == 0 else 1),
        }
        return render(request, "together/reflected.html", context)
    asked = get_asked_for(who, found)
    arranges = who.may("mirror.arrange")
    may = arranges if found.jointly else who.membership is not None
    errors: list[str] = []
    if request.method == "POST":
        if not may:
            raise Http404
        tenths, wrong = _sent(request.POST, asked, jointly=found.jointly)
        people = request.POST.get("people", "")
        if wrong:
            errors.append(t("Answer with a number from 0 to 10."))
        if found.jointly:
            if not (people.isascii() and people.isdigit() and 1 <= int(people[:6]) <= MOST):
                errors.append(t("How many people predicted? Write a number."))
            if request.POST.get("unseen") != "1":
                errors.append(t("Only those who have not seen the figures may predict."))
        if not errors:
            try:
                if found.jointly:
                    guess_jointly(by=who, round_=found, tenths=tenths, people=int(people))
                else:
                    guess(by=who, round_=found, tenths=tenths)
            except KnownAlreadyError:
                messages.warning(
                    request, t("You have been shown one of these figures meanwhile. It stays out.")
                )
                return redirect("mirror", who.community.code, found.pk)
            except ClosedError:
                messages.warning(
                    request, t("The round was closed meanwhile; your answers came late.")
                )
                return redirect("mirror", who.community.code, found.pk)
            messages.success(request, t("Kept. Until the round closes you may change your mind."))
            return redirect("mirror", who.community.code, found.pk)
    guessed, members = count_guessers(found)
    context = {
        "round": found,
        "asked": asked,
        "may": may,
        "errors": errors,
        "given": request.POST,
        "guessed": guessed,
        "members": members,
        "may_arrange": arranges,
        "people": next((a.item.people for a in asked if a.item.people), ""),
    }
    return render(request, "together/mirror.html", context, status=400 if errors else 200)


def _sent(
    given: Mapping[str, str], asked: list[Asked], *, jointly: bool
) -> tuple[dict[MirrorItem, int | None], bool]:
    """The answers by figure, and whether one of them is none; of what one knows, nothing."""
    found: dict[MirrorItem, int | None] = {}
    wrong = False
    for one in asked:
        text = given.get(f"item-{one.item.pk}")
        if text is None or (one.known and not jointly):
            continue
        if text == "":
            found[one.item] = None
        elif text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= 10:
            found[one.item] = int(text)
        else:
            wrong = True
    return found, wrong


@page("mirror.arrange", methods=("POST",))
def close(request: HttpRequest, mirror: int) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    found = _round(request, mirror)
    try:
        made = close_round(by=who, round_=found, on=today_in(who.community))
    except ClosedError:
        return redirect("mirror", who.community.code, found.pk)
    if made:
        messages.success(request, t("Closed. The report shows prediction and measured value."))
    else:
        messages.warning(request, t("Closed. Nobody had predicted anything."))
    return redirect("mirror", who.community.code, found.pk)


@page("mirror.arrange", methods=("POST",))
def drop(request: HttpRequest, mirror: int) -> HttpResponse:
    found = _round(request, mirror)
    try:
        drop_round(by=request.who, round_=found)
    except ClosedError:
        raise Http404 from None
    t = translator(request.lang)
    messages.success(request, t("The round was taken back."))
    return redirect("mirrors", request.who.community.code)
