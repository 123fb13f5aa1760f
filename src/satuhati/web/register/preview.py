"""What a list was read as, before anything is saved: by section, with what must be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from satuhati.formats.people_marks import normal_phone
from satuhati.formats.people_result import PastedList, PastedPerson, PastedPost
from satuhati.formats.people_same import likely_same
from satuhati.framework import SECTIONS
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.register.forms import plain_text
from satuhati.web.register.merging import known
from satuhati.web.register.models import Actor
from satuhati.web.register.taking_in import Holding, Listed

SURE = 80
"""From this strength on two are taken for one unless the person says otherwise."""
KINDS = TABLES["posts"].column("kind").choices
SECTION_KINDS = ("section_head", "section_member")
ANSWERS = ("in", "name", "kind", "section", "sex", "phone", "organization", "same", "twice")


@dataclass(slots=True)
class Line:
    """A person of the list in the preview."""

    n: int
    one: PastedPerson
    posts: str
    asks: tuple[str, ...]
    answers: dict[str, str] = field(default_factory=dict)
    same: Actor | None = None
    why: str = ""
    error: str = ""

    @property
    def ticked(self) -> bool:
        return self.answers["in"] == "yes"

    @property
    def is_same(self) -> bool:
        return self.same is not None and self.answers["same"] == "yes"


class Preview:
    """The list with the answers so far (``posted``), and what is to be saved."""

    def __init__(self, found: PastedList, posted: Any, t: Translator) -> None:
        self.found, self.posted, self.t = found, posted, t
        self.same = self._known()
        self.lines = [self._line(n, one) for n, one in enumerate(found.people)]
        self.errors = 0
        if posted is not None and posted.get("what") != "again":
            self._check()

    # -- what is shown

    @property
    def doubts(self) -> list[str]:
        return [d.message(self.t.lang) for d in self.found.doubts]

    @property
    def ignored(self) -> list[tuple[int, int, str, str]]:
        """Lines that are nobody: number in the list of them, line, text, why."""
        lang = self.t.lang
        return [
            (n, i.line, i.text, i.why.message(lang) if i.why else "")
            for n, i in enumerate(self.found.ignored)
        ]

    @property
    def asked(self) -> int:
        """How many people something is asked about."""
        return sum(bool(line.asks) for line in self.lines)

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """People by section, those of the core first, each where their first post is."""
        t = self.t
        groups: dict[str, list[Line]] = {}
        for line in self.lines:
            post = line.one.posts[0] if line.one.posts else None
            section = post.section or ("?" if post.kind in SECTION_KINDS else "") if post else "?"
            groups.setdefault(section, []).append(line)
        titles = {"": t("Chair and core"), "?": t("Where do they belong?")}
        order = ["", *SECTIONS, "?"]
        return [
            (titles.get(code) or SECTIONS[code].label(t.lang), people)
            for code, people in sorted(groups.items(), key=lambda g: order.index(g[0]))
        ]

    @property
    def headless(self) -> list[tuple[str, str, list[Line], str]]:
        """Sections whose head is not named: code, name, who is in it, and who was chosen."""
        found = []
        for code in self.found.headless:
            inside = [x for x in self.lines if any(p.section == code for p in x.one.posts)]
            found.append(
                (code, SECTIONS[code].label(self.t.lang), inside, self._said("head", code))
            )
        return found

    # -- reading what was answered

    def _said(self, what: str, n: object, usual: str = "") -> str:
        if self.posted is None:
            return usual
        return str(self.posted.get(f"{what}-{n}", "")).strip()[:300]

    def _known(self) -> dict[int, tuple[Actor, str, int]]:
        """Who of the list may be on record already: the likeliest, why, and how likely."""
        there = list(
            Actor.objects.filter(kind="person").select_related("area").order_by("name", "pk")
        )
        found: dict[int, tuple[Actor, str, int]] = {}
        for pair in likely_same(self.found.people, [known(a) for a in there]):
            if pair.one not in found:  # the strongest come first
                why = pair.why.message(self.t.lang)
                found[pair.one] = (there[pair.other], why, pair.strength)
        return found

    def _line(self, n: int, one: PastedPerson) -> Line:
        asks = [q for q in one.questions if q != "organization" or not one.organization]
        if not one.posts and "post" not in asks:
            asks.append("post")
        line = Line(n, one, ", ".join(p.name for p in one.posts), tuple(asks))
        same = self.same.get(n)
        usual = {"in": "yes", "name": one.name, "organization": one.organization}
        if same is not None:
            line.same, line.why = same[0], same[1]
            usual["same"] = "yes" if same[2] >= SURE else "no"
        if "same" in asks:
            usual["twice"] = "one"
        # A person who joined the list after the form was sent has no answers yet.
        there = self.posted is not None and f"there-{n}" in self.posted
        for what in (
            "in",
            "name",
            "kind",
            "section",
            "sex",
            "phone",
            "organization",
            "same",
            "twice",
        ):
            line.answers[what] = self._said(what, n) if there else usual.get(what, "")
        return line

    def _check(self) -> None:
        t = self.t
        for line in self.lines:
            if not line.ticked:
                continue
            said = line.answers
            if "name" in line.asks and not plain_text(said["name"]):
                line.error = t("Please write the name, or untick the person.")
            elif said["kind"] in SECTION_KINDS and said["section"] not in SECTIONS:
                if not any(p.section for p in line.one.posts):
                    line.error = t("Which section?")
            elif "phone" in line.asks and said["phone"] and not normal_phone(said["phone"]):
                line.error = t("This number cannot be read. Write it as 0812 3456 7890.")
            self.errors += bool(line.error)

    # -- what is saved

    def chosen(self) -> list[Listed]:
        """Everybody ticked, with the answers worked in."""
        heads: dict[str, list[str]] = {}
        for code in self.found.headless:
            heads.setdefault(self._said("head", code), []).append(code)
        people: list[Listed] = []
        taken: set[int] = set()
        for line in self.lines:
            if not line.ticked:
                continue
            posts = self._posts(line)
            for code in heads.get(str(line.n), ()):
                posts = _as_head(posts, code)
            same = line.same if line.is_same else None
            if same is not None and same.pk in taken:
                same = None  # two of the list cannot be the same person on record
            if same is not None:
                taken.add(same.pk)
            parts = _parted(posts, line) if line.answers["twice"] == "two" else [posts]
            for i, part in enumerate(parts):
                people.append(self._listed(line, part, same if i == 0 else None))
        return people

    def _listed(self, line: Line, posts: list[Holding], same: Actor | None) -> Listed:
        one, said = line.one, line.answers
        sex = said["sex"] if said["sex"] in ("female", "male") else None
        name = said["name"] if "name" in line.asks else one.name
        typed = normal_phone(said["phone"]) if "phone" in line.asks else ""
        return Listed(
            name=plain_text(name) or one.name,
            posts=tuple(posts),
            sector=one.sector or ("pokja" if posts else None),
            sex=one.sex or sex,
            phone=typed or one.phone or None,
            rt=one.rt,
            rw=one.rw,
            organization=plain_text(
                said["organization"] if "organization" in line.asks else one.organization
            ),
            same_as=same,
        )

    def _posts(self, line: Line) -> list[Holding]:
        kind, section = line.answers["kind"], line.answers["section"]
        posts = [_holding(p) for p in line.one.posts]
        if kind in KINDS and "post" in line.asks:
            code = section if section in SECTIONS else None
            code = code or next((p.section for p in posts if p.section), None)
            if kind not in SECTION_KINDS:
                code = None
            return [Holding(kind, post_word(kind, code), code)]
        if section in SECTIONS and ("section" in line.asks or "post" in line.asks):
            return [_in_section(p, section) if p.section is None else p for p in posts]
        return posts


def _holding(post: PastedPost) -> Holding:
    return Holding(post.kind, post.name, post.section, post.start, post.end, post.decree)


def _in_section(post: Holding, section: str) -> Holding:
    """A post of a section that was not told, now that it is."""
    if post.kind not in SECTION_KINDS:
        return post
    name = post_word(post.kind, section)
    return Holding(post.kind, name, section, post.start, post.end, post.decree)


def _as_head(posts: list[Holding], section: str) -> list[Holding]:
    """Whoever was chosen heads the section instead of being its member."""
    head = Holding("section_head", post_word("section_head", section), section)
    rest = [p for p in posts if (p.kind, p.section) != ("section_member", section)]
    return [head, *rest]


def _parted(posts: list[Holding], line: Line) -> list[list[Holding]]:
    """One name in two places that is two people: the first post, and the others."""
    return [posts[:1], posts[1:]] if len(posts) > 1 else [posts]


def post_word(kind: str, section: str | None) -> str:
    """A post's usual name in Indonesian, as decrees write it."""
    if kind in SECTION_KINDS and section:
        head = "Ketua" if kind == "section_head" else "Anggota"
        return f"{head} {SECTIONS[section].label.id}"
    word = choice_label("posts", "kind", kind).id
    return word[:1].upper() + word[1:]
