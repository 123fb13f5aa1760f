"""Two records of one person, or of one organisation, become one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import CASCADE, F, UniqueConstraint
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.formats.people_same import Known, likely_same
from satuhati.schema import TABLES
from satuhati.text import translator
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.forms import MergeForm
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import get_actor_for
from satuhati.web.register.references import pointing_at, remove, table_of
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.rows import Row
from satuhati.web.tenancy.schema_forms import said
from satuhati.web.tenancy.who import Who

ONCE: dict[str, tuple[str, ...]] = {
    "attendance": ("meeting", "actor"),
    "roster": ("round", "actor"),
    "ties": ("round", "source", "target", "relation", "origin"),
    "followup_partners": ("followup", "actor", "role", "exchange"),
    "activity_partners": ("activity", "sector", "actor"),
    "terms": ("post", "actor", "start"),
}
"""What a row stands for once: of two that become the same, one stays."""
SELF: dict[str, tuple[str, str]] = {
    "attendance": ("actor", "represented_by"),
    "terms": ("actor", "deputy"),
}
"""Somebody and who stands in for them: nobody stands in for themselves."""
_RANK = ("present", "represented", "excused", "ill", "absent")
SHOWN = 100


class NotTheSameKindError(Exception):
    """A person and an organisation, or twice the same record."""


@action("person.merge", "register.edit")
def merge_actors(
    *, by: Who, keep: Actor, drop: Actor, fields: Mapping[str, Any]
) -> Outcome[dict[str, int]]:
    """Make two records one: all that speaks of ``drop`` speaks of ``keep`` then.

    ``fields`` are the values that were chosen. Where both stood for the same thing (two rows of
    one meeting's attendance) one stays, the fuller; ties to oneself vanish. Raises
    ``ChangedMeanwhileError`` and :class:`NotTheSameKindError`.
    """
    if keep.pk == drop.pk or (keep.kind == "person") != (drop.kind == "person"):
        raise NotTheSameKindError
    save_over(keep, keep.revision, dict(fields))
    moved: dict[str, int] = {}
    dropped: dict[str, list[str]] = {}
    for field in pointing_at(Actor):
        table = table_of(field.model)
        twice = _twice(field, keep, drop) if table in ONCE else []
        for row in twice:
            dropped.setdefault(table, []).append(row.public_id)
            row.delete()
        if field.remote_field.on_delete is CASCADE:
            _drop_own(field, keep, drop)
        raised = {"revision": F("revision") + 1} if issubclass(field.model, Row) else {}
        rows = field.model._base_manager.filter(**{field.name: drop.pk})
        count = rows.update(**{field.name: keep.pk}, **raised)
        if count:
            moved[table] = moved.get(table, 0) + count
    _mend(keep, dropped)
    remove(drop)
    counts = {"moved": sum(moved.values()), "dropped": sum(map(len, dropped.values()))}
    details = {"into": keep.public_id, "moved": moved, "dropped": dropped}
    return Outcome(counts, "actors", drop.public_id, details)


def _twice(field: Any, keep: Actor, drop: Actor) -> list[Any]:
    """Rows that go, because another stands for the same once ``drop`` is ``keep``."""
    names = ONCE[table_of(field.model)]
    if field.name not in names:
        return []

    def key(row: Any) -> tuple[Any, ...]:
        values = [getattr(row, field.model._meta.get_field(n).attname) for n in names]
        return tuple(keep.pk if v == drop.pk and n in _ACTORS else v
                     for n, v in zip(names, values, strict=True))  # fmt: skip

    manager = field.model._base_manager
    mine = list(manager.filter(**{field.name: drop.pk}))
    theirs = {key(row): row for row in manager.filter(**{field.name: keep.pk})}
    gone = []
    for row in mine:
        other = theirs.get(key(row))
        if other is not None and other.pk != row.pk:
            gone.append(max((other, row), key=_weight))
    return gone


def _drop_own(field: Any, keep: Actor, drop: Actor) -> None:
    """What goes with a person and ``keep`` has already (a link, an answer): ``drop``'s goes."""
    manager = field.model._base_manager
    once = [(field.name,)] if field.unique else []
    once += [
        rule.fields
        for rule in field.model._meta.constraints
        if isinstance(rule, UniqueConstraint) and field.name in rule.fields
    ]
    for names in once:
        others = [name for name in names if name != field.name]
        theirs = {tuple(row[n] for n in others) for row in
                  manager.filter(**{field.name: keep.pk}).values(*others, "pk")}  # fmt: skip
        for row in manager.filter(**{field.name: drop.pk}).values(*others, "pk"):
            if tuple(row[n] for n in others) in theirs:
                manager.filter(pk=row["pk"]).delete()


_ACTORS = ("actor", "source", "target")


def _weight(row: Any) -> tuple[int, int]:
    """Of two rows for the same the lighter stays: who came, who answered, whose term ran longer."""
    if hasattr(row, "status"):
        return (_RANK.index(row.status) if row.status in _RANK else len(_RANK), row.pk)
    if hasattr(row, "responded"):
        return (0 if row.responded else 1, row.pk)
    return (0, row.pk)


def _mend(keep: Actor, dropped: dict[str, list[str]]) -> None:
    """What can only be true of two people is taken out."""
    for field in pointing_at(Actor):
        table = table_of(field.model)
        manager = field.model._base_manager
        if table == "ties" and field.name == "source":
            loops = manager.filter(source=keep.pk, target=keep.pk)
            _note(dropped, table, loops)
            loops.delete()
        if table in SELF and field.name == SELF[table][1]:
            one, other = SELF[table]
            manager.filter(**{one: keep.pk, other: keep.pk}).update(**{other: None})
    above, seen = Actor.objects.get(pk=keep.pk), {keep.pk}
    while above.organization_id is not None:
        if above.organization_id in seen:  # it would be part of itself in a circle
            Actor.objects.filter(pk=above.pk).update(organization=None)
            break
        seen.add(above.organization_id)
        above = Actor.objects.get(pk=above.organization_id)


def _note(dropped: dict[str, list[str]], table: str, rows: Iterable[Any]) -> None:
    found = [row.public_id for row in rows]
    if found:
        dropped.setdefault(table, []).extend(found)


# -- pages ----------------------------------------------------------------------------------------

MERGED = ("name", "kind", "sector", "organization", "area", "sex", "age_band", "schooling",
          "authority", "outside", "joined", "left", "phone")  # fmt: skip


def get_likely_same_for(who: Who) -> list[tuple[Actor, Actor, Any]]:
    """Pairs of people who may be one, the likeliest first, each with its reason."""
    there = list(
        Actor.objects.filter(kind="person")
        .exclude(name__isnull=True)
        .select_related("area", "organization")
        .order_by("name", "pk")
    )
    pairs = likely_same([known(a) for a in there])
    ranked = sorted(pairs, key=lambda p: (-p.strength, p.one, p.other))
    return [(there[p.one], there[p.other], p.why) for p in ranked[:SHOWN]]


def known(actor: Actor) -> Known:
    """A person on record as they are compared."""
    name = actor.area.name if actor.area else ""
    rw = name.rpartition("RW")[2].strip() if "RW" in name else ""
    return Known(actor.name or "", actor.phone or "", actor.sex, rw)


@page("register.edit", methods=("GET",))
def duplicates(request: HttpRequest) -> HttpResponse:
    """Who may stand in the register twice."""
    first = get_actor_for(request.who, request.GET.get("satu", ""))
    form = MergeForm(t=translator(request.lang), initial={"one": first})
    return _duplicates(request, form, 200)


def _duplicates(request: HttpRequest, form: MergeForm, status: int) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    pairs = [(a, b, why.message(t.lang)) for a, b, why in get_likely_same_for(who)]
    context = {"pairs": pairs, "form": form}
    return render(request, "register/duplicates.html", context, status=status)


def _pair(one: Actor | None, two: Actor | None) -> tuple[Actor, Actor] | None:
    """Two that could be one, or ``None``."""
    if one is None or two is None or one.pk == two.pk:
        return None
    return (one, two) if (one.kind == "person") == (two.kind == "person") else None


@page("register.edit", methods=("POST",))
def choose_two(request: HttpRequest) -> HttpResponse:
    """Two chosen by hand."""
    who, t = request.who, translator(request.lang)
    form = MergeForm(request.POST, t=t)
    if not form.is_valid():
        return _duplicates(request, form, 400)
    codes = {"a": form.cleaned_data["one"].public_id, "b": form.cleaned_data["two"].public_id}
    return redirect(f"{reverse('merge', args=[who.community.code])}?{urlencode(codes)}")


@page("register.edit")
def merge(request: HttpRequest) -> HttpResponse:
    """Two records side by side; the chosen values stay, and all that spoke of either."""
    who, t = request.who, translator(request.lang)
    given = request.POST if request.method == "POST" else request.GET
    pair = _pair(get_actor_for(who, given.get("a", "")), get_actor_for(who, given.get("b", "")))
    if pair is None:
        messages.error(request, t("Please choose two different people."))
        return redirect("duplicates", who.community.code)
    one, two = pair
    columns = [TABLES["actors"].column(name) for name in MERGED]
    if request.method == "POST":
        chosen = {
            c.name: getattr(two if given.get(f"take-{c.name}") == "b" else one, c.name)
            for c in columns
        }
        if chosen["organization"] in pair:
            chosen["organization"] = None
        seen = (given.get("ra", ""), given.get("rb", ""))
        try:
            if seen != (str(one.revision), str(two.revision)):
                raise ChangedMeanwhileError(one)
            counts = merge_actors(by=who, keep=one, drop=two, fields=chosen)
        except ChangedMeanwhileError:
            messages.warning(request, t("One of the two was changed meanwhile. Please look again."))
        else:
            messages.success(
                request,
                t.plural("The two are one now; {n} record was moved.",
                         "The two are one now; {n} records were moved.", counts["moved"]),
            )  # fmt: skip
            return redirect("person", who.community.code, one.public_id)
    rows = [
        (c.name, c.label(t.lang), said("actors", c, getattr(one, c.name), t),
         said("actors", c, getattr(two, c.name), t))
        for c in columns
    ]  # fmt: skip
    return render(request, "register/merge.html", {"one": one, "two": two, "rows": rows})
