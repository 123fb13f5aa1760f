"""*Rapat*: what is planned, what was held, and what follows from it."""

from __future__ import annotations

import contextlib
import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from satuhati.core.meetings.recurrence import date_of
from satuhati.schema.choices import choice_label
from satuhati.text import Language, Translator, translator
from satuhati.web.meetings.actions import (
    finish_followup,
    note_invited,
    plan_meeting,
    reopen_followup,
)
from satuhati.web.meetings.models import FollowUp, Meeting, MeetingSeries
from satuhati.web.meetings.outlook import get_outlook_for, outlook_words
from satuhati.web.meetings.panels import panels_of
from satuhati.web.meetings.queries import (
    CAME,
    get_attendance_for,
    get_decisions_for,
    get_loose_followups_for,
    get_meeting_for,
    get_meetings_for,
    open_followups,
)
from satuhati.web.meetings.replying import answer_words, is_open, reason_words
from satuhati.web.meetings.schedule import day_rule, rule_of
from satuhati.web.meetings.series import (
    ALONG,
    SEEN,
    ask_reach,
    edit_in_series,
    is_many,
    plan_of,
    why_not,
)
from satuhati.web.meetings.series_actions import NotAsSeenError
from satuhati.web.meetings.series_plan import NotByRuleError
from satuhati.web.meetings.texts import closed_words, invitation, recap
from satuhati.web.register.models import Area
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import listed, page
from satuhati.web.tenancy.schema_forms import SchemaForm

PER_PAGE = 25
CARRIED = 5
"""Open follow-ups that an invitation names: the agenda carried over from last time."""
KEPT_BEFORE = dt.timedelta(days=3)
"""So long before a meeting its closing page is kept on the phone, for a place without a signal."""
NEW = ("kind", "date", "time", "title", "place", "series", "notice_on")
EDIT = ("kind", "status", *NEW[1:], "area", "households_invited", "households_present")


@page("meetings.view", methods=("GET",))
def meetings(request: HttpRequest) -> HttpResponse:
    """Coming meetings, or past ones."""
    state = "past" if request.GET.get("lihat") == "lalu" else "planned"
    number = request.GET.get("p")
    context = {
        "page": remembered(
            request.who.community,
            ("meetings", state, number),
            lambda: listed(get_meetings_for(request.who, state), PER_PAGE, number),
        ),
        "state": state,
        "may_edit": request.who.may("meetings.edit"),
    }
    return render(request, "meetings/list.html", context)


@page("meetings.view", methods=("GET",))
def meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    who = request.who
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    today = today_in(who.community)
    attendance = get_attendance_for(who, found)
    decisions, loose = get_decisions_for(who, found), get_loose_followups_for(who, found)
    keeper, own = who.may("meetings.edit"), who.membership.actor_id if who.membership else None
    context = {
        "meeting": found,
        # Why somebody else stayed away is for those who keep the records.
        "attendance": [a for a in attendance if keeper or a.status in CAME or a.actor_id == own],
        "invited_count": len(attendance),
        "came": sum(a.status in CAME for a in attendance),
        "decisions": decisions,
        "loose": loose,
        "may_edit": who.may("meetings.edit"),
        "begun": found.date <= today,
        "soon": found.date - today <= KEPT_BEFORE,
        "message": "",
        "panels": panels_of(request, found),
        "outlook": None,
        "mine": None,
    }
    if is_open(found):
        own = who.membership.actor if who.membership else None
        context["outlook"] = outlook = get_outlook_for(who, found)
        context["mine"] = next((g for g in outlook.guests if own and g.actor.pk == own.pk), None)
        context |= outlook_words(request.lang)
        context["answers"] = answer_words(request.lang)
        context["reasons"] = reason_words(request.lang)
    if who.may("meetings.edit"):
        t = translator(request.lang)
        said = (t, who.community, found, title_of(found, request.lang))
        if found.status == "planned":
            context["message"] = invitation(*said, open_followups()[:CARRIED])
        elif found.status == "held":
            context["message"] = recap(*said, attendance, decisions, loose)
    return render(request, "meetings/meeting.html", context)


def title_of(meeting: Meeting, lang: Language) -> str:
    return meeting.title or choice_label("meetings", "kind", meeting.kind)(lang)


@page("meetings.edit", methods=("POST",))
def invited(request: HttpRequest, meeting: str) -> HttpResponse:
    """The invitation was sent today."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    note_invited(by=who, meeting=found, on=today_in(who.community))
    messages.success(request, t("Noted: the invitation was sent today."))
    return redirect("meeting", who.community.code, found.public_id)


@page("meetings.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    who, t = request.who, translator(request.lang)
    form = SchemaForm(
        request.POST or None,
        table="meetings",
        columns=NEW,
        t=t,
        references={"series": MeetingSeries.objects.order_by("name")},
        initial=_begin(request),
    )
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            made = plan_meeting(by=who, **form.values())
            messages.success(request, t("The meeting is planned."))
            return redirect("meeting", who.community.code, made.public_id)
        return redirect("meetings", who.community.code)
    return _form(request, form, t("Plan a meeting"), t("Plan it"), once=new_once(request))


def _begin(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: a meeting of the schedule that the page of schedules asks of."""
    code = request.GET.get("seri", "")
    series = MeetingSeries.objects.filter(public_id=code).first() if code else None
    if series is None:
        return {"kind": "pokja"}
    rule = rule_of(series)
    try:
        day = dt.date.fromisoformat(request.GET.get("tanggal", ""))
    except ValueError:
        day = None
    if day is not None and rule is not None:
        day = date_of(day_rule(rule), day)
    time = rule.slot.clock if rule else None
    begin = {"kind": series.kind, "series": series, "title": series.name, "time": time}
    return {**begin, "date": day}


@page("meetings.edit")
def edit(request: HttpRequest, meeting: str) -> HttpResponse:
    """Change a meeting, or say that it was held or cancelled."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    if found.minutes_on is not None:
        messages.error(request, closed_words(t))
        return redirect("meeting", who.community.code, found.public_id)
    form = _edit_form(request, found, t)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        save = partial(edit_in_series, request=request, form=form, meeting=found, t=t)
        try:
            as_seen = form.cleaned_data["revision"] == found.revision
            if as_seen and is_many(form, found) and not request.POST.get(SEEN):
                return _look_first(request, form, found)
            form, conflict = save_changes(request, form, save)
            if conflict is None:
                return redirect("meeting", who.community.code, found.public_id)
        except NotByRuleError as error:
            form.add_error("date", why_not(error, t))
        except NotAsSeenError:
            found.refresh_from_db()
            return _look_first(request, form, found, again=True)
    live = reverse("look_at_change", args=[who.community.code, found.public_id])
    more = {"live": live} if "reach" in form.fields else {}
    return _form(request, form, t("Change the meeting"), t("Save"), conflict=conflict, **more)


def _look_first(
    request: HttpRequest, form: SchemaForm, meeting: Meeting, *, again: bool = False
) -> HttpResponse:
    """What a change of several meetings will do, before it is saved."""
    sent = [
        (name, value)
        for name in form.data
        for value in form.data.getlist(name)
        if name not in ("csrfmiddlewaretoken", SEEN, ALONG)
    ]
    context = {
        "meeting": meeting,
        "plan": plan_of(request, form, meeting),
        "new": form.values(),
        "sent": sent,
        "again": again,
    }
    return render(request, "meetings/change_series.html", context)


@page("meetings.edit", methods=("POST",))
def look_at_change(request: HttpRequest, meeting: str) -> HttpResponse:
    """The same as a part of the form, while it is being filled in; empty where nothing is told."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    form = _edit_form(request, found, t)
    plan = None
    if found.minutes_on is None and form.is_valid() and is_many(form, found):
        with contextlib.suppress(NotByRuleError):
            plan = plan_of(request, form, found)
    context = {"meeting": found, "plan": plan, "new": form.values() if plan else {}}
    return render(request, "meetings/change_plan.html", context)


def _edit_form(request: HttpRequest, meeting: Meeting, t: Translator) -> SchemaForm:
    form = SchemaForm(
        request.POST or None,
        table="meetings",
        columns=EDIT,
        t=t,
        references={
            "series": MeetingSeries.objects.order_by("name"),
            "area": Area.objects.order_by("name"),
        },
        instance=meeting,
    )
    ask_reach(form, meeting, t)
    return form


def _form(
    request: HttpRequest, form: SchemaForm, title: str, save: str, **more: Any
) -> HttpResponse:
    t = translator(request.lang)
    back = reverse("meetings", args=[request.who.community.code])
    return form_page(request, form, title, back=back, back_text=t("Meetings"), save=save, **more)


@page("meetings.view", methods=("POST",))
def finish(request: HttpRequest, followup: str) -> HttpResponse:
    """Done, with one tap; the message offers to take it back."""
    who, t = request.who, translator(request.lang)
    found = get_object_or_404(FollowUp.objects.all(), public_id=followup)
    finish_followup(by=who, followup=found, on=today_in(who.community))
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a> · <a href="{}?lihat=selesai">{}</a>',
            t("Done. Well done."),
            reverse("helped", args=[who.community.code, found.public_id]),
            t("Who helped?"),
            reverse("followups", args=[who.community.code]),
            t("Take it back"),
        ),
    )
    return _back(request)


@page("meetings.view", methods=("POST",))
def reopen(request: HttpRequest, followup: str) -> HttpResponse:
    found = get_object_or_404(FollowUp.objects.all(), public_id=followup)
    reopen_followup(by=request.who, followup=found)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    came_from = request.headers.get("referer", "")
    code = request.who.community.code
    if came_from.rstrip("/").endswith(f"/k/{code}"):
        return redirect("home", code)
    return redirect("followups", code)
