"""The checks on forms of mixed kinds: they mark and never delete; computed values do not count."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django_scopes import scope

from satuhati.formats.xlsform.model import Choice, Form, Label, Question, Scoring
from satuhati.formats.xlsform.write import form_workbook
from satuhati.web.surveys.actions import close_round, open_round, take_answers
from satuhati.web.surveys.beside import AnswerFlag
from satuhati.web.surveys.instrument_actions import take_in_form
from satuhati.web.surveys.models import Answer
from satuhati.web.surveys.taking import Filled
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

FIVE = tuple(Choice(str(n), Label((("id", f"Nilai {n}"),))) for n in range(1, 6))
RATINGS = [f"r{n}" for n in range(1, 9)]


def mixed() -> Form:
    """Eight ratings, two of them turned, a number, a text, a day, several choices, a sum."""
    ratings = tuple(
        Question(name, "select_one", Label((("id", f"Butir {name}"),)), choices=FIVE,
                 list_name="five", scoring=Scoring("own", "likert", 1, 5, name in ("r2", "r5")))
        for name in RATINGS
    )  # fmt: skip
    rest = (
        Question("years", "integer", Label((("id", "Tahun"),))),
        Question("story", "text", Label((("id", "Cerita"),))),
        Question("day", "date", Label((("id", "Hari"),))),
        Question("some", "select_multiple", Label((("id", "Mana"),)), choices=FIVE,
                 list_name="five"),
        Question("sum", "calculate", calculation="${r1} + ${years}"),
    )  # fmt: skip
    return Form("campur", "Campur", (*ratings, *rest), "1", "id", ("id",), "pokja")


@pytest.fixture
def keeper(by: Callable[..., Who]) -> Who:
    return by("secretary", name="Sekar Contoh")


def values(rating: int | None, **more: object) -> dict[str, object]:
    found: dict[str, object] = dict.fromkeys([*RATINGS, "years", "story", "day", "some", "sum"])
    if rating is not None:
        found |= {name: float(rating) for name in RATINGS}
    return found | more


def test_straight_fast_and_twice_are_marked_and_all_stay(keeper: Who, community: Community) -> None:
    form = mixed()
    with scope(community=community):
        taken = take_in_form(by=keeper, form=form, workbook=form_workbook(form), name="c.xlsx",
                             population=None)  # fmt: skip
        instrument = taken.instrument
        assert instrument.item_order[-1] == "sum"
        round, setup = open_round(
            by=keeper, instrument=instrument, questions=instrument.item_order, how="meeting",
            people=[], until=today_in(community), anonymous=True, open_address=False,
        )  # fmt: skip
        varied = {name: float(n % 5 + 1) for n, name in enumerate(RATINGS)}
        forms = {
            "straight": (values(3, years=4.0, story="a", sum="7"), 300.0),
            # Nine answers and a computed value: fewer than ten to be told as twice the same.
            "nine-one": (values(None, **varied, years=2.0, sum="3"), 300.0),
            "nine-two": (values(None, **varied, years=2.0, sum="3"), 300.0),
            "ten-one": (values(None, **varied, years=9.0, day="2020-01-02", some="1 3"), 300.0),
            "ten-two": (values(None, **varied, years=9.0, day="2020-01-02", some="1 3"), 300.0),
            # Ten answers in twenty-one seconds are not fast; with the computed one they would be.
            "quick": (values(None, **varied, years=1.0, story="b", sum="2"), 21.0),
            "fast": (values(None, **varied, years=6.0, story="c"), 5.0),
            "clock": (values(None, **varied, years=7.0, story="d"), None),
        }
        for name, (given, seconds) in forms.items():
            filled = Filled(name.ljust(16, "x"), given, {}, True, seconds, {"sum"})
            take_answers(by=keeper, setup=setup, round=round, form=filled)
        close_round(by=keeper, setup=setup, round=round)
        found = {(f.answer.removeprefix(f"{round.public_id}-").rstrip("x"), f.kind)
                 for f in AnswerFlag.objects.all()}  # fmt: skip
        assert found == {("straight", "straight"), ("fast", "fast"), ("ten-one", "twice"),
                         ("ten-two", "twice")}  # fmt: skip
        assert Answer.objects.count() == len(forms), "marked, never deleted"


def test_a_kept_form_is_the_one_that_was_taken_in(keeper: Who, community: Community) -> None:
    from satuhati.web.surveys.sheet import form_of

    form = mixed()
    with scope(community=community):
        taken = take_in_form(by=keeper, form=form, workbook=b"x", name="c.xlsx", population=None)
        assert form_of(taken.instrument) == form
