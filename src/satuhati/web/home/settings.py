"""Settings of a community: what it is, and how it uses the program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import Translator, translator
from satuhati.web.home.actions import edit_community, finish_guide
from satuhati.web.meetings.local_days import read_local_days
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import SchemaForm, told

COLUMNS = (
    "name", "place", "official_code", "time_zone", "decree", "founded", "households", "adults",
    "urban", "economic", "settlement", "initiated_by", "funded_by", "description",
)  # fmt: skip
OWN = (
    "public_page", "public_contact", "local_days", "record_votes", "meeting_aids",
    "researcher_mode", "idle_minutes", "meeting_minutes",
)  # fmt: skip


class CommunityForm(SchemaForm):
    """The community's row of the schema, and how it uses the program."""

    def __init__(self, *args: Any, t: Translator, instance: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(instance, name) for name in OWN}
        self.t = t
        super().__init__(
            *args, table="community", columns=COLUMNS, t=t, instance=instance, **kwargs
        )
        self.fields["public_page"] = forms.BooleanField(
            required=False,
            label=t("Show a page for residents"),
            help_text=t("Posts, open meetings, services and decisions, without an account."),
        )
        self.fields["public_contact"] = forms.CharField(
            required=False,
            max_length=300,
            label=t("How residents reach the working group"),
            help_text=t("A place or an hour, such as: RPTRA, Saturday 9 to 11. No private number."),
        )
        self.fields["local_days"] = forms.CharField(
            required=False,
            label=t("Local days and hours without meetings"),
            help_text=t(
                "One a line: “2027-03-22 Sedekah bumi”, or “Kamis 18.00-21.00 pengajian” for every "
                "week. Schedules and proposals keep off them, as they keep off national holidays."
            ),
            widget=forms.Textarea({"rows": 3}),
            max_length=6000,
        )
        self.fields["meeting_aids"] = forms.BooleanField(
            required=False,
            label=t("Aids for the meeting"),
            help_text=t("Check-in by QR code, a timer for the agenda, and turns of speaking."),
        )
        self.fields["record_votes"] = forms.BooleanField(
            required=False,
            label=t("Keep how decisions were reached"),
            help_text=t("Consensus, hands or ballot, and every objection, on the meeting's page."),
        )
        self.fields["idle_minutes"] = forms.IntegerField(
            min_value=5,
            max_value=240,
            label=t("Sign out after so many minutes"),
            help_text=t("For those who come in by a personal link: phones are often shared."),
        )
        self.fields["meeting_minutes"] = forms.IntegerField(
            min_value=15,
            max_value=720,
            label=t("How long a meeting takes, in minutes"),
            help_text=t("For the end in calendars. A meeting may go on past midnight."),
        )
        self.fields["researcher_mode"] = forms.BooleanField(
            required=False,
            label=t("Researcher's mode"),
            help_text=t("Adds ranges, reliability and the quality of the data to the report."),
        )

    def values(self) -> dict[str, Any]:
        return {**super().values(), **{name: self.cleaned_data[name] for name in OWN}}

    def clean_local_days(self) -> str:
        text: str = self.cleaned_data["local_days"]
        wrong = read_local_days(text).wrong
        if wrong:
            n, line = wrong[0]
            raise forms.ValidationError(
                self.t(
                    "Line {n} (“{line}”) is neither a day nor an hour of the week. Write it as in "
                    "the examples above.",
                    n=self.t.number(n), line=line,
                )
            )  # fmt: skip
        return text


@page("settings.edit")
def settings(request: HttpRequest) -> HttpResponse:
    """The community's own row, and its ways of working."""
    who, t = request.who, translator(request.lang)
    form = CommunityForm(request.POST or None, t=t, instance=who.community)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_community(
                by=who,
                community=who.community,
                revision=form.cleaned_data["revision"],
                fields=form.values(),
            )
        except ChangedMeanwhileError as error:
            conflict, form = told(form, error.row, t)
        else:
            messages.success(request, t("Saved."))
            return redirect("settings", who.community.code)
    context = {"form": form, "conflict": conflict}
    return render(request, "settings/settings.html", context, status=400 if form.errors else 200)


@page("settings.edit", methods=("POST",))
def hide_guide(request: HttpRequest) -> HttpResponse:
    """Put the first steps away."""
    finish_guide(by=request.who)
    return redirect("home", request.who.community.code)
