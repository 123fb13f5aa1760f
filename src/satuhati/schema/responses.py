"""The words of the answers to choose from, in both languages.

An item of our own bank is asked with words of agreement; an item that came from elsewhere may
have had other words, so of it only the ends are named, as ends.
"""

from __future__ import annotations

from functools import cache

from satuhati.schema.itembank import bank
from satuhati.text import Text

YES_NO = {1.0: Text("Ya", "Yes"), 0.0: Text("Tidak", "No")}
LOWEST, HIGHEST = Text("Terendah", "Lowest"), Text("Tertinggi", "Highest")
_DISAGREE, _AGREE = Text("Tidak setuju", "Disagree"), Text("Setuju", "Agree")
_STRONGLY_NOT = Text("Sangat tidak setuju", "Strongly disagree")
_STRONGLY = Text("Sangat setuju", "Strongly agree")
_BETWEEN = Text("Ragu-ragu", "In between")
AGREEMENT: dict[int, tuple[Text, ...]] = {
    4: (_STRONGLY_NOT, _DISAGREE, _AGREE, _STRONGLY),
    5: (_STRONGLY_NOT, _DISAGREE, _BETWEEN, _AGREE, _STRONGLY),
}
"""By the number of steps; with other numbers only the ends have words."""


@cache
def _ours() -> frozenset[str]:
    return frozenset(item.text.id for item in bank())


def response_words(
    kind: str, low: float | None, high: float | None, text_id: str | None, *,
    as_asked_here: bool = False,
) -> dict[float, Text]:  # fmt: skip
    """Words of an item's answers, in their order; empty where it has none.

    ``as_asked_here``: the item was put by this program's own pages, with words of agreement
    whoever wrote it.
    """
    if kind == "binary":
        return dict(YES_NO) if (low, high) in ((None, None), (0, 1)) else {}
    if kind != "likert" or low is None or high is None or not low < high:
        return {}
    steps = int(high - low) + 1
    if as_asked_here or (text_id or "") in _ours():
        whole = low == round(low) and high == round(high)
        words = AGREEMENT.get(steps) if whole else None
        if words is not None:
            return {low + n: word for n, word in enumerate(words)}
        return {low: _STRONGLY_NOT, high: _STRONGLY}
    return {low: LOWEST, high: HIGHEST}
