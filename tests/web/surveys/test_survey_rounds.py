"""A round of a survey from opening to the profile."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django_scopes import scope
from survey_by_hand import TODAY, filled, form, opened, path, said

from satuhati.web.audit.models import AuditEntry
from satuhati.web.profile.package import from_database, replace
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.profile.survey_cards import get_cards_for
from satuhati.web.register.models import Actor, Consent
from satuhati.web.surveys.asking import drawn, people_of, subgroups
from satuhati.web.surveys.bank import LENGTHS, NAMES, SHORT, instrument_of, items_of
from satuhati.web.surveys.beside import AnswerFlag, AnswerLeftOut, SurveyAsked, SurveySetup
from satuhati.web.surveys.checks import is_fast, is_straight, twice
from satuhati.web.surveys.models import Answer, Instrument, Item, Round
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who


def test_a_census_by_link_reaches_cards_and_profile_only_once_closed(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser)
    with scope(community=community):
        round = Round.objects.get(public_id=code)
        assert (round.frame, round.invited, round.population_size) == ("census", 8, 8)
        assert (round.anonymous, round.wave, round.mode) == (True, 1, "self")
    for n in range(1, 7):
        there = path(keeper, community, f"p{n}", code)
        page = Client().get(there).content.decode()
        assert "Saya setuju jawaban saya dihitung" in page
        assert (
            Client()
            .post(there, filled(n % 3 + 3, submission=f"orang-nomor-{n}-abcdef"))
            .status_code
            == 302
        )
        assert said(Client().get(there)) == "thanks"
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert "6 dari 8 sudah menjawab" in page
    assert "Yang keluar" not in page, "nothing of what was said while it is open"
    data = from_database(community)
    assert data["rounds"].height == 0
    assert not data.answers
    assert browser.post(f"/k/melati/survei/{code}/tutup/").status_code == 302
    community.refresh_from_db()
    data = from_database(community)
    assert data["rounds"]["id"].to_list() == [code]
    assert data.answers["pokja_singkat"].height == 6
    assert data.answers["pokja_singkat"]["actor"].null_count() == 6
    assert make_snapshot(community.pk) is not None
    with scope(community=community):
        cards = get_cards_for(keeper, code)
    belonging = next(c for c in cards if c.sentence.startswith("Rasa memiliki:"))
    # Twice each of 3, 4 and 5 of 5: 50, 75 and 100 of 100.
    assert belonging.value == pytest.approx(75)
    assert re.fullmatch(
        r"Rasa memiliki: 75 dari 100, antara \d+ dan \d+, 6 orang", belonging.sentence
    )
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert belonging.sentence in page
    cell = browser.get(
        "/k/melati/laporan/sel/sense_of_community/individual/pokja/"
    ).content.decode()
    assert "Dari 6 orang" in cell or "6 orang" in cell or "dari 6" in cell


def test_fewer_than_five_are_not_shown(browser: Client, keeper: Who, community: Community) -> None:
    code = opened(browser)
    for n in range(1, 5):
        Client().post(
            path(keeper, community, f"p{n}", code), filled(submission=f"orang-{n}-abcdefghijkl")
        )
    browser.post(f"/k/melati/survei/{code}/tutup/")
    make_snapshot(community.pk)
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert "dari 100" not in page
    assert "kurang dari lima" in page.lower()


def test_an_anonymous_round_keeps_nobody_and_no_order(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser)
    for n in range(1, 7):
        Client().post(
            path(keeper, community, f"p{n}", code),
            filled(n % 5 + 1, submission=f"z{n}-abcdefghijklmnop"),
        )
    with scope(community=community):
        before = set(Answer.objects.values_list("pk", flat=True))
    assert min(before) > 2**39, "no key that counts up while it is open"
    browser.post(f"/k/melati/survei/{code}/tutup/")
    with scope(community=community):
        rows = list(Answer.objects.order_by("pk"))
        assert not before & {a.pk for a in rows}, "written anew"
        assert all((a.actor_id, a.area_id, a.sex, a.age_band) == (None,) * 4 for a in rows)
        assert min(a.pk for a in rows) > 2**39, "no key that counts up"
        assert not Consent.objects.exists()
        assert set(SurveyAsked.objects.values_list("draft", flat=True)) == {None}
        taken = AuditEntry.objects.filter(action="survey.answer")
        assert {(e.code, e.by_id, str(e.details)) for e in taken} == {(code, None, "{}")}
        names = {f.name for f in Answer._meta.fields} | {f.name for f in SurveyAsked._meta.fields}
    assert not {n for n in names if n.endswith(("_at", "_on"))}


def test_consent_withdrawn_anywhere_takes_answers_out_of_the_profile(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser, anonymous=None)
    for n in (1, 2):
        Client().post(
            path(keeper, community, f"p{n}", code), filled(submission=f"orang-{n}-abcdefghijkl")
        )
    browser.post(f"/k/melati/survei/{code}/tutup/")
    assert from_database(community).answers["pokja_singkat"].height == 2
    browser.post("/k/melati/persetujuan/tarik/", {"actor": "p1", "strand": "survey"})
    with scope(community=community):
        Consent.objects.filter(actor__public_id="p1").update(withdrawn_on=TODAY)
    left = from_database(community).answers["pokja_singkat"]
    assert left["actor"].to_list() == ["p2"]


def test_a_draw_is_repeatable_and_has_no_open_address(
    browser: Client, keeper: Who, community: Community
) -> None:
    wrong = browser.post("/k/melati/survei/baru/", form(
        questionnaire="warga:short", how="sample", size="5", open_address="on"))  # fmt: skip
    assert wrong.status_code == 400
    code = opened(browser, questionnaire="warga:short", how="sample", size="5")
    with scope(community=community):
        setup, round = SurveySetup.objects.get(), Round.objects.get()
        asked = sorted(SurveyAsked.objects.values_list("person", flat=True))
        assert setup.frame_size == 12
        again = [a.public_id for a in drawn(people_of("warga", TODAY), 5, setup.seed)]
        assert asked == sorted(again)
        assert asked != sorted(
            a.public_id for a in drawn(people_of("warga", TODAY), 5, setup.seed + 1)
        )
        assert round.frame == "other"
        assert str(setup.seed) in round.note
        assert round.population_size is None
    assert code


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"questionnaire": "warga:short"}, "Tidak semua warga"),
        ({"how": "sample"}, "Sebutkan berapa"),
        ({"how": "sample", "size": "99"}, "Daftar punya 8"),
        ({"how": "purposive", "chosen": "Orang Contoh 1"}, "Sebutkan mengapa"),
        ({"how": "purposive", "reason": "kunci", "chosen": "Entah Siapa"}, "Entah Siapa"),
        ({"open_address": "on", "anonymous": None}, "putaran anonim"),
        ({"until": "2020-01-01"}, "enam bulan"),
        ({"questionnaire": "kuesioner:tidak-ada"}, ""),
    ],
)
def test_a_round_that_cannot_be_is_told(
    browser: Client, community: Community, other: dict[str, object], message: str
) -> None:
    page = browser.post("/k/melati/survei/baru/", form(**other))
    assert page.status_code == 400
    assert message in page.content.decode()
    with scope(community=community):
        assert not Round.objects.exists()


def test_questions_of_ones_own_stay_with_the_questionnaire(
    browser: Client, keeper: Who, community: Community
) -> None:
    fields = {
        "questionnaire": "warga:short",
        "how": "purposive",
        "reason": "tokoh",
        "chosen": "w1\nWarga Contoh 2",
    }
    opened(browser, **fields, own="Kapan banjir terakhir?\n\nSiapa yang menolong?", own_kind="text")
    second = opened(browser, **fields, own="Siapa yang menolong?", own_kind="text")
    with scope(community=community):
        made = Instrument.objects.get()
        assert made.item_order == [
            *[i.code for i in items_of("warga", "short")],
            "sendiri1",
            "sendiri2",
        ]
        assert SurveySetup.objects.get(round=second).items[-1] == "sendiri2"
        assert Round.objects.get(public_id=second).wave == 2
    sent = {**filled(population="warga"), "q-sendiri2": "Pak RT (rekaan)"}
    assert Client().post(path(keeper, community, "w1", second), sent).status_code == 302
    browser.post(f"/k/melati/survei/{second}/tutup/")
    assert from_database(community).answers["warga_singkat"]["sendiri2"].to_list() == [
        "Pak RT (rekaan)"
    ]


def test_checks_mark_and_only_a_person_leaves_out(
    browser: Client, keeper: Who, community: Community, client_of: Callable[[str], Client]
) -> None:
    code = opened(browser, questionnaire="warga:standard", how="door_to_door")
    there = f"/k/melati/survei/{code}/isi/"
    names = [i.code for i in items_of("warga", "standard") if i.type == "likert"]
    straight = {f"q-{n}": "3" for n in names}
    mixed = {f"q-{n}": str(k % 5 + 1) for k, n in enumerate(names)}
    for n, (answers, seconds) in enumerate([(straight, "600"), (mixed, "600"), (mixed, "20")]):
        sent = {
            "go": "send",
            "agreed": "1",
            "submission": f"form-{n}-abcdefghijkl",
            "seconds": seconds,
            **answers,
        }
        assert browser.post(there, sent).status_code == 302
    browser.post(f"/k/melati/survei/{code}/tutup/")
    with scope(community=community):
        found = sorted((f.answer[len(code) + 6], f.kind) for f in AnswerFlag.objects.all())
        assert found == [("0", "straight"), ("1", "twice"), ("2", "fast"), ("2", "twice")]
    assert from_database(community).answers["warga"].height == 3, "marks take nothing out"
    page = browser.get(f"/k/melati/survei/{code}/periksa/").content.decode()
    assert "jawaban sama semua" in page
    answer = f"{code}-form-0-abcdefghijkl"
    browser.post(f"/k/melati/survei/{code}/periksa/", {"answer": answer, "reason": " "})
    assert from_database(community).answers["warga"].height == 3, "not without a reason"
    researcher = client_of("researcher")
    researcher.post(
        f"/k/melati/survei/{code}/periksa/", {"answer": answer, "reason": "pewawancara lupa"}
    )
    assert from_database(community).answers["warga"].height == 2
    with scope(community=community):
        assert Answer.objects.count() == 3
        assert AnswerLeftOut.objects.get().reason == "pewawancara lupa"
    browser.post(f"/k/melati/survei/{code}/periksa/", {"answer": answer, "do": "in"})
    assert from_database(community).answers["warga"].height == 3
    assert client_of("member").get(f"/k/melati/survei/{code}/periksa/").status_code == 404
    assert (
        browser.post(
            f"/k/melati/survei/{code}/periksa/", {"answer": "x", "reason": "y"}
        ).status_code
        == 404
    )


def test_the_rules_of_the_checks() -> None:
    ratings = {f"i{n}": n == 3 for n in range(8)}
    same: dict[str, Any] = dict.fromkeys(ratings, 4.0)
    assert is_straight(same, ratings)
    assert not is_straight({**same, "i3": 2.0}, ratings)
    assert not is_straight({**same, "i7": None}, ratings), "seven ratings are too few to tell"
    assert not is_straight(same, dict.fromkeys(ratings, False)), "one may well agree to all"
    assert is_fast(same, 15.9)
    assert not is_fast(same, 16)
    assert not is_fast(same, None)
    long = {f"i{n}": 1.0 for n in range(10)}
    assert twice([("a", long), ("b", {**long, "x": None}), ("c", {**long, "i0": 2.0})]) == {
        "a",
        "b",
    }
    assert twice([("a", same), ("b", same)]) == set()


@pytest.mark.parametrize("population", list(NAMES))
@pytest.mark.parametrize("length", LENGTHS)
def test_ready_questionnaires(community: Community, population: str, length: str) -> None:
    wanted = items_of(population, length)
    assert len(wanted) == len(SHORT[population]) or length == "standard"
    with scope(community=community):
        one = instrument_of(community, population, length)
        assert instrument_of(community, population, length) == one, "used again"
        Item.objects.filter(instrument=one, name=wanted[0].code).update(text_id="Bunyi lain")
        other = instrument_of(community, population, length)
        assert other.public_id == f"{one.public_id}_2", "other words are another questionnaire"


def test_a_package_taken_in_ends_what_was_open(
    browser: Client, keeper: Who, community: Community
) -> None:
    data = from_database(community)
    code = opened(browser)
    with transaction.atomic():
        replace(community, data)
    with scope(community=community):
        assert not SurveySetup.objects.exists()
    assert browser.get(f"/k/melati/survei/{code}/").status_code == 404


def test_a_measure_that_counts_the_other_way_is_told_by_its_name(
    browser: Client, keeper: Who, community: Community
) -> None:
    """All disagree that they were refused unfairly: *not refused unfairly* is 100 of 100."""
    code = opened(browser, questionnaire="warga:standard", how="door_to_door")
    for n in range(5):
        sent = {"go": "send", "agreed": "1", "submission": f"form-{n}-abcdefghijkl",
                "q-ref1": "1", "q-ref2": "1", "q-soc1": str(n + 1)}  # fmt: skip
        assert browser.post(f"/k/melati/survei/{code}/isi/", sent).status_code == 302
    browser.post(f"/k/melati/survei/{code}/tutup/")
    make_snapshot(community.pk)
    with scope(community=community):
        found = {c.sentence.split(":")[0]: c.value for c in get_cards_for(keeper, code)}
    assert found["Tidak ditolak secara tidak adil"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("women", "men", "unknown", "shown"),
    [(6, 5, 0, ["female", "male"]), (6, 5, 1, ["female"]), (6, 4, 0, []), (6, 4, 1, ["female"]),
     (5, 0, 0, ["female"]), (4, 4, 0, [])],
)  # fmt: skip
def test_no_group_under_five_can_be_worked_out(
    community: Community, women: int, men: int, unknown: int, shown: list[str]
) -> None:
    sexes = ["female"] * women + ["male"] * men + [None] * unknown
    people = [
        Actor(community=community, public_id=f"x{n}", kind="person", sex=sex)
        for n, sex in enumerate(sexes)
    ]
    with scope(community=community):
        found = subgroups(people, {"x0", "x1"}, TODAY)
    assert [g.name for g in found] == shown
    assert [(g.asked, g.answered) for g in found][:1] == ([(women, 2)] if shown else [])


def test_response_is_told_by_age_too(keeper: Who, community: Community) -> None:
    with scope(community=community):
        Actor.objects.filter(public_id="p7").update(age_band=None)
        people = list(Actor.objects.filter(public_id__startswith="p"))
        found = [g for g in subgroups(people, {"p1", "p2"}, TODAY) if g.kind == "age"]
        # Six of seven are known, so the one of no age could be told by the difference.
        assert found == []
        Actor.objects.filter(public_id="p7").update(age_band="25-39")
        people = list(Actor.objects.filter(public_id__startswith="p"))
        found = [g for g in subgroups(people, {"p1", "p2"}, TODAY) if g.kind == "age"]
        assert [(g.name, g.asked, g.answered) for g in found] == [("25-39", 7, 2)]
