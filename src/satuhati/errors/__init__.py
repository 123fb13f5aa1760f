"""Every error and every statistical doubt once: code, wording in both languages, remedy.

Nothing else in the project words an error. A module raises :class:`InputError` with
:class:`Problem` s, or returns a :class:`Doubt` beside a figure; wording happens at the edge, in
the reader's language. Messages are clear, gentle, concise, thorough, actionable: what is wrong,
where, what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from satuhati.errors.doubts import DOUBTS
from satuhati.errors.problems import PROBLEMS
from satuhati.errors.wording import Wording
from satuhati.text import Language, Text

MAX_PROBLEMS = 50


def _in_language(fields: Mapping[str, object], lang: Language) -> dict[str, object]:
    """The fields of an occurrence; a field that is itself a wording is said in ``lang``."""
    return {k: v(lang) if isinstance(v, Text) else v for k, v in fields.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input, where it is, and how to mend it.

    ``row`` counts lines as a spreadsheet shows them (the header is row 1). ``column`` is the
    header text. Both may be absent.
    """

    code: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in PROBLEMS:
            raise KeyError(f"no wording for problem code {self.code!r}")

    def message(self, lang: Language = "id") -> str:
        return PROBLEMS[self.code].what.filled(lang, _in_language(self.fields, lang))

    def remedy(self, lang: Language = "id") -> str:
        return PROBLEMS[self.code].remedy.filled(lang, _in_language(self.fields, lang))

    def line(self, lang: Language = "id") -> str:
        """``file, row, column: what is wrong. What to do.`` on one line."""
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(("baris " if lang == "id" else "row ") + str(self.row))
        if self.column is not None:
            place.append(("kolom " if lang == "id" else "column ") + self.column)
        text = f"{self.message(lang)} {self.remedy(lang)}".replace("\n", " ")
        return f"{', '.join(place)}: {text}" if place else text


@dataclass(frozen=True, slots=True)
class Doubt:
    """An honest "cannot be computed" or "read with care", typed so that a page must show it."""

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in DOUBTS:
            raise KeyError(f"no wording for doubt code {self.code!r}")

    def message(self, lang: Language = "id") -> str:
        return DOUBTS[self.code].filled(lang, _in_language(self.fields, lang))


class SatuHatiError(Exception):
    """Any error that is ours; ``exit_code`` is what the command line returns."""

    exit_code = 1


class InputError(SatuHatiError):
    """The input cannot be used as it is. Carries every problem found, worded at the edge."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(p.line("en") for p in self.problems[:3]))

    def report(self, lang: Language = "id") -> str:
        """Up to 50 problems, a line each, then how many more there are."""
        lines = [p.line(lang) for p in self.problems[:MAX_PROBLEMS]]
        more = len(self.problems) - MAX_PROBLEMS
        if more > 0:
            lines.append(
                f"… dan {more} masalah lain." if lang == "id" else f"… and {more} more problems."
            )
        return "\n".join(lines)


class MissingExtraError(SatuHatiError):
    """An optional part is not installed; names its install line."""

    exit_code = 3

    def __init__(self, extra: str, needed_for: str) -> None:
        self.extra, self.needed_for = extra, needed_for
        super().__init__(self.report("en"))

    def report(self, lang: Language = "id") -> str:
        return _MISSING_EXTRA.filled(lang, {"extra": self.extra, "needed_for": self.needed_for})


class MissingLibraryError(MissingExtraError):
    """A system library is not there; prints the one line that installs it."""

    def __init__(self, library: str, needed_for: str, install: str) -> None:
        self.library, self.install = library, install
        super().__init__("report", needed_for)

    def report(self, lang: Language = "id") -> str:
        return _MISSING_LIBRARY.filled(
            lang,
            {"library": self.library, "needed_for": self.needed_for, "install": self.install},
        )


_MISSING_EXTRA = Text(
    "Bagian '{extra}' belum terpasang; ia dibutuhkan untuk {needed_for}. "
    "Pasang dengan: pip install 'satuhati[{extra}]'",
    "The part '{extra}' is not installed; it is needed for {needed_for}. "
    "Install it with: pip install 'satuhati[{extra}]'",
)

_MISSING_LIBRARY = Text(
    "Pustaka sistem {library} belum ada; ia dibutuhkan untuk {needed_for}. "
    "Pasang dengan: {install}",
    "The system library {library} is not there; it is needed for {needed_for}. "
    "Install it with: {install}",
)

__all__ = [
    "DOUBTS",
    "MAX_PROBLEMS",
    "PROBLEMS",
    "Doubt",
    "InputError",
    "MissingExtraError",
    "MissingLibraryError",
    "Problem",
    "SatuHatiError",
    "Wording",
]
