"""*Hasil*: what came out of a closed round, for the group that gave the answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from satuhati.text import translator
from satuhati.web.results import words as say
from satuhati.web.results.queries import Found, get_results_for, scale_word
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.whatsapp import whatsapp_address

IN_TEXT = 12
"""Cards in a text to send; more nobody reads on a phone."""


def found_or_404(request: HttpRequest, code: str, **kind: str) -> Found:
    found = get_results_for(request.who, code, **kind)
    if found is None:
        raise Http404
    return found


def _begun(request: HttpRequest, code: str) -> tuple[dict[str, Any], Found]:
    """What every page begins with."""
    found = found_or_404(request, code)
    return {
        "found": found,
        "seen": found.seen,
        "round": found.seen.round,
        "ready": bool(found.stored),
        "research": request.who.may("research.view"),
    }, found


@page("surveys.view", methods=("GET",))
def results(request: HttpRequest, survey: str) -> HttpResponse:
    """Cards of all scales, populations beside each other, wave by wave."""
    t = translator(request.lang)
    context, found = _begun(request, survey)
    if found.stored:
        context |= summary(found.payload, t)
        context["text"] = text_to_send(context, request, found)
        context["whatsapp"] = whatsapp_address(context["text"])
    return render(request, "results/results.html", context)


def summary(payload: dict[str, Any], t: Any) -> dict[str, Any]:
    """Cards, differences and changes in words."""
    cards = say.cards(payload, t)
    order = {card.scale: i for i, card in enumerate(cards)}
    beside = sorted(payload["populations"], key=lambda p: order.get(p["scale"], 99))
    waves = sorted(payload["waves"], key=lambda w: order.get(w["scale"], 99))
    unscaled = [i for i in payload["results"]["items"] if i["scale"] not in order]
    return {
        "cards": cards,
        "lead": say.lead(cards, t),
        "weighted": payload["results"]["weighted"],
        "beside": [
            {
                "scale": p["scale"],
                "name": scale_word(p["scale"], t),
                "sentence": say.beside_sentence(p, t),
                "shown": {k: say.as_shown(p[k]["mean"]) for k in ("first", "second")},
                "sure": p["difference"]["sure"] or p["difference"]["kind"] == "counted",
                "whole": p["whole"],
                "items": len(p["items"]),
                "pair": p,
            }
            for p in beside
        ],
        "places": _places(beside, t),
        "waves": [
            {
                "scale": w["scale"],
                "name": scale_word(w["scale"], t),
                "sentence": say.step_sentence(w["steps"][-1], w["scale"], t),
                "sure": w["steps"][-1]["sure"],
                "wave": w,
            }
            for w in waves
        ],
        "beside_lead": say.beside_lead(beside, t),
        "waves_lead": say.waves_lead(waves, t),
        "unscaled": unscaled,
        "range_words": lambda shown: say.range_words(shown, t),
        "of_100": lambda shown: say.of_100(shown.value, t),
    }


def _places(beside: list[dict[str, Any]], t: Any) -> list[str]:
    """The rounds that stand beside each other: who, how found, when; each said once."""
    said: dict[str, str] = {}
    for pair in beside:
        for key in ("first", "second"):
            place = pair[key]
            said.setdefault(
                place["round"],
                t("{who}: {frame}, closed {date}", who=say.population(place["population"], t),
                  frame=say.frame(place["frame"], t), date=say.day(place["end"], t)),
            )  # fmt: skip
    return list(said.values())


def text_to_send(context: dict[str, Any], request: HttpRequest, found: Found) -> str:
    """The cards as a text for WhatsApp."""
    t = translator(request.lang)
    round = found.seen.round
    lines = [
        f"*{round.instrument.name}*, {request.who.community.name}",
        t("{n} answers, closed {date}.", n=t.number(found.seen.answers), date=t.date(round.end)),
        "",
        *(card.sentence for card in context["cards"][:IN_TEXT]),
        "",
        t("From 0 to 100. Thank you to everybody who answered."),
    ]
    return "\n".join(lines)


@page("surveys.view", methods=("GET",))
def items(request: HttpRequest, survey: str) -> HttpResponse:
    """The questions of one scale (``?skala=``), or those of none, with all answers."""
    t = translator(request.lang)
    context, found = _begun(request, survey)
    if found.stored:
        payload = found.payload
        cards = {card.scale: card for card in say.cards(payload, t)}
        wanted = request.GET.get("skala")
        loose = [i for i in payload["results"]["items"] if i["scale"] not in cards]
        if wanted is None and cards:
            wanted = next(iter(cards))
        if wanted and wanted not in cards:
            raise Http404
        chosen = (
            [i for i in payload["results"]["items"] if i["scale"] == wanted] if wanted else loose
        )
        context |= {
            "scale": wanted or "",
            "name": scale_word(wanted, t) if wanted else t("Other questions"),
            "card": cards.get(wanted or ""),
            "bars": say.bars(chosen, t),
            "legend": say.legend(chosen, t),
            "cards": list(cards.values()),
            "loose": bool(loose),
            "weighted": payload["results"]["weighted"],
            "pair": next((p for p in payload["populations"] if p["scale"] == wanted), None),
            "wave": next((w for w in payload["waves"] if w["scale"] == wanted), None),
            "say": say,
            "markup": Markup,
        }
    return render(request, "results/items.html", context)


@page("surveys.view", methods=("GET",))
def paper(request: HttpRequest, survey: str) -> HttpResponse:
    """The cards on A4, with what is certain about them."""
    t = translator(request.lang)
    context, found = _begun(request, survey)
    if found.stored:
        context |= summary(found.payload, t)
    return render(request, "results/print.html", context)
