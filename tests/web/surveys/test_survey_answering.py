"""Forms filled in by each of the three doors: a link, an open address, for somebody."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django_scopes import scope
from survey_by_hand import TODAY, filled, opened, path, said

from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import token_of
from satuhati.web.audit.models import AuditEntry
from satuhati.web.register.models import Actor, Area, Consent
from satuhati.web.surveys.beside import SurveyAsked, SurveySetup
from satuhati.web.surveys.doors import key_of
from satuhati.web.surveys.models import Answer, Item, Round
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who


def test_a_named_round_is_saved_returned_to_and_taken_back(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser, anonymous=None)
    there = path(keeper, community, "p1", code)
    one = Client()
    page = one.post(there, {**filled(2), "go": "save", "step": "1"})
    assert said(page) == "saved"
    page = one.get(there).content.decode()
    assert re.search(r'name="q-soc1" value="2" checked', page), "it is there again"
    assert 'id="agreed" name="agreed" value="1">' in page, "consent is asked for again"
    assert one.post(there, filled(2)).status_code == 302
    with scope(community=community):
        mine = Answer.objects.get()
        assert (mine.actor.public_id, mine.sex, mine.area.public_id) == ("p1", "female", "rw1")
        assert Consent.objects.get().actor.public_id == "p1"
        assert SurveyAsked.objects.get(person="p1").draft is None
    assert said(one.get(there)) == "thanks"
    assert "Tarik jawaban saya" in one.get(there).content.decode()
    assert one.post(there + "tarik/").status_code == 302
    with scope(community=community):
        assert not Answer.objects.exists()
        assert Consent.objects.get().withdrawn_on is not None
    assert said(one.post(there, filled(2))) == "already", (
        "a form that comes late brings nothing back"
    )


def test_screens_go_forward_and_back_without_a_script(
    browser: Client, keeper: Who, community: Community
) -> None:
    there = path(keeper, community, "p1", opened(browser))
    one = Client()
    first = one.post(there, {"step": "0", "go": "next"})
    assert first.status_code == 400
    assert "Centang dulu bahwa Anda setuju" in first.content.decode()
    second = one.post(there, {"step": "0", "go": "next", "agreed": "1", "submission": "u" * 20})
    page = second.content.decode()
    assert re.search(r'data-screen="0" hidden', page)
    assert re.search(r'data-screen="1">', page)
    third = one.post(
        there, {"step": "1", "go": "next", "agreed": "1", "submission": "u" * 20, "q-soc1": "5"}
    )
    page = third.content.decode()
    assert re.search(r'name="q-soc1" value="5" checked', page), "what was said travels along"
    assert 'value="uuuuuuuuuuuuuuuuuuuu"' in page
    back = one.post(there, {"step": "2", "go": "back", "agreed": "1", "q-soc1": "5"})
    assert re.search(r'data-screen="1">', back.content.decode())
    refused = one.post(there, {**filled(), "agreed": ""})
    assert refused.status_code == 400
    with scope(community=community):
        assert not Answer.objects.exists()


@pytest.mark.parametrize("answer", ["9", "0", "4.5", "abc", "-1", "1e3", "٣", "NaN"])
def test_answers_off_the_scale_are_told_and_not_taken(
    browser: Client, keeper: Who, community: Community, answer: str
) -> None:
    there = path(keeper, community, "p1", opened(browser))
    page = Client().post(there, {**filled(), "q-soc1": answer})
    assert page.status_code == 400
    assert "Pilih salah satu dari ini" in page.content.decode()
    with scope(community=community):
        assert not Answer.objects.exists()


def test_numbers_have_their_range_and_nothing_answered_is_no_form(
    browser: Client, community: Community
) -> None:
    code = opened(browser, questionnaire="warga:standard", how="door_to_door")
    there = f"/k/melati/survei/{code}/isi/"
    for typed, status in (("91", 400), ("-2", 400), ("dua", 400), ("12,5", 302)):
        sent = {
            "go": "send",
            "agreed": "1",
            "submission": f"form-{status}-{len(typed)}-abcdefgh",
            "q-years": typed,
        }
        assert browser.post(there, sent).status_code == status, typed
    empty = browser.post(there, {"go": "send", "agreed": "1", "submission": "e" * 20})
    assert empty.status_code == 400
    assert "Belum ada yang dijawab" in empty.content.decode()
    with scope(community=community):
        assert [a.values["years"] for a in Answer.objects.all()] == [12.5]


def test_a_question_that_is_gone_is_told(
    browser: Client, keeper: Who, community: Community
) -> None:
    there = path(keeper, community, "p1", opened(browser))
    with scope(community=community):
        Item.objects.filter(name="opn1").delete()
    page = Client().post(there, filled())
    assert page.status_code == 400
    assert "Pertanyaannya berubah" in page.content.decode()
    again = {k: v for k, v in filled().items() if k != "q-opn1"}
    assert Client().post(there, again).status_code == 302


def test_the_same_form_twice_is_one_and_another_is_refused(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser)
    there = path(keeper, community, "p1", code)
    for _ in range(3):
        assert Client().post(there, filled(3)).status_code == 302
    assert said(Client().post(there, filled(5))) == "already", "same id, other content"
    assert said(Client().post(there, filled(3, submission="other-form-000000"))) == "already"
    browser.post(f"/k/melati/survei/{code}/tutup/")
    assert Client().post(there, filled(3)).status_code == 302, "taken before it closed"
    late = path(keeper, community, "p2", code)
    assert Client().post(late, filled(3, submission="late-form-0000000")).status_code == 410
    assert Client().get(late).status_code == 410
    with scope(community=community):
        assert Answer.objects.count() == 1


def test_a_round_whose_time_is_over_takes_nothing(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser)
    with scope(community=community):
        Round.objects.update(end=TODAY - dt.timedelta(days=2))
    assert Client().post(path(keeper, community, "p1", code), filled()).status_code == 410
    assert "menunggu ditutup" in browser.get("/k/melati/survei/").content.decode()


def test_others_links_open_nothing(
    browser: Client, keeper: Who, community: Community, elsewhere: Community, outsider: Client,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    code = opened(browser)
    stranger = path(keeper, community, "w1", code)
    assert Client().get(stranger).status_code == 404, "not asked in this round"
    assert Client().post(stranger, filled()).status_code == 404
    with scope(community=elsewhere):
        far = Actor.objects.create(
            community=elsewhere, public_id="p1", name="Jauh Contoh", kind="person"
        )
        other = Who(None, "administrator", elsewhere)
        token = token_of(make_links(by=other, actors=[far])[far.pk])
    assert Client().get(f"/j/{token}/survei/{code}/").status_code == 404
    for page in ("", "isi/", "periksa/"):
        address = f"/k/melati/survei/{code}/{page}"
        assert outsider.get(address).status_code == 404
        assert client_of("overseer").get(address).status_code == 404
        assert Client().get(address).status_code == 302
    member = client_of("member")
    page = member.get(f"/k/melati/survei/{code}/")
    assert page.status_code == 200
    assert "/j/" not in page.content.decode(), "no links of others"
    assert member.get(f"/k/melati/survei/{code}/isi/").status_code == 404
    assert member.post(f"/k/melati/survei/{code}/tutup/").status_code == 404
    with scope(community=community):
        assert SurveySetup.objects.get().closed_on is None


def test_the_open_address(browser: Client, community: Community) -> None:
    code = opened(browser, questionnaire="warga:short", how="meeting", open_address="on")
    with scope(community=community):
        setup = SurveySetup.objects.get()
        Area.objects.create(community=community, public_id="rw2", name="RW 02", level="rw")
    there = f"/s/{key_of(setup)}/"
    assert there in browser.get(f"/k/melati/survei/{code}/").content.decode()
    one = Client()
    assert "Tentang Anda" in one.get(there).content.decode()
    sent = filled(population="warga", **{"about-sex": "female", "about-area": "rw2"})
    answer = one.post(there, sent, follow=True)
    assert said(answer) == "thanks"
    assert (
        one.post(there, {**sent, "submission": "v" * 20, "about-sex": "robot"}).status_code == 400
    )
    signed_in = browser.post(there, {**sent, "submission": "w" * 20})
    assert signed_in.status_code == 302
    with scope(community=community):
        rows = list(Answer.objects.select_related("area"))
        assert [(a.actor_id, a.sex, a.area.public_id) for a in rows] == [
            (None, "female", "rw2")
        ] * 2
        assert set(AuditEntry.objects.filter(action="survey.answer").values_list("by", "role")) == {
            (None, "resident")
        }
    assert one.get(there[:-2] + "x/").status_code == 404
    for _ in range(20):
        one.get("/s/1-abc/")
    assert one.get("/s/1-abc/").status_code == 429


def test_who_would_rather_not_is_not_reminded(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser)
    there = path(keeper, community, "p1", code)
    Client().post(there + "tidak/")
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert "Pesan untuk Orang Contoh 2" in page
    assert "Pesan untuk Orang Contoh 1" not in page
    assert "laki-laki" not in page, "two of them"
    assert "perempuan" not in page, "what is left out would be two men"
    mine = Client().get(there.split("survei/")[0]).content.decode()
    assert "Anda tidak ikut" in mine


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["link", "open"])
def test_one_form_sent_many_times_at_once_is_taken_once(
    browser: Client, keeper: Who, community: Community, door: str
) -> None:
    code = opened(browser, open_address="on")
    if door == "link":
        there = path(keeper, community, "p1", code)
    else:
        with scope(community=community):
            there = f"/s/{key_of(SurveySetup.objects.get())}/"
    start, got = threading.Barrier(8), []

    def work() -> None:
        try:
            start.wait(20)
            got.extend(Client().post(there, filled(4)).status_code for _ in range(3))
        except BaseException as error:
            got.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert got == [302] * 24
    with scope(community=community):
        assert Answer.objects.count() == 1


def test_who_enters_a_named_form_says_whose_it_is(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser, anonymous=None)
    there = f"/k/melati/survei/{code}/isi/"
    assert "Orang Contoh 3" in browser.get(there).content.decode()
    for person in ("", "w1", "tidak-ada"):
        page = browser.post(there, {**filled(), "person": person})
        assert page.status_code == 400, person
        assert "Pilih dulu ini formulir siapa" in page.content.decode()
    assert browser.post(there, {**filled(), "person": "p3"}).status_code == 302
    assert "Orang Contoh 3" not in browser.get(there).content.decode()
    again = browser.post(there, {**filled(2, submission="x" * 20), "person": "p3"})
    assert said(again) == "already"
    assert (
        said(Client().post(path(keeper, community, "p3", code), filled(2, submission="y" * 20)))
        == "already"
    )
    with scope(community=community):
        assert Answer.objects.get().actor.public_id == "p3"
