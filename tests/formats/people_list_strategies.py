"""Groups written down in the many ways of secretaries, and an account of every line read.

All people are made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from satuhati.formats.people_list import PastedList, read_people_text
from satuhati.framework import SECTIONS
from satuhati.schema import TABLES
from satuhati.text import LANGUAGES

KINDS = TABLES["posts"].column("kind").choices


def posts(found: PastedList) -> list[tuple[str, str, str | None]]:
    return [(p.called, post.kind, post.section) for p in found.people for post in p.posts]


def accounted(text: str) -> PastedList:
    """Read, and see that every line that is not blank is listed somewhere."""
    found = read_people_text(text)
    listed = {n for person in found.people for n in person.lines}
    listed |= {line.line for line in (*found.headings, *found.ignored)}
    assert listed == {n for n, line in enumerate(text.splitlines(), 1) if line.strip()}
    for person in found.people:
        assert person.name.strip()
        assert all(post.kind in KINDS for post in person.posts)
        assert person.posts or "post" in person.questions
    for line in found.ignored:
        assert line.why is not None
        assert all(line.why.message(lang) for lang in LANGUAGES)
    return found


FIRST = ("Melati", "Kenanga", "Seroja", "Dahlia", "Embun", "Lestari", "Bayu", "Guntur", "Samudra",
         "Bintang", "Jati", "Bulan", "Permata", "Hari", "Salam", "Ketut", "Umi",
         "Wira")  # fmt: skip
LAST = ("Contoh", "Misal", "Umpama", "Rekaan", "Andai", "Teladan", "Khayal", "Ibarat")
CORE = (("patron", "Pelindung"), ("advisor", "Penasehat"), ("chair", "Ketua"),
        ("deputy_chair", "Wakil Ketua"), ("secretary", "Sekretaris"),
        ("treasurer", "Bendahara"))  # fmt: skip


@dataclass(frozen=True)
class Member:
    called: str
    kind: str
    section: str | None

    @property
    def post(self) -> str:
        if self.section:
            head = "Ketua" if self.kind == "section_head" else "Anggota"
            return f"{head} {SECTIONS[self.section].label.id}"
        return dict(CORE)[self.kind]


@st.composite
def groups(draw: st.DrawFn) -> list[Member]:
    """Posts of the core once each, then sections, each with a head and up to three members."""
    sections = draw(st.lists(st.sampled_from(list(SECTIONS)), unique=True, max_size=8))
    seats: list[tuple[str, str | None]] = [
        (kind, None) for kind, _ in CORE if draw(st.booleans())
    ]  # fmt: skip
    for section in sections:
        seats.append(("section_head", section))
        seats += [("section_member", section)] * draw(st.integers(0, 3))
    names = draw(
        st.lists(
            st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)),
            unique=True, min_size=len(seats), max_size=len(seats),
        )
    )  # fmt: skip
    before = st.sampled_from(["", "", "Bu ", "Pak ", "H. ", "Ibu Hj. ", "dr. "])
    after = st.sampled_from(["", "", "", ", S.Pd", ", S.E., M.M"])
    return [
        Member(f"{draw(before)}{first} {last}{draw(after)}", kind, section)
        for (first, last), (kind, section) in zip(names, seats, strict=True)
    ]


def by_section(group: list[Member]) -> dict[str | None, list[Member]]:
    found: dict[str | None, list[Member]] = {}
    for member in group:
        found.setdefault(member.section, []).append(member)
    return found


def as_headings(group: list[Member]) -> str:
    lines = ["*SUSUNAN PENGURUS*", ""]
    for section, members in by_section(group).items():
        if section:
            lines += ["", f"*{SECTIONS[section].label.id.upper()}*"]
        for n, m in enumerate(members, 1):
            if not section:
                lines.append(f"{m.post} : {m.called}")
            else:
                mark = " (Koordinator)" if m.kind == "section_head" else ""
                lines.append(f"{n}. {m.called}{mark}")
    return "\n".join(lines)


def as_labels(group: list[Member]) -> str:
    lines = []
    for section, members in by_section(group).items():
        if not section:
            lines += [f"{m.post} – {m.called}" for m in members]
            continue
        lines.append(f"_{SECTIONS[section].label.id}_:")
        lines.append(f"Ketua: {members[0].called}")
        if members[1:]:
            lines.append("Anggota: " + "; ".join(m.called for m in members[1:]))
    return "\n".join(lines)


def as_names_first(group: list[Member]) -> str:
    return "\n".join(f"▪️ {m.called} - {m.post}" for m in group)


def as_brackets(group: list[Member]) -> str:
    return "\n".join(f"{n}️⃣ {m.called} ({m.post})" for n, m in enumerate(group, 1))


def as_table(group: list[Member]) -> str:
    rows = [f"{n}\t{m.called}\t{m.post}" for n, m in enumerate(group, 1)]
    return "\n".join(["No\tNama\tJabatan", *rows])


def as_chat(group: list[Member]) -> str:
    return "\n".join(f"[12/03/26 19.{n:02}] Bu Sari: {m.post}: {m.called}"
                     for n, m in enumerate(group, 10))  # fmt: skip


def as_form(group: list[Member]) -> str:
    return "\n\n".join(f"Nama: {m.called}\nJabatan: {m.post}" for m in group)


STYLES = (as_headings, as_labels, as_names_first, as_brackets, as_table, as_chat, as_form)
