"""How people are asked about ties: in short, or through the full list, and who may open it."""

from __future__ import annotations

from satuhati.text import Text
from satuhati.web.networks.models import RosterEntry, TieAsking
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.clock import today_in

FULL = "roster"
SHORT = "short"

RELATIONS: dict[str, tuple[Text, Text]] = {
    "acquaintance": (Text("kenal", "know"), Text("Saya mengenalnya.", "I know them.")),
    "information": (
        Text("tanya kabar", "ask for news"),
        Text("Saya biasa bertanya kepadanya bila butuh kabar atau penjelasan.",
             "I ask them when I need news or an explanation."),
    ),
    "resources": (
        Text("bantuan", "help"),
        Text("Ia biasa meminjami atau membantu saya: alat, tempat, tenaga, uang, waktu.",
             "They lend me things or give me a hand: tools, room, work, money, time."),
    ),
    "support": (
        Text("menguatkan", "support"),
        Text("Ia biasa menguatkan saya waktu susah atau ragu.",
             "They keep my spirits up when things are hard."),
    ),
    "collaboration": (
        Text("kerja bersama", "work together"),
        Text("Kami mengerjakan sesuatu bersama dalam setahun ini.",
             "We have worked on something together within a year."),
    ),
}  # fmt: skip


def opens_by_link(asking: TieAsking) -> bool:
    """Whether all names on the list stand on the public page anyway."""
    if asking.kind != FULL:
        return True
    public = holding(today_in(asking.community)).values("actor")
    there = RosterEntry.objects.filter(round=asking.round, actor__kind="person")
    return not there.exclude(actor__in=public).exists()
