"""What may be wrong with an answer: marks for people to look at. Nothing is taken out here.

- *same answer throughout* (straight-lining): the same step for every rating of at least eight,
  reversed ones among them, so that nobody means it (long string: Johnson 2005, doi:10.1016/
  j.jrp.2004.09.009; here the whole string).
- *very fast*: less than two seconds for each question answered (Huang, Curran, Keeney, Poposki &
  DeShon 2012, doi:10.1007/s10869-011-9231-8).
- *twice the same*: at least ten answers, all equal to those of another form of the round.
- *clock*: by its phone's clock the form was filled in days from now, or over a year ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from satuhati.text import Text

STRAIGHT, FAST, TWICE, CLOCK = "straight", "fast", "twice", "clock"
KINDS: dict[str, Text] = {
    STRAIGHT: Text("jawaban sama semua", "the same answer throughout"),
    FAST: Text("sangat cepat", "very fast"),
    TWICE: Text("sama dengan formulir lain", "equal to another form"),
    CLOCK: Text("jam HP pengisi melenceng", "the phone's clock was off"),
}
RATINGS, ANSWERS, SECONDS = 8, 10, 2.0

Values = Mapping[str, Any]


def is_straight(values: Values, reversed_of: Mapping[str, bool]) -> bool:
    """``reversed_of``: the ratings of the questionnaire, and whether each is turned round."""
    said = {n: values[n] for n in reversed_of if values.get(n) is not None}
    both = {reversed_of[n] for n in said}
    return len(said) >= RATINGS and len(both) == 2 and len(set(said.values())) == 1


def is_fast(values: Values, seconds: float | None) -> bool:
    answered = sum(v is not None for v in values.values())
    return seconds is not None and answered > 0 and seconds < SECONDS * answered


def twice(forms: Iterable[tuple[str, Values]]) -> set[str]:
    """Codes of forms that are equal to another in all they answer."""
    seen: dict[tuple[Any, ...], list[str]] = {}
    for code, values in forms:
        said = tuple(sorted((n, v) for n, v in values.items() if v is not None))
        if len(said) >= ANSWERS:
            seen.setdefault(said, []).append(code)
    return {code for codes in seen.values() if len(codes) > 1 for code in codes}
