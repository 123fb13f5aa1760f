"""*Dua cermin*: what the group predicts before it sees results, hidden until it closes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.text import Text
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.outreach.models import Service
from satuhati.web.profile.models import Prediction
from satuhati.web.profile.queries import latest_snapshot
from satuhati.web.profile.shown import count_shown, shown_to
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.models import Membership
from satuhati.web.tenancy.who import NotAllowedError, Who
from satuhati.web.together.models import MirrorGuess, MirrorItem, MirrorRound

HEARD = "service_heard"
QUESTIONS: dict[str, tuple[str, Text]] = {
    HEARD: (
        "warga",
        Text("Dari 10 warga, berapa yang pernah mendengar {service}?",
             "Of 10 residents, how many have heard of {service}?"),
    ),
    "participation": (
        "pokja",
        Text("Dari 10 kursi di rapat Pokja, berapa yang terisi (hadir atau diwakili)?",
             "Of 10 seats at the group's meetings, how many are taken (present or represented)?"),
    ),
    "regularity": (
        "pokja",
        Text("Dari 10 kali rapat seharusnya diadakan, berapa kali sungguh diadakan tepat jadwal?",
             "Of 10 times a meeting was due, how many times was it held on schedule?"),
    ),
    "followups_on_time": (
        "pokja",
        Text("Dari 10 tindak lanjut, berapa yang selesai tepat waktu?",
             "Of 10 follow-ups, how many are done by their date?"),
    ),
    "decisions_finished": (
        "pokja",
        Text("Dari 10 keputusan, berapa yang sampai menjadi tindak lanjut yang selesai?",
             "Of 10 decisions, how many led to a finished follow-up?"),
    ),
    "norms_invoked": (
        "pokja",
        Text("Dari 10 aturan tertulis, berapa yang dirujuk dalam rapat setahun ini?",
             "Of 10 written rules, how many were invoked in meetings this year?"),
    ),
    "questions_answered": (
        "warga",
        Text("Dari 10 pertanyaan warga, berapa yang dijawab dalam 14 hari?",
             "Of 10 questions of residents, how many were answered within 14 days?"),
    ),
    "spoke_female": (
        "pokja",
        Text("Dari 10 perempuan yang hadir rapat, berapa yang ikut bicara?",
             "Of 10 women at a meeting, how many speak?"),
    ),
    "kerja_bakti": (
        "warga",
        Text("Dari 10 rumah tangga di RT, berapa yang ikut kerja bakti?",
             "Of 10 households of an RT, how many join in kerja bakti?"),
    ),
}  # fmt: skip
"""Measures that are shares of something countable: of ten, how many? With their population."""

FEWEST = 3
"""Of fewer predictions one would know whose they are."""
HALF_A_TENTH = 5.0
"""Who answers in tenths cannot be nearer."""

Figure = tuple[str, str]


class AlreadyOpenError(Exception):
    """There is an open round: close that one first."""


class KnownAlreadyError(Exception):
    """The figure was shown to this person in this wave: no prediction any more."""


class ClosedError(Exception):
    """The round has been closed meanwhile."""


def key_of(item: MirrorItem) -> str:
    return f"{item.measure}|{item.service}"


def current_wave(who: Who) -> int:
    """The wave that the newest snapshot speaks of."""
    snapshot = latest_snapshot(who)
    return int(snapshot.summary.get("figures", {}).get("wave", 1)) if snapshot else 1


def key_services(today: dt.date) -> list[Service]:
    """The services whose being known is measured."""
    running = Service.objects.filter(key=True).order_by("name")
    return [s for s in running if s.ended is None or s.ended >= today]


# -- what is done --------------------------------------------------------------------------------


@action("mirror.open", "mirror.arrange")
def open_round(
    *, by: Who, figures: Collection[Figure], wave: int, jointly: bool, on: dt.date
) -> Outcome[MirrorRound]:
    """Ask for predictions of these figures. Raises :class:`AlreadyOpenError`."""
    try:
        with transaction.atomic():
            made = MirrorRound.objects.create(
                community=by.community, wave=wave, jointly=jointly, opened_on=on, by=by.user
            )
    except IntegrityError:
        raise AlreadyOpenError from None
    for measure, service in dict.fromkeys(figures):
        MirrorItem.objects.create(
            community=by.community, round=made, measure=measure, service=service
        )
    return Outcome(made, "predictions", "", {"rows": len(figures), "wave": wave})


def _still_open(round_: MirrorRound) -> None:
    """Of who guesses and who closes at once, one is first."""
    locked = MirrorRound.objects.select_for_update().get(pk=round_.pk)
    if locked.closed_on is not None:
        raise ClosedError


@action("mirror.guess", "mirror.guess", data=False)
def guess(*, by: Who, round_: MirrorRound, tenths: Mapping[MirrorItem, int | None]) -> Outcome[int]:
    """A member's own predictions; ``None`` takes one back.

    Raises :class:`KnownAlreadyError` for a figure they were shown, :class:`ClosedError`, and
    ``NotAllowedError`` for who is no member or where the group predicts jointly.
    """
    if by.membership is None or round_.jointly:
        raise NotAllowedError("mirror")
    _still_open(round_)
    if shown_to(by, round_.wave, [key_of(item) for item in tenths]):
        raise KnownAlreadyError
    for item, value in tenths.items():
        mine = MirrorGuess.objects.filter(item=item, membership=by.membership)
        if value is None:
            mine.delete()
        else:
            MirrorGuess.objects.update_or_create(
                item=item, membership=by.membership,
                defaults={"tenths": value, "community": by.community},
            )  # fmt: skip
    return Outcome(len(tenths), "predictions", "", {"rows": len(tenths)})


@action("mirror.guess_jointly", "mirror.arrange", data=False)
def guess_jointly(
    *, by: Who, round_: MirrorRound, tenths: Mapping[MirrorItem, int | None], people: int
) -> Outcome[int]:
    """What the group agreed on, and how many predicted. Raises :class:`ClosedError`."""
    if not round_.jointly:
        raise NotAllowedError("mirror")
    _still_open(round_)
    for item, value in tenths.items():
        MirrorItem.objects.filter(pk=item.pk).update(
            value=None if value is None else 10.0 * value, people=people
        )
    return Outcome(len(tenths), "predictions", "", {"rows": len(tenths)})


@action("mirror.close", "mirror.arrange")
def close_round(*, by: Who, round_: MirrorRound, on: dt.date) -> Outcome[int]:
    """No more predictions: the group's word on each figure becomes a row of ``predictions``.

    Of members' own predictions it is the median. A figure nobody predicted has none.
    """
    _still_open(round_)
    services = {s.public_id: s for s in Service.objects.all()}
    made = 0
    for item in round_.items.order_by("pk"):
        if not round_.jointly:
            given = list(item.guesses.values_list("tenths", flat=True))
            item.people = len(given) or None
            item.value = 10.0 * median(given) if given else None
        if item.value is not None and (not item.service or item.service in services):
            row = created(
                Prediction, round_.community, measure=item.measure,
                service=services.get(item.service), population=QUESTIONS[item.measure][0],
                wave=round_.wave, date=on, value=item.value, people=item.people,
            )  # fmt: skip
            item.prediction = row.public_id
            made += 1
        item.save()
    MirrorRound.objects.filter(pk=round_.pk).update(closed_on=on)
    return Outcome(made, "predictions", "", {"rows": made, "wave": round_.wave})


@action("mirror.drop", "mirror.arrange")
def drop_round(*, by: Who, round_: MirrorRound) -> Outcome[None]:
    """Take back a round that was opened by mistake; what was predicted in it goes too."""
    _still_open(round_)
    round_.delete()
    return Outcome(None, "predictions", "", {})


# -- what is read --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure to predict: its question, one's own prediction, and whether one knows it."""

    item: MirrorItem
    question: str
    mine: int | None
    known: bool
    known_by: int


@dataclass(frozen=True, slots=True)
class Reflected:
    """A closed figure: the group's word, how far members were apart, and what was measured."""

    item: MirrorItem
    question: str
    spread: tuple[tuple[int, int], ...]
    mine: int | None
    measured: float | None
    gap: float | None
    inside: bool
    """The prediction lies in the range of what was measured, or within half of one in ten."""


def _hit(seen: Mapping[str, Any]) -> bool:
    if seen["gap"] is None:
        return False
    low, high = seen["interval"] or (seen["measured"], seen["measured"])
    return bool(low <= seen["predicted"] <= high or abs(seen["gap"]) <= HALF_A_TENTH)


def get_rounds_for(who: Who) -> list[MirrorRound]:
    """All rounds, the newest first."""
    return list(MirrorRound.objects.order_by("-pk"))


def get_open_for(who: Who) -> MirrorRound | None:
    found: MirrorRound | None = MirrorRound.objects.filter(closed_on=None).first()
    return found


def _asked(round_: MirrorRound, lang: str) -> list[tuple[MirrorItem, str]]:
    items = list(round_.items.order_by("pk"))
    names = dict(
        Service.objects.filter(public_id__in=[i.service for i in items if i.service]).values_list(
            "public_id", "name"
        )
    )
    return [
        (i, QUESTIONS[i.measure][1]("en" if lang == "en" else "id").format(
            service=names.get(i.service, i.service)))
        for i in items
        if i.measure in QUESTIONS
    ]  # fmt: skip


def _mine(who: Who, round_: MirrorRound) -> dict[int, int]:
    if who.membership is None:
        return {}
    rows = MirrorGuess.objects.filter(item__round=round_, membership=who.membership)
    return dict(rows.values_list("item", "tenths"))


def get_asked_for(who: Who, round_: MirrorRound) -> list[Asked]:
    """The questions of an open round, as one person may see them. Nobody else's answers."""
    asked = _asked(round_, who.lang)
    keys = [key_of(item) for item, _ in asked]
    known, others = shown_to(who, round_.wave, keys), count_shown(who, round_.wave, keys)
    mine = _mine(who, round_)
    return [
        Asked(item, question, mine.get(item.pk), key_of(item) in known, others.get(key_of(item), 0))
        for item, question in asked
    ]


def count_guessers(round_: MirrorRound) -> tuple[int, int]:
    """How many members have predicted anything, and of how many."""
    guessed = MirrorGuess.objects.filter(item__round=round_).values("membership").distinct().count()
    members = Membership.objects.filter(
        community=round_.community, ended=None, role__in=("member", "secretary", "field_officer")
    )
    return guessed, members.count()


def get_reflected_for(who: Who, round_: MirrorRound) -> list[Reflected]:
    """A closed round: the group's word beside the measured value, as the snapshot has them."""
    snapshot = latest_snapshot(who)
    mirrors: list[dict[str, Any]] = (
        snapshot.summary.get("figures", {}).get("mirrors", []) if snapshot else []
    )
    mine = _mine(who, round_)
    spread: dict[int, Counter[int]] = {}
    for item, tenths in MirrorGuess.objects.filter(item__round=round_).values_list(
        "item", "tenths"
    ):
        spread.setdefault(item, Counter())[tenths] += 1
    found = []
    for item, question in _asked(round_, who.lang):
        given = spread.get(item.pk, Counter())
        seen = next(
            (
                m
                for m in mirrors
                if (m["measure"], m["subject"] or "", m["wave"])
                == (item.measure, item.service, round_.wave)
                and m["predicted"] == item.value
            ),
            None,
        )
        found.append(
            Reflected(
                item,
                question,
                tuple(sorted(given.items())) if given.total() >= FEWEST else (),
                mine.get(item.pk),
                seen["measured"] if seen else None,
                seen["gap"] if seen else None,
                seen is not None and _hit(seen),
            )
        )
    return found
