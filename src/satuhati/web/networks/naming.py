"""From names as they are typed to rows of the register.

Who answers by link has no account, so the page offers only what the public page shows too: holders
of posts, and organisations. Anybody else is found by their whole name; a part of a name, or a name
that several bear, finds nobody, and nothing is said of who would have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from satuhati.text import Text, Translator
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who

MOST = 5
"""Names to a question: more tires, and says little that is new."""
LONGEST = 4000
EXCHANGES = ("information", "resources", "support")
NOMINATIONS = ("spreads", "moves")
TRUST = "goto"

QUESTIONS: dict[str, tuple[Text, Text]] = {
    "information": (
        Text("Siapa yang biasa Anda tanya bila butuh kabar atau penjelasan?",
             "Whom do you usually ask when you need news or an explanation?"),
        Text("Misalnya tentang kegiatan kampung, bantuan, sekolah, atau kesehatan.",
             "Say about activities, aid, school or health."),
    ),
    "resources": (
        Text("Siapa yang biasa meminjami atau membantu Anda?",
             "Who usually lends you things or gives you a hand?"),
        Text("Alat, tempat, tenaga, uang, atau waktu.", "Tools, room, work, money or time."),
    ),
    "support": (
        Text("Siapa yang biasa menguatkan Anda?", "Who usually keeps your spirits up?"),
        Text("Yang mendengarkan dan menyemangati waktu Anda susah atau ragu.",
             "Who listens and encourages you when things are hard."),
    ),
    "spreads": (
        Text("Siapa yang pandai menyebarkan kabar?", "Who spreads news well?"),
        Text("Punya jabatan atau tidak.", "With a post or without."),
    ),
    "moves": (
        Text("Siapa yang pandai menggerakkan warga?", "Who gets people moving?"),
        Text("Punya jabatan atau tidak.", "With a post or without."),
    ),
    "goto": (
        Text("Ke lembaga mana Anda akan datang bila butuh bantuan?",
             "To which organisation would you go for help?"),
        Text("Lembaga atau kelompok, bukan orang.", "An organisation or a group, not a person."),
    ),
}  # fmt: skip

_TITLES = re.compile(
    r"^(?:(?:ibu|bu|bapak|pak|bpk|sdr|sdri|mas|mbak|kak|ny|tn|ust|ustadz|ustadzah|hj|h|kh|dr|drs"
    r"|dra|ir)\b\.?\s*)+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Asked:
    """One question as typed, with what is wrong in it."""

    key: str
    question: str
    help: str
    text: str = ""
    errors: list[str] = field(default_factory=list)
    found: list[Actor] = field(default_factory=list)

    @property
    def organisations(self) -> bool:
        return self.key == TRUST


@dataclass(slots=True)
class Sheet:
    """All questions of a round as one person sent them."""

    asked: list[Asked]
    unknown: int = 0
    """Names that fit nobody or several: the only ones that may be left out unsaid."""

    @property
    def wrong(self) -> bool:
        return any(one.errors for one in self.asked)

    @property
    def names(self) -> dict[str, list[Actor]]:
        return {one.key: one.found for one in self.asked}


def blank(t: Translator) -> Sheet:
    return Sheet([Asked(key, q(t.lang), h(t.lang)) for key, (q, h) in QUESTIONS.items()])


def suggested(who: Who, actor: Actor) -> tuple[list[str], list[str]]:
    """Names the page may offer: holders of posts, and organisations. Never the person asked."""
    today = today_in(who.community)
    terms = holding(today).exclude(actor=actor).select_related("actor")
    people = {one.actor.name for one in terms if one.actor.name}
    groups = _there(who).exclude(kind="person").exclude(name=None)
    key = str.casefold
    return sorted(people, key=key), sorted(set(groups.values_list("name", flat=True)), key=key)


def _there(who: Who) -> QuerySet[Actor]:
    found: QuerySet[Actor] = Actor.objects.exclude(left__lte=today_in(who.community))
    return found


def read(
    who: Who, actor: Actor, given: Mapping[str, str], t: Translator, *, drop: bool = False
) -> Sheet:
    """What was sent, with every name looked up. ``drop``: leave out names that are not found."""
    sheet = blank(t)
    people, groups = suggested(who, actor)
    known = [*people, *groups]
    for one in sheet.asked:
        one.text = str(given.get(one.key, ""))[:LONGEST]
        among = _there(who)
        if one.organisations:
            among = among.exclude(kind="person")
        elif one.key in NOMINATIONS:
            among = among.filter(kind="person")
        lines = [" ".join(line.split()) for line in one.text.splitlines() if line.strip()]
        if len(lines) > 3 * MOST:  # nothing is looked up
            one.errors.append(t("At most {n} names, please.", n=MOST))
            continue
        for line in dict.fromkeys(lines):
            found = find(among, line, groups if one.organisations else known)
            if found is None:
                sheet.unknown += 1
                if not drop:
                    one.errors.append(
                        t("“{name}” is not found, or more than one has this name. Write the whole "
                          "name, with the RT if need be: Sari Dewi, RT 03.", name=line[:80])
                    )  # fmt: skip
            elif found.pk == actor.pk:
                one.errors.append(t("That is you: please name others."))
            elif found not in one.found:
                one.found.append(found)
        if len(one.found) > MOST:
            one.errors.append(t("At most {n} names, please.", n=MOST))
    return sheet


def find(among: QuerySet[Actor], text: str, known: list[str]) -> Actor | None:
    """The one who bears this name: *Ibu Sari Dewi*, or *Sari Dewi, RT 03* where two do."""
    name, _, place = text.partition(",")
    for wanted, where in ((text, ""), (name.strip(), place.strip())):
        bare = _TITLES.sub("", wanted)
        for one in dict.fromkeys((wanted, bare)):
            if not one:
                continue
            fits = list(among.filter(name__iexact=one).select_related("area")[:20])
            if where:
                fits = [f for f in fits if f.area and where.casefold() in f.area.name.casefold()]
            if len(fits) == 1:
                return fits[0]
            if fits:
                break
    part = _TITLES.sub("", text).casefold()
    parts = [one for one in known if len(part) > 2 and part in one.casefold()]
    fits = list(among.filter(name=parts[0])[:2]) if len(parts) == 1 else []
    return fits[0] if len(fits) == 1 else None
