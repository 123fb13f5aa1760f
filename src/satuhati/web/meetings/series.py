"""This meeting, this and the following, or all of its schedule: the choice when one is changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from satuhati.text import Translator
from satuhati.web.meetings.actions import edit_meeting
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.series_actions import Changed, change_from
from satuhati.web.meetings.series_plan import (
    ALL,
    FOLLOWING,
    Change,
    NotByRuleError,
    changes_others,
    plan_change,
)
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.schema_forms import SchemaForm

THIS = "this"
SEEN, ALONG = "seen", "along"
"""Fields beside the form: the mark of the plan that was looked at, and whether those that people
were told of are taken along."""


def ask_reach(form: SchemaForm, meeting: Meeting, t: Translator) -> None:
    """Let the form ask how far a change reaches, if the meeting is one of a schedule to come."""
    if meeting.series_id is None or meeting.status != "planned":
        return
    form.fields["reach"] = forms.ChoiceField(
        label=t("What do you change?"),
        choices=[
            (THIS, t("Only this meeting")),
            (FOLLOWING, t("This one and the following")),
            (ALL, t("All that are still to come")),
        ],
        initial=THIS,
        widget=forms.RadioSelect,
        help_text=t(
            "The others take over hour, place and title. A new day becomes the new rule: the same "
            "weekday of the month, off national holidays."
        ),
    )


def is_many(form: SchemaForm, meeting: Meeting) -> bool:
    """Whether a valid form changes several meetings."""
    reach = form.cleaned_data.get("reach")
    return reach in (FOLLOWING, ALL) and changes_others(meeting, form.values())


def plan_of(request: HttpRequest, form: SchemaForm, meeting: Meeting) -> Change:
    """What a valid form would do to the others. Raises ``NotByRuleError``."""
    return plan_change(
        request.who, meeting, form.values(), form.cleaned_data["reach"],
        today_in(request.who.community), along=request.POST.get(ALONG) == "1",
    )  # fmt: skip


def edit_in_series(
    *, request: HttpRequest, form: SchemaForm, meeting: Meeting, t: Translator, revision: int,
    fields: dict[str, Any],
) -> None:  # fmt: skip
    """Save by the reach that was chosen, and tell what became of the others.

    Raises ``ChangedMeanwhileError``, ``NotByRuleError`` and ``NotAsSeenError``.
    """
    reach = form.cleaned_data.get("reach") or THIS
    if reach not in (FOLLOWING, ALL):
        edit_meeting(by=request.who, meeting=meeting, revision=revision, fields=fields)
        return
    changed = change_from(
        by=request.who, meeting=meeting, revision=revision, fields=fields, reach=reach,
        today=today_in(request.who.community), along=request.POST.get(ALONG) == "1",
        mark=request.POST.get(SEEN, ""),
    )  # fmt: skip
    tell(request, changed, t)


def tell(request: HttpRequest, changed: Changed, t: Translator) -> None:
    """How many others changed, who must be told, and what stayed."""
    messages.success(
        request,
        t.plural(
            "{n} other meeting of the schedule is changed too.",
            "{n} other meetings of the schedule are changed too.",
            changed.others,
        ),
    )
    if changed.told:
        days = ", ".join(t.date(day) for day in changed.told)
        messages.warning(
            request,
            t("People were invited already for: {dates}. Tell them of the change.", dates=days),
        )
    if changed.stayed:
        days = ", ".join(t.date(day) for day in changed.stayed)
        messages.warning(
            request,
            t("These keep their day, for the new one is past or taken: {dates}.", dates=days),
        )
    if changed.bound:
        days = ", ".join(t.date(day) for day in changed.bound)
        messages.warning(
            request,
            t("These stay as they were, for people were told of them: {dates}.", dates=days),
        )


def why_not(error: NotByRuleError, t: Translator) -> str:
    """A day that is no rule, in words."""
    if error.why == "week":
        return t("For several weekly meetings choose a day of the same week.")
    return t("For several meetings choose a day of the same month.")
