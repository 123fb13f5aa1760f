"""A working group put together from what lines or rows tell, each person once.

A heading holds for the lines below it until the next one; a post written beside a name goes
before it. What does not follow is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from satuhati.errors import Doubt
from satuhati.formats.people_headings import Heading, Role
from satuhati.formats.people_line import Names
from satuhati.formats.people_marks import clean
from satuhati.formats.people_name import Found, name_key
from satuhati.formats.people_result import PastedLine, PastedList, PastedPerson, PastedPost
from satuhati.formats.people_words import sector_of
from satuhati.formats.written import shown
from satuhati.framework import SECTIONS

QUESTIONS = ("name", "post", "section", "organization", "phone", "sex", "same")
_SINGLE = frozenset({"chair", "deputy", "secretary", "treasurer", "head"})
_IN_SECTIONS = frozenset({"section_head", "section_member"})
_MEMBER = Role("member", "Anggota")


@dataclass(slots=True)
class Context:
    """What the heading above says of the lines below."""

    roles: tuple[Role, ...] = ()
    section: str | None = None
    label: str = ""
    guessed: bool = False
    line: int = 0
    text: str = ""
    rt: str = ""
    rw: str = ""
    inline: bool = False
    filled: int = 0
    number: int | None = None

    @property
    def in_section(self) -> bool:
        return self.section is not None or bool(self.label)


@dataclass(slots=True)
class Entry:
    """A person being put together."""

    found: Found
    lines: set[int]
    key: tuple[str, ...]
    questions: set[str]
    posts: list[PastedPost] = field(default_factory=list)
    sector: str | None = None

    def add(self, post: PastedPost) -> None:
        """One more post; of a section a head's membership is left out."""
        if post.same not in {p.same for p in self.posts}:
            self.posts.append(post)
        heads = {p.section for p in self.posts if p.kind == "section_head" and p.section}
        self.posts = [
            p for p in self.posts
            if not (p.kind == "section_member" and p.section in heads and _plain_member(p))
        ]  # fmt: skip
        if any(p.section is None and p.kind in _IN_SECTIONS for p in self.posts):
            self.questions.add("section")


def _plain_member(post: PastedPost) -> bool:
    return post.name.startswith(_MEMBER.name)


class Pokja:
    """Takes headings and people in the order of the list; knows at the end who is in it."""

    def __init__(self) -> None:
        self.context = Context()
        self.entries: list[Entry] = []
        self.headings: list[PastedLine] = []
        self.ignored: list[PastedLine] = []
        self.doubts: list[Doubt] = []
        self.last: Entry | None = None
        """Whom a line without a name of its own still speaks of."""
        self._core: set[str] = set()
        self._announced: dict[str, tuple[int, str]] = {}
        self._id_numbers = 0

    # -- headings and lines that are no one

    def enter(self, line: int, text: str, heading: Heading, *, inline: bool = False) -> None:
        """A heading; ``inline``: names stand in the same line."""
        before = self.context
        named = shown(clean(text)).strip(" •:")
        self.close()
        section, label = heading.section, heading.label
        codes = {role.code for role in heading.roles}
        if not (section or label or heading.core) and codes and before.in_section:
            outer = codes & {"secretary", "treasurer"}
            if codes <= {"chair", "head", "deputy", "member"} or (outer and outer <= self._core):
                section, label = before.section, before.label
        if heading.section and heading.section not in self._announced:
            self._announced[heading.section] = line, named
        stays = (section, label) == (before.section, before.label)
        self.context = Context(
            heading.roles, section, label, heading.guessed, line, named,
            before.rt if stays else "", before.rw if stays else "", inline,
        )  # fmt: skip
        if not inline:
            self.say(line, text)

    def title(self, line: int, text: str, rt: str = "", rw: str = "") -> None:
        """A title of the whole, or an RT or RW for the lines below: posts and sections end."""
        if rt or rw:
            self.context.rt, self.context.rw = rt, rw
        else:
            self.close()
            self.context = Context()
        self.context.line = line
        self.say(line, text)

    def say(self, line: int, text: str) -> None:
        """List a line among the headings."""
        if not self.headings or self.headings[-1].line != line:
            self.headings.append(PastedLine(line, shown(text)))
        self.last = None

    def ignore(self, line: int, text: str, why: str) -> None:
        """List a line among those that were not read."""
        self.ignored.append(PastedLine(line, shown(text), Doubt(why)))
        self.last = None

    def vacant(self) -> None:
        """The heading itself says that nobody holds the post: what follows is no part of it."""
        self.close()
        self.context.roles = ()

    def close(self) -> None:
        """The heading so far ends; say so if nobody stood under it."""
        context = self.context
        if context.filled == 0 and any(role.code != "member" for role in context.roles):
            fields: dict[str, object] = {"post": self.context.text, "line": self.context.line}
            self.doubts.append(Doubt("people_post_vacant", fields))

    # -- people

    def take(self, line: int, got: Names, count: int | None = None, marked: bool = False) -> None:
        """People of a line; ``count`` is the number it bears, ``marked`` any bullet or number."""
        for found in got.people:
            entry = self.entry(line, found)
            self.posts_beside(entry, line)
            if not found.headings:
                self._by_context(entry, line, count, marked)
        self.note(got)

    def note(self, got: Names) -> None:
        """What else a line with people said."""
        self._id_numbers += got.id_number
        if got.people:
            got.people[-1].notes += got.unread

    def entry(self, line: int, found: Found) -> Entry:
        """A person without posts so far."""
        if not (found.rt or found.rw):
            found.rt, found.rw = self.context.rt, self.context.rw
        entry = Entry(found, {line}, name_key(found.name), set(found.unsure))
        self.entries.append(entry)
        self.last = entry
        return entry

    def posts_beside(self, entry: Entry, line: int) -> None:
        """The posts that stand beside the name itself."""
        context = self.context
        for heading in entry.found.headings:
            inside = not (heading.section or heading.label)
            section = context.section if inside else heading.section
            label = context.label if inside else heading.label
            for role in heading.roles or (_MEMBER,):
                entry.add(self.post(role, section, label, line))
            if heading.guessed:
                entry.questions.add("post")
            else:
                entry.questions.discard("post")
        context.filled += bool(entry.found.headings)

    def _by_context(self, entry: Entry, line: int, count: int | None, marked: bool) -> None:
        context = self.context
        single = bool(context.roles) and {r.code for r in context.roles} <= _SINGLE
        further = single and context.filled > 0
        if context.roles and (not further or self._goes_on(line, count, marked)):
            for role in context.roles:
                entry.add(self.post(role, context.section, context.label, line))
            if context.guessed or (further and context.roles[0].code not in _SEVERAL):
                entry.questions.add("post")
            context.filled += 1
            context.number = count
        elif context.in_section:  # of the section, after "Koordinator: Bu Yuni" too
            entry.add(self.post(_MEMBER, context.section, context.label, line))
        else:
            entry.questions.add("post")

    def _goes_on(self, line: int, count: int | None, marked: bool) -> bool:
        """Whether one more holds a post that mostly one person holds."""
        context = self.context
        if line == context.line:
            return True
        if count is not None:
            return context.number is not None and count == context.number + 1
        return marked and not context.inline and context.number is None

    def post(self, role: Role, section: str | None, label: str, line: int) -> PastedPost:
        """The post of a role, in a section if it stands in one."""
        code, name = role.code, role.name
        where = SECTIONS[section].label.id if section else f"Seksi {label}" if label else ""
        if code in ("secretary", "treasurer"):
            if where and code in self._core:
                return PastedPost("other", f"{name} {where}", section, line)
            self._core.add(code)
            return PastedPost(code, name, None, line)
        if code in ("patron", "advisor"):
            return PastedPost(code, name, None, line)
        if where:
            kind = "section_head" if code in ("chair", "head") else "section_member"
            return PastedPost(kind, f"{name} {where}", section, line)
        kind = {"chair": "chair", "deputy": "deputy_chair", "member": "member"}.get(code, "other")
        return PastedPost(kind, name, None, line)

    # -- the end

    def result(self) -> PastedList:
        """Everyone once, and what is to be said of the list."""
        self.close()
        merged, again = _merge(self.entries)
        people = tuple(_person(entry) for entry in merged)
        doubts = [*self.doubts, *_doubts(people, again, self._id_numbers)]
        peopled = {post.section for person in people for post in person.posts}
        said = {doubt.fields.get("line") for doubt in doubts}
        for section, (line, text) in self._announced.items():
            if section not in peopled and line not in said:
                doubts.append(Doubt("people_post_vacant", {"post": text, "line": line}))
        lines = len(self.ignored) + len(self.headings)
        if not people:
            doubts.append(Doubt("people_none" if lines else "people_nothing"))
        elif len(self.ignored) > 2 * len(people):
            doubts.append(Doubt("people_mostly_unread", {"n": len(self.ignored)}))
        return PastedList(
            people, tuple(self.headings), tuple(self.ignored), tuple(doubts), _headless(people)
        )


_SEVERAL = frozenset({"secretary", "treasurer"})


def _merge(entries: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """The same name, with nothing against it, is one person; and the names that came again."""
    kept: dict[tuple[str, ...], list[Entry]] = {}
    order: list[Entry] = []
    again: dict[str, None] = {}
    for entry in entries:
        alike = kept.setdefault(entry.key, [])
        same = next((e for e in alike[:_ALIKE] if _fits(e, entry)), None) if entry.key else None
        if same is None:
            alike.append(entry)
            order.append(entry)
        else:
            again[same.found.name] = None
            _join(same, entry)
    return order, list(again)


_ALIKE = 50
"""People of one name that are looked at: more of them, each with another number, are made up."""


def _fits(a: Entry, b: Entry) -> bool:
    x, y = a.found, b.found
    pairs = ((x.phone, y.phone), (x.sex, y.sex), (x.rt, y.rt), (x.rw, y.rw))
    return all(not one or not other or one == other for one, other in pairs)


def _join(into: Entry, other: Entry) -> None:
    a, b = into.found, other.found
    new = [p for p in other.posts if p.same not in {q.same for q in into.posts}]
    known = bool(a.phone) and a.phone == b.phone
    if len(into.key) == 1 and not known and ((new and into.posts) or a.name != b.name):
        into.questions.add("same")
    unposted = "post" in (into.questions if not into.posts else other.questions)
    into.questions |= other.questions
    for post in new:
        into.add(post)
    if unposted and into.posts and not (into.posts and other.posts):
        into.questions.discard("post")
    into.lines |= other.lines
    a.name = max(a.name, b.name, key=len)
    a.honorific, a.sex = a.honorific or b.honorific, a.sex or b.sex
    a.phone = a.phone or b.phone
    a.comes_from(b.organization)
    a.rt, a.rw = a.rt or b.rt, a.rw or b.rw
    a.notes += b.notes
    into.sector = into.sector or other.sector


def _person(entry: Entry) -> PastedPerson:
    found = entry.found
    sector = entry.sector
    if sector is None:
        sector = sector_of(found.organization, found.name if found.office else "")
        # A volunteer or RT head with a post stands for the group; an agency's member for it.
        sector = "pokja" if entry.posts and sector in (None, "warga") else sector
    return PastedPerson(
        found.name, found.honorific, tuple(entry.posts), sector, found.sex, found.organization,
        found.rt, found.rw, "; ".join(dict.fromkeys(found.notes)), tuple(sorted(entry.lines)),
        tuple(q for q in QUESTIONS if q in entry.questions), found.phone,
    )  # fmt: skip


def _doubts(people: Sequence[PastedPerson], again: Sequence[str], ids: int) -> list[Doubt]:
    doubts = []
    if again:
        listed = ", ".join(again[:5]) + (" …" if len(again) > 5 else "")
        doubts.append(Doubt("people_repeated", {"n": len(again), "names": listed}))
    if ids:
        doubts.append(Doubt("people_id_number", {"n": ids}))
    unknown = {
        post.name.partition("Seksi ")[2]: None
        for person in people
        for post in person.posts
        if post.section is None and post.kind in _IN_SECTIONS
    }
    doubts += [Doubt("people_section_unknown", {"section": s}) for s in list(unknown)[:5]]
    return doubts


def _headless(people: Sequence[PastedPerson]) -> tuple[str, ...]:
    """Sections that have people and no head, in the order of the framework."""
    posts = [post for person in people for post in person.posts]
    headed = {post.section for post in posts if post.kind == "section_head"}
    peopled = {post.section for post in posts if post.kind == "section_member"}
    return tuple(section for section in SECTIONS if section in peopled - headed)
