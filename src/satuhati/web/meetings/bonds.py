"""What binds a planned meeting to its day: people were told, or have answered, or hold a letter.

Contexts above say what they know of a meeting (its letters): each puts its teller here when the
app starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from satuhati.web.meetings.models import Meeting, Reply
from satuhati.web.tenancy.who import Who


@dataclass(frozen=True, slots=True)
class Bond:
    """Whether the invitation went out, how many answered, and what papers there are, in words."""

    invited: bool = False
    answers: int = 0
    papers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.invited or bool(self.answers) or bool(self.papers)


Teller = Callable[[Who, Iterable[Meeting]], Mapping[str, Sequence[str]]]
_tellers: list[Teller] = []


def add_teller(teller: Teller) -> None:
    """Let a context above name the papers of meetings by their public id."""
    if teller not in _tellers:
        _tellers.append(teller)


def bonds_of(who: Who, meetings: Sequence[Meeting]) -> dict[int, Bond]:
    """What binds each of these meetings, by its key. One query, and one of each teller."""
    answers = dict(
        Reply.objects.filter(meeting__in=[m.pk for m in meetings])
        .values_list("meeting")
        .annotate(n=Count("pk"))
        .order_by()
    )
    papers: dict[str, list[str]] = {}
    for teller in _tellers:
        for code, words in teller(who, meetings).items():
            papers.setdefault(code, []).extend(words)
    return {
        m.pk: Bond(
            m.notice_on is not None, answers.get(m.pk, 0), tuple(papers.get(m.public_id, ()))
        )
        for m in meetings
    }
