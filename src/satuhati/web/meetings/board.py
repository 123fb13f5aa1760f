"""The board of follow-ups: what is open, late, mine; changed, moved, given up; reminders."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.text import Translator, translator
from satuhati.web.meetings.beside import FollowUpNote
from satuhati.web.meetings.models import FollowUp, FollowUpPartner, Meeting
from satuhati.web.meetings.queries import (
    get_actors_named_for,
    get_followups_for,
    open_followups,
)
from satuhati.web.meetings.task_actions import add_followup, drop_followup, edit_followup
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import listed, page
from satuhati.web.tenancy.schema_forms import SchemaForm
from satuhati.web.tenancy.who import Who

PER_PAGE = 25
SOON = dt.timedelta(days=7)
LONGEST = 500
STATES = {
    "": "open", "terlambat": "late", "saya": "mine", "selesai": "done", "dibatalkan": "dropped",
}  # fmt: skip
COLUMNS = ("text", "owner", "due", "caller", "kind")


def get_chair_on(day: dt.date) -> Actor | None:
    """Who held the chair on a day (the one in office longest, if several)."""
    term = holding(day).filter(post__kind="chair").select_related("actor").order_by("start", "pk")
    found = term.first()
    return found.actor if found is not None else None


def get_board_for(who: Who, state: str, person: str, today: dt.date) -> QuerySet[Any]:
    """Follow-ups of a state; of one person, if ``person`` is the id of one."""
    if state == "late":
        found = open_followups().filter(due__lt=today)
    elif state == "mine":
        own = who.membership.actor_id if who.membership else None
        found = open_followups().filter(owner=own) if own else FollowUp.objects.none()
    elif state == "dropped":
        found = FollowUp.objects.filter(dropped_on__isnull=False, done_on__isnull=True)
        found = found.select_related("owner").order_by("-dropped_on", "-pk")
    else:
        found = get_followups_for(who, state)
    return found.filter(owner__public_id=person) if person else found


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the tasks of a page: who shares which, and why some were given up."""

    shares: dict[int, list[str]]
    why: dict[int, str]


def get_beside_for(who: Who, tasks: Iterable[FollowUp]) -> Beside:
    """Two queries for a page of follow-ups."""
    rows = {task.pk: task for task in tasks}
    shares: dict[int, list[str]] = defaultdict(list)
    partners = FollowUpPartner.objects.filter(followup__in=rows, role="shares")
    for pk, name, code in partners.order_by("pk").values_list(
        "followup", "actor__name", "actor__public_id"
    ):
        shares[pk].append(name or code)
    by_code = {task.public_id: task for task in rows.values() if task.dropped_on}
    why = {}
    notes = FollowUpNote.objects.filter(followup__in=by_code, kind="dropped").order_by("pk")
    for note in notes:
        if note.on == by_code[note.followup].dropped_on:  # not of an earlier time, or other records
            why[by_code[note.followup].pk] = note.text
    return Beside(dict(shares), why)


def get_owners_for(who: Who) -> list[tuple[str, str]]:
    """Who has something open, by name."""
    found = open_followups().order_by().values_list("owner__public_id", "owner__name").distinct()
    return sorted(((code, name or code) for code, name in found), key=lambda o: o[1].casefold())


@page("meetings.view", methods=("GET",))
def followups(request: HttpRequest) -> HttpResponse:
    """The board: open, late, mine, done, given up; of everybody or of one person."""
    who, t = request.who, translator(request.lang)
    asked = request.GET.get("lihat", "")
    asked = asked if asked in STATES else ""
    state, person = STATES[asked], request.GET.get("orang", "")[:200]
    number, today = request.GET.get("p"), today_in(who.community)
    own = who.membership.actor_id if who.membership else None

    def read() -> Any:
        found = listed(get_board_for(who, state, person, today), PER_PAGE, number)
        return found, get_beside_for(who, found.object_list), get_owners_for(who)

    key = ("followups", state, person, number, today, own if state == "mine" else None)
    found, beside, owners = remembered(who.community, key, read)
    words = {
        "": t("Still open"), "terlambat": t("Late"), "saya": t("Mine"), "selesai": t("Done"),
        "dibatalkan": t("Given up"),
    }  # fmt: skip
    context = {
        "page": found,
        "beside": beside,
        "state": state,
        "asked": asked,
        "person": person,
        "owners": owners,
        "tabs": [(key, word) for key, word in words.items() if key != "saya" or own],
        "query": urlencode({k: v for k, v in (("lihat", asked), ("orang", person)) if v}),
        "today": today,
        "keeper": who.may("register.edit"),
        "may_edit": who.may("meetings.edit"),
        "own": own,
    }
    return render(request, "meetings/followups.html", context)


# -- one task --------------------------------------------------------------------------------------


class FollowUpForm(SchemaForm):
    """A task: what, who, until when, who called for it, who shares it."""

    def __init__(self, *args: Any, t: Translator, who: Who, agreed: dt.date, **kwargs: Any) -> None:
        shared = kwargs.pop("shared", [])
        people = Actor.objects.filter(Q(left__isnull=True) | Q(left__gt=agreed)).order_by("name")
        instance = kwargs.get("instance")
        if instance is not None:
            kept = [pk for pk in (instance.owner_id, instance.caller_id) if pk]
            people = (people | Actor.objects.filter(pk__in=kept)).order_by("name")
        super().__init__(
            *args, table="followups", columns=COLUMNS, t=t,
            references={"owner": people, "caller": people}, **kwargs,
        )  # fmt: skip
        self.t, self.who, self.agreed = t, who, agreed
        self.fields["shares"] = forms.CharField(
            label=t("Who shares it"), required=False, strip=False, initial="\n".join(shared),
            widget=forms.Textarea({"rows": 2}),
            help_text=t("Organisations or people of the register, one name a line."),
        )  # fmt: skip
        self.partners: list[Actor] = []

    def clean_due(self) -> dt.date | None:
        due: dt.date | None = self.cleaned_data["due"]
        if due is not None and due < self.agreed:
            raise forms.ValidationError(
                self.t("The date lies before it was agreed on, {date}.",
                       date=self.t.date(self.agreed))
            )  # fmt: skip
        return due

    def clean_shares(self) -> str:
        text: str = self.cleaned_data["shares"]
        self.partners, unknown = get_actors_named_for(self.who, text)
        if unknown:
            raise forms.ValidationError(
                [
                    self.t("“{name}” is not in the register, or more than one has this name.",
                           name=name)
                    for name in unknown
                ]
            )  # fmt: skip
        return text


def _found(who: Who, code: str) -> FollowUp:
    rows = FollowUp.objects.select_related("owner", "caller", "meeting")
    found: FollowUp | None = rows.filter(public_id=code).first()
    if found is None:
        raise Http404
    return found


@page("meetings.edit")
def new_followup(request: HttpRequest) -> HttpResponse:
    """A task that was agreed on outside a meeting, or forgotten on its page (``?rapat=``)."""
    who, t = request.who, translator(request.lang)
    code = request.GET.get("rapat", "")
    meeting = Meeting.objects.filter(public_id=code).first() if code else None
    agreed = meeting.date if meeting is not None else today_in(who.community)
    form = FollowUpForm(request.POST or None, t=t, who=who, agreed=agreed)
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            add_followup(
                by=who, shares=form.partners, meeting=meeting, agreed_on=agreed, **form.values()
            )
            messages.success(request, t("The task is on the board."))
        return redirect("followups", who.community.code)
    return form_page(
        request, form, t("A new task"), back=reverse("followups", args=[who.community.code]),
        back_text=t("Follow-ups"), once=new_once(request),
    )  # fmt: skip


@page("meetings.edit")
def edit_task(request: HttpRequest, followup: str) -> HttpResponse:
    """Change a task, move its date, or give it up with a reason."""
    who, t = request.who, translator(request.lang)
    found = _found(who, followup)
    shared = FollowUpPartner.objects.filter(followup=found, role="shares").order_by("pk")
    names = [n for n in shared.values_list("actor__name", flat=True) if n]
    dropping = request.method == "POST" and request.POST.get("what") == "drop"
    form = FollowUpForm(
        None if dropping else request.POST or None, t=t, who=who, agreed=found.agreed_on,
        instance=found, shared=names,
    )  # fmt: skip
    form.fields["why"] = forms.CharField(
        label=t("Why the date moved"), required=False, max_length=LONGEST
    )
    reason, conflict, error = "", None, ""
    if dropping:
        reason = request.POST.get("reason", "").strip()
        error = _cannot_drop(reason, t)
        if not error:
            try:
                drop_followup(
                    by=who, followup=found, revision=_number(request.POST.get("revision", "")),
                    on=today_in(who.community), why=reason,
                )  # fmt: skip
            except ChangedMeanwhileError:
                error = t("Somebody else changed this task meanwhile. Look it over, then decide.")
            else:
                messages.success(request, t("The task is given up; it stays on record."))
                return redirect("followups", who.community.code)
    elif request.method == "POST" and form.is_valid():

        def act(*, revision: int, fields: dict[str, Any]) -> Any:
            return edit_followup(
                by=who, followup=found, revision=revision, fields=fields, shares=form.partners,
                why=form.cleaned_data["why"], on=today_in(who.community),
            )  # fmt: skip

        shown, conflict = save_changes(request, form, act)
        if conflict is None:
            return redirect("followups", who.community.code)
        form = _with_partners(shown, names, conflict)
    context = {
        "form": form,
        "followup": found,
        "conflict": conflict,
        "error": error,
        "reason": reason,
        "notes": list(FollowUpNote.objects.filter(followup=found.public_id).order_by("-pk")),
    }
    status = 400 if form.errors or error else 200
    return render(request, "meetings/edit_followup.html", context, status=status)


def _with_partners(form: Any, saved: list[str], conflict: list[tuple[str, str]]) -> Any:
    """After a conflict: who shares the task by now, beside whom the person named. None is lost."""
    typed = [line.strip() for line in form.data.get("shares", "").splitlines() if line.strip()]
    known = {" ".join(name.split()).casefold() for name in typed}
    more = [name for name in saved if name.casefold() not in known]
    if more:
        conflict.append((str(form.fields["shares"].label), ", ".join(saved)))
        form.data["shares"] = "\n".join([*typed, *more])
    return form


def _cannot_drop(reason: str, t: Translator) -> str:
    if not reason:
        return t("Write why it is given up, so that nobody wonders later.")
    if len(reason) > LONGEST:
        return t("This is longer than {n} letters. Please shorten it.", n=t.number(LONGEST))
    return ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


# -- reminders -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pressing:
    """An owner's open follow-ups that are late or due within a week."""

    owner: Actor
    late: list[FollowUp]
    soon: list[FollowUp]


def get_pressing_for(who: Who, today: dt.date) -> list[Pressing]:
    """By owner, whoever has most that is late first. One query."""
    found: dict[int, Pressing] = {}
    for task in open_followups().filter(due__lte=today + SOON):
        one = found.setdefault(task.owner_id, Pressing(task.owner, [], []))
        (one.late if task.due < today else one.soon).append(task)
    return sorted(
        found.values(), key=lambda p: (-len(p.late), -len(p.soon), (p.owner.name or "").casefold())
    )


@dataclass(frozen=True, slots=True)
class PressingCount:
    """How many follow-ups are late, and how many due within a week."""

    late: int
    soon: int


def get_pressing_count_for(who: Who, today: dt.date) -> PressingCount | None:
    """For Home; ``None`` when nothing presses."""

    def count() -> PressingCount | None:
        found = get_pressing_for(who, today)
        late, soon = sum(len(p.late) for p in found), sum(len(p.soon) for p in found)
        return PressingCount(late, soon) if found else None

    return remembered(who.community, ("pressing", today), count)


def reminder(t: Translator, community: Community, one: Pressing, today: dt.date) -> str:
    """The text for one owner: what is waiting, and an offer of help. Speaks of nobody else."""
    hello = (
        t("Hello {name}, a friendly reminder from {community}:", name=one.owner.name,
          community=community.name)
        if one.owner.name
        else t("A friendly reminder from {community}:", community=community.name)
    )  # fmt: skip
    lines = [hello, ""]
    for task in one.late:
        lines.append(f"- {task.text} ({t('was due on {date}', date=t.date(task.due))})")
    for task in one.soon:
        when = t("today") if task.due == today else t("until {date}", date=t.date(task.due))
        lines.append(f"- {task.text} ({when})")
    lines += ["", t("If something is in the way, or another date is better, just say so; we will "
                    "look for help together. Thank you.")]  # fmt: skip
    return "\n".join(lines)


@page("meetings.edit", methods=("GET",))
def reminders(request: HttpRequest) -> HttpResponse:
    """What is late or due this week, with a text ready for each owner."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    found = get_pressing_for(who, today)
    context = {
        "pressing": [(one, reminder(t, who.community, one, today)) for one in found],
        "today": today,
    }
    return render(request, "meetings/reminders.html", context)
