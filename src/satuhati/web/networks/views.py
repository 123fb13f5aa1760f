"""*Jejaring*: rounds of ties from opening to closing, what a closed one says, one's own ties."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from satuhati.reports.narrative import listed
from satuhati.text import Translator, translator
from satuhati.web.answers.messages import messages_for
from satuhati.web.meetings.queries import members_on
from satuhati.web.networks.actions import (
    AlreadyOpenError,
    NobodyAnsweredError,
    RoundClosedError,
    ask_ties,
    close_ties,
    drop_ties,
    is_open,
)
from satuhati.web.networks.answering import answer_page
from satuhati.web.networks.erasing import erase_ties
from satuhati.web.networks.forms import EraseForm, OpenForm
from satuhati.web.networks.kinds import FULL, opens_by_link
from satuhati.web.networks.models import TieRound
from satuhati.web.networks.naming import EXCHANGES, QUESTIONS, TRUST
from satuhati.web.networks.queries import (
    FEW,
    OnRoster,
    Trust,
    asking_of,
    get_asked_for,
    get_entry_for,
    get_open_asking_for,
    get_own_ties_for,
    get_released_for,
    get_tie_round_for,
    get_tie_rounds_for,
    get_trust_for,
    get_waiting_for,
)
from satuhati.web.networks.rostering import MOST, list_page
from satuhati.web.networks.work import get_exchanges_for
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page

OPEN_FOR = dt.timedelta(days=14)


@page("networks.view", methods=("GET",))
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, and what waits for the reader's own answer."""
    who, t = request.who, translator(request.lang)
    context = {
        "rounds": get_tie_rounds_for(who),
        "open": get_open_asking_for(who),
        "waiting": get_waiting_for(who, who.membership.actor if who.membership else None),
        "may_edit": who.may("networks.edit"),
        "erase": EraseForm(t=t),
    }
    return render(request, "networks/rounds.html", context)


@page("networks.edit")
def ask(request: HttpRequest) -> HttpResponse:
    """Until when, and who is asked."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    members = [m.actor for m in members_on(today)]
    form = OpenForm(
        request.POST if request.method == "POST" else None, t=t, who=who, today=today,
        initial={"closes_on": today + OPEN_FOR},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        people = {one.pk: one for one in (*members, *given["also"])}
        if not people:
            form.add_error("also", t("Nobody is asked yet: name at least one person."))
        elif given["kind"] == FULL and not 2 < len(people) <= MOST:
            form.add_error("kind", t("A full list has 3 to {n} people; {m} would be asked.",
                                     n=MOST, m=len(people)))  # fmt: skip
        elif not is_first(request):
            return redirect("tie_rounds", who.community.code)
        else:
            return _open(request, list(people.values()), given)
    context = {"form": form, "members": len(members), "once": new_once(request)}
    return render(request, "networks/ask.html", context, status=400 if form.errors else 200)


def _open(request: HttpRequest, people: list[Actor], given: dict[str, Any]) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    try:
        made = ask_ties(
            by=who, people=people, closes_on=given["closes_on"], note=given["note"],
            on=today_in(who.community), kind=given["kind"],
        )  # fmt: skip
    except AlreadyOpenError:
        messages.error(request, t("A round is open already. Close it before you open another."))
        return redirect("tie_rounds", who.community.code)
    if made.kind == FULL:
        messages.success(request, t("The round is open. Go through the list with each."))
    else:
        messages.success(request, t("The round is open. Send each their link."))
    return redirect("tie_round", who.community.code, made.round.public_id)


def _found(request: HttpRequest, code: str) -> TieRound:
    found = get_tie_round_for(request.who, code)
    if found is None:
        raise Http404
    return found


@never_cache
@page("networks.view", methods=("GET",))
def one_round(request: HttpRequest, round: str) -> HttpResponse:
    """While open: who has answered, and the message of each. Closed: what it says."""
    who, found = request.who, _found(request, round)
    released = get_released_for(who, found)
    if released is not None:
        context = {"round": found, "r": released, "questions": _words(request)}
        return render(request, "networks/round.html", context)
    if not who.may("networks.edit"):
        raise Http404
    return _asking(request, found)


@never_cache
@page("networks.view", methods=("GET",))
def trust(request: HttpRequest, round: str) -> HttpResponse:
    """To which organisation people would go: per closed round, to read and to print."""
    who, t, found = request.who, translator(request.lang), _found(request, round)
    released = get_trust_for(who, found)
    if released is None:  # while it is open there is nothing, for anybody
        raise Http404
    context = {
        "round": found, "r": released, "question": QUESTIONS[TRUST][0](request.lang),
        "sentence": trust_sentence(released, t),
    }  # fmt: skip
    return render(request, "networks/trust.html", context)


def trust_sentence(found: Trust, t: Translator) -> str:
    """What the answers say, in one sentence."""
    if found.withheld:
        return t("Fewer than five answered: nothing is shown, so that nobody can be recognised.")
    if not found.places:
        return t("No organisation was named by five or more.")
    top = [one.name for one in found.places if one.n == found.places[0].n]
    first = t(
        "Of {all} who answered, {n} would go to {names} for help.", all=t.number(found.answered),
        n=t.number(found.places[0].n), names=listed(top, t),
    )  # fmt: skip
    if found.nowhere >= FEW:
        return first + " " + t("{n} named no organisation.", n=t.number(found.nowhere))
    return first


def _words(request: HttpRequest) -> dict[str, str]:
    return {key: question(request.lang) for key, (question, _) in QUESTIONS.items()}


def _asking(request: HttpRequest, found: TieRound) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    asking, asked = asking_of(found), get_asked_for(who, found)
    full = asking is not None and asking.kind == FULL
    by_link = asking is None or opens_by_link(asking)
    sent = _messages(request, asked, t, full=full) if by_link else {}
    people = [(one, sent.get(one.actor.pk)) for one in asked]
    context = {
        "round": found, "asking": asking, "people": people,
        "open": asking is not None and is_open(asking),
        "answered": sum(one.answered for one in asked), "full": full,
    }  # fmt: skip
    return render(request, "networks/asking.html", context)


def _messages(request: HttpRequest, asked: list[OnRoster], t: Translator, *, full: bool) -> Any:
    def text(actor: Actor, address: str) -> str:
        name = actor.name or actor.public_id
        if full:
            return t(
                "Hello {name}, how are you tied to the others of the group? A list to tick, ten "
                "minutes: {address} Your answer is seen by nobody. The link is yours alone.",
                name=name, address=address,
            )  # fmt: skip
        return t(
            "Hello {name}, whom do you turn to? Six short questions, three minutes: {address} "
            "Your answer is seen by nobody. The link is yours alone.",
            name=name, address=address,
        )  # fmt: skip

    return messages_for(request, [one.actor for one in asked], text, below="jejaring/")


@never_cache
@page("networks.edit")
def interview_page(request: HttpRequest, round: str, person: str) -> HttpResponse:
    """The full list, gone through with somebody who is asked."""
    t, found = translator(request.lang), _found(request, round)
    back = reverse("tie_round", args=[request.who.community.code, found.public_id])
    entry = get_entry_for(request.who, found, person)
    asking = asking_of(found)
    if entry is None or (asking is not None and asking.kind != FULL):
        raise Http404
    if asking is None or not is_open(asking):
        messages.error(request, t("This round is closed: it takes no more answers."))
        return redirect(f"{back}?tersimpan=ditutup" if request.method == "POST" else back)
    return list_page(
        request, asking, entry.actor, back=back, answered=entry.answered, interviewing=True
    )


@page("networks.edit", methods=("POST",))
def close(request: HttpRequest, round: str) -> HttpResponse:
    """Answers become ties, and the results are there."""
    who, t = request.who, translator(request.lang)
    found = _found(request, round)
    try:
        close_ties(by=who, round=found, on=today_in(who.community))
    except RoundClosedError:
        messages.info(request, t("Somebody else has closed the round meanwhile."))
    except NobodyAnsweredError:
        messages.error(request, t("Nobody has answered yet, so there is nothing to close."))
    else:
        messages.success(request, t("The round is closed. Thank everybody who answered."))
    return redirect("tie_round", who.community.code, found.public_id)


@page("networks.edit", methods=("POST",))
def drop(request: HttpRequest, round: str) -> HttpResponse:
    """An open round goes, and with it what was said."""
    who, t = request.who, translator(request.lang)
    found = _found(request, round)
    try:
        drop_ties(by=who, round=found)
    except RoundClosedError:
        messages.error(request, t("The round is closed: its ties are on record and stay."))
    else:
        messages.success(request, t("The round is gone, and with it what everybody said."))
    return redirect("tie_rounds", who.community.code)


@never_cache
@page("networks.view")
def own_answer(request: HttpRequest) -> HttpResponse:
    """A signed-in member answers; by link see ``web.personal``."""
    who = request.who
    actor = who.membership.actor if who.membership else None
    if actor is None:
        return redirect("tie_rounds", who.community.code)
    return answer_page(request, actor, back=reverse("tie_rounds", args=[who.community.code]))


@never_cache
@page("networks.view", methods=("GET",))
def mine(request: HttpRequest) -> HttpResponse:
    """Whom one named oneself, round by round."""
    who = request.who
    context = {
        "rounds": get_own_ties_for(who),
        "questions": _words(request),
        "order": (*EXCHANGES, TRUST),
        "actor": who.membership.actor if who.membership else None,
    }
    return render(request, "networks/mine.html", context)


@page("networks.view", methods=("POST",))
def erase(request: HttpRequest) -> HttpResponse:
    """Take somebody out of the ties: oneself, or by who keeps the records for whoever asks."""
    who, t = request.who, translator(request.lang)
    own = who.membership.actor if who.membership else None
    if request.POST.get("who") == "me":
        if own is None:
            raise Http404
        erase_ties(by=who, actor=own)
        messages.success(request, t("You are taken out: no tie speaks of you any more."))
        return redirect("my_ties", who.community.code)
    if not who.may("networks.edit"):
        raise Http404
    form = EraseForm(request.POST, t=t)
    if not form.is_valid() or form.cleaned_data["person"] is None:
        for error in form.errors.get("person", [t("Please choose somebody.")]):
            messages.error(request, error)
    else:
        erase_ties(by=who, actor=form.cleaned_data["person"])
        messages.success(request, t("Taken out: no tie speaks of this person any more."))
    return redirect("tie_rounds", who.community.code)


@page("networks.view", methods=("GET",))
def exchange(request: HttpRequest) -> HttpResponse:
    """*Pertukaran tercatat*: what ordinary work put on record, beside what people report."""
    who = request.who
    found = get_exchanges_for(who, today_in(who.community))
    return render(request, "networks/exchange.html", {"x": found})
