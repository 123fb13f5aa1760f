"""Personal links and PINs: what they open, what they never do, and how often one may try."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from satuhati.web.accounts import pins
from satuhati.web.accounts.actions import issue_link, revoke_links
from satuhati.web.accounts.links import hash_token
from satuhati.web.tenancy.models import Community, Membership, PersonalLink, User
from satuhati.web.tenancy.who import NotAllowedError, Who

PIN = "395172"


@pytest.fixture
def member(community: Community, make_member: Callable[..., User]) -> Membership:
    user = make_member(community, "member", "Slamet Contoh")
    return Membership.objects.get(user=user)


@pytest.fixture
def token(by: Callable[..., Who], member: Membership) -> str:
    return issue_link(by=by("secretary"), membership=member)


def opened(token: str) -> Client:
    client = Client()
    client.get(f"/m/{token}/")
    return client


def test_the_token_leaves_the_address_and_only_its_hash_is_kept(token: str) -> None:
    client = Client()
    answer = client.get(f"/m/{token}/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/masuk/pin/"
    assert PersonalLink.objects.get().token_hash == hash_token(token)
    page = client.get("/masuk/pin/").content.decode()
    assert token not in page
    assert "Slamet" not in page, "whose link it is stays unsaid before the PIN"


def test_choosing_a_pin_and_coming_in(token: str, member: Membership) -> None:
    client = opened(token)
    before = client.session.session_key
    for poor in ("123456", "111111", "121212", "987654"):
        answer = client.post("/masuk/pin/", {"pin": poor, "again": poor})
        assert answer.status_code == 400
    answer = client.post("/masuk/pin/", {"pin": PIN, "again": "395173"})
    assert answer.status_code == 400
    answer = client.post("/masuk/pin/", {"pin": PIN, "again": PIN})
    assert answer.headers["Location"] == "/k/melati/"
    assert client.session.session_key != before, "a session of before is not taken over"
    assert client.get("/k/melati/").status_code == 200
    member.user.refresh_from_db()
    assert PIN not in member.user.pin
    assert member.user.pin.startswith("argon2")


def test_the_same_link_opens_again_with_the_pin(token: str, member: Membership) -> None:
    pins.set_pin(member.user, PIN)
    again = opened(token)
    assert again.post("/masuk/pin/", {"pin": "395173"}).status_code == 400
    assert again.post("/masuk/pin/", {"pin": PIN}).status_code == 302


@pytest.mark.parametrize("case", ["guessed", "expired", "revoked", "ended", "inactive", "older"])
def test_links_that_open_nothing_look_alike(
    case: str, token: str, member: Membership, by: Callable[..., Who]
) -> None:
    if case == "guessed":
        token = "x" * 32
    elif case == "expired":
        PersonalLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif case == "revoked":
        revoke_links(by=by("secretary", name="Sekretaris Lain"), membership=member)
    elif case == "ended":
        Membership.objects.filter(pk=member.pk).update(ended=timezone.localdate())
    elif case == "inactive":
        User.objects.filter(pk=member.user_id).update(is_active=False)
    else:
        issue_link(by=by("secretary", name="Sekretaris Lain"), membership=member)
    client = Client()
    answer = client.get(f"/m/{token}/")
    assert answer.status_code == 404
    assert "Tautan ini tidak berlaku" in answer.content.decode()
    assert "link" not in client.session


def test_ten_wrong_pins_close_the_link(token: str, member: Membership) -> None:
    pins.set_pin(member.user, PIN)
    client = opened(token)
    for n in range(1, pins.LIMIT + 1):
        User.objects.filter(pk=member.user_id).update(pin_wait_until=None)
        answer = client.post("/masuk/pin/", {"pin": "000001"})
        assert answer.status_code == 400
        if n < pins.LIMIT:
            assert f"Tersisa {pins.LIMIT - n} kali" in answer.content.decode()
    assert client.post("/masuk/pin/", {"pin": PIN}).status_code == 404, "also with the right one"
    assert Client().get(f"/m/{token}/").status_code == 404


def test_after_five_wrong_ones_one_waits(token: str, member: Membership) -> None:
    pins.set_pin(member.user, PIN)
    client = opened(token)
    for _ in range(5):
        client.post("/masuk/pin/", {"pin": "000001"})
    answer = client.post("/masuk/pin/", {"pin": PIN})
    assert answer.status_code == 400
    assert "Mohon tunggu 1 menit" in answer.content.decode()
    User.objects.filter(pk=member.user_id).update(
        pin_wait_until=timezone.now() - dt.timedelta(seconds=1)
    )
    assert client.post("/masuk/pin/", {"pin": PIN}).status_code == 302
    member.user.refresh_from_db()
    assert member.user.pin_failures == 0


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_time_do_not_slip_past_the_limit(
    community: Community, make_member: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_member(community, "member")
    before = pins.LIMIT - 2
    User.objects.filter(pk=user.pk).update(pin_failures=before, pin="x")
    start, looked = threading.Barrier(6), []

    def wrong(pin: str, _: str) -> bool:
        looked.append(pin)
        time.sleep(0.5)  # as long as hashing takes: the others try meanwhile
        return False

    monkeypatch.setattr(pins, "check_password", wrong)

    def one() -> None:
        start.wait(10)
        pins.try_pin(User.objects.get(pk=user.pk), "000001")
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    user.refresh_from_db()
    assert 1 <= len(looked) <= 2, "never more than ten are looked at"
    assert user.pin_failures == before + len(looked)


def test_guessing_links_is_slowed_down(db: None) -> None:
    client = Client()
    for n in range(20):
        assert client.get(f"/m/{'y' * 30}{n:02d}/").status_code == 404
    answer = client.get(f"/m/{'y' * 32}/")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert Client(REMOTE_ADDR="127.0.0.9").get("/m/yyy/").status_code == 404


def test_a_link_brings_its_own_person_in_on_a_shared_phone(
    token: str, member: Membership, client_of: Callable[[str], Client]
) -> None:
    pins.set_pin(member.user, PIN)
    client = client_of("secretary")
    client.get(f"/m/{token}/")
    assert "_auth_user_id" not in client.session, "whoever was in is out"
    client.post("/masuk/pin/", {"pin": PIN})
    assert int(client.session["_auth_user_id"]) == member.user_id


def test_idle_people_are_signed_out(
    token: str, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(token)
    client.post("/masuk/pin/", {"pin": PIN, "again": PIN})
    import satuhati.web.tenancy.middleware as middleware

    now = middleware.time.time()
    monkeypatch.setattr(middleware.time, "time", lambda: now + 29 * 60)
    assert client.get("/k/melati/").status_code == 200
    monkeypatch.setattr(middleware.time, "time", lambda: now + 61 * 60)
    answer = client.get("/k/melati/")
    assert answer.status_code == 302
    assert "lama tidak dipakai" in client.get("/masuk/").content.decode()


def test_revoking_ends_the_session_too(
    token: str, member: Membership, by: Callable[..., Who]
) -> None:
    client = opened(token)
    client.post("/masuk/pin/", {"pin": PIN, "again": PIN})
    revoke_links(by=by("secretary", name="Sekretaris Lain"), membership=member)
    assert client.get("/k/melati/").status_code == 302


def test_nobody_issues_a_link_beyond_their_own_role(
    community: Community,
    elsewhere: Community,
    by: Callable[..., Who],
    make_member: Callable[..., User],
) -> None:
    officer = Membership.objects.get(user=make_member(community, "field_officer"))
    secretary = Membership.objects.get(user=make_member(community, "secretary"))
    foreign = Membership.objects.get(user=make_member(elsewhere, "member"))
    for membership in (officer, secretary, foreign):
        with pytest.raises(NotAllowedError):
            issue_link(by=by("secretary", name="X Y"), membership=membership)
    with pytest.raises(NotAllowedError):
        issue_link(by=by("member", name="M N"), membership=secretary)
    assert issue_link(by=by("field_officer", name="P L"), membership=secretary)


def test_the_page_of_links(
    client_of: Callable[[str], Client], outsider: Client, member: Membership
) -> None:
    client = client_of("secretary")
    assert "Slamet Contoh" in client.get("/k/melati/tautan/").content.decode()
    answer = client.post("/k/melati/tautan/baru/", {"membership": str(member.pk)})
    page = answer.content.decode()
    assert "/m/" in page
    assert "https://wa.me/?text=" in page
    assert "<svg" in page
    assert outsider.get("/k/melati/tautan/").status_code == 404
    posted = outsider.post("/k/melati/tautan/baru/", {"membership": str(member.pk)})
    assert posted.status_code == 404
    foreign = outsider.post("/k/kenanga/tautan/baru/", {"membership": str(member.pk)})
    assert foreign.status_code == 404


def test_forms_without_their_token_are_refused(token: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(f"/m/{token}/")
    answer = client.post("/masuk/pin/", {"pin": PIN, "again": PIN})
    assert answer.status_code == 403
    assert "Formulir terlalu lama terbuka" in answer.content.decode()
