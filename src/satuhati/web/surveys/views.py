"""*Survei*: open a round, follow who answers, remind, enter for others, close, look at marks."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from satuhati.text import translator
from satuhati.web.answers.messages import messages_for
from satuhati.web.surveys import doors
from satuhati.web.surveys.actions import close_round, leave_out, open_round, take_in
from satuhati.web.surveys.awareness import is_column
from satuhati.web.surveys.bank import instrument_of, items_of
from satuhati.web.surveys.checks import KINDS
from satuhati.web.surveys.filling import Door, fill
from satuhati.web.surveys.forms import RoundForm
from satuhati.web.surveys.household_form import drawn_households
from satuhati.web.surveys.households import Drawn
from satuhati.web.surveys.instrument_queries import get_untested_for
from satuhati.web.surveys.mailing import get_to_remind_for
from satuhati.web.surveys.models import Answer, Instrument
from satuhati.web.surveys.queries import (
    RoundSeen,
    get_households_for,
    get_items_for,
    get_marked_for,
    get_response_for,
    get_round_for,
    get_rounds_for,
    put_to_people,
    questions_of,
    strata_of,
)
from satuhati.web.surveys.waves import get_since_for
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page

SEEDS = 2**31


def _found(request: HttpRequest, code: str) -> RoundSeen:
    found = get_round_for(request.who, code)
    if found is None:
        raise Http404
    return found


@page("surveys.view", methods=("GET",))
def surveys(request: HttpRequest) -> HttpResponse:
    """All rounds."""
    return render(request, "surveys/list.html", {"rounds": get_rounds_for(request.who)})


@page("surveys.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new round."""
    who, t = request.who, translator(request.lang)
    given = request.POST if request.method == "POST" else None
    form = RoundForm(
        given,
        request.FILES if given is not None else None,
        who=who,
        t=t,
        today=today_in(who.community),
    )
    if given is not None and form.is_valid():
        if not is_first(request):
            return redirect("surveys", who.community.code)
        data = form.cleaned_data
        kind, _, rest = data["questionnaire"].partition(":")
        if kind == "kuesioner":
            instrument = Instrument.objects.get(public_id=rest)
            questions = [name for name in instrument.item_order if not is_column(name)]
        else:
            instrument = instrument_of(who.community, kind, rest)
            questions = [item.code for item in items_of(kind, rest)]
        before = data.get("panel_of")
        if before is not None:  # the same people are asked the same
            instrument, questions = before.instrument, questions_of(before)
        people, seed, note = data["people"], None, data["reason"]
        if data["how"] == "sample":
            seed = secrets.randbelow(SEEDS)
            people = form.draw(seed)
            note = t("{n} of {all} people on the register, drawn at random (seed {seed}).",
                     n=t.number(len(people)), all=t.number(len(data["frame"])),
                     seed=seed)  # fmt: skip
        households: list[Drawn] = []
        kept = None
        if data["how"] == "households":
            seed = secrets.randbelow(SEEDS)
            frame = data["household_frame"]
            households, kept = drawn_households(frame, data["size"], data["allocation"], seed)
            note = t("{n} of {all} households of a list, drawn at random in {areas} areas "
                     "(seed {seed}).", n=t.number(len(households)),
                     all=t.number(sum(map(len, frame.values()))), areas=len(frame),
                     seed=seed)  # fmt: skip
        made, _ = open_round(
            by=who, instrument=instrument, questions=questions,
            own=[(data["own_kind"], line) for line in data["own"]], how=data["how"],
            people=people, until=data["until"], anonymous=data["anonymous"],
            open_address=data["open_address"], reason=data["reason"], seed=seed, note=note,
            frame_size=_frame_size(data), households=households, drawn=kept,
            services=data["services"], panel_of=before,
        )  # fmt: skip
        messages.success(request, t("The round is open."))
        return redirect("survey", who.community.code, made.public_id)
    context = {"form": form, "once": new_once(request)}
    return render(request, "surveys/new.html", context, status=200 if given is None else 400)


def _frame_size(data: dict[str, Any]) -> int | None:
    if data["how"] == "households":
        return sum(map(len, data["household_frame"].values()))
    return len(data["frame"]) if data["how"] == "sample" else None


@never_cache
@page("surveys.view", methods=("GET",))
def survey(request: HttpRequest, survey: str) -> HttpResponse:
    """One round. Open: who answered, the message of each. Closed: what came out."""
    who, seen = request.who, _found(request, survey)
    keeper = who.may("surveys.edit")
    context: dict[str, Any] = {
        "seen": seen, "round": seen.round, "setup": seen.setup, "keeper": keeper,
        "questions": put_to_people(get_items_for(who, seen)), "people": [],
        "since": get_since_for(who, seen),
        "response": None,
        "untested": seen.round.instrument.public_id in get_untested_for(who) if keeper else False,
        "marked": len(get_marked_for(who, seen)) if who.may("surveys.check") else 0,
    }  # fmt: skip
    if seen.setup is not None:
        context["response"] = get_response_for(who, seen)
        if seen.setup.how == "households":
            households = get_households_for(who, seen)
            context |= {
                "drawn": len(households), "strata": strata_of(households),
                "answered": sum(h.state == "answered" for h in households),
            }  # fmt: skip
        if keeper and seen.is_open:
            context["people"] = _messages(request, seen, context["response"])
            context["to_remind"] = len(get_to_remind_for(who, seen))
            if seen.setup.open_salt:
                context["open_address"] = doors.address_of(seen.setup, request)
    return render(request, "surveys/survey.html", context)


def _messages(request: HttpRequest, seen: RoundSeen, response: Any) -> list[tuple[Any, ...]]:
    """Everybody who is asked, with what to send them; who has answered needs no message."""
    t = translator(request.lang)
    sent = messages_for(
        request,
        [actor for actor, _ in response.people],
        lambda actor, address: t(
            "Hello {name}, please take a few minutes for our survey, until {date}: {address} "
            "Answering is free, and the link is yours alone.",
            name=actor.name or actor.public_id, date=t.date(seen.round.end), address=address,
        ),
        below=f"survei/{seen.round.public_id}/",
    )  # fmt: skip
    return [(actor, state, sent[actor.pk]) for actor, state in response.people]


@never_cache
@page("surveys.edit")
def interview(request: HttpRequest, survey: str) -> HttpResponse:
    """Enter a form from paper or from door to door."""
    who, seen = request.who, _found(request, survey)
    here = reverse("interview", args=[who.community.code, survey])
    home = reverse("survey", args=[who.community.code, survey])
    return fill(request, seen, Door(done=here, home=home))


@page("surveys.edit", methods=("POST",))
def close(request: HttpRequest, survey: str) -> HttpResponse:
    """No more answers."""
    who, t, seen = request.who, translator(request.lang), _found(request, survey)
    if seen.setup is None:
        raise Http404
    close_round(by=who, setup=seen.setup, round=seen.round)
    messages.success(request, t("The round is closed. The figures are being computed."))
    return redirect("survey", who.community.code, survey)


@page("surveys.check")
def marks(request: HttpRequest, survey: str) -> HttpResponse:
    """What the checks marked; a person leaves an answer out with a reason, or takes it in."""
    who, t, seen = request.who, translator(request.lang), _found(request, survey)
    if request.method == "POST":
        code, reason = request.POST.get("answer", ""), request.POST.get("reason", "")[:1000]
        there = any(m.code == code for m in get_marked_for(who, seen))
        if not there or not Answer.objects.filter(round=seen.round, public_id=code).exists():
            raise Http404
        if request.POST.get("do") == "in":
            take_in(by=who, round=seen.round, answer=code)
            messages.success(request, t("The answer counts again."))
        elif not reason.strip():
            messages.error(request, t("Please say why the answer is left out."))
        else:
            leave_out(by=who, round=seen.round, answer=code, reason=reason)
            messages.success(
                request, t("The answer is left out of the figures. It stays on record.")
            )
        return redirect("survey_marks", who.community.code, survey)
    context = {
        "round": seen.round, "seen": seen, "marked": get_marked_for(who, seen),
        "kinds": {code: word(request.lang) for code, word in KINDS.items()},
    }  # fmt: skip
    return render(request, "surveys/marks.html", context)


@doors.open_door
def open_survey(request: HttpRequest, seen: RoundSeen, key: str) -> HttpResponse:
    """The open address: whoever has it answers, and nothing of them is kept."""
    if request.method == "GET" and "tersimpan" in request.GET:
        return render(request, "surveys/said.html", {"what": "thanks", "home": ""})
    return fill(request, seen, Door(done=reverse("open_survey", args=[key]), opened=True))
