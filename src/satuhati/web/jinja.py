"""What every template has at hand: words, figures, marks, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from satuhati.reports import marks
from satuhati.reports.words import section, sector
from satuhati.schema.choices import choice_label
from satuhati.schema.measures import measures
from satuhati.text import Language, translator
from satuhati.web.tenancy import rules
from satuhati.web.tenancy.clock import today_in, zone_of
from satuhati.web.tenancy.who import Who


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def safe(function: Callable[..., str]) -> Callable[..., Markup]:
    """A mark as markup that the template does not escape again; drawn once, then kept."""

    @lru_cache(maxsize=256)
    def drawn(*given: Any, **named: Any) -> Markup:
        return Markup(function(*given, **named))  # noqa: S704  drawn by us, from no input

    return drawn


def environment(**options: Any) -> Environment:
    made = Environment(
        **{k: v for k, v in options.items() if k not in ("autoescape", "undefined")},
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json_script"] = json_script
    made.globals.update(
        url=url,
        static=static,
        method_icon=safe(marks.method_icon),
        verdict_glyph=safe(marks.verdict_glyph),
        lamp=safe(marks.lamp),
        sector_icon=safe(marks.sector_icon),
        heart=safe(marks.heart),
        hem=safe(marks.hem),
    )
    return made


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Per request: the reader, their language, their community, and the menu."""
    from satuhati.web.home.menu import menu_of  # home is above everything

    lang: Language = getattr(request, "lang", "id")
    who: Who | None = getattr(request, "who", None)
    community = who.community if who else None
    zone_name, zone = zone_of(community)
    t = translator(lang)

    def moment(value: dt.datetime | None) -> str:
        """A point in time in the community's own zone, in words."""
        if value is None:
            return "–"
        here = value.astimezone(zone)
        return f"{t.date(here.date())} {here:%H.%M} {zone_name}"

    return {
        "t": t,
        "lang": lang,
        "who": who,
        "community": community,
        "debug": settings.DEBUG,
        "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
            get_token(request)
        ),
        "messages": messages.get_messages(request) if hasattr(request, "_messages") else [],
        "nav": menu_of(request, who, t) if who else [],
        "page_title": "",
        "moment": moment,
        "choice_word": lambda table, column, code: choice_label(table, column, code)(lang),
        "kind_word": lambda table, code: choice_label(table, "kind", code)(lang),
        "section_word": lambda code: section(code, lang),
        "scale_word": lambda code: scale_word(code, lang),
        "sector_word": lambda code: sector(code or None, lang),
        "role_word": lambda role: rules.ROLES[role](lang),
        "weekday": t.weekday,
        "idle_minutes": getattr(request, "idle_minutes", 0),
        **parts_for(who),
    }


def scale_word(code: str, lang: Language) -> str:
    """What a scale measures, in words; a group's own scale keeps its code."""
    found = next((m for m in measures().values() if m.kind == "scale" and m.of == code), None)
    return found.label(lang) if found is not None else code


def parts_for(who: Who | None) -> dict[str, Any]:
    """What an included part of another context's page asks for; nothing is read until it does."""
    from satuhati.web.norms.queries import get_due_norms_for, get_invoked_for
    from satuhati.web.profile.survey_cards import get_cards_for
    from satuhati.web.surveys.queries import get_unfinished_for
    from satuhati.web.tenancy.memory import remembered
    from satuhati.web.together.mirrors import get_open_for
    from satuhati.web.together.queries import count_read
    from satuhati.web.together.votes import KINDS, get_votes_for

    if who is None or who.community is None:
        return {}
    today = today_in(who.community)

    def due_norms() -> Any:
        kept = ("due_norms", today, who.role)
        return remembered(who.community, kept, lambda: get_due_norms_for(who, today))

    return {
        "due_norms": due_norms,
        "invoked_norms": lambda meeting: get_invoked_for(who, meeting),
        "cells_read": count_read,
        "votes_of": lambda meeting: get_votes_for(who, meeting),
        "survey_cards": lambda round: get_cards_for(who, round),
        "open_surveys": lambda: get_unfinished_for(who),
        "vote_word": lambda kind: KINDS[kind](who.lang),
        # Opening and closing raise the version of the records, so it may be remembered.
        "open_mirror": lambda: remembered(who.community, "open_mirror", lambda: get_open_for(who)),
    }
