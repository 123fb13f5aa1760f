"""Corrections, and what becomes of what phones sent: answers, marks, files."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from collect_phone import Phone, message
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from satuhati.web.audit.models import AuditEntry
from satuhati.web.openrosa import devices, sorting, turns
from satuhati.web.openrosa.attached import clean_files
from satuhati.web.openrosa.models import TABLE, Submission
from satuhati.web.openrosa.sorting import sort_waiting
from satuhati.web.surveys.bank import SHORT
from satuhati.web.surveys.beside import AnswerFlag, SurveyAsked, SurveySetup
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.tenancy.files import KeptFile
from satuhati.web.tenancy.models import Community

Open = Callable[..., tuple[Round, SurveySetup]]
SAID = dict.fromkeys(SHORT["pokja"], "4")
RESIDENT = dict.fromkeys(SHORT["warga"], "4")


def rows(community: Community) -> list[Submission]:
    with scope(community=community):
        return list(Submission.objects.order_by("instance"))


def files_of(community: Community) -> dict[str, bytes]:
    with scope(community=community):
        return {f.name: f.path.read_bytes() for f in KeptFile.objects.filter(table=TABLE)}


# -- corrections -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sorted_between", [False, True])
def test_a_correction_of_a_correction(
    sorted_between: bool, phone: Phone, opened: Open, community: Community
) -> None:
    round, _ = opened()
    (form,) = phone.forms()
    for n in range(3):
        xml = form.instance({**SAID, "soc1": str(n + 1)}, instance=f"uuid:v{n}",
                            deprecated=f"uuid:v{n - 1}" if n else "")  # fmt: skip
        assert phone.send(xml).status_code == 201
        assert phone.send(xml).status_code == 202, "the same correction twice"
        if sorted_between:
            sort_waiting()
    sort_waiting()
    with scope(community=community):
        answer = Answer.objects.get()
        assert answer.values["soc1"] == 3
        assert answer.public_id.startswith(round.public_id)
    assert [(r.instance, r.replaces, r.root, r.state) for r in rows(community)] == [
        ("uuid:v0", "", "uuid:v0", "replaced"), ("uuid:v1", "uuid:v0", "uuid:v0", "replaced"),
        ("uuid:v2", "uuid:v1", "uuid:v0", "taken"),
    ]  # fmt: skip
    trail = AuditEntry.objects.order_by("pk").filter(action__startswith="collect.")
    assert [e.action for e in trail if e.action != "collect.make"] == [
        "collect.receive", "collect.correct", "collect.correct",
    ]  # fmt: skip
    # Two corrections of one: the second is told, and nothing changes.
    answer = phone.send(form.instance(SAID, instance="uuid:lain", deprecated="uuid:v1"))
    assert answer.status_code == 409
    assert "sudah diperbaiki" in message(answer)


@pytest.mark.parametrize("named", ["uuid:tidak-ada", "uuid:diri"])
def test_a_correction_of_what_is_not_here(
    named: str, phone: Phone, opened: Open, community: Community
) -> None:
    opened()
    (form,) = phone.forms()
    answer = phone.send(form.instance(SAID, instance="uuid:diri", deprecated=named))
    assert (answer.status_code, message(answer)) == (
        404, "Isian yang hendak diperbaiki tidak ada di sini.",
    )  # fmt: skip
    assert rows(community) == []


def test_a_correction_keeps_the_person(phone: Phone, opened: Open, community: Community) -> None:
    opened(anonymous=False)
    (form,) = phone.forms()
    first = form.instance({**SAID, "satuhati_siapa": "o1"}, instance="uuid:a")
    assert phone.send(first).status_code == 201
    wrong = phone.send(form.instance({**SAID, "satuhati_siapa": "o2"}, instance="uuid:b",
                                     deprecated="uuid:a"))  # fmt: skip
    assert (wrong.status_code, message(wrong)) == (
        400, "Perbaikan tidak dapat mengubah milik siapa isian itu.",
    )  # fmt: skip


# -- what becomes of it ----------------------------------------------------------------------------


def test_a_named_round_asks_whose_form_it_is(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened(anonymous=False)
    (form,) = phone.forms()
    assert "Orang Contoh 3" in form.xml
    answer = phone.send(form.instance(SAID))
    assert (answer.status_code, message(answer)) == (400, "Pilih dulu ini formulir siapa.")
    mine = {**SAID, "satuhati_siapa": "o3"}
    assert phone.send(form.instance(mine, instance="uuid:a")).status_code == 201
    assert phone.send(form.instance(mine, instance="uuid:b")).status_code == 201
    assert sort_waiting() == 2
    states = sorted((r.state, r.reason) for r in rows(community))
    assert states == [("refused", "already"), ("taken", "")], "a person answers once"
    with scope(community=community):
        answer = Answer.objects.select_related("actor").get()
        assert (answer.actor.public_id, answer.sex) == ("p3", "female")
        assert SurveyAsked.objects.get(person="p3").state == "answered"
        kept = Submission.objects.filter(state="taken").get()
    assert kept.sender is not None
    assert kept.values["whole"]["satuhati_setuju"] == "OK"


def test_an_anonymous_round_keeps_answers_and_nothing_else(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened("warga")
    (form,) = phone.forms()
    about = {"satuhati_sex": "female", "satuhati_area": "w1", "satuhati_age_band": "25-39"}
    phone_says = {"satuhati_mulai": "2041-05-06T07:08:09.000+07:00",
                  "satuhati_selesai": "2041-05-06T07:08:19.000+07:00"}  # fmt: skip
    for n in range(5):
        xml = form.instance({**RESIDENT, **about, **phone_says}, instance=f"uuid:{n}")
        assert phone.send(xml).status_code == 201, "a clock years off does not matter"
    for row in rows(community):
        assert row.sender_id is None
        assert set(row.values) == {"values", "about", "fast"}
        assert "2041" not in str(row.values)
        assert row.pk > 2**39, "no key that counts up"
    names = {f.name for f in Submission._meta.fields}
    assert not {n for n in names if n.endswith(("_at", "_on"))}
    before = {row.pk for row in rows(community)}
    assert sort_waiting() == 5
    with scope(community=community):
        answers = list(Answer.objects.select_related("area"))
        assert {(a.actor_id, a.sex, a.area.public_id, a.age_band) for a in answers} == {
            (None, "female", "rw1", "25-39")
        }
        assert all("uuid" not in a.public_id for a in answers)
        assert AnswerFlag.objects.filter(kind="fast").count() == 5, "ten seconds for twelve"
        assert not AnswerFlag.objects.filter(kind="clock").exists()
        setup = SurveySetup.objects.get()
        from satuhati.web.openrosa.sorting import finish_round

        finish_round(community, setup, anonymous=True)
    assert all(r.values is None for r in rows(community))
    assert not before & {r.pk for r in rows(community)}, "written anew in another order"
    assert phone.send(xml).status_code == 202


def test_a_clock_that_is_off_is_marked_where_names_are_kept(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened("warga", anonymous=False, how="meeting")
    (form,) = phone.forms()
    for n, year in enumerate(("2012", "2041")):
        clock = {"satuhati_mulai": f"{year}-05-06T07:08:09.000+07:00",
                 "satuhati_selesai": f"{year}-05-06T07:18:09.000+07:00"}  # fmt: skip
        assert phone.send(form.instance({**RESIDENT, **clock}, instance=f"uuid:{n}")
                          ).status_code == 201  # fmt: skip
    sort_waiting()
    with scope(community=community):
        assert Answer.objects.count() == 2
        assert AnswerFlag.objects.filter(kind="clock").count() == 2


def test_what_came_in_time_counts_though_it_is_sorted_late(
    phone: Phone, opened: Open, community: Community
) -> None:
    round, _ = opened()
    (form,) = phone.forms()
    assert phone.send(form.instance(SAID)).status_code == 201
    with scope(community=community):
        Round.objects.filter(pk=round.pk).update(end=round.start - (round.end - round.start))
    devices._ready.clear()
    assert phone.send(form.instance(SAID)).status_code == 404
    assert sort_waiting() == 1
    with scope(community=community):
        assert Answer.objects.count() == 1


def test_answers_taken_back_go_from_what_was_sent_too(
    phone: Phone, opened: Open, community: Community, keeper: Any
) -> None:
    from satuhati.web.answers.actions import make_links
    from satuhati.web.register.models import Actor
    from satuhati.web.surveys.actions import take_back
    from satuhati.web.tenancy.who import program

    round, setup = opened(anonymous=False)
    (form,) = phone.forms()
    xml = form.instance({**SAID, "satuhati_siapa": "o1"})
    assert phone.send(xml, {"a.jpg": b"isi"}).status_code == 201
    sort_waiting()
    with scope(community=community):
        actor = Actor.objects.get(public_id="p1")
        link = make_links(by=keeper, actors=[actor])[actor.pk]
        assert take_back(by=program(community), setup=setup, round=round, link=link) == 1
        assert not Answer.objects.exists()
    (row,) = rows(community)
    assert row.values is None
    assert files_of(community) == {}
    assert phone.send(xml).status_code == 202, "a repetition does not bring it back"
    assert sort_waiting() == 0


def test_the_digest_is_of_what_came(phone: Phone, opened: Open, community: Community) -> None:
    opened()
    (form,) = phone.forms()
    xml = form.instance(SAID)
    phone.send(xml)
    assert rows(community)[0].digest == hashlib.sha256(xml.encode()).hexdigest()


def test_photos_are_drawn_anew_and_fetched_in_one(
    phone: Phone, opened: Open, community: Community, keeper: Any, outsider: Client
) -> None:
    from PIL import Image

    round, _ = opened(anonymous=False, people=[], how="meeting")
    (form,) = phone.forms()
    picture, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "HP Rahasia"
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG", exif=exif)
    raw = picture.getvalue()
    assert b"HP Rahasia" in raw
    xml = form.instance(SAID)
    assert phone.send(xml, {"../a.jpg": raw, "b.csv": b"1,2"}).status_code == 201
    browser = Client()
    browser.force_login(keeper.user)
    path = f"/k/melati/survei/odk/berkas/{round.public_id}/"
    assert browser.get(path).status_code == 404, "not before the worker has looked at them"
    assert clean_files() == 2
    assert clean_files() == 0
    assert path in browser.get("/k/melati/survei/odk/").content.decode()
    with zipfile.ZipFile(io.BytesIO(b"".join(browser.get(path)))) as archive:
        found = {n: archive.read(n) for n in archive.namelist()}
    assert set(found) == {"0001/a.jpg", "0001/b.csv"}
    assert found["0001/b.csv"] == b"1,2"
    assert b"HP Rahasia" not in found["0001/a.jpg"]
    assert Image.open(io.BytesIO(found["0001/a.jpg"])).size == (40, 30)
    assert phone.send(xml, {"a.jpg": raw}).status_code == 202, "a repetition is known as it came"
    names = {p.name for p in KeptFile._base_manager.first().path.parent.iterdir()}
    keys = {f.path.name for f in KeptFile._base_manager.all()}
    assert {n for n in names if n.partition(".")[0] in {k.partition(".")[0] for k in keys}} == keys
    assert outsider.get(path).status_code == 404
    assert AuditEntry.objects.filter(action="collect.download").count() == 1


def test_while_phones_send_a_few_are_sorted_at_a_time_and_the_rest_soon(
    phone: Phone, opened: Open, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = [True]
    monkeypatch.setattr(sorting, "are_busy", lambda: busy[0])
    monkeypatch.setattr(sorting, "BATCH", 2)
    monkeypatch.setattr(sorting, "FEW", 2)
    asked: list[dt.datetime] = []
    monkeypatch.setattr(
        type(sorting.sort_submissions), "enqueue", lambda task: asked.append(task.run_after)
    )
    cache.delete("collect-sort-later")
    opened("warga")
    (form,) = phone.forms()
    for n in range(8):
        assert phone.send(form.instance(RESIDENT, instance=f"uuid:{n}")).status_code == 201
    asked.clear()

    def taken() -> int:
        return [r.state for r in rows(community)].count("taken")

    sorting.sort_submissions.call()
    assert taken() == 2
    sorting.sort_submissions.call()
    assert taken() == 4
    now = timezone.now()
    assert [now < at <= now + sorting.WAIT for at in asked] == [True], "once for both"
    busy[0] = False
    sorting.sort_submissions.call()
    assert taken() == 8
    assert len(asked) == 1, "nothing waits any more"


@pytest.mark.parametrize(("ago", "busy"), [(0.0, True), (60.0, False), (-60.0, False)])
def test_phones_are_busy_for_a_moment_after_one_has_sent(ago: float, busy: bool) -> None:
    lock = settings.DATA / "collect.lock"
    with turns.turn():
        os.utime(lock, (0, 0))
    assert abs(time.time() - lock.stat().st_mtime) < 60, "a turn leaves its time"
    os.utime(lock, (time.time() - ago, time.time() - ago))
    assert turns.are_busy() is busy
