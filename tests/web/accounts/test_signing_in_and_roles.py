"""E-mail codes, roles, the own page: no account is given away, nobody gets more than is theirs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from satuhati.web.accounts import pins
from satuhati.web.accounts.actions import LastKeeperError, end_role, give_role
from satuhati.web.tenancy.models import Community, Membership, User
from satuhati.web.tenancy.who import NotAllowedError, Who, who_is


def ask(client: Client, email: str) -> str:
    answer = client.post("/masuk/kode/", {"email": email}, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode().replace(email, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_code_by_e_mail(community: Community, make_member: Callable[..., User]) -> None:
    user = make_member(community, "secretary")
    client = Client()
    ask(client, str(user.email))
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    assert message.subject.strip() == "Kode Anda untuk Satu Hati"
    code = re.search(r"masuk: (\S+)", message.body)
    assert code is not None
    wrong = client.post("/masuk/kode/isi/", {"code": "SALAH1"})
    assert wrong.status_code == 200
    answer = client.post("/masuk/kode/isi/", {"code": code.group(1)})
    assert answer.status_code == 302
    assert client.get("/k/melati/").status_code == 200


def test_a_stranger_learns_nothing(community: Community, make_member: Callable[..., User]) -> None:
    user = make_member(community, "secretary")
    known, unknown = ask(Client(), str(user.email)), ask(Client(), "siapa@contoh.invalid")
    assert known == unknown
    assert len(mail.outbox) == 1


def test_nobody_is_sent_elsewhere_after_signing_in(
    client_of: Callable[[str], Client], db: None
) -> None:
    answer = client_of("secretary").get("/masuk/?next=https://jahat.invalid/")
    assert answer.headers["Location"] == "/"
    page = Client().get("/masuk/?next=//jahat.invalid/").content.decode()
    assert "jahat.invalid" not in page


def test_roles_are_given_no_higher_than_one_s_own(by: Callable[..., Who]) -> None:
    who = by("secretary")
    made = give_role(by=who, name="Intan Contoh", email="Intan@Contoh.invalid", role="researcher")
    assert made.user.email == "intan@contoh.invalid"
    with pytest.raises(NotAllowedError):
        give_role(by=who, name="Naik", email="naik@contoh.invalid", role="field_officer")
    with pytest.raises(NotAllowedError):
        give_role(by=by("member", name="M N"), name="X", email="x@contoh.invalid", role="member")
    officer = by("field_officer", name="P L")
    with pytest.raises(NotAllowedError):
        end_role(by=who, membership=officer.membership)


def test_somebody_always_stays(by: Callable[..., Who]) -> None:
    who = by("secretary")
    with pytest.raises(LastKeeperError):
        end_role(by=who, membership=who.membership)
    assert Membership.objects.get(pk=who.membership.pk).ended is None


def test_an_ended_role_opens_nothing(by: Callable[..., Who], community: Community) -> None:
    who = by("secretary")
    made = give_role(by=who, name="Intan", email="intan@contoh.invalid", role="member")
    client = Client()
    client.force_login(made.user)
    assert client.get("/k/melati/").status_code == 200
    end_role(by=who, membership=made)
    assert client.get("/k/melati/").status_code == 302, "the session ends with the role"
    client.force_login(made.user)
    assert client.get("/k/melati/").status_code == 404
    assert who_is(made.user, community) is None


def test_the_page_of_roles(client_of: Callable[[str], Client], outsider: Client) -> None:
    client = client_of("secretary")
    given = {"name": "Bagus Contoh", "email": "bagus@contoh.invalid", "role": "overseer"}
    assert client.post("/k/melati/peran/", given).status_code == 302
    assert "Bagus Contoh" in client.get("/k/melati/peran/").content.decode()
    bad = client.post("/k/melati/peran/", {**given, "role": "administrator"})
    assert bad.status_code == 200
    assert outsider.get("/k/melati/peran/").status_code == 404
    assert client_of("member").get("/k/melati/peran/").status_code == 404


def test_changing_the_pin_needs_the_old_one(
    community: Community, make_member: Callable[..., User]
) -> None:
    user = make_member(community, "member")
    pins.set_pin(user, "395172")
    client = Client()
    client.force_login(user)
    new = {"pin": "840263", "again": "840263"}
    assert "belum tepat" in client.post("/saya/", {"old": "111112", **new}).content.decode()
    assert client.post("/saya/", {"old": "395172", **new}).status_code == 302
    user.refresh_from_db()
    assert pins.try_pin(user, "840263").right


def test_signing_out_everywhere(community: Community, make_member: Callable[..., User]) -> None:
    user = make_member(community, "member")
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(user)
        assert client.get("/k/melati/").status_code == 200
    assert here.post("/saya/keluar-semua/").status_code == 302
    assert there.get("/k/melati/").status_code == 302
