"""Rounds opened and forms filled in as a browser does it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.utils import timezone
from django_scopes import scope

from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import token_of
from satuhati.web.register.models import Actor
from satuhati.web.surveys.bank import SHORT
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

TODAY = timezone.localdate()
UNTIL = TODAY + dt.timedelta(days=7)


def form(**other: object) -> dict[str, object]:
    fields = {"questionnaire": "pokja:short", "own": "", "own_kind": "likert", "how": "census",
              "size": "", "chosen": "", "reason": "", "anonymous": "on",
              "until": UNTIL.isoformat(), **other}  # fmt: skip
    return {k: v for k, v in fields.items() if v is not None}


def opened(browser: Client, **other: object) -> str:
    answer = browser.post("/k/melati/survei/baru/", form(**other))
    assert answer.status_code == 302, re.findall(
        r'class="error"[^>]*>([^<]+)', answer.content.decode()
    )
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def path(keeper: Who, community: Community, person: str, code: str) -> str:
    with scope(community=community):
        actor = Actor.objects.get(public_id=person)
        return f"/j/{token_of(make_links(by=keeper, actors=[actor])[actor.pk])}/survei/{code}/"


def filled(
    n: int = 4, population: str = "pokja", submission: str = "", **other: str
) -> dict[str, str]:
    answers = {f"q-{code}": str(n) for code in SHORT[population]}
    return {"step": "3", "go": "send", "agreed": "1", "submission": submission or "s" * 20,
            **answers, **other}  # fmt: skip


def said(answer: Any) -> str:
    found = re.search(r'data-taken="(\w+)"', answer.content.decode())
    return found[1] if found else ""
