"""Plain sentences about the pictures of ties: what anybody in the village understands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from satuhati.framework import SECTORS
from satuhati.reports import words as w
from satuhati.reports.maps import Key, Node, network_map
from satuhati.reports.narrative import listed
from satuhati.reports.svg import Markup
from satuhati.text import Translator
from satuhati.web.networks.map_queries import Names, View

LABELS = 40
"""Names on a picture; the table beside it has them all."""
BRIDGES = 8
RINGS = 3
MISSING = 4


def sector(code: str | None, t: Translator) -> str:
    return w.sector(code, t.lang)


def in_sentence(code: str | None, t: Translator) -> str:
    """The word of a sector inside a sentence; Pokja is a name."""
    word = sector(code, t)
    return word if word == "Pokja" else word.lower()


def relation(code: str, t: Translator) -> str:
    return w.word(w.RELATIONS, code, t.lang)


def shown_name(view: View, names: Names, i: int, t: Translator) -> str:
    """A name, or of which sector somebody without one is."""
    actor = view.spots[i]["id"]
    if actor in names.named:
        return names.named[actor]
    return t("unnamed, {sector}", sector=in_sentence(view.sector(i), t))


def response_line(view: View, t: Translator) -> str:
    """Who answered, and how many ties were told by both sides: beside every figure."""
    picture = view.picture
    if picture["origin"] != "reported":
        return t("From follow-ups that were carried out together (wave {wave}).",
                 wave=picture["wave"])  # fmt: skip
    line = t(
        "{answered} of {asked} asked answered ({percent}%), wave {wave}, closed {date}.",
        answered=t.number(picture["answered"]), asked=t.number(picture["asked"]),
        percent=t.number(100 * (picture["rate"] or 0)), wave=picture["wave"],
        date=t.date(dt.date.fromisoformat(picture["closed_on"])),
    )  # fmt: skip
    sure = view.sure
    if sure is None or not sure["told"]:
        return line
    return line + " " + t(
        "Of {n} ties between two who both answered, {k} were told by both.",
        n=t.number(sure["told"]), k=t.number(sure["returned"]),
    )  # fmt: skip


def map_sentence(view: View, t: Translator) -> str:
    """What the picture says first."""
    n = len(view.spots)
    if n < 2:
        return t("Only one is on the map: there is nobody to be tied to yet.")
    if not view.pairs:
        return t("Nobody is tied to anybody in this picture yet.")
    if not view.robust:
        return t(
            "Only {answered} of {asked} answered. What is to be seen is true, but much may be "
            "missing.", answered=t.number(view.picture["answered"]),
            asked=t.number(view.picture["asked"]),
        )  # fmt: skip
    alone, unknown = len(view.alone), len(view.unknown)
    if alone:
        first = t.plural("One is not tied to anybody yet.", "{n} are not tied to anybody yet.",
                         alone)  # fmt: skip
    elif unknown:
        first = t("Everybody of whom something is known is tied to somebody.")
    else:
        first = t("Everybody is tied to somebody.")
    if unknown:
        first += " " + nothing_known(unknown, t)
    missing = missing_pairs(view)
    if not missing:
        return first
    if len(missing) > 3:
        return first + " " + t("Between {n} pairs of sectors there is no tie at all.",
                               n=len(missing))  # fmt: skip
    pairs = listed([f"{sector(a, t)}\N{EN DASH}{sector(b, t)}" for a, b in missing], t)
    return first + " " + t("No tie at all between: {pairs}.", pairs=pairs)


def nothing_known(n: int, t: Translator) -> str:
    """Silence is not the same as having no ties."""
    return t.plural(
        "Of one who did not answer and whom nobody named nothing is known.",
        "Of {n} who did not answer and whom nobody named nothing is known.", n,
    )  # fmt: skip


def present(view: View) -> list[str]:
    """Sectors on the picture, in their usual order."""
    there = {view.sector(i) for i in range(len(view.spots))}
    return [s for s in SECTORS if s in there]


def missing_pairs(view: View) -> list[tuple[str, str]]:
    tied = {frozenset((view.sector(a), view.sector(b))) for a, b in view.pairs}
    order = present(view)
    return [
        (a, b) for i, a in enumerate(order) for b in order[i + 1 :] if frozenset((a, b)) not in tied
    ]


# -- the picture ----------------------------------------------------------------------------------


def drawn(view: View, names: Names, t: Translator, *, live: bool) -> Markup:
    """The map as SVG; the same on the page, in the file and on paper."""
    rings = {i for i, _ in bridging(view)[:RINGS]} if view.robust else set()
    by_size = sorted(range(len(view.spots)), key=lambda i: (-view.value(i), i))
    labelled = set(by_size[:LABELS])
    nodes = []
    for i, spot in enumerate(view.spots):
        x, y = view.places[spot["id"]]
        degree = len(view.near[i])
        nodes.append(
            Node(
                x, y, degree, view.sector(i),
                label=names.named.get(spot["id"]) if i in labelled else None,
                value=float(view.value(i)),
                ring=i in rings,
                said=said(view, names, i, t) if live else None,
            )
        )  # fmt: skip
    ties = [(a, b, len(kinds)) for (a, b), kinds in sorted(view.pairs.items())]
    label = t(
        "Map of {actors} actors and {ties} tied pairs",
        actors=t.number(len(nodes)), ties=t.number(len(ties)),
    )  # fmt: skip
    if live:
        return network_map(nodes, ties, label, live=True)
    keys = [Key(s, sector(s, t)) for s in present(view)]
    if any(not view.sector(i) for i in range(len(view.spots))):
        keys.append(Key(None, sector(None, t)))
    if any(not view.near[i] for i in range(len(view.spots))):
        keys.append(Key("warga", t("hollow: no tie known"), hollow=True))
    if rings:
        keys.append(Key("pokja", ringed(view, t), ring=True))
    shown = relation(view.asked.relation, t) + ". " if view.asked.relation else ""
    notes = [shown + larger(view, t), response_line(view, t)]
    return network_map(nodes, ties, label, keys=keys, notes=notes)


def measures(t: Translator) -> dict[str, str]:
    """What the size of a mark may tell."""
    return {
        "contacts": t("how many they are tied to"),
        "named": t("how many named them"),
        "sectors": t("how many other sectors they reach"),
    }


def larger(view: View, t: Translator) -> str:
    """How to read lines and sizes."""
    return t(
        "Thicker: more kinds of exchange. Larger: {measure}. Names only of those who agreed.",
        measure=measures(t)[view.asked.measure],
    )


def ringed(view: View, t: Translator) -> str:
    """What a ring means: who bridges is told of all kinds of exchange together."""
    if view.asked.relation:
        return t("ringed: joins sectors (all kinds together)")
    return t("ringed: joins sectors")


def said(view: View, names: Names, i: int, t: Translator) -> str:
    """One actor in one line: for hover and keyboard."""
    name = shown_name(view, names, i, t)
    parts = [name] if view.spots[i]["id"] not in names.named else [name, sector(view.sector(i), t)]
    if view.robust:
        parts.append(
            t.plural("tied to one", "tied to {n}", len(view.near[i]))
            if view.near[i]
            else t("no tie known")
        )
    parts.append(t.plural("named by one", "named by {n}", view.named[i]))
    return " \N{MIDDLE DOT} ".join(parts)


# -- who bridges ----------------------------------------------------------------------------------


def bridging(view: View) -> list[tuple[int, dict[str, Any]]]:
    """Those who join sectors: the only way first, then those without whom most pairs part."""
    found = [
        (i, s)
        for i, s in enumerate(view.spots)
        if s["sectors"] and (len(s["sectors"]) > 1 or s["only_way"] or s["kept"] < s["pairs"])
    ]
    return sorted(
        found,
        key=lambda pair: (
            -len(pair[1]["only_way"]),
            -(pair[1]["pairs"] - pair[1]["kept"]),
            -len(pair[1]["sectors"]),
            -pair[1]["betweenness"],
            pair[0],
        ),
    )


def bridge_sentence(view: View, spot: Mapping[str, Any], own: str | None, t: Translator) -> str:
    """What somebody joins, and what hangs on them."""
    reached = listed([in_sentence(s, t) for s in spot["sectors"]], t)
    ways = [s for s in spot["only_way"] if s != own]
    if ways:
        first = t(
            "The only way to {sectors}.", sectors=listed([in_sentence(s, t) for s in ways], t)
        )
    elif spot["only_way"]:
        first = t("The only one of {sector} with ties outside.", sector=in_sentence(own, t))
    else:
        first = t("Joins {own} with {sectors}.", own=in_sentence(own, t), sectors=reached)
    lost = spot["pairs"] - spot["kept"]
    if lost:
        first += " " + t("Without them {n} pairs of others lose each other.", n=t.number(lost))
    return first


def bridges_paragraph(
    view: View, names: Names, t: Translator, *, keeper: bool = True, about: View | None = None
) -> str:
    """A paragraph for paper that anybody understands: what the map is, who joins sectors, what
    hangs on single ones, where nothing goes yet and what to do.

    ``about`` is the map it stands under, if that shows one relation only. For who keeps no records
    (not ``keeper``) it speaks of organisations only: what hangs on one person is nobody else's
    affair, with or without a name.
    """
    if not view.robust:
        return t(
            "Too few answered to say who bridges. Ask those who have not answered yet, then look "
            "again."
        )
    found = bridging(view)
    if not found:
        return t("Nobody joins two sectors yet. A first shared activity can change that.")
    told = [(i, s) for i, s in found if keeper or view.spots[i]["id"] not in names.persons]
    sentences = [_about(about or view, t)]
    if told:
        people = [_called(view, names, i, t) for i, _ in told[:RINGS]]
        sentences.append(t("Sectors are joined above all by {names}.", names=listed(people, t)))
        i, first = max(told[:RINGS], key=lambda one: one[1]["pairs"] - one[1]["kept"])
        if lost := first["pairs"] - first["kept"]:
            sentences.append(
                t("Should {name} be away, {n} pairs of others lose every way to each other.",
                  name=_called(view, names, i, t), n=t.number(lost))
            )  # fmt: skip
    hanging = sorted({x for _, s in found for x in s["only_way"]})
    if hanging:
        those = listed([in_sentence(x, t) for x in hanging], t)
        sentences.append(
            t("{sectors} hang on a single person each: prepare a second bridge.",
              sectors=those[:1].upper() + those[1:])
        )  # fmt: skip
    else:
        sentences.append(t("No sector hangs on a single person."))
    missing = missing_pairs(view)
    if missing:
        shown = [
            t("{a} and {b}", a=in_sentence(a, t), b=in_sentence(b, t)) for a, b in missing[:MISSING]
        ]
        sentences.append(
            t("Between these there is no tie at all yet: {pairs}. One shared activity can be the "
              "first bridge.", pairs="; ".join(shown))
        )  # fmt: skip
    if alone := len(view.alone):
        sentences.append(
            t.plural(
                "One is not tied to anybody yet: a visit is a beginning.",
                "{n} are not tied to anybody yet: a visit is a beginning.", alone,
            )
        )  # fmt: skip
    if unknown := len(view.unknown):
        sentences.append(nothing_known(unknown, t))
    return " ".join(sentences)


def _about(view: View, t: Translator) -> str:
    """What the map shows, for who sees it for the first time."""
    if view.asked.origin != "reported":
        return t("This map shows who has worked together.")
    if view.asked.relation:
        return t(
            "This map shows one thing only: {relation}. What follows is about all kinds of "
            "exchange together.", relation=relation(view.asked.relation, t).lower(),
        )  # fmt: skip
    return t("This map shows whom people ask for news, who helps them and who encourages them.")


def _called(view: View, names: Names, i: int, t: Translator) -> str:
    """Somebody within a sentence; who has not agreed is of a sector."""
    actor = view.spots[i]["id"]
    if actor in names.named:
        return names.named[actor]
    return t("somebody of {sector} (unnamed)", sector=in_sentence(view.sector(i), t))


# -- sector by sector -----------------------------------------------------------------------------


def flow_sentence(
    flows: Sequence[Mapping[str, Any]], t: Translator, *, whole: bool = True, gives: bool = True
) -> str:
    """The strongest way between two sectors, and those where nothing goes.

    ``gives``: whether flows go from who gives, not from who names. ``whole``: whether these are
    all sectors; of some of them it is not said that all are in touch.
    """
    across = [f for f in flows if f["first"] != f["second"] and f["possible"]]
    if not any(f["ties"] for f in across):
        return t("Nothing goes from one sector to another yet.")
    top = max(across, key=lambda f: (f["ties"], f["ties"] / f["possible"]))
    a, b = in_sentence(top["first"], t), in_sentence(top["second"], t)
    text = (
        t("Most goes from {a} to {b}.", a=a, b=b)
        if gives
        else t("Most ties are told by {a} of {b}.", a=a, b=b)
    )
    tied = {frozenset((f["first"], f["second"])) for f in across if f["ties"]}
    every = {frozenset((f["first"], f["second"])) for f in across}
    none = sorted(tuple(sorted(p)) for p in every - tied)
    if not none:
        return text + " " + t("Every two sectors are in touch.") if whole else text
    if len(none) > 3:
        return text + " " + t("{n} of {all} pairs of sectors are not in touch.",
                              n=len(none), all=len(every))  # fmt: skip
    pairs = listed([f"{sector(a, t)}\N{EN DASH}{sector(b, t)}" for a, b in none], t)
    return text + " " + t("Not in touch: {pairs}.", pairs=pairs)
