"""The same people again are a panel; another sample is not, nor people found in other ways."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from scipy import stats

from satuhati.core.profile.assemble import dossier
from satuhati.core.surveys.release import release
from satuhati.web.profile.package import from_database
from satuhati.web.register.models import Actor
from satuhati.web.results.computing import store_all
from satuhati.web.results.stored import GROUP, StoredResults
from satuhati.web.surveys.beside import SurveyAsked, SurveySetup, random_key
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.surveys.waves import earlier_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

TODAY = timezone.localdate()
UNTIL = (TODAY + dt.timedelta(days=7)).isoformat()
PEOPLE = 12


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    with scope(community=community):
        for n in range(1, PEOPLE + 1):
            Actor.objects.create(community=community, public_id=f"p{n:02d}", kind="person",
                                 name=f"Orang Contoh {n}", sector="pokja")  # fmt: skip
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def opened(browser: Client, **other: Any) -> str:
    fields = {"questionnaire": "pokja:short", "own_kind": "likert", "how": "census",
              "until": UNTIL, **other}  # fmt: skip
    answer = browser.post("/k/melati/survei/baru/", fields)
    assert answer.status_code == 302, re.findall(
        r'class="error"[^>]*>([^<]+)', answer.content.decode()
    )
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def closed(
    browser: Client, community: Community, code: str, given: dict[str, int], named: bool = True,
    **fields: Any,
) -> None:  # fmt: skip
    """Answers to soc1 and soc3 of these people, then the round is closed."""
    with scope(community=community):
        round = Round.objects.get(public_id=code)
        actors = {a.public_id: a for a in Actor.objects.all()}
        for n, (person, value) in enumerate(given.items()):
            Answer.objects.create(
                pk=random_key(), community=community, public_id=f"{code}-form{n:04d}-abcdefgh",
                round=round, instrument=round.instrument, actor=actors[person] if named else None,
                values={"soc1": float(value), "soc3": float(value)}, **fields,
            )  # fmt: skip
    assert browser.post(f"/k/melati/survei/{code}/tutup/").status_code == 302


def step_of(community: Community, code: str, scale: str = "sense_of_community") -> dict[str, Any]:
    """The change to a round from the one before, as the pages of results have it."""
    store_all(community.pk)
    with scope(community=community):
        payload = StoredResults.objects.get(round=code, kind=GROUP).payload
    (found,) = (w for w in payload["waves"] if w["scale"] == scale)
    return dict(found["steps"][-1])


def people(*numbers: int) -> list[str]:
    return [f"p{n:02d}" for n in numbers]


BEFORE = dict(zip(people(*range(1, 11)), [1, 2, 3, 4, 5, 2, 3, 4, 1, 2], strict=True))
AFTER = dict(zip(people(*range(1, 9)), [2, 3, 3, 5, 5, 3, 4, 5], strict=True))


def test_a_panel_asks_exactly_those_and_pairs_them(browser: Client, community: Community) -> None:
    first = opened(browser)
    closed(browser, community, first, BEFORE)
    with scope(community=community):
        Actor.objects.filter(public_id="p10").update(left=TODAY - dt.timedelta(days=1))
    page = browser.get("/k/melati/survei/baru/").content.decode()
    assert f'value="{first}"' in page
    # What else the form says gives way: the same questions, by name, and no open address.
    second = opened(browser, how="panel", earlier=first, anonymous="on",
                    questionnaire="warga:short")  # fmt: skip
    with scope(community=community):
        round = Round.objects.select_related("instrument").get(public_id=second)
        setup = SurveySetup.objects.get(round=second)
        asked = set(SurveyAsked.objects.filter(round=second).values_list("person", flat=True))
    assert (round.anonymous, round.frame, round.wave) == (False, "census", 2)
    assert round.instrument.public_id == "pokja_singkat"
    assert setup.panel_of == first
    assert asked == set(people(*range(1, 10))), "who left is not asked"
    closed(browser, community, second, AFTER)
    page = browser.get(f"/k/melati/survei/{second}/").content.decode()
    assert "8 menjawab dua kali, 2 hanya waktu itu, 0 hanya sekarang" in page
    step = step_of(community, second)
    x = np.array([(BEFORE[p] - 1) * 25.0 for p in AFTER])
    y = np.array([(v - 1) * 25.0 for v in AFTER.values()])
    test = stats.ttest_rel(y, x).confidence_interval()
    assert (step["kind"], step["n"]) == ("panel", 8)
    assert step["value"] == pytest.approx(np.mean(y - x))
    assert step["interval"] == pytest.approx([test.low, test.high])
    page = browser.get(f"/k/melati/survei/{second}/hasil/").content.decode()
    assert "orang yang sama" in page


def test_a_new_sample_is_compared_unpaired_and_names_are_not_looked_for(
    browser: Client, community: Community
) -> None:
    first, second = opened(browser, how="door_to_door"), opened(browser, how="door_to_door")
    closed(browser, community, first, BEFORE)
    closed(browser, community, second, AFTER)
    page = browser.get(f"/k/melati/survei/{second}/").content.decode()
    assert "bukan orang yang sama" in page
    step = step_of(community, second)
    x = np.array([(v - 1) * 25.0 for v in BEFORE.values()])
    y = np.array([(v - 1) * 25.0 for v in AFTER.values()])
    test = stats.ttest_ind(y, x, equal_var=False).confidence_interval()
    assert step["kind"] == "samples"
    assert step["interval"] == pytest.approx([test.low, test.high])


def test_people_found_in_other_ways_are_never_put_together(
    browser: Client, community: Community
) -> None:
    rounds = []
    for how, value in (("door_to_door", 1), ("service_desk", 5)):
        code = opened(browser, how=how, questionnaire="warga:short", anonymous="on")
        closed(browser, community, code, dict.fromkeys(people(*range(1, 11)), value), named=False)
        rounds.append(code)
    page = browser.get(f"/k/melati/survei/{rounds[1]}/").content.decode()
    assert "Tidak dibandingkan" in page
    step = step_of(community, rounds[1])
    assert (step["kind"], step["value"]) == ("frames", None)
    with scope(community=community):
        later = Round.objects.get(public_id=rounds[1])
        found = earlier_of(later)
        assert found is not None
        assert found.kind == "apart"
        # Of the same wave, as in records that came from elsewhere: two voices, not one mean.
        Round.objects.filter(public_id=rounds[1]).update(wave=1)
    data = from_database(community)
    profile = dossier(data, community.code, today_in(community)).profile
    cell = next(c for c in profile.components
                if (c.component, c.population) == ("sense_of_community", "warga")
                and c.level == "individual")  # fmt: skip
    values = {e.record: e.value for e in cell.evidence if e.record.startswith("survey:")}
    assert values == {f"survey:{rounds[0]}": 0.0, f"survey:{rounds[1]}": 100.0}
    # In what leaves the house a round is a column, and each is given out by itself.
    out = release(data, community.code, "warga_singkat", rounds=[rounds[0]])
    assert set(out.frame["soc1"].drop_nulls().to_list()) == {1.0}
    with scope(community=community):
        Round.objects.filter(public_id=rounds[1]).update(wave=2)
    data = from_database(community)
    assert data["rounds"].select(pl.col("frame").n_unique()).item() == 2


def test_weighted_rounds_are_compared_by_their_design(
    browser: Client, community: Community
) -> None:
    codes = []
    for values in (BEFORE, AFTER):
        code = opened(browser, how="door_to_door", questionnaire="warga:short", anonymous="on")
        closed(browser, community, code, values, named=False, stratum="RW 01", weight=2.0)
        codes.append(code)
    with scope(community=community):
        for one in Answer.objects.filter(values__soc1__gte=4.0):
            Answer.objects.filter(pk=one.pk).update(weight=6.0)

    def mean(values: dict[str, int]) -> float:
        w = [6.0 if v >= 4 else 2.0 for v in values.values()]
        return float(np.average([(v - 1) * 25 for v in values.values()], weights=w))

    step = step_of(community, codes[1])
    assert step["value"] == pytest.approx(mean(AFTER) - mean(BEFORE))


def test_fewer_than_five_are_not_compared(browser: Client, community: Community) -> None:
    first = opened(browser)
    closed(browser, community, first, dict(list(BEFORE.items())[:4]))
    second = opened(browser, how="panel", earlier=first)
    closed(browser, community, second, dict(list(AFTER.items())[:4]))
    store_all(community.pk)
    with scope(community=community):
        payload = StoredResults.objects.get(round=second, kind=GROUP).payload
    assert payload["waves"] == []


def test_an_anonymous_round_has_no_panel(browser: Client, community: Community) -> None:
    first = opened(browser, anonymous="on")
    closed(browser, community, first, BEFORE, named=False)
    assert 'value="panel"' not in browser.get("/k/melati/survei/baru/").content.decode()
    answer = browser.post("/k/melati/survei/baru/", {
        "questionnaire": "pokja:short", "own_kind": "likert", "how": "panel", "earlier": first,
        "until": UNTIL})  # fmt: skip
    assert answer.status_code == 400
