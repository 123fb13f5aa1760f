"""*Jadwal tetap*: agree on a rule, look at its dates, and a year of meetings is planned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from satuhati.core.meetings.calendar import NTH, WEEKDAYS
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator, translator
from satuhati.web.meetings.actions import end_schedule, set_schedule
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import get_schedules_for
from satuhati.web.meetings.schedule import FREQUENCIES, Rule, dates_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page

ASKED = ("name", "kind", "mechanism", "frequency", "weekday", "nth", "time", "place", "start")
EARLIEST = dt.timedelta(days=31)
PRESETS: dict[str, dict[str, str]] = {
    "planning": {"kind": "pokja", "mechanism": "planning", "frequency": "monthly"},
    "coordination": {
        "kind": "cross_sector_forum", "mechanism": "coordination", "frequency": "quarterly",
    },
    "outreach": {"kind": "musyawarah", "mechanism": "outreach", "frequency": "half_yearly"},
    "monitoring": {"mechanism": "monitoring"},
    "reporting": {"mechanism": "reporting"},
}  # fmt: skip
"""What is offered for each mechanism: the working group every month, the forum of sectors every
quarter, a *sarasehan* of the village every half-year. There is no national rule; all may differ."""


def offered(code: str, t: Translator) -> dict[str, str]:
    """What the form begins with for a mechanism."""
    names = {
        "planning": t("Monthly meeting"),
        "coordination": t("Cross-sector forum"),
        "outreach": t("Village gathering"),
        "monitoring": t("Monitoring and evaluation"),
        "reporting": t("Reporting"),
    }
    return {**PRESETS[code], "name": names[code]} if code in PRESETS else {}


class ScheduleForm(forms.Form):
    """A rule and what its meetings share."""

    def __init__(self, *args: Any, t: Translator, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.t, self.today = t, today
        series, lang = TABLES["meeting_series"], t.lang

        def chosen(name: str, codes: tuple[str, ...]) -> list[tuple[str, str]]:
            return [(c, choice_label("meeting_series", name, c)(lang)) for c in codes]

        self.fields["name"] = forms.CharField(
            label=series.column("name").label(lang), max_length=300, initial=t("Monthly meeting"),
            help_text=t("What everybody calls it."),
        )  # fmt: skip
        self.fields["kind"] = forms.ChoiceField(
            label=series.column("kind").label(lang),
            choices=chosen("kind", series.column("kind").choices),
            help_text=t("Each kind may have a schedule of its own."),
        )
        self.fields["mechanism"] = forms.ChoiceField(
            label=series.column("mechanism").label(lang), required=False,
            choices=[("", "–"), *chosen("mechanism", series.column("mechanism").choices)],
            help_text=t("Which of the five workings of the group this schedule serves."),
        )  # fmt: skip
        self.fields["frequency"] = forms.ChoiceField(
            label=series.column("frequency").label(lang),
            choices=chosen("frequency", FREQUENCIES), initial="monthly",
            help_text=t("How often you agreed to meet."),
        )  # fmt: skip
        self.fields["weekday"] = forms.ChoiceField(
            label=t("Day of the week"), help_text=t("Choose the day most can come."),
            choices=[(str(n), day(lang)) for n, day in enumerate(WEEKDAYS, 1)],
        )  # fmt: skip
        self.fields["nth"] = forms.ChoiceField(
            label=t("Which of the month"),
            choices=[(str(n), word(lang)) for n, word in NTH.items()],
            help_text=t("Not every month has a fifth. Weekly meetings need no answer here."),
        )
        self.fields["time"] = forms.RegexField(
            r"^([01]\d|2[0-3]):[0-5]\d$", label=t("Time"), initial="19:30",
            widget=forms.TextInput({"type": "time"}), help_text=t("When it begins."),
        )  # fmt: skip
        self.fields["place"] = forms.CharField(
            label=t("Place"), max_length=300, required=False, help_text=t("Where you usually meet.")
        )
        self.fields["start"] = forms.DateField(
            label=t("From"), initial=today, help_text=t("The schedule is in force from this day."),
            widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        )  # fmt: skip

    def clean_start(self) -> dt.date:
        start: dt.date = self.cleaned_data["start"]
        if not self.today - EARLIEST <= start <= self.today + dt.timedelta(days=366):
            raise forms.ValidationError(self.t("Choose a day between a month ago and next year."))
        return start

    def rule(self) -> Rule:
        given = self.cleaned_data
        hour, minute = given["time"].split(":")
        return Rule(
            given["frequency"], int(given["weekday"]), int(given["nth"]),
            int(hour) * 60 + int(minute),
        )  # fmt: skip


@page("meetings.edit")
def new_schedule(request: HttpRequest) -> HttpResponse:
    """First the rule, then its dates to look at, then a year of planned meetings."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    looked = request.method == "POST" or "frequency" in request.GET
    given = request.POST if request.method == "POST" else request.GET
    begin = offered(request.GET.get("untuk", ""), t)
    form = ScheduleForm(given if looked else None, t=t, today=today, initial=begin)
    days: Any = ()
    if looked and form.is_valid():
        rule = form.rule()
        days = dates_of(rule, form.cleaned_data["start"], request.lang, who.community)
        if request.method == "POST":
            if is_first(request):
                fields = {
                    "name": form.cleaned_data["name"],
                    "kind": form.cleaned_data["kind"],
                    "mechanism": form.cleaned_data["mechanism"] or None,
                    "frequency": rule.frequency,
                    "rule": rule.words().id,  # a record is written in Indonesian, as all others
                    "start": form.cleaned_data["start"],
                }
                planned = [day.date for day in days if day.date >= today]
                made = set_schedule(
                    by=who, fields=fields, dates=planned, time=form.cleaned_data["time"],
                    place=form.cleaned_data["place"] or None,
                )  # fmt: skip
                n = Meeting.objects.filter(series=made).count()
                messages.success(
                    request, t.plural("{n} meeting is planned.", "{n} meetings are planned.", n)
                )
                if n < len(planned):
                    messages.warning(
                        request,
                        t.plural(
                            "{n} day has a meeting of this kind already and got no second.",
                            "{n} days have a meeting of this kind already and got no second.",
                            len(planned) - n,
                        ),
                    )
            return redirect("schedules", who.community.code)
    context = {
        "form": form,
        "days": days,
        "today": today,
        "rule": form.rule().words()(request.lang) if days else "",
        "kept": [(name, form.data.get(name, "")) for name in ASKED] if days else [],
        "others": _same_kind(request, form) if days else [],
        "once": new_once(request),
    }
    status = 400 if looked and form.errors else 200
    return render(request, "meetings/new_schedule.html", context, status=status)


def _same_kind(request: HttpRequest, form: ScheduleForm) -> list[MeetingSeries]:
    """Schedules of this kind that are in force already: a second is rarely meant."""
    running, _ = get_schedules_for(request.who, today_in(request.who.community))
    return [s.series for s in running if s.series.kind == form.cleaned_data["kind"]]


@page("meetings.edit", methods=("POST",))
def end_one(request: HttpRequest, series: str) -> HttpResponse:
    """A schedule ends today; what it had planned and nobody was told of yet goes with it."""
    who, t = request.who, translator(request.lang)
    found = get_object_or_404(MeetingSeries.objects.all(), public_id=series)
    if found.end is not None and found.end <= today_in(who.community):
        raise Http404
    end_schedule(by=who, series=found, on=today_in(who.community))
    messages.success(request, t("The schedule has ended."))
    return redirect("schedules", who.community.code)
