"""Rounds of every kind on phones: households that were drawn, services that are asked about."""

from __future__ import annotations

import datetime as dt

import pytest
from collect_phone import Phone, message
from django.utils import timezone
from django_scopes import scope

from satuhati.web.openrosa.sorting import sort_waiting
from satuhati.web.outreach.models import Service
from satuhati.web.surveys.actions import open_round
from satuhati.web.surveys.bank import SHORT, instrument_of, items_of
from satuhati.web.surveys.beside import HouseholdDrawn, SurveySetup
from satuhati.web.surveys.households import Drawn
from satuhati.web.surveys.models import Answer
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

HOUSES = (Drawn("01-003", "RW 01", 4.0), Drawn("01-011", "RW 01", 4.0),
          Drawn("02-007", "RW 02", 2.5))  # fmt: skip


@pytest.fixture
def visited(keeper: Who, community: Community) -> SurveySetup:
    with scope(community=community):
        service = Service.objects.create(community=community, public_id="sigap", key=True,
                                         name="Rumah Anak SIGAP")  # fmt: skip
        _, setup = open_round(
            by=keeper, instrument=instrument_of(community, "warga", "short"),
            questions=[i.code for i in items_of("warga", "short")], how="households", people=[],
            until=timezone.localdate() + dt.timedelta(days=7), anonymous=True,
            open_address=False, seed=5, frame_size=40, households=HOUSES, services=[service],
        )  # fmt: skip
    return setup


def said(house: str, **more: str) -> dict[str, str]:
    return {**dict.fromkeys(SHORT["warga"], "4"), "satuhati_siapa": house, **more}


def test_a_household_that_was_drawn_answers_once_with_its_weight(
    phone: Phone, community: Community, visited: SurveySetup
) -> None:
    (form,) = phone.forms()
    assert "Rumah yang mana?" in form.xml
    assert "01-003 · RW 01" in form.xml
    known = {"aw_sigap_heard": "1", "aw_sigap_channel": "kader", "aw_sigap_visited": "0"}
    assert phone.send(form.instance(said("o3", **known))).status_code == 201
    with scope(community=community):
        assert sort_waiting() == 1
    assert phone.send(form.instance(said("o3"))).status_code == 201  # looked at only later
    nobody = phone.send(form.instance({**said("o1"), "satuhati_siapa": ""}))
    assert (nobody.status_code, message(nobody)) == (400, "Pilih dulu ini formulir siapa.")
    with scope(community=community):
        assert sort_waiting() == 1
        answer = Answer.objects.get()
        assert (answer.weight, answer.stratum, answer.area.name) == (2.5, "RW 02", "RW 02")
        assert answer.actor is None
        assert (answer.values["aw_sigap_heard"], answer.values["aw_sigap_channel"]) == (1, "kader")
        states = dict(HouseholdDrawn.objects.values_list("code", "state"))
        assert states == {"01-003": "", "01-011": "", "02-007": "answered"}


def test_what_follows_from_not_having_heard_is_not_kept(
    phone: Phone, community: Community, visited: SurveySetup
) -> None:
    (form,) = phone.forms()
    sent = said("o1", aw_sigap_heard="0", aw_sigap_visited="1")
    assert phone.send(form.instance(sent)).status_code == 201
    wrong = phone.send(form.instance(said("o2", aw_sigap_heard="1", aw_sigap_channel="burung")))
    assert wrong.status_code == 400
    with scope(community=community):
        assert sort_waiting() == 1
        values = Answer.objects.get().values
        assert (values["aw_sigap_heard"], values["aw_sigap_visited"]) == (0, None)


def test_an_anonymous_form_is_corrected_also_after_it_became_an_answer(
    phone: Phone, community: Community, visited: SurveySetup
) -> None:
    (form,) = phone.forms()
    assert phone.send(form.instance(said("o1"), instance="uuid:a")).status_code == 201
    with scope(community=community):
        sort_waiting()
    first = next(iter(SHORT["warga"]))
    newer = form.instance(said("o1", **{first: "2"}), instance="uuid:b", deprecated="uuid:a")
    assert phone.send(newer).status_code == 201
    with scope(community=community):
        sort_waiting()
        answer = Answer.objects.get()
        assert (answer.values[first], answer.weight, answer.area.name) == (2, 4.0, "RW 01")
