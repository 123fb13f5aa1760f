"""*Hasil*: what came out of a closed round, for the group that gave the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from satuhati.formats.plainsheet import csv_text
from satuhati.text import LANGUAGES, translator
from satuhati.web.results import words as say
from satuhati.web.results.queries import Found, get_results_for, scale_word
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.whatsapp import whatsapp_address

MARK = "\ufeff"  # spreadsheet programs take it for UTF-8
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
                "chart": say.beside_chart(p, t),
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


HEAD = ("scale", "item", "text_id", "text_en", "reversed", "options", "answer_id", "answer_en",
        "people", "percent", "answered", "not_answered")  # fmt: skip


@page("surveys.view", methods=("GET",))
def items_file(request: HttpRequest, survey: str) -> HttpResponse:
    """All questions with what was answered, as the page tells it, in both languages."""
    _, found = _begun(request, survey)
    if not found.stored:
        raise Http404
    rows: list[list[str | float | None]] = []
    for item in found.payload["results"]["items"]:
        told = [item["scale"], item["name"], item["text"]["id"], item["text"]["en"],
                "true" if item["reversed"] else "false"]  # fmt: skip
        for part in item["parts"] or [{"options": [], "n": None, "share": None}]:
            options, share = part["options"], part["share"]
            words = [
                say.part_word(item, options, translator(lang)) if options else None
                for lang in LANGUAGES
            ]
            rows.append([
                *told, " ".join(options), *words, part["n"],
                None if share is None else round(100 * share, 1), item["n"], item["missing"],
            ])  # fmt: skip
    return csv_file(request, found, "butir", HEAD, rows)


def csv_file(
    request: HttpRequest, found: Found, name: str, head: Sequence[str],
    rows: Sequence[Sequence[str | float | None]],
) -> HttpResponse:  # fmt: skip
    """A table of a round to keep."""
    answer = HttpResponse((MARK + csv_text(head, rows)).encode(), "text/csv; charset=utf-8")
    whole = f"survei-{request.who.community.code}-{found.seen.round.public_id}-{name}.csv"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in whole)
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page("surveys.view", methods=("GET",))
def paper(request: HttpRequest, survey: str) -> HttpResponse:
    """The cards on A4, with what is certain about them."""
    t = translator(request.lang)
    context, found = _begun(request, survey)
    if found.stored:
        context |= summary(found.payload, t)
    return render(request, "results/print.html", context)
