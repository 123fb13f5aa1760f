"""A letter of invitation in the official form: one object, whatever it is printed as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from satuhati.reports.papers import blocks as b

NUMBER, ATTACHMENT, SUBJECT = "Nomor", "Lampiran", "Hal"
TO, ATTACHED, AT_PLACE = "Kepada Yth.", "(daftar terlampir)", "di Tempat"
DAY, TIME, PLACE, EVENT, AGENDA, ORDER = (
    "Hari/tanggal", "Waktu", "Tempat", "Acara", "Agenda", "Susunan acara",
)  # fmt: skip
SEEN, COPIES = "Mengetahui,", "Tembusan:"
LIST_TITLE, LIST_HEADER = "Daftar undangan", ("No.", "Nama", "Jabatan/instansi")
ONE_SHEET, NONE = "1 (satu) berkas", "–"
WITHDRAWN = "SURAT INI DICABUT"
TO_ALL, TO_EACH = "all", "each"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the letter goes to."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. ``mode``: one letter to all with a list attached, or one for each.

    ``withdrawn`` is empty, or when and why the letter was taken back; its number stays its own.
    """

    head: tuple[str, ...]
    address: str
    number: str
    subject: str
    place_date: str
    to: str
    recipients: tuple[Recipient, ...]
    mode: str
    opening: str
    day: str
    time: str
    place: str
    event: str
    agenda: tuple[str, ...]
    order: tuple[str, ...]
    closing: str
    signer: b.Signature
    seen: b.Signature | None
    copies: tuple[str, ...]
    withdrawn: str = ""

    def record(self) -> dict[str, Any]:
        """The letter as JSON can hold it; :meth:`of` is its inverse."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Letter:
        """A letter as it was kept."""
        kept = dict(record)
        for name in ("head", "agenda", "order", "copies"):
            kept[name] = tuple(kept[name])
        kept["recipients"] = tuple(Recipient(**one) for one in kept["recipients"])
        kept["signer"] = b.Signature(**kept["signer"])
        kept["seen"] = b.Signature(**kept["seen"]) if kept["seen"] else None
        return cls(**kept)

    def paper(self) -> b.Paper:
        """The letter as blocks: one page and a list, or a page for each addressee."""
        pages: list[b.Block] = []
        if self.mode == TO_EACH:
            for n, one in enumerate(self.recipients):
                if n:
                    pages.append(b.NewPage())
                to = (f"Bapak/Ibu {one.name}", *((one.post,) if one.post else ()), AT_PLACE)
                pages += self._page(to, NONE)
        else:
            pages += self._page((self.to, ATTACHED, AT_PLACE), ONE_SHEET)
            pages += [b.NewPage(), *self._attached()]
        return b.Paper(f"{self.subject} {self.number}", tuple(pages))

    def _page(self, to: tuple[str, ...], attachment: str) -> list[b.Block]:
        facts: list[tuple[str, tuple[str, ...]]] = [
            (DAY, (self.day,)),
            (TIME, (self.time,)),
            (PLACE, (self.place,)),
            (EVENT, (self.event,)),
        ]
        facts += [(label, lines) for label, lines in ((AGENDA, self.agenda), (ORDER, self.order))
                  if lines]  # fmt: skip
        page: list[b.Block] = [b.Head(self.head, self.address)] if self.head else []
        if self.withdrawn:
            page.append(b.Mark(f"{WITHDRAWN} · {self.withdrawn}"))
        page += [
            b.Reference(
                ((NUMBER, self.number), (ATTACHMENT, attachment), (SUBJECT, self.subject)),
                self.place_date,
            ),
            b.Lines(to, TO),
            b.Para(self.opening),
            b.Facts(tuple((label, tuple(values)) for label, values in facts if any(values))),
            b.Para(self.closing),
            b.Signatures((self.seen, self.signer)),
        ]
        if self.copies:
            page.append(b.Lines(self.copies, COPIES, numbered=len(self.copies) > 1))
        return page

    def _attached(self) -> list[b.Block]:
        rows = tuple(
            (str(n), one.name, one.post or "–") for n, one in enumerate(self.recipients, 1)
        )
        return [
            b.Reference(((ATTACHMENT, "Surat undangan"), (NUMBER, self.number)), self.place_date),
            b.Title(LIST_TITLE),
            b.Grid(LIST_HEADER, (1, 5, 5), rows),
        ]
