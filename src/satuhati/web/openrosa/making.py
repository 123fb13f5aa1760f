"""The form of a round as phones get it, made once for each version of its content.

pyxform takes half a second, so its XForm is kept. Its version is a digest of all it was made
from: who puts a question of their own gives phones a new form, and what was filled in with the
old one can still be sent.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.formats.xlsform.model import Choice, Form, Kind, Label, Question, Section
from satuhati.formats.xlsform.phones import Added, for_phones
from satuhati.schema.choices import choice_label
from satuhati.text import LANGUAGES, Text, translator
from satuhati.web.openrosa.models import CollectForm
from satuhati.web.openrosa.plan import CONSENT, END, PERSON, START, plan_of
from satuhati.web.register.models import Actor
from satuhati.web.register.purposes import GUARDIAN, PURPOSES, WITHDRAW
from satuhati.web.register.queries import natural
from satuhati.web.surveys.awareness import sections_of
from satuhati.web.surveys.beside import HouseholdDrawn, SurveyAsked
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Item
from satuhati.web.surveys.queries import RoundSeen, about_of, get_items_for, is_listed
from satuhati.web.surveys.reading import about_options
from satuhati.web.surveys.sheet import form_of as form_of_instrument
from satuhati.web.surveys.sheet import in_screens, names_of, question_of
from satuhati.web.tenancy.who import Who

ABOUT_WORDS = {
    "area": Text("RW tempat tinggal", "RW of residence"),
    "sex": Text("Jenis kelamin", "Sex"),
    "age_band": Text("Umur", "Age"),
    "schooling": Text("Sekolah terakhir yang tamat", "Last school finished"),
}
_AGREE = Text("Orang ini setuju jawabannya dihitung.",
              "The person agrees that the answers are counted.")  # fmt: skip
_NEEDED = Text("Tanpa persetujuan, formulir tidak diisi.", "Without consent no form is filled in.")
_PERSON = Text("Siapa yang menjawab?", "Who is answering?")
_HOUSEHOLD = Text("Rumah yang mana?", "Which household?")
MAKING = "3"
"""Raised when forms are made in another way, so that phones get them anew."""


def form_of(who: Who, seen: RoundSeen) -> CollectForm:
    """The form of a round, as it is now; made if it is not there yet. The scope is open."""
    content, before, after = _parts(who, seen)
    form_id = f"{seen.round.community.code}-{seen.round.public_id}"
    made_from: list[Any] = [
        MAKING, hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else
        repr(content), [asdict(one) for one in before], [asdict(one) for one in after],
        seen.round.instrument.name, form_id,
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(made_from, default=str).encode()).hexdigest()
    version = str(int(digest[:13], 16))
    there = CollectForm.objects.filter(round=seen.round.public_id, version=version).first()
    if there is not None:
        return there
    title = _title(seen)
    form, xml = _made(content, form_id, version, title, before, after)
    fields = {
        "form_id": form_id, "title": title, "xml": xml,
        "md5": hashlib.md5(xml.encode(), usedforsecurity=False).hexdigest(),
        "plan": plan_of(form, xml, _people(seen), about_of(seen, by_link=False), _areas(),
                        [item.name for item in get_items_for(who, seen)]),
    }  # fmt: skip
    try:
        with transaction.atomic():
            made: CollectForm = CollectForm.objects.create(
                community=seen.round.community, round=seen.round.public_id, version=version,
                **fields,
            )  # fmt: skip
            return made
    except IntegrityError:  # another phone asked at the same moment
        found: CollectForm = CollectForm.objects.get(round=seen.round.public_id, version=version)
        return found


def _title(seen: RoundSeen) -> str:
    return f"{seen.round.instrument.name} ({seen.round.wave})"


def _parts(who: Who, seen: RoundSeen) -> tuple[bytes | Form, list[Added], list[Added]]:
    """The questionnaire, and what is put before and behind it."""
    services = sections_of(seen.setup.services) if seen.setup is not None else []
    beside = [q for s in services for q in s.children if isinstance(q, Question)]
    known = {q.name for q in beside}
    items = [item for item in get_items_for(who, seen) if item.name not in known]
    form = form_of_instrument(seen.round.instrument)
    about = about_of(seen, by_link=False)
    before = [Added("start", START), Added("end", END), *_consent(), *_whose(seen)]
    if form is None:
        return _ours(items, services), before, _asked_about(about)
    kept = InstrumentForm.objects.get(instrument=seen.round.instrument.public_id)
    names = names_of(form)
    more = [row for item in items if item.name not in names for row in _row(item)]
    more += [
        Added("select_one", q.name, Text(q.label("id"), q.label("en")), q.choices,
              relevant=q.relevant or "")
        for q in beside
    ]  # fmt: skip
    return bytes(kept.workbook), before, [
        *more, *_asked_about([c for c in about if c not in names])
    ]  # fmt: skip


def _consent() -> list[Added]:
    said = PURPOSES["survey"]
    parts = (said.purpose, said.seen_by, said.kept, WITHDRAW, GUARDIAN)
    text = Text(*(" ".join(part(lang) for part in parts) for lang in LANGUAGES))
    return [
        Added("note", "satuhati_tentang", text),
        Added("acknowledge", CONSENT, _AGREE, required=True, required_message=_NEEDED),
    ]


def _people(seen: RoundSeen) -> dict[str, str]:
    """Choices of whose form it is, and the code of each: of the households drawn, or of the
    people listed where names are kept."""
    codes: Iterable[str] = ()
    if seen.setup is not None and seen.setup.how == "households":
        codes = [one.code for one in _drawn(seen)]
    elif seen.setup is not None and not seen.round.anonymous and is_listed(seen.setup):
        asked = SurveyAsked.objects.filter(round=seen.round.public_id).order_by("person")
        codes = asked.values_list("person", flat=True)
    return {f"o{n}": code for n, code in enumerate(codes, 1)}


def _drawn(seen: RoundSeen) -> list[HouseholdDrawn]:
    drawn = HouseholdDrawn.objects.filter(round=seen.round.public_id)
    return sorted(drawn, key=lambda one: (natural(one.stratum), natural(one.code)))


def _whose(seen: RoundSeen) -> list[Added]:
    people = _people(seen)
    if not people:
        return []
    households = {one.code: f"{one.code} · {one.stratum}" for one in _drawn(seen)}
    words = households or dict(
        Actor.objects.filter(public_id__in=people.values()).values_list("public_id", "name")
    )
    choices = [
        Choice(choice, Label((("", words.get(code) or code),))) for choice, code in people.items()
    ]
    if not households:
        choices.sort(key=lambda c: c.label("id").casefold())
    return [Added("select_one", PERSON, _HOUSEHOLD if households else _PERSON, tuple(choices),
                  required=True,
                  appearance="minimal autocomplete" if len(choices) > 12 else "")]  # fmt: skip


def _areas() -> dict[str, str]:
    options = about_options("area", translator("id"))
    return {f"w{n}": code for n, (code, _) in enumerate(options, 1)}


def _asked_about(about: Any) -> list[Added]:
    found = []
    for column in about:
        if column == "area":
            areas = dict(about_options("area", translator("id")))
            choices = [Choice(c, Label((("", areas[code]),))) for c, code in _areas().items()]
        else:
            choices = [
                Choice(code, Label.of(choice_label("actors", column, code)))
                for code, _ in about_options(column, translator("id"))
            ]
        if choices:
            found.append(Added("select_one", f"satuhati_{column}", ABOUT_WORDS[column],
                               tuple(choices)))  # fmt: skip
    return found


# -- our own questionnaires, from the items of the records ------------------------------------


def _ours(items: list[Item], services: Sequence[Section] = ()) -> Form:
    there = {item.name: item for item in items}
    screens = [screen for _, screen in in_screens((question_of(item), ()) for item in items)]
    sections = tuple(
        Section(f"satuhati_bagian_{n}", tuple(_question(there[q.name]) for q in screen),
                appearance="field-list" if len(screen) > 1 else None)
        for n, screen in enumerate(screens, 1)
    )  # fmt: skip
    services = [replace(s, appearance=s.appearance or "field-list") for s in services]
    return Form("satuhati", "Satu Hati", (*sections, *services), default_language="id",
                languages=("id", "en"))  # fmt: skip


def _question(item: Item) -> Question:
    label = Label.of(_words(item))
    choices = question_of(item).choices
    if choices:
        return Question(item.name, "select_one", label, choices=choices)
    if item.type in ("text", "choice"):
        return Question(item.name, "text", label)
    kind: Kind = "decimal"
    ends = [end for end in (item.low, item.high) if end is not None]
    if item.type == "likert" or (ends and all(end == int(end) for end in ends)):
        kind = "integer"
    return Question(item.name, kind, label, constraint=_range(item) or None,
                    constraint_message=Label.of(_range_words(item)))  # fmt: skip


def _words(item: Item) -> Text:
    own, other = item.text_id, item.text_en
    return Text(own or other or item.name, other or own or item.name)


def _range(item: Item) -> str:
    parts = [f". >= {item.low:g}" if item.low is not None else "",
             f". <= {item.high:g}" if item.high is not None else ""]  # fmt: skip
    return " and ".join(part for part in parts if part)


def _range_words(item: Item) -> Text | None:
    if not _range(item):
        return None
    low, high = (f"{end:g}" if end is not None else "…" for end in (item.low, item.high))
    return Text(f"Tulis angka dari {low} sampai {high}.", f"Write a number from {low} to {high}.")


def _row(item: Item) -> list[Added]:
    """A question of the group's own, behind a form of somebody else."""
    choices = question_of(item).choices
    if choices:
        return [Added("select_one", item.name, _words(item), choices)]
    return [Added("text" if item.type in ("text", "choice") else "decimal", item.name,
                  _words(item))]  # fmt: skip


def _made(
    content: bytes | Form, form_id: str, version: str, title: str, before: list[Added],
    after: list[Added],
) -> tuple[Form, str]:  # fmt: skip
    from satuhati.formats.xlsform.read import form_and_xform
    from satuhati.formats.xlsform.write import form_workbook

    book = content if isinstance(content, bytes) else form_workbook(content)
    ready = for_phones(book, form_id=form_id, version=version, title=title, before=before,
                       after=after)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="satuhati-") as place:
        path = Path(place) / "form.xlsx"
        path.write_bytes(ready)
        return form_and_xform(path)
