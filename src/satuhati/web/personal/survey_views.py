"""A survey answered by a person's own link."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.text import translator
from satuhati.web.answers.models import AnswerLink
from satuhati.web.personal.by_link import by_link
from satuhati.web.surveys.actions import refuse, take_back
from satuhati.web.surveys.beside import MailTo, SurveyAsked
from satuhati.web.surveys.filling import DONE, Door, fill
from satuhati.web.surveys.mailing import choose_mail
from satuhati.web.surveys.queries import RoundSeen, get_round_for


def _asked(request: HttpRequest, link: AnswerLink, code: str) -> tuple[RoundSeen, SurveyAsked]:
    seen = get_round_for(request.who, code)
    asked = SurveyAsked.objects.filter(round=code, person=link.actor.public_id).first()
    if seen is None or seen.setup is None or asked is None:
        raise Http404
    return seen, asked


@by_link(methods=("GET", "POST"))
def answer_survey(request: HttpRequest, link: AnswerLink, survey: str) -> HttpResponse:
    """The form; once answered, thanks."""
    seen, asked = _asked(request, link, survey)
    home = reverse("answer", args=[request.token])
    here = reverse("answer_survey", args=[request.token, survey])
    if request.method == "GET" and (DONE in request.GET or asked.state == "answered"):
        named = not seen.round.anonymous and asked.state == "answered"
        context = {"what": "thanks", "home": home, "token": request.token, "survey": survey,
                   "may_take_back": named}  # fmt: skip
        return render(request, "surveys/said.html", context)
    if request.method == "GET" and asked.state == "withdrawn":
        return render(request, "surveys/said.html", {"what": "withdrawn", "home": home})
    return fill(request, seen, Door(done=here, home=home, link=link, draft=asked.draft))


@by_link(methods=("POST",))
def refuse_survey(request: HttpRequest, link: AnswerLink, survey: str) -> HttpResponse:
    """Rather not: nobody reminds this person any more."""
    seen, _ = _asked(request, link, survey)
    assert seen.setup is not None
    refuse(by=request.who, setup=seen.setup, link=link)
    t = translator(request.lang)
    messages.success(request, t("That is all right. Nobody will remind you."))
    return redirect("answer", request.token)


@by_link(methods=("POST",))
def take_back_survey(request: HttpRequest, link: AnswerLink, survey: str) -> HttpResponse:
    """Consent taken back: the answers go."""
    seen, _ = _asked(request, link, survey)
    assert seen.setup is not None
    take_back(by=request.who, setup=seen.setup, round=seen.round, link=link)
    t = translator(request.lang)
    messages.success(request, t("Your answers are deleted. Thank you for telling us."))
    return redirect("answer", request.token)


@by_link(methods=("GET", "POST"))
def mail(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Whether this person is reminded by e-mail."""
    if request.method == "POST":
        choose_mail(by=request.who, link=link, stopped=request.POST.get("stop") == "1")
        return redirect("answer_mail", request.token)
    stopped = MailTo.objects.filter(person=link.actor.public_id, stopped=True).exists()
    context = {"stopped": stopped, "home": reverse("answer", args=[request.token])}
    return render(request, "surveys/mail.html", context)
