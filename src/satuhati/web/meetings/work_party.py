"""*Kerja bakti selesai*: where, how many households, what was done. One short page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from satuhati.text import Translator, translator
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.queries import get_meeting_for
from satuhati.web.meetings.task_actions import hold_work_party
from satuhati.web.register.models import Area
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.form_pages import form_page
from satuhati.web.tenancy.once import forget, is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

FIELDS = ("date", "area", "households_invited", "households_present", "title")


def get_areas_for(who: Who) -> list[tuple[Area, int | None]]:
    """RT and RW by name, with their households: of an RW without a count, those of its RT."""
    areas = list(Area.objects.order_by("name", "pk"))
    below: dict[int, int] = {}
    for one in areas:
        if one.parent_id and one.households:
            below[one.parent_id] = below.get(one.parent_id, 0) + one.households
    return [(one, one.households or below.get(one.pk)) for one in areas]


class WorkPartyForm(forms.Form):
    """Day, place, households taking part of households there, and what was done."""

    def __init__(
        self,
        *args: Any,
        t: Translator,
        areas: list[tuple[Area, int | None]],
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.t, self.today = t, today
        self.areas = {one.public_id: (one, n) for one, n in areas}
        choices = [("", "–")]
        for one, n in areas:
            count = t("{n} households", n=t.number(n)) if n else t("households not counted")
            choices.append((one.public_id, f"{one.name} ({count})"))
        self.fields["date"] = forms.DateField(
            label=t("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
        )
        self.fields["area"] = forms.ChoiceField(
            label=t("RT or RW"), choices=choices, required=False
        )
        self.fields["households_present"] = forms.IntegerField(
            label=t("Households that took part"), min_value=0, max_value=100_000
        )
        self.fields["households_invited"] = forms.IntegerField(
            label=t("Households there in all"), required=False, min_value=1, max_value=100_000,
            help_text=t("Empty: the number that stands with the RT or RW."),
        )  # fmt: skip
        self.fields["title"] = forms.CharField(
            label=t("What was done"), max_length=300, required=False,
            help_text=t("For instance: cleaned the drains of RT 03."),
        )  # fmt: skip
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day > self.today:
            raise forms.ValidationError(
                self.t("This day is still to come. Note a work party once it was held.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _, counted = self.areas.get(given.get("area") or "", (None, None))
        of = given.get("households_invited") or counted
        came = given.get("households_present")
        if "households_invited" in self.errors or "households_present" in self.errors:
            return given
        if of is None:
            self.add_error(
                "households_invited",
                self.t("How many households are there? Write it, or choose an RT or RW that has "
                       "been counted."),
            )  # fmt: skip
        elif came is not None and came > of:
            self.add_error(
                "households_present",
                self.t("More than the {n} households there are. Look both numbers over.",
                       n=self.t.number(of)),
            )  # fmt: skip
        given["households_invited"] = of
        return given

    def values(self) -> dict[str, Any]:
        """The meeting's fields."""
        area, _ = self.areas.get(self.cleaned_data["area"] or "", (None, None))
        found = {name: self.cleaned_data[name] for name in FIELDS}
        return {**found, "area": area, "title": self.cleaned_data["title"] or None}


@page("meetings.edit")
def work_party(request: HttpRequest, meeting: str | None = None) -> HttpResponse:
    """A work party that was held: one that was planned, or (without ``meeting``) a new one."""
    who, t = request.who, translator(request.lang)
    found: Meeting | None = None
    if meeting is not None:
        found = get_meeting_for(who, meeting)
        if found is None or found.kind != "kerja_bakti":
            raise Http404
    today = today_in(who.community)
    initial: dict[str, Any] = {"date": today}
    if found is not None:
        initial = {name: getattr(found, name) for name in FIELDS if name != "area"}
        initial |= {
            "area": found.area.public_id if found.area else "", "revision": found.revision,
        }  # fmt: skip
    form = WorkPartyForm(
        request.POST or None, t=t, areas=get_areas_for(who), today=today, initial=initial
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        if found is None and not is_first(request):
            return redirect("meetings", who.community.code)
        try:
            made = hold_work_party(
                by=who, meeting=found, revision=form.cleaned_data["revision"] or 0,
                fields=form.values(),
            )  # fmt: skip
        except ChangedMeanwhileError as error:
            forget(request)
            conflict = _saved(error.row, form, t)
        else:
            messages.success(request, t("The work party is on record. Thank you."))
            return redirect("meeting", who.community.code, made.public_id)
    more: dict[str, Any] = {"conflict": conflict} if conflict else {}
    if found is None:
        more["once"] = new_once(request)
    return form_page(
        request, form, t("The work party is over"), back=reverse("meetings", args=[
            who.community.code]), back_text=t("Meetings"), save=t("Save the work party"),
        lead=t("Where was it, and how many households took part?"), **more,
    )  # fmt: skip


def _saved(row: Any, form: WorkPartyForm, t: Translator) -> list[tuple[str, str]]:
    """Somebody saved meanwhile: what stands now, and the form ready to be saved over it."""
    data = form.data.copy()
    data["revision"] = str(row.revision)
    form.data = data
    now = {
        "date": t.date(row.date),
        "area": row.area.name if row.area else "–",
        "households_present": t.number(row.households_present),
        "households_invited": t.number(row.households_invited),
        "title": row.title or "–",
    }
    return [(str(form.fields[name].label), said) for name, said in now.items()]
