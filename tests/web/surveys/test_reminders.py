"""Reminders by e-mail: who gets one, how often, what stands in it, and what is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from django_tasks_db.models import DBTaskResult

from satuhati.web.register.models import Actor
from satuhati.web.surveys.beside import MailTo, SurveyAsked
from satuhati.web.surveys.mailing import get_to_remind_for, note_reminders, send_reminder
from satuhati.web.surveys.queries import get_round_for
from satuhati.web.tenancy.models import Community, User
from satuhati.web.tenancy.who import Who

TODAY = timezone.localdate()
ROOT = "http://testserver"


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    with scope(community=community):
        Actor.objects.create(community=community, public_id="p1", name="Tanpa Surel",
                             kind="person", sector="pokja")  # fmt: skip
    who = by("secretary", name="Sekar Contoh")
    by("member", name="Ratna Contoh")
    return who


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


@pytest.fixture
def code(browser: Client) -> str:
    fields = {"questionnaire": "pokja:short", "own_kind": "likert", "how": "census",
              "anonymous": "on", "until": (TODAY + dt.timedelta(days=7)).isoformat()}  # fmt: skip
    answer = browser.post("/k/melati/survei/baru/", fields)
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def queued() -> list[list[Any]]:
    tasks = DBTaskResult.objects.filter(task_path__endswith="surveys.tasks.remind")
    return [t.args_kwargs["args"] for t in tasks.order_by("enqueued_at")]


def work() -> int:
    """What the worker would do."""
    return sum(send_reminder(*args) for args in queued())


def test_who_has_an_address_and_no_answer_gets_one(
    browser: Client, community: Community, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert "Ingatkan 2 orang lewat surel" in page
    answer = browser.post(f"/k/melati/survei/{code}/ingatkan/", follow=True)
    assert "2 orang diingatkan lewat surel" in answer.content.decode()
    assert len(queued()) == 2
    assert "@" not in str(queued()), "no address stands in a task"
    assert work() == 2
    assert sorted(m.to[0] for m in mail.outbox) == sorted(
        User.objects.values_list("email", flat=True)
    )
    one = next(m for m in mail.outbox if "Ratna" in m.body)
    there = re.search(rf"{ROOT}(/j/[\w-]+/survei/{code}/)", one.body)
    assert there is not None
    assert Client().get(there[1]).status_code == 200, "the link is the person's own"
    assert "@" not in caplog.text
    # At once again, or by somebody else: nobody twice in three days.
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    assert len(queued()) == 2
    with scope(community=community):
        MailTo.objects.update(last_on=TODAY - dt.timedelta(days=4))
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    assert len(queued()) == 4


def test_who_answered_or_wishes_for_none_is_left_alone(
    browser: Client, community: Community, code: str
) -> None:
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    assert work() == 2
    stop = re.search(rf"{ROOT}(/j/[\w-]+/surel/)", mail.outbox[0].body)
    assert stop is not None
    assert mail.outbox[0].extra_headers["List-Unsubscribe"] == f"<{ROOT}{stop[1]}>"
    person = Client()
    assert "Cukup, jangan kirim surel" in person.get(stop[1]).content.decode()
    person.post(stop[1], {"stop": "1"})
    assert "tidak diingatkan lewat surel" in person.get(stop[1]).content.decode()
    with scope(community=community):
        assert MailTo.objects.filter(stopped=True).count() == 1
        left = MailTo.objects.get(stopped=False).person
        MailTo.objects.update(last_on=None)
    mail.outbox.clear()
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    # Somebody answers after the task was put in and before the worker came to it.
    with scope(community=community):
        SurveyAsked.objects.filter(person=left).update(state="answered")
    assert work() == 0
    assert not mail.outbox
    person.post(stop[1], {"stop": "0"})
    with scope(community=community):
        assert not MailTo.objects.filter(stopped=True).exists()


def test_a_server_of_mail_that_fails_tells_no_address(
    browser: Client, community: Community, code: str, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    person = queued()[0]

    def fails(self: Any, **_: Any) -> int:
        raise OSError(f"refused: {self.to}")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert send_reminder(*person) is False
    assert "OSError" in caplog.text
    assert "@" not in caplog.text
    with scope(community=community):
        assert MailTo.objects.get(person=person[2]).last_on is None, "it may be tried again"


def test_a_closed_round_reminds_nobody(browser: Client, community: Community, code: str) -> None:
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    browser.post(f"/k/melati/survei/{code}/tutup/")
    assert work() == 0
    with scope(community=community):
        MailTo.objects.update(last_on=None)
    before = len(queued())
    browser.post(f"/k/melati/survei/{code}/ingatkan/")
    assert len(queued()) == before


def test_only_who_arranges_surveys_reminds(
    code: str, outsider: Client, client_of: Callable[[str], Client]
) -> None:
    path = f"/k/melati/survei/{code}/ingatkan/"
    assert outsider.post(path).status_code == 404
    assert client_of("member").post(path).status_code in (403, 404)
    assert client_of("resident").post(path).status_code in (302, 404)
    assert queued() == []
    assert Client().get("/j/1-" + "x" * 24 + "/surel/").status_code == 404


def test_of_two_who_press_at_once_one_reminds(keeper: Who, community: Community, code: str) -> None:
    with scope(community=community):
        seen = get_round_for(keeper, code)
        assert seen is not None
        people = get_to_remind_for(keeper, seen)  # both looked before either pressed
        assert len(note_reminders(by=keeper, seen=seen, people=people)) == 2
        assert note_reminders(by=keeper, seen=seen, people=people) == []
