"""What a phone may ask for, and what it is told where it may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from collect_phone import NS, Phone, message
from django.test import Client
from django_scopes import scope

from satuhati.errors import InputError, Problem
from satuhati.web.audit.models import AuditEntry
from satuhati.web.logs import clean
from satuhati.web.openrosa import devices, tokens
from satuhati.web.openrosa.actions import make_token, withdraw_token
from satuhati.web.openrosa.devices import GUESSES
from satuhati.web.openrosa.models import CollectForm, CollectToken, Submission
from satuhati.web.surveys.bank import SHORT
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Instrument, Item, Round
from satuhati.web.tenancy.models import Community, Membership, User
from satuhati.web.tenancy.who import NotAllowedError, Who

Open = Callable[..., tuple[Round, SurveySetup]]
SAID = dict.fromkeys(SHORT["pokja"], "4")
ENDED = "HP ini tidak boleh mengirim ke sini lagi. Silakan minta kode QR baru."


def everywhere(phone: Phone, form: str) -> list[Any]:
    """Every address a phone knows, asked as a phone asks."""
    return [
        phone.ask(f"{phone.path}/formList"), phone.ask(form),
        phone.ask(form.replace("form.xml", "manifest.xml")),
        phone.ask(f"{phone.path}/submission", "head"), phone.send("<data/>"),
    ]  # fmt: skip


def form_path(phone: Phone) -> str:
    (form,) = phone.forms()
    return form.manifest.replace("manifest.xml", "form.xml")


def test_a_withdrawn_token_opens_nothing_at_once(
    phone: Phone, keeper: Who, community: Community, opened: Open
) -> None:
    opened()
    path = form_path(phone)
    assert [a.status_code for a in everywhere(phone, path)] == [200, 200, 200, 204, 400]
    with scope(community=community):
        withdraw_token(by=keeper, token=CollectToken.objects.get())
    answers = everywhere(phone, path)
    assert [a.status_code for a in answers] == [404] * 5
    assert message(answers[0]) == ENDED


def test_a_token_withdrawn_elsewhere_takes_nothing_though_it_is_remembered(
    phone: Phone, community: Community, opened: Open
) -> None:
    opened()
    (form,) = phone.forms()
    CollectToken._base_manager.update(withdrawn_at=dt.datetime.now(dt.UTC))  # another process
    answer = phone.send(form.instance(SAID))
    assert (answer.status_code, message(answer)) == (404, ENDED)
    with scope(community=community):
        assert not Submission.objects.exists()


@pytest.mark.parametrize("how", ["ended", "researcher", "overseer", "inactive"])
def test_who_may_no_longer_collect(
    how: str, phone_of: Callable[..., Phone], by: Callable[..., Who], opened: Open
) -> None:
    opened()
    who = by("member")
    phone = phone_of(who)
    path = form_path(phone)
    assert who.user is not None
    if how == "inactive":
        User.objects.filter(pk=who.user.pk).update(is_active=False)
    elif how == "ended":
        Membership.objects.filter(user=who.user).update(ended=dt.date.today())  # noqa: DTZ011
    else:
        Membership.objects.filter(user=who.user).update(role=how)
    tokens.forget()
    assert [a.status_code for a in everywhere(phone, path)] == [404] * 5


def test_tokens_are_for_who_may_collect_and_made_by_who_arranges(
    keeper: Who, community: Community, elsewhere: Community, by: Callable[..., Who],
    make_member: Callable[..., User],
) -> None:  # fmt: skip
    stranger = make_member(elsewhere, "secretary").memberships.get()
    with scope(community=community):
        for role in ("overseer", "researcher"):
            with pytest.raises(NotAllowedError):
                make_token(by=keeper, membership=by(role).membership)
        with pytest.raises(NotAllowedError):
            make_token(by=keeper, membership=stranger)
        member = by("member")
        with pytest.raises(NotAllowedError):
            make_token(by=member, membership=member.membership)
        one = make_token(by=keeper, membership=member.membership)
        assert make_token(by=keeper, membership=member.membership).pk == one.pk
        columns = [str(getattr(one, f.attname)) for f in CollectToken._meta.fields]
    token = tokens.token_of(one)
    assert not any(token.partition("-")[2] in c for c in columns), "the database opens nothing"


def test_another_community_s_token_sees_and_sends_nothing_here(
    phone: Phone, community: Community, elsewhere: Community, opened: Open,
    make_member: Callable[..., User],
) -> None:  # fmt: skip
    opened()
    (form,) = phone.forms()
    member = make_member(elsewhere, "secretary").memberships.get()
    with scope(community=elsewhere):
        row = CollectToken.objects.create(community=elsewhere, membership=member)
    other = Phone("http://testserver/odk/" + tokens.token_of(row))
    assert other.forms() == []
    path = form.manifest.replace(phone.path, other.path)
    assert other.ask(path).status_code == 404
    answer = other.send(form.instance(SAID))
    assert answer.status_code == 404
    assert "Silakan ambil formulir lagi" in message(answer)
    with scope(community=community):
        assert not Submission.objects.exists()


@pytest.mark.parametrize("token", ["x", "1-x", "999999-" + "A" * 24, "0", "1" * 60, "%00", "1-é"])
def test_guessing(token: str, db: None) -> None:
    answer = Phone(f"http://testserver/odk/{token}").ask(f"/odk/{token}/formList")
    assert (answer.status_code, message(answer)) == (404, ENDED)


def test_guessing_is_slowed_down(phone: Phone, opened: Open) -> None:
    for _ in range(GUESSES):
        assert phone.ask("/odk/1-abc/formList").status_code == 404
    answer = phone.ask("/odk/1-abc/formList")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert phone.forms() == [], "who has a token is not kept out"


def test_no_session_no_cookie_and_no_forging_to_fear(phone: Phone, opened: Open) -> None:
    opened()
    strict = Phone(phone.server, Client(enforce_csrf_checks=True))
    (form,) = strict.forms()
    answer = strict.send(form.instance(SAID))
    assert answer.status_code == 201
    assert not strict.client.cookies
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [("formList", "post", "GET, HEAD"), ("submission", "get", "HEAD, POST"),
     ("submission", "put", "HEAD, POST"), ("", "delete", "GET, HEAD")],
)  # fmt: skip
def test_other_methods_and_addresses_are_answered_as_openrosa_has_it(
    path: str, method: str, allowed: str, phone: Phone
) -> None:
    answer = phone.ask(f"{phone.path}/{path}", method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == allowed
    assert message(answer)
    assert phone.ask(f"{phone.path}/tidak-ada").status_code == 404


def test_mistakes_of_ours_are_answered_too(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, opened: Open
) -> None:
    from satuhati.web.openrosa import devices

    opened()
    (form,) = phone.forms()

    def broken(*_: Any) -> str:
        raise RuntimeError("uji")

    monkeypatch.setattr(devices, "take", broken)
    answer = phone.send(form.instance(SAID))
    assert answer.status_code == 500
    assert "kirim lagi" in message(answer)


def test_only_open_rounds_are_listed_and_versions_follow_the_questions(
    phone: Phone, keeper: Who, community: Community, opened: Open
) -> None:
    round, setup = opened()
    (first,) = phone.forms()
    assert first.form_id == f"melati-{round.public_id}"
    with scope(community=community):
        stored = CollectForm.objects.count()
    assert phone.forms()[0] == first
    with scope(community=community):
        assert CollectForm.objects.count() == stored, "made once"
        instrument = Instrument.objects.get()
        Item.objects.create(community=community, public_id="x1", instrument=instrument,
                            name="sendiri1", type="text", text_id="Apa lagi?")  # fmt: skip
        SurveySetup.objects.update(items=[*setup.items, "sendiri1"])
    (second,) = phone.forms()
    assert second.form_id == first.form_id
    assert (second.version, second.hash) != (first.version, first.hash)
    assert "Apa lagi?" in second.xml
    assert phone.send(first.instance(SAID)).status_code == 201, "filled in with the older form"
    answer = phone.send(first.instance(SAID, version="1"))
    assert answer.status_code == 404
    assert "versinya ini" in message(answer)
    with scope(community=community):
        Round.objects.update(end=dt.date(2020, 1, 1))
    assert phone.forms() == []


def test_the_list_is_what_the_standard_says(phone: Phone, opened: Open) -> None:
    opened()
    opened("mitra", how="door_to_door")
    answer = phone.ask(f"{phone.path}/formList")
    rows = ET.fromstring(answer.content).findall("x:xform", NS)
    assert len(rows) == 2
    for row in rows:
        there = [child.tag.rpartition("}")[2] for child in row]
        assert there == ["formID", "name", "version", "hash", "downloadUrl", "manifestUrl"]
        assert all(child.text for child in row)
    assert phone.ask(f"{phone.path}/").content == answer.content, "with a slash behind it too"


def test_nothing_of_a_token_in_the_log_and_nothing_of_a_person_in_the_trail(
    phone: Phone, community: Community, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    round, _ = opened()
    (form,) = phone.forms()
    assert phone.send(form.instance(SAID, instance="uuid:abc")).status_code == 201
    token = phone.path.rpartition("/")[2]
    assert token not in caplog.text
    assert token not in " ".join(str(r.__dict__) for r in caplog.records)
    assert token not in clean(f"Not Found: {phone.path}/formList")
    entry = AuditEntry.objects.get(action="collect.receive")
    assert (entry.table, entry.code, entry.details) == ("rounds", round.public_id, {})


def test_a_host_that_is_not_ours(phone: Phone) -> None:
    answer = phone.ask(f"{phone.path}/submission", "head", headers={"host": "jahat.invalid"})
    assert answer.status_code == 400


def test_a_form_that_cannot_be_made_keeps_no_other_back(
    phone: Phone, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, _ = opened("warga")
    other, _ = opened("pokja")
    made = devices.form_of

    def form_of(who: Who, seen: Any) -> CollectForm:
        if seen.round.public_id == broken.public_id:
            raise InputError(Problem("form_rejected", "form.xlsx"))
        return made(who, seen)

    monkeypatch.setattr(devices, "form_of", form_of)
    (form,) = phone.forms()
    assert form.form_id == f"melati-{other.public_id}"
