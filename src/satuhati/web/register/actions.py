"""What is done to the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor, Area, Asset, Post, Term
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.rows import Row
from satuhati.web.tenancy.who import Who


class InUseError(Exception):
    """Other records refer to the row, so it cannot simply vanish."""


@action("person.add", "register.edit")
def add_actor(*, by: Who, **fields: Any) -> Outcome[Actor]:
    """A person, group or organisation."""
    made = created(Actor, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "actors", made.public_id, {"fields": sorted(fields)})


@action("person.edit", "register.edit")
def edit_actor(
    *, by: Who, actor: Actor, revision: int, fields: Mapping[str, Any]
) -> Outcome[Actor]:
    """Change a person or organisation. Raises ``ChangedMeanwhileError``."""
    changed = save_over(actor, revision, dict(fields))
    return Outcome(actor, "actors", actor.public_id, {"fields": changed})


@action("person.remove", "register.edit")
def remove_actor(*, by: Who, actor: Actor) -> Outcome[None]:
    """Remove somebody nothing refers to. Raises :class:`InUseError` otherwise."""
    public_id = actor.public_id
    try:
        with transaction.atomic():
            actor.delete()
    except (ProtectedError, IntegrityError):
        raise InUseError from None
    return Outcome(None, "actors", public_id)


@action("term.set", "register.edit")
def set_term(*, by: Who, post: Post, actor: Actor, **fields: Any) -> Outcome[Term]:
    """Somebody takes a post."""
    made = created(Term, by.community, post=post, actor=actor, **fields)  # type: ignore[arg-type]
    return Outcome(made, "terms", made.public_id, {"fields": sorted(fields)})


@action("term.edit", "register.edit")
def edit_term(*, by: Who, term: Term, revision: int, fields: Mapping[str, Any]) -> Outcome[Term]:
    """Change or end a term. Raises ``ChangedMeanwhileError``."""
    changed = save_over(term, revision, dict(fields))
    return Outcome(term, "terms", term.public_id, {"fields": changed})


def post_of(by: Who, kind: str, name: str, section: str | None) -> Post:
    """The post of that name, made if there is none."""
    found: Post | None = Post.objects.filter(kind=kind, name=name, section=section).first()
    if found is None:
        found = created(Post, by.community, kind=kind, name=name, section=section)  # type: ignore[arg-type]
    return found


@action("area.add", "register.edit")
def add_areas(*, by: Who, rw: int, rt: int) -> Outcome[int]:
    """RW 01 to ``rw``, each with RT 01 to ``rt``; those that are there stay as they are."""
    made = 0
    for n in range(1, rw + 1):
        name = f"RW {n:02d}"
        upper = Area.objects.filter(level="rw", name=name).first()
        if upper is None:
            upper = created(Area, by.community, level="rw", name=name)  # type: ignore[arg-type]
            made += 1
        for m in range(1, rt + 1):
            below = f"RT {m:02d}/RW {n:02d}"
            if not Area.objects.filter(level="rt", parent=upper, name=below).exists():
                created(Area, by.community, level="rt", name=below, parent=upper)  # type: ignore[arg-type]
                made += 1
    return Outcome(made, "areas", "", {"rows": made})


@action("asset.add", "register.edit")
def add_asset(*, by: Who, **fields: Any) -> Outcome[Asset]:
    """Something offered or wanted."""
    made = created(Asset, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "assets", made.public_id, {"fields": sorted(fields)})


@action("asset.edit", "register.edit")
def edit_asset(
    *, by: Who, asset: Asset, revision: int, fields: Mapping[str, Any]
) -> Outcome[Asset]:
    changed = save_over(asset, revision, dict(fields))
    return Outcome(asset, "assets", asset.public_id, {"fields": changed})


# -- a pasted list -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list as it is to be saved; ``same_as`` is who they are already."""

    name: str
    posts: tuple[tuple[str, str, str | None], ...]  # kind, name, section
    sector: str | None = None
    sex: str | None = None
    phone: str | None = None
    rt: str = ""
    rw: str = ""
    organization: str = ""
    same_as: Actor | None = None


@action("people.paste", "register.edit")
def take_in_people(
    *, by: Who, people: Sequence[Listed], start: dt.date, decree: str | None, end: dt.date | None
) -> Outcome[dict[str, int]]:
    """Save a whole list, or nothing: people, organisations, posts and terms."""
    counts = {"people": 0, "known": 0, "terms": 0}
    houses: dict[str, Actor] = {}
    for one in people:
        actor = one.same_as
        if actor is None:
            actor = created(
                Actor,
                by.community,  # type: ignore[arg-type]
                name=one.name,
                kind="person",
                sector=one.sector,
                sex=one.sex,
                phone=one.phone or None,
                area=_area_of(by, one.rt, one.rw),
                organization=_house(by, one.organization, one.sector, houses),
                joined=start,
            )
            counts["people"] += 1
        else:
            counts["known"] += 1
            if one.phone and not actor.phone:
                save_over(actor, actor.revision, {"phone": one.phone})
        for kind, name, section in one.posts:
            post = post_of(by, kind, name, section)
            running = Term.objects.filter(post=post, actor=actor, end__isnull=True).exists()
            if not running:
                created(
                    Term,
                    by.community,  # type: ignore[arg-type]
                    post=post,
                    actor=actor,
                    start=start,
                    end=end,
                    decree=decree or None,
                )
                counts["terms"] += 1
    return Outcome(counts, "actors", "", counts)


def _area_of(by: Who, rt: str, rw: str) -> Area | None:
    """The area of an RT/RW as it was written; made if it is not there."""
    if not rw and not rt:
        return None
    upper = None
    if rw:
        upper = Area.objects.filter(level="rw", name=f"RW {rw}").first()
        if upper is None:
            upper = created(Area, by.community, level="rw", name=f"RW {rw}")  # type: ignore[arg-type]
    if not rt:
        return upper
    name = f"RT {rt}/RW {rw}" if rw else f"RT {rt}"
    found: Area | None = Area.objects.filter(level="rt", name=name).first()
    return found or created(Area, by.community, level="rt", name=name, parent=upper)  # type: ignore[arg-type]


def _house(by: Who, name: str, sector: str | None, seen: dict[str, Actor]) -> Actor | None:
    """The organisation of that name; made if it is not there."""
    if not name:
        return None
    if name not in seen:
        found = Actor.objects.filter(name__iexact=name).exclude(kind="person").first()
        seen[name] = found or created(
            Actor,
            by.community,  # type: ignore[arg-type]
            name=name,
            kind="organization",
            sector=sector if sector != "pokja" else None,
        )
    return seen[name]


# -- merging -------------------------------------------------------------------------------------


def references() -> list[tuple[type[models.Model], str]]:
    """Every field, of whatever table, that refers to a person or organisation."""
    found = []
    for model in apps.get_app_config("web").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Actor:
                found.append((model, field.name))
    return found


TWICE = {"attendance": "meeting_id", "roster": "round_id"}
"""Tables in which somebody stands once per …: of two rows that become one person's, one stays."""


@action("person.merge", "register.edit")
def merge_actors(
    *, by: Who, keep: Actor, drop: Actor, fields: Mapping[str, Any]
) -> Outcome[dict[str, int]]:
    """Make two records of one person one: all that refers to ``drop`` refers to ``keep`` then.

    ``fields`` are the values that were chosen. Ties to oneself that this would make are dropped.
    """
    if keep.pk == drop.pk:
        raise ValueError("the same record twice")
    save_over(keep, keep.revision, dict(fields))
    moved: dict[str, int] = {}
    for model, name in references():
        manager = model.objects if issubclass(model, Row) else model._default_manager
        rows = manager.filter(**{name: drop})
        table = getattr(model, "table", model._meta.model_name)
        once = TWICE.get(str(table))
        if once and name == "actor":
            there = manager.filter(actor=keep).values_list(once, flat=True)
            moved["dropped"] = (
                moved.get("dropped", 0) + rows.filter(**{f"{once}__in": list(there)}).delete()[0]
            )
        count = rows.update(**{name: keep})
        if count:
            moved[str(table)] = moved.get(str(table), 0) + count
    tie = apps.get_model("web", "Tie")
    loops = tie.objects.filter(source=keep, target=keep).delete()[0]
    if loops:
        moved["dropped"] = moved.get("dropped", 0) + loops
    Actor.objects.filter(pk=keep.pk, organization=keep).update(organization=None)
    gone = drop.public_id
    drop.delete()
    return Outcome(moved, "actors", keep.public_id, {"merged": gone, **moved})
