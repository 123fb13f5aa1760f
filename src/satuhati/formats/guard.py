"""Text that a spreadsheet would run as a formula is guarded by a leading apostrophe.

Opening a CSV file, spreadsheet programs take a cell that begins with ``=``, ``+``, ``-`` or
``@`` (after blanks too, and in full-width form) for a formula, and a leading tab or line break
for something to skip. Such text is written with an apostrophe before it, and so is text that
itself begins with one; taking the apostrophe off is then always right:
``unguarded(guarded(x)) == x`` for every text. Numbers and dates are never guarded.
See OWASP, "CSV injection".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl  # expressions come from outside; web processes read lists without it

_STARTS = "(?:[ \u00a0\t\r\n]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n'])"


def guarded(text: pl.Expr) -> pl.Expr:
    """String expression with an apostrophe before every risky value."""
    return text.str.replace(f"^({_STARTS})", "'${1}")


def unguarded(text: pl.Expr) -> pl.Expr:
    """The inverse of :func:`guarded`; an apostrophe that guards nothing stays."""
    return text.str.replace(f"^'({_STARTS})", "${1}")


def guard_name(name: str) -> str:
    """A column name, or any single text, guarded the same way."""
    return "'" + name if re.match(_STARTS, name) else name


def unguard_name(name: str) -> str:
    """The inverse of :func:`guard_name`; right for any single text, as :func:`unguarded` is."""
    return name[1:] if name.startswith("'") and re.match(_STARTS, name[1:]) else name
