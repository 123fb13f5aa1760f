"""Minutes (*notulen*) and the attendance list (*daftar hadir*), each one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from satuhati.reports.papers import blocks as b

DRAFT = "KONSEP – BELUM DISAHKAN"
MINUTES, ATTENDANCE = "Notulen", "Daftar hadir"
DAY, TIME, PLACE, EVENT = "Hari/tanggal", "Waktu", "Tempat", "Acara"
CHAIR, TAKER, PRESENT = "Pimpinan rapat", "Notulis", "Hadir"
AGENDA, DISCUSSION, DECISIONS, TASKS = "Agenda", "Pokok bahasan", "Keputusan", "Tindak lanjut"
RULES = "Aturan yang dirujuk"
NO_AGENDA, NO_DECISION = "Tidak dicatat.", "Tidak ada keputusan yang tercatat."
TASK_HEADER = ("No.", "Tindak lanjut", "PJ tugas", "Batas waktu")
SEEN, APPROVED = "Mengetahui,", "Disahkan"
LIST_HEADER = ("No.", "Nama", "Jabatan/instansi", "Keterangan", "Paraf")
SIGN_HEADER = ("No.", "Nama", "Jabatan/instansi", "Paraf")
EMPTY_ROWS = 5
"""Empty rows at the end of a list to sign, for those who come unannounced."""


@dataclass(frozen=True, slots=True)
class Came:
    """A row of the attendance list; ``note``: represented by whom."""

    name: str
    post: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A follow-up as the minutes name it."""

    text: str
    owner: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    """What the minutes of a meeting say. ``approved``: the day in words, empty for a draft;
    ``rules``: the norms it went by, each with its document, and nobody who named them."""

    head: tuple[str, ...]
    address: str
    title: str
    day: str
    time: str
    place: str
    place_date: str
    chair: str
    taker: str
    came: int
    invited: int
    agenda: tuple[str, ...]
    discussion: tuple[str, ...]
    decisions: tuple[str, ...]
    tasks: tuple[Task, ...]
    attendance: tuple[Came, ...]
    seen: b.Signature | None
    approved: str = ""
    rules: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The minutes as JSON can hold them; :meth:`of` is its inverse."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> MinutesSheet:
        """Minutes as they were kept."""
        kept = dict(record)
        for name in ("head", "agenda", "discussion", "decisions"):
            kept[name] = tuple(kept[name])
        kept["rules"] = tuple(kept.get("rules", ()))  # none in what was approved before
        kept["tasks"] = tuple(Task(**one) for one in kept["tasks"])
        kept["attendance"] = tuple(Came(**one) for one in kept["attendance"])
        kept["seen"] = b.Signature(**kept["seen"]) if kept["seen"] else None
        return cls(**kept)

    def _facts(self) -> b.Facts:
        rows = [(DAY, self.day), (TIME, self.time), (PLACE, self.place), (EVENT, self.title),
                (CHAIR, self.chair), (TAKER, self.taker)]  # fmt: skip
        if self.invited:
            rows.append((PRESENT, f"{self.came} dari {self.invited} yang diundang"))
        return b.Facts(tuple((label, (value,)) for label, value in rows if value), indent=False)

    def body(self, *, names: bool = True) -> list[b.Block]:
        """Agenda, discussion, rules, decisions, follow-ups.

        Without ``names`` nobody is named, and no rule: these are for the group to read.
        """
        found: list[b.Block] = [b.Heading(AGENDA)]
        found.append(b.Items(self.agenda) if self.agenda else b.Para(NO_AGENDA, indent=False))
        if self.discussion:
            found.append(b.Heading(DISCUSSION))
            found += [b.Para(text, indent=False) for text in self.discussion]
        if self.rules and names:
            found += [b.Heading(RULES), b.Items(self.rules)]
        found.append(b.Heading(DECISIONS))
        found.append(
            b.Items(self.decisions) if self.decisions else b.Para(NO_DECISION, indent=False)
        )
        if self.tasks:
            found.append(b.Heading(TASKS))
            if names:
                rows = tuple((str(n), t.text, t.owner, t.until or "–")
                             for n, t in enumerate(self.tasks, 1))  # fmt: skip
                found.append(b.Grid(TASK_HEADER, (1, 5, 3, 2), rows))
            else:
                found.append(b.Items(tuple(t.text for t in self.tasks)))
        return found

    def paper(self) -> b.Paper:
        """Minutes with signatures, and the attendance list on a page of its own."""
        blocks: list[b.Block] = [b.Head(self.head, self.address)] if self.head else []
        if not self.approved:
            blocks.append(b.Mark(DRAFT))
        blocks += [b.Title(f"{MINUTES} rapat", self.title), self._facts(), *self.body()]
        if self.approved:
            blocks.append(b.Para(f"{APPROVED}: {self.approved}.", indent=False))
        signs = [self.seen, b.Signature(CHAIR, self.chair), b.Signature(TAKER, self.taker)]
        blocks.append(b.Signatures(tuple(signs if self.seen else signs[1:])))
        if self.attendance:
            rows = tuple(_row(n, one) for n, one in enumerate(self.attendance, 1))
            blocks += [
                b.NewPage(),
                b.Title(ATTENDANCE, f"{self.title} · {self.day}"),
                b.Grid(LIST_HEADER, (1, 4, 4, 3, 2), rows, tall=True),
            ]
        return b.Paper(f"{MINUTES} {self.title}", tuple(blocks), f"{MINUTES} {self.day}")

    def public_paper(self) -> b.Paper:
        """What residents may read: nobody's name, no list, how many came."""
        rows = [(DAY, (self.day,)), (PLACE, (self.place,))]
        if self.invited:
            rows.append((PRESENT, (f"{self.came} orang",)))
        facts = b.Facts(tuple(r for r in rows if r[1][0]), indent=False)
        return b.Paper(self.title, (facts, *self.body(names=False)))


def _row(n: int, one: Came) -> tuple[str, ...]:
    return (str(n), one.name, one.post or "–", one.note, "")


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """The list to sign: before a meeting those invited, after it those who came."""

    head: tuple[str, ...]
    address: str
    title: str
    day: str
    time: str
    place: str
    place_date: str
    rows: tuple[Came, ...]
    held: bool
    signer: b.Signature
    seen: b.Signature | None

    def record(self) -> dict[str, Any]:
        """The list as JSON can hold it."""
        return asdict(self)

    def paper(self) -> b.Paper:
        """Number, name, institution or post, room for initials; who signs for the accounts."""
        blocks: list[b.Block] = [b.Head(self.head, self.address)] if self.head else []
        facts = ((DAY, self.day), (TIME, self.time), (PLACE, self.place), (EVENT, self.title))
        blocks += [
            b.Title(ATTENDANCE),
            b.Facts(tuple((label, (value,)) for label, value in facts if value), indent=False),
        ]
        if self.held:
            rows = tuple(_row(n, one) for n, one in enumerate(self.rows, 1))
            blocks.append(b.Grid(LIST_HEADER, (1, 4, 4, 3, 2), rows, tall=True))
        else:
            listed = [*self.rows, *[Came("")] * EMPTY_ROWS]
            signed = tuple((str(n), one.name, one.post, "") for n, one in enumerate(listed, 1))
            blocks.append(b.Grid(SIGN_HEADER, (1, 4, 4, 3), signed, tall=True))
        blocks.append(b.Para(self.place_date or self.day, indent=False))
        blocks.append(b.Signatures((self.seen, self.signer)))
        return b.Paper(f"{ATTENDANCE} {self.title}", tuple(blocks), f"{ATTENDANCE} {self.day}")
