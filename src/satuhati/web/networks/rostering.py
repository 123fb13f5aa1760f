"""The full list: one goes through everybody of a round and ticks how one is tied to each.

It opens to who may read these names anyway: the team, who sees the register; somebody by link only
where all names on the list stand on the public page (holders of posts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from satuhati.framework import SECTIONS, SECTORS
from satuhati.reports import words as w
from satuhati.text import Translator, translator
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.queries import members_on
from satuhati.web.networks.kinds import RELATIONS
from satuhati.web.networks.models import RosterEntry, TieAsking, TieRound
from satuhati.web.register.consent_actions import in_force
from satuhati.web.register.models import Actor
from satuhati.web.register.purposes import LAW, PURPOSES, WITHDRAW
from satuhati.web.tenancy.clock import today_in

MOST = 150
"""People on a full list: more than that nobody goes through."""


@dataclass(slots=True)
class Row:
    """Somebody on the list, and what was ticked."""

    actor: Actor
    code: str
    post: str
    ticked: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Group:
    """A section of the working group, or a sector, on the list."""

    key: str
    title: str
    rows: list[Row]

    @property
    def marked(self) -> int:
        return sum(bool(row.ticked) for row in self.rows)


def groups_of(round_: TieRound, actor: Actor, t: Translator) -> list[Group]:
    """Everybody else on the list, by section of the group, then by sector."""
    posts = {
        m.actor.pk: (m.post or "", m.section or "") for m in members_on(today_in(actor.community))
    }
    entries = RosterEntry.objects.filter(round=round_).exclude(actor=actor).select_related("actor")
    found: dict[str, list[Row]] = {}
    for entry in entries:
        post, section = posts.get(entry.actor_id, ("", ""))
        key = section or ("core" if post else entry.actor.sector or "")
        row = Row(entry.actor, entry.actor.public_id, post)
        found.setdefault(key, []).append(row)
    order = ["core", *SECTIONS, *SECTORS, ""]
    titles = {
        "core": t("Leaders of the working group"),
        **{code: w.section(code, t.lang) for code in SECTIONS},
        **{code: w.sector(code, t.lang) for code in (*SECTORS, "")},
    }
    for rows in found.values():
        rows.sort(key=lambda row: (row.actor.name or "").casefold())
    keys = sorted(found, key=lambda k: (order.index(k) if k in order else len(order), k))
    return [Group(key, titles.get(key, key), found[key]) for key in keys]


def read(groups: list[Group], given: Mapping[str, str]) -> dict[str, list[Actor]]:
    """What was ticked, by relation; of who is not on the list nothing is taken."""
    names: dict[str, list[Actor]] = {relation: [] for relation in RELATIONS}
    for group in groups:
        for row in group.rows:
            row.ticked = {r for r in RELATIONS if given.get(f"{row.code}.{r}") == "1"}
            for relation in row.ticked:
                names[relation].append(row.actor)
    return names


def list_page(
    request: HttpRequest, asking: TieAsking, actor: Actor, *, back: str, answered: bool,
    link: AnswerLink | None = None, interviewing: bool = False,
) -> HttpResponse:  # fmt: skip
    """The list as a form. What was ticked before is not shown again, as in short rounds."""
    from satuhati.web.networks.actions import RoundClosedError, interview_ties, say_ties

    who, t = request.who, translator(request.lang)
    groups = groups_of(asking.round, actor, t)
    wrong = {"shown": "", "nobody": ""}
    shown, nobody = "", False
    if request.method == "POST":
        shown, nobody = request.POST.get("shown", ""), request.POST.get("nobody") == "1"
        names = read(groups, request.POST.dict())
        some = any(names.values())
        if shown not in ("yes", "no"):
            wrong["shown"] = t("Please choose first whether your name may be shown.")
        if not some and not nobody:
            wrong["nobody"] = t("Nothing is ticked. If that is right, say so here.")
        if some and nobody:
            wrong["nobody"] = t("Somebody is ticked above. Take this tick off, or those.")
        if not any(wrong.values()):
            common: dict[str, Any] = {
                "by": who, "round": asking.round, "actor": actor, "names": names,
                "shown": shown == "yes",
            }  # fmt: skip
            try:
                if interviewing:
                    interview_ties(**common)
                else:
                    say_ties(**common, link=link)
            except RoundClosedError:
                messages.error(request, t("This round is closed: it takes no more answers."))
                return redirect(f"{back}?{urlencode({'tersimpan': 'ditutup'})}")
            messages.success(
                request, t("Thank you, your answer is noted. Nobody sees it before the round ends.")
            )
            return redirect(f"{back}?{urlencode({'tersimpan': '1'})}")
    context = {
        "asking": asking, "actor": actor, "groups": groups, "relations": RELATIONS,
        "people": sum(len(group.rows) for group in groups), "wrong": wrong,
        "again": any(wrong.values()),
        "shown": shown or ("yes" if in_force(actor, "ties") and not interviewing else ""),
        "nobody": nobody, "answered": answered, "back": back, "by_link": link is not None,
        "interviewing": interviewing, "purpose": PURPOSES["ties"],
        "withdrawing": WITHDRAW(t.lang), "law": LAW(t.lang),
    }  # fmt: skip
    return render(request, "networks/list.html", context, status=400 if context["again"] else 200)
