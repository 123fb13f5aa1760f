"""The lists of the register: people, organisations, terms of office, areas, what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from satuhati.framework import SECTIONS, SECTORS
from satuhati.web.register.listing import Choice, Column, RegisterList, capital, named_or_empty
from satuhati.web.register.models import Actor, Area, Asset, Term
from satuhati.web.register.queries import holding, within


class ActorList(RegisterList):
    """What lists of people and of organisations share."""

    sorts: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "nama": (Lower("name"),),
        "sektor": ("sector", Lower("name")),
        "wilayah": (Lower("area__name"), Lower("name")),
        "bergabung": ("joined", Lower("name")),
    }

    def _sector(self) -> Choice:
        words = tuple((code, capital(s.label(self.t.lang))) for code, s in SECTORS.items())
        return Choice("sektor", self.label("actors", "sector"), (("", self.t("all")), *words))

    def _area(self) -> Choice:
        options = (("", self.t("all")), *self.areas())
        return Choice("wilayah", self.label("actors", "area"), options)

    def _status(self) -> Choice:
        t = self.t
        options = (("", t("still taking part")), ("keluar", t("have left")), ("semua", t("all")))
        return Choice("status", t("Taking part"), options)

    def _filtered(self, found: QuerySet[Any]) -> QuerySet[Any]:
        found = found.select_related("area", "organization")
        if self.chosen("sektor"):
            found = found.filter(sector=self.chosen("sektor"))
        if self.chosen("wilayah"):
            found = found.filter(area__in=within(self.chosen("wilayah")))
        gone = Q(left__lte=self.today)
        if self.chosen("status") == "keluar":
            found = found.filter(gone)
        elif self.chosen("status") == "":
            found = found.exclude(gone)
        if self.words:
            digits = "".join(c for c in self.words if c.isdigit()).lstrip("0")
            fits = Q(name__icontains=self.words) | Q(organization__name__icontains=self.words)
            fits |= Q(public_id=self.words)
            if len(digits) > 4 and self.who.may("register.edit"):
                fits |= Q(phone__contains=digits)
            found = found.filter(fits)
        return found

    def _sector_word(self, row: Actor) -> str:
        return capital(SECTORS[row.sector].label(self.t.lang)) if row.sector in SECTORS else ""

    def _yes(self, value: bool | None) -> str:
        return "" if value is None else self.t("yes") if value else self.t("no")


class People(ActorList):
    """People with the posts they hold now."""

    code = "person"

    def title(self) -> str:
        return self.t("People")

    def _choices(self) -> Sequence[Choice]:
        sections = tuple((code, s.label(self.t.lang)) for code, s in SECTIONS.items())
        held = (("", self.t("all")), ("inti", self.t("Chair and core")), *sections)
        section = Choice("seksi", self.label("posts", "section"), held)
        return (section, self._sector(), self._area(), self._status())

    def _found(self) -> QuerySet[Any]:
        found = self._filtered(Actor.objects.filter(kind="person"))
        section = self.chosen("seksi")
        if section:
            in_office = holding(self.today)
            in_office = (
                in_office.filter(post__section__isnull=True)
                if section == "inti"
                else in_office.filter(post__section=section)
            )
            found = found.filter(pk__in=in_office.values("actor"))
        return found

    def complete(self, rows: list[Any]) -> list[Any]:
        held: dict[int, list[Term]] = {}
        terms = holding(self.today).filter(actor__in=[r.pk for r in rows])
        for term in terms.select_related("post").order_by("start", "pk"):
            held.setdefault(term.actor_id, []).append(term)
        for row in rows:
            row.terms = held.get(row.pk, [])
        return rows

    def _section_words(self, row: Any) -> str:
        codes = dict.fromkeys(t.post.section for t in row.terms if t.post.section)
        return "; ".join(SECTIONS[c].label(self.t.lang) for c in codes)

    def columns(self) -> Sequence[Column]:
        t, label = self.t, partial(self.label, "actors")
        return (
            Column(label("name"), lambda r: r.name or r.public_id, "nama"),
            Column(t("Post"), lambda r: "; ".join(term.post.name for term in r.terms)),
            Column(self.label("posts", "section"), self._section_words, only="file"),
            Column(label("sector"), self._sector_word, "sektor"),
            Column(t("Organisation"), lambda r: named_or_empty(r.organization)),
            Column(label("area"), lambda r: r.area.name if r.area else "", "wilayah"),
            Column(label("phone"), lambda r: r.phone, only="file"),
            Column(label("sex"), lambda r: self.word("actors", "sex", r.sex), only="file"),
            Column(label("age_band"), lambda r: self.word("actors", "age_band", r.age_band),
                   only="file"),
            Column(label("schooling"), lambda r: self.word("actors", "schooling", r.schooling),
                   only="file"),
            Column(label("outside"), lambda r: self._yes(r.outside), only="file"),
            Column(label("joined"), lambda r: r.joined, "bergabung", only="file"),
            Column(label("left"), lambda r: r.left, only="file"),
            Column(label("id"), lambda r: r.public_id, only="file"),
        )  # fmt: skip


class Organizations(ActorList):
    """Organisations, informal groups, associations."""

    code = "group"

    def title(self) -> str:
        return self.t("Organisations")

    def _choices(self) -> Sequence[Choice]:
        kinds = tuple(k for k in self.words_of("actors", "kind") if k[0] != "person")
        kind = Choice("jenis", self.label("actors", "kind"), (("", self.t("all")), *kinds))
        return (kind, self._sector(), self._area(), self._status())

    def _found(self) -> QuerySet[Any]:
        found = self._filtered(Actor.objects.exclude(kind="person"))
        kind = self.chosen("jenis")
        return found.filter(kind=kind) if kind else found

    def complete(self, rows: list[Any]) -> list[Any]:
        count: dict[int, int] = {}
        members = Actor.objects.filter(organization__in=[r.pk for r in rows], kind="person")
        for above in members.exclude(left__lte=self.today).values_list("organization", flat=True):
            count[above] = count.get(above, 0) + 1
        for row in rows:
            row.members = count.get(row.pk, 0)
        return rows

    def columns(self) -> Sequence[Column]:
        t, label = self.t, partial(self.label, "actors")
        return (
            Column(label("name"), lambda r: r.name or r.public_id, "nama"),
            Column(label("kind"), lambda r: capital(self.word("actors", "kind", r.kind))),
            Column(label("sector"), self._sector_word, "sektor"),
            Column(t("People"), lambda r: r.members),
            Column(t("Part of"), lambda r: named_or_empty(r.organization)),
            Column(label("area"), lambda r: r.area.name if r.area else "", "wilayah"),
            Column(label("phone"), lambda r: r.phone, only="file"),
            Column(label("outside"), lambda r: self._yes(r.outside), only="file"),
            Column(label("joined"), lambda r: r.joined, "bergabung", only="file"),
            Column(label("left"), lambda r: r.left, only="file"),
            Column(label("id"), lambda r: r.public_id, only="file"),
        )


class Assets(RegisterList):
    """What residents offer and look for."""

    code = "assets"
    sorts: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "aset": (Lower("name"),),
        "milik": (Lower("actor__name"),),
        "dipakai": ("used_on",),
        "sejak": ("since",),
    }

    def title(self) -> str:
        return self.t("Assets")

    def _choices(self) -> Sequence[Choice]:
        t = self.t
        every = ("", t("all"))
        return (
            Choice("arah", self.label("assets", "direction"),
                   (every, *self.words_of("assets", "direction"))),
            Choice("jenis", self.label("assets", "kind"),
                   (every, *self.words_of("assets", "kind"))),
            Choice("wilayah", self.label("assets", "area"), (every, *self.areas())),
            Choice("dipakai", t("Used"), (every, ("ya", t("used")), ("belum", t("never used")))),
        )  # fmt: skip

    def _found(self) -> QuerySet[Any]:
        found = Asset.objects.select_related("actor", "area")
        for key, field in (("arah", "direction"), ("jenis", "kind")):
            if self.chosen(key):
                found = found.filter(**{field: self.chosen(key)})
        if self.chosen("wilayah"):
            there = within(self.chosen("wilayah"))
            found = found.filter(Q(area__in=there) | Q(area__isnull=True, actor__area__in=there))
        if self.chosen("dipakai"):
            found = found.filter(used_on__isnull=self.chosen("dipakai") == "belum")
        if self.words:
            fits = Q(name__icontains=self.words) | Q(actor__name__icontains=self.words)
            found = found.filter(fits | Q(used_for__icontains=self.words))
        return found

    def columns(self) -> Sequence[Column]:
        label = partial(self.label, "assets")
        word = partial(self.word, "assets")
        return (
            Column(label("name"), lambda r: r.name, "aset"),
            Column(label("direction"), lambda r: word("direction", r.direction)),
            Column(label("kind"), lambda r: word("kind", r.kind)),
            Column(label("actor"), lambda r: named_or_empty(r.actor), "milik"),
            Column(label("area"), lambda r: r.area.name if r.area else ""),
            Column(label("since"), lambda r: r.since, "sejak", only="file"),
            Column(label("used_on"), lambda r: r.used_on, "dipakai"),
            Column(label("used_for"), lambda r: r.used_for, only="file"),
            Column(label("id"), lambda r: r.public_id, only="file"),
        )


class Terms(RegisterList):
    """Who holds or held which post."""

    code = "terms"
    sorts: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        "jabatan": (Lower("post__name"), "start"),
        "nama": (Lower("actor__name"), "start"),
        "mulai": ("start",),
        "sampai": ("end",),
    }

    def title(self) -> str:
        return self.t("The working group")

    def _choices(self) -> Sequence[Choice]:
        t = self.t
        sections = tuple((code, s.label(t.lang)) for code, s in SECTIONS.items())
        held = (("", t("all")), ("inti", t("Chair and core")), *sections)
        status = (("", t("in office")), ("lalu", t("former")), ("semua", t("all")))
        return (
            Choice("seksi", self.label("posts", "section"), held),
            Choice("status", t("In office"), status),
        )

    def _found(self) -> QuerySet[Any]:
        found = Term.objects.select_related("post", "actor", "deputy")
        if self.chosen("status") == "":
            found = found.filter(pk__in=holding(self.today).values("pk"))
        elif self.chosen("status") == "lalu":
            found = found.filter(end__lt=self.today)
        section = self.chosen("seksi")
        if section == "inti":
            found = found.filter(post__section__isnull=True)
        elif section:
            found = found.filter(post__section=section)
        if self.words:
            fits = Q(actor__name__icontains=self.words) | Q(post__name__icontains=self.words)
            found = found.filter(fits | Q(decree__icontains=self.words))
        return found

    def _section_word(self, row: Term) -> str:
        code = row.post.section
        return SECTIONS[code].label(self.t.lang) if code in SECTIONS else ""

    def columns(self) -> Sequence[Column]:
        label = partial(self.label, "terms")
        return (
            Column(self.t("Name"), lambda r: named_or_empty(r.actor), "nama"),
            Column(self.t("Post"), lambda r: r.post.name, "jabatan"),
            Column(self.label("posts", "section"), self._section_word, only="file"),
            Column(label("deputy"), lambda r: named_or_empty(r.deputy), only="file"),
            Column(label("start"), lambda r: r.start, "mulai"),
            Column(label("end"), lambda r: r.end, "sampai"),
            Column(label("decree"), lambda r: r.decree),
        )


class Areas(RegisterList):
    """RT, RW and what lies above."""

    code = "areas"
    sorts: ClassVar[Mapping[str, tuple[Any, ...]]] = {"nama": (Lower("name"),)}

    def title(self) -> str:
        return self.t("Areas")

    def _choices(self) -> Sequence[Choice]:
        levels = (("", self.t("all")), *self.words_of("areas", "level"))
        return (Choice("tingkat", self.label("areas", "level"), levels),)

    def _found(self) -> QuerySet[Any]:
        found = Area.objects.select_related("parent")
        if self.chosen("tingkat"):
            found = found.filter(level=self.chosen("tingkat"))
        return found.filter(name__icontains=self.words) if self.words else found

    def columns(self) -> Sequence[Column]:
        label = partial(self.label, "areas")
        return (
            Column(label("name"), lambda r: r.name, "nama"),
            Column(label("level"), lambda r: self.word("areas", "level", r.level)),
            Column(label("parent"), lambda r: named_or_empty(r.parent)),
            Column(label("official_code"), lambda r: r.official_code),
            Column(label("adults"), lambda r: r.adults),
            Column(label("households"), lambda r: r.households),
            Column(label("id"), lambda r: r.public_id, only="file"),
        )


LISTS: dict[str, type[RegisterList]] = {
    one.code: one for one in (People, Organizations, Terms, Areas, Assets)
}
