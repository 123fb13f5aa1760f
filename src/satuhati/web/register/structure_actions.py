"""What is done to posts, terms of office and areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor, Area, Post, Term
from satuhati.web.register.references import remove
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import Who

MOST_AREAS = 99
"""RW of a village, or RT of an RW, that can be added in one go."""


class AlreadyInOfficeError(Exception):
    """The same person would hold the same post twice at the same time."""


@action("post.add", "register.edit")
def add_post(*, by: Who, fields: dict[str, Any]) -> Outcome[Post]:
    """A post of the working group."""
    made = created(Post, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "posts", made.public_id, {"kind": fields["kind"]})


@action("post.edit", "register.edit")
def edit_post(*, by: Who, post: Post, revision: int, fields: dict[str, Any]) -> Outcome[list[str]]:
    """Change a post. Raises ``ChangedMeanwhileError``."""
    changed = save_over(post, revision, fields)
    return Outcome(changed, "posts", post.public_id, {"fields": changed})


@action("post.remove", "register.edit")
def remove_post(*, by: Who, post: Post) -> Outcome[None]:
    """Take out a post that nobody ever held. Raises ``StillReferredToError``."""
    remove(post)
    return Outcome(None, "posts", post.public_id)


@action("term.set", "register.edit")
def set_term(
    *,
    by: Who,
    post: Post,
    actor: Actor,
    start: dt.date,
    end: dt.date | None = None,
    deputy: Actor | None = None,
    decree: str | None = None,
    ends_others: bool = False,
) -> Outcome[Term]:
    """Somebody takes up a post. ``ends_others``: whoever held it stops the day before.

    Raises :class:`AlreadyInOfficeError` if they hold it already in that time.
    """
    if _overlapping(post, actor, start, end).exists():
        raise AlreadyInOfficeError
    ended = 0
    if ends_others:
        before = start - dt.timedelta(days=1)
        running = Term.objects.filter(post=post, start__lt=start).exclude(end__lte=before)
        ended = sum(bool(save_over(t, t.revision, {"end": before})) for t in running)
    made = created(
        Term,
        by.community,  # type: ignore[arg-type]
        post=post,
        actor=actor,
        start=start,
        end=end,
        deputy=deputy,
        decree=decree or None,
    )
    return Outcome(made, "terms", made.public_id, {"post": post.public_id, "ended": ended})


def _overlapping(post: Post, actor: Actor, start: dt.date, end: dt.date | None) -> Any:
    held = Term.objects.filter(post=post, actor=actor).exclude(end__lt=start)
    return held if end is None else held.filter(start__lte=end)


@action("term.edit", "register.edit")
def edit_term(*, by: Who, term: Term, revision: int, fields: dict[str, Any]) -> Outcome[list[str]]:
    """Change a term of office. Raises ``ChangedMeanwhileError``, ``AlreadyInOfficeError``."""
    post, actor = fields.get("post", term.post), fields.get("actor", term.actor)
    start, end = fields.get("start", term.start), fields.get("end", term.end)
    if _overlapping(post, actor, start, end).exclude(pk=term.pk).exists():
        raise AlreadyInOfficeError
    changed = save_over(term, revision, fields)
    return Outcome(changed, "terms", term.public_id, {"fields": changed})


@action("term.end", "register.edit")
def end_term(*, by: Who, term: Term, on: dt.date) -> Outcome[Term]:
    """Somebody's time in a post ends."""
    save_over(term, term.revision, {"end": max(on, term.start)})
    return Outcome(term, "terms", term.public_id, {"fields": ["end"]})


@action("term.remove", "register.edit")
def remove_term(*, by: Who, term: Term) -> Outcome[None]:
    """Take out a term that was entered by mistake."""
    remove(term)
    return Outcome(None, "terms", term.public_id)


# -- areas ----------------------------------------------------------------------------------------


@action("area.add", "register.edit")
def add_areas(
    *, by: Who, rw: Iterable[int], rt: Iterable[int] = (), village: Area | None = None
) -> Outcome[list[Area]]:
    """RW by number, each with the same RT; those that are there already stay as they are.

    ``village`` is what they are part of, if the village is an area of its own.
    """
    there: dict[tuple[str, str], Area] = {}
    for area in Area.objects.filter(level__in=("rt", "rw")).select_related("parent"):
        above = area.parent.name if area.level == "rt" and area.parent else ""
        there[area.name.partition("/")[0].strip(), above] = area
    made: list[Area] = []

    def one(name: str, shown: str, level: str, parent: Area | None) -> Area:
        key = (name, parent.name if level == "rt" and parent else "")
        if key not in there:
            there[key] = created(
                Area,
                by.community,  # type: ignore[arg-type]
                name=shown,
                level=level,
                parent=parent,
            )
            made.append(there[key])
        return there[key]

    rts = list(rt)
    for number in rw:
        name = f"RW {number:02d}"
        above = one(name, name, "rw", village)
        for n in rts:
            one(f"RT {n:02d}", f"RT {n:02d}/{name}", "rt", above)
    return Outcome(made, "areas", "", {"rows": len(made)})


@action("area.add", "register.edit")
def add_area(*, by: Who, fields: dict[str, Any]) -> Outcome[Area]:
    """A single area, such as a hamlet."""
    made = created(Area, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "areas", made.public_id, {"level": fields["level"]})


@action("area.edit", "register.edit")
def edit_area(*, by: Who, area: Area, revision: int, fields: dict[str, Any]) -> Outcome[list[str]]:
    """Change an area. Raises ``ChangedMeanwhileError``."""
    changed = save_over(area, revision, fields)
    return Outcome(changed, "areas", area.public_id, {"fields": changed})


@action("area.remove", "register.edit")
def remove_area(*, by: Who, area: Area) -> Outcome[None]:
    """Take out an area that nothing lies in. Raises ``StillReferredToError``."""
    remove(area)
    return Outcome(None, "areas", area.public_id)
