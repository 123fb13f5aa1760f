"""Who knows a service: five short questions of each, which become tallies when a round is closed.

Own wording, CC BY 4.0, in the order of the table ``awareness``: who has not heard is not asked
whether they have visited. The questions belong to one service each, so the same question is found
again in the next round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import Q

from satuhati.formats.xlsform.model import Choice, Label, Question, Section
from satuhati.schema.acting import CHANNELS
from satuhati.schema.choices import choice_label
from satuhati.text import Text
from satuhati.web.surveys.models import Instrument, Item
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community

STAGES = ("heard", "visited", "enrolled", "continuing")
CHANNEL = "channel"
_WORDS: dict[str, Text] = {
    "heard": Text("Apakah Anda pernah mendengar tentang {name}?",
                  "Have you heard of {name}?"),
    CHANNEL: Text("Dari mana terutama Anda tahu tentang {name}?",
                  "How did you mainly hear of {name}?"),
    "visited": Text("Apakah Anda atau keluarga pernah datang ke {name}?",
                    "Have you or your family ever been to {name}?"),
    "enrolled": Text("Apakah Anda atau keluarga terdaftar di {name}?",
                     "Are you or your family enrolled at {name}?"),
    "continuing": Text("Apakah sampai sekarang masih ikut {name}?",
                       "Do you still take part in {name}?"),
}  # fmt: skip
_NEEDS = {CHANNEL: "heard", "visited": "heard", "enrolled": "visited", "continuing": "enrolled"}
_YES_NO = (Choice("1", Label.of(Text("Ya", "Yes"))), Choice("0", Label.of(Text("Tidak", "No"))))
MOST = 6


def known_services(community: Community) -> list[Any]:
    """Services that run, the key ones first. The context of services stands above this one."""
    model: Any = apps.get_model("web", "Service")
    today = today_in(community)
    found = model.objects.filter(Q(ended__isnull=True) | Q(ended__gte=today))
    return list(found.order_by("-key", "name"))


def column(service: str, part: str) -> str:
    """The column of an answer about a service: ``aw_sigap_heard``."""
    return f"aw_{re.sub(r'[^A-Za-z0-9_]', '_', service)[:40]}_{part}"


def is_column(name: str) -> bool:
    """Whether a column is one of these: asked again only where its service is chosen again."""
    return re.fullmatch(rf"aw_\w+_({'|'.join((*STAGES, CHANNEL))})", name) is not None


def sections_of(codes: Sequence[str]) -> list[Section]:
    """A screen for each service that is asked about."""
    if not codes:
        return []
    model: Any = apps.get_model("web", "Service")
    names = dict(model.objects.filter(public_id__in=codes).values_list("public_id", "name"))
    return [
        Section(column(code, "asked"), tuple(_questions(code, names[code])),
                Label((("", names[code]),)))
        for code in codes
        if code in names
    ]  # fmt: skip


def _questions(service: str, name: str) -> list[Question]:
    found = []
    for part, words in _WORDS.items():
        label = Label.of(Text(words.id.format(name=name), words.en.format(name=name)))
        before = _NEEDS.get(part)
        relevant = f"${{{column(service, before)}}} = '1'" if before else None
        choices: tuple[Choice, ...] = _YES_NO
        if part == CHANNEL:
            choices = tuple(
                Choice(c, Label.of(choice_label("awareness", "channel", c))) for c in CHANNELS
            )
        found.append(Question(column(service, part), "select_one", label, choices=choices,
                              relevant=relevant))  # fmt: skip
    return found


def add_items(instrument: Instrument, services: Sequence[Any]) -> list[str]:
    """The rows of these questions in a questionnaire, made if they are missing; their names."""
    names: list[str] = []
    there = set(Item.objects.filter(instrument=instrument).values_list("name", flat=True))
    for service in services:
        for q in _questions(service.public_id, service.name):
            names.append(q.name)
            if q.name in there:
                continue
            choice = q.name.endswith(CHANNEL)
            Item.objects.create(
                community=instrument.community, public_id=f"{instrument.public_id}_{q.name}",
                instrument=instrument, name=q.name, type="choice" if choice else "binary",
                low=None if choice else 0, high=None if choice else 1,
                text_id=q.label("id"), text_en=q.label("en"),
            )  # fmt: skip
    return names
