"""From pieces of evidence to one verdict: voices, convergence, the one-source test.

After the triangulation protocol of Farmer, T., Robinson, K., Elliott, S. J. & Eyles, J. (2006),
*Developing and implementing a triangulation protocol for qualitative health research*,
Qualitative Health Research 16(3): 377-394, made exact so that exactly one verdict always holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from satuhati.core.profile.results import (
    Direction,
    Evidence,
    OneSourceTest,
    Place,
    Verdict,
    Voice,
    VoicePlace,
)
from satuhati.core.results import Interval

LOW_BELOW = 40.0
HIGH_FROM = 60.0
WIDEST = 40.0
"""An interval wider than this is *not enough* and takes no part."""

_OF_DIRECTION: dict[Direction, Place] = {
    "supports": "high",
    "mixed": "middle",
    "contradicts": "low",
}


def place_of(
    value: float | None, interval: Interval | None, direction: Direction | None = None
) -> Place | None:
    """Where a piece stands: by its interval's middle, else its value; field notes by direction."""
    if direction is not None:
        return _OF_DIRECTION[direction]
    if interval is not None:
        at = (interval[0] + interval[1]) / 2
    elif value is not None:
        at = value
    else:
        return None
    if at < LOW_BELOW:
        return "low"
    return "high" if at >= HIGH_FROM else "middle"


def voices_of(evidence: Iterable[Evidence]) -> tuple[Voice, ...]:
    """One voice per record, of the pieces that are scored and sufficient.

    Pieces of one record that stand in different places make a *split* voice: a record that
    speaks with two tongues neither confirms nor contradicts another. The voice spans the hull of
    its pieces.
    """
    pieces: dict[tuple[str, str], list[Evidence]] = {}
    for piece in evidence:
        if piece.scored and piece.status == "ok" and piece.place is not None:
            pieces.setdefault((piece.record, piece.method), []).append(piece)
    voices = []
    for (record, method), group in pieces.items():
        places = {p.place for p in group if p.place is not None}
        place: VoicePlace = next(iter(places)) if len(places) == 1 else "split"
        spans = [_span(p) for p in group]
        low, high = min(s[0] for s in spans), max(s[1] for s in spans)
        voices.append(Voice(record, method, place, low, high))
    return tuple(voices)


def _span(piece: Evidence) -> Interval:
    if piece.interval is not None:
        return piece.interval
    if piece.value is not None:
        return piece.value, piece.value
    # A field note has no place on the scale; it spans the zone of its direction.
    zones: dict[Place, Interval] = {
        "low": (0.0, LOW_BELOW),
        "middle": (LOW_BELOW, HIGH_FROM),
        "high": (HIGH_FROM, 100.0),
    }
    return zones[piece.place or "middle"]


def _apart(low: Voice, high: Voice) -> bool:
    """Field notes count as apart by placement alone; figures when their spans do not meet."""
    return "fieldnotes" in (low.method, high.method) or low.high < high.low


def verdict(voices: Sequence[Voice]) -> Verdict:
    """Exactly one of the five verdicts.

    No voice: *no evidence*. Voices of one method only, however many: *silence*. All in one
    place: *agreement*. A low and a high voice whose spans are apart: *dissonance*. Anything
    else: *partial agreement*.
    """
    if not voices:
        return "no evidence"
    if len({v.method for v in voices}) == 1:
        return "silence"
    places = {v.place for v in voices}
    if len(places) == 1 and "split" not in places:
        return "agreement"
    lows = [v for v in voices if v.place == "low"]
    highs = [v for v in voices if v.place == "high"]
    if any(_apart(low, high) for low in lows for high in highs):
        return "dissonance"
    return "partial agreement"


def one_source_test(voices: Sequence[Voice]) -> OneSourceTest:
    """The verdict recomputed without each record in turn: how often it held."""
    found = verdict(voices)
    changed = tuple(
        voice.record
        for i, voice in enumerate(voices)
        if verdict([*voices[:i], *voices[i + 1 :]]) != found
    )
    return OneSourceTest(len(voices) - len(changed), len(voices), changed)
