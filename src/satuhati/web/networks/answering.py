"""The page on which a person names whom they turn to: by their own link, or signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import translator
from satuhati.web.accounts import throttle
from satuhati.web.answers.models import AnswerLink
from satuhati.web.networks.actions import RoundClosedError, say_ties
from satuhati.web.networks.naming import MOST, blank, read, suggested
from satuhati.web.networks.queries import get_waiting_for
from satuhati.web.networks.rostering import list_page
from satuhati.web.register.consent_actions import in_force
from satuhati.web.register.models import Actor
from satuhati.web.register.purposes import LAW, PURPOSES, WITHDRAW

WINDOW, GUESSES = 600, 40
"""Names that are not found, in ten minutes: more is trying out who is in the register."""


def answer_page(
    request: HttpRequest, actor: Actor, *, back: str, link: AnswerLink | None = None
) -> HttpResponse:
    """Six short questions; ``back`` is where the person came from.

    What was said before is not shown again: links are passed on and phones are shared. Sending
    once more puts the new answer in the place of the old one.
    """
    who, t = request.who, translator(request.lang)
    waiting = get_waiting_for(who, actor)
    if waiting is None:
        messages.error(request, t("This round is closed: it takes no more answers."))
        return redirect(f"{back}?tersimpan=ditutup" if request.method == "POST" else back)
    if waiting.full:
        if link is not None and not waiting.by_link:
            messages.info(request, t("For this round somebody comes to you and asks."))
            return redirect(back)
        return list_page(
            request, waiting.asking, actor, back=back, link=link,
            answered=waiting.answer is not None,
        )  # fmt: skip
    sheet, shown, wrong, status = blank(t), "", "", 200
    if request.method == "POST":
        if throttle.tries("tie-names", str(actor.pk), seconds=WINDOW) >= GUESSES:
            return throttle.too_often(request, WINDOW)
        shown = request.POST.get("shown", "")
        sheet = read(who, actor, request.POST, t, drop=request.POST.get("drop") == "1")
        for _ in range(sheet.unknown):
            throttle.count("tie-names", str(actor.pk), seconds=WINDOW)
        if shown not in ("yes", "no"):
            wrong = t("Please choose first whether your name may be shown.")
        elif not sheet.wrong:
            try:
                say_ties(
                    by=who, round=waiting.asking.round, actor=actor, names=sheet.names,
                    shown=shown == "yes", link=link,
                )  # fmt: skip
            except RoundClosedError:
                messages.error(request, t("This round is closed: it takes no more answers."))
                return redirect(f"{back}?tersimpan=ditutup")
            messages.success(
                request, t("Thank you, your answer is noted. Nobody sees it before the round ends.")
            )
            return redirect(f"{back}?tersimpan=1")
        status = 400
    people, groups = suggested(who, actor)
    context: dict[str, Any] = {
        "sheet": sheet, "shown": shown or ("yes" if in_force(actor, "ties") else ""),
        "wrong": wrong, "waiting": waiting, "most": MOST, "back": back,
        "people": people, "groups": groups, "purpose": PURPOSES["ties"],
        "withdrawing": WITHDRAW(t.lang), "law": LAW(t.lang), "by_link": link is not None,
    }  # fmt: skip
    return render(request, "networks/answer.html", context, status=status)
