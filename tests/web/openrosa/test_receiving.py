"""What phones send is taken once, whole, checked; or refused with words for who holds the phone."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from collect_phone import BOUNDARY, Phone, message, multipart
from django.db import connections
from django.test import Client, override_settings
from django_scopes import scope, scopes_disabled

from satuhati.web.audit.models import AuditEntry
from satuhati.web.openrosa import devices, receiving
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
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<data id="x" version="1"><soc1>&c;</soc1></data>"""


def rows(community: Community) -> list[Submission]:
    with scope(community=community):
        return list(Submission.objects.order_by("instance"))


# -- what cannot be an answer ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"soc1": "7"}, "Saya merasa menjadi bagian dari kampung ini."),
        ({"soc1": "4.5"}, "Saya merasa menjadi bagian dari kampung ini."),
        ({"soc1": "ya"}, "Saya merasa menjadi bagian dari kampung ini."),
        ({"satuhati_setuju": ""}, "setuju"),
    ],
)
def test_answers_off_the_scale_are_refused_with_words(
    answers: dict[str, str], said: str, phone: Phone, opened: Open, community: Community
) -> None:
    opened()
    (form,) = phone.forms()
    answer = phone.send(form.instance({**SAID, **answers}, agreed="satuhati_setuju" not in answers))
    assert answer.status_code == 400
    assert said in message(answer)
    assert rows(community) == []
    assert not AuditEntry.objects.filter(action="collect.receive").exists()


def test_a_form_without_any_answer(phone: Phone, opened: Open, community: Community) -> None:
    opened()
    (form,) = phone.forms()
    answer = phone.send(form.instance({}))
    assert (answer.status_code, message(answer)) == (400, "Belum ada yang dijawab.")


def test_a_question_the_form_does_not_have(phone: Phone, opened: Open) -> None:
    opened()
    (form,) = phone.forms()
    xml = form.instance(SAID).replace("<meta>", "<rahasia>1</rahasia><meta>").replace(
        "<orx:meta", "<rahasia>1</rahasia><orx:meta")  # fmt: skip
    answer = phone.send(xml)
    assert (answer.status_code, message(answer)) == (
        400, "Formulir ini tidak punya pertanyaan rahasia.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "xml",
    ["", "<data", "bukan xml", "<data/>", BOMB, "<!DOCTYPE x><data id='x' version='1'/>",
     '<!DOCTYPE x SYSTEM "file:///etc/passwd"><data/>', "<?xml version='1.0' encoding='zz'?><a/>",
     "<a>" * 60 + "</a>" * 60, "<a>" + "<b/>" * 20_001 + "</a>", "<a>" + "x" * 2_000_001 + "</a>",
     "\x00", "<a>\x01</a>", '<data id="x" version="1"><meta><instanceID/></meta></data>'],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_filled_form(xml: str, phone: Phone, opened: Open, community: Community) -> None:
    opened()
    answer = phone.send(xml)
    assert answer.status_code == 400
    assert message(answer)
    assert rows(community) == []


def test_a_bomb_in_a_form_that_is_known(phone: Phone, opened: Open, community: Community) -> None:
    opened()
    (form,) = phone.forms()
    xml = form.instance(SAID).replace(
        "<?xml version='1.0' ?>", '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "4">]>'
    )
    assert phone.send(xml.replace(">4<", ">&a;<", 1)).status_code == 400
    assert phone.send(xml).status_code == 400
    assert rows(community) == []


# -- once ------------------------------------------------------------------------------------------


def test_the_same_again_and_the_same_id_with_other_content(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened()
    (form,) = phone.forms()
    xml = form.instance(SAID, instance="uuid:satu")
    assert [phone.send(xml).status_code for _ in range(3)] == [201, 202, 202]
    other = phone.send(form.instance({**SAID, "soc1": "3"}, instance="uuid:satu"))
    assert (other.status_code, message(other)) == (
        409, "Isian dengan nomor ini sudah diterima dengan isi yang lain.",
    )  # fmt: skip
    (row,) = rows(community)
    assert row.values["values"]["soc1"] == 4
    assert AuditEntry.objects.filter(action="collect.receive").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_times_at_once(phone: Phone, opened: Open, community: Community) -> None:
    opened()
    (form,) = phone.forms()
    xml = form.instance(SAID, instance="uuid:seratus")
    seen: list[int] = []
    start = threading.Barrier(100)

    def send() -> None:
        client = Phone(phone.server, Client())
        start.wait(30)
        seen.append(client.send(xml).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(100)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(seen) == 100
    assert set(seen) == {201, 202}
    assert seen.count(201) == 1
    assert len(rows(community)) == 1
    assert AuditEntry.objects.filter(action="collect.receive").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_different_at_once_are_all_there(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened()
    (form,) = phone.forms()
    seen: list[int] = []

    def send(n: int) -> None:
        client = Phone(phone.server, Client())
        for m in range(4):
            seen.append(client.send(form.instance(SAID, instance=f"uuid:{n}-{m}")).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send, args=(n,)) for n in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert seen == [201] * 64
    assert {r.instance for r in rows(community)} == {
        f"uuid:{n}-{m}" for n in range(16) for m in range(4)
    }
    assert AuditEntry.objects.filter(action="collect.receive").count() == 64


def test_one_that_cannot_be_stored_spoils_none_beside_it(
    phone: Phone, opened: Open, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch that fails is taken one by one."""
    opened()
    (form,) = phone.forms()
    kept: list[receiving.Arriving] = []
    monkeypatch.setattr(devices, "take", lambda one, news: kept.append(one) or "new")
    for n in range(3):
        phone.send(form.instance(SAID, instance=f"uuid:{n}"))
    kept[1].instance = "x" * 300  # longer than the column of PostgreSQL
    kept[1].values = {"values": {1, 2}}  # no JSON
    receiving._take_all(kept, lambda: None)
    assert [a.outcome for a in kept] == ["new", "", "new"]
    assert isinstance(kept[1].error, Exception)
    assert [r.instance for r in rows(community)] == ["uuid:0", "uuid:2"]


# -- a cut connection ------------------------------------------------------------------------------


def test_cut_at_every_byte(phone: Phone, opened: Open, community: Community) -> None:
    """Whatever arrives short is refused, whether the length was announced whole or as cut."""
    opened()
    (form,) = phone.forms()
    body = multipart(form.instance(SAID, instance="uuid:putus"), {"a.jpg": b"\xff\xd8\xff" * 9})
    whole = len(body) - 2  # the last line break says nothing more
    with override_settings(MAX_UPLOAD_MB=1):
        for at in range(len(body)):
            answer = _sent(phone, body[:at], announced=len(body))
            assert answer == 400, at
            if at < whole:
                assert _sent(phone, body[:at], announced=at) == 400, at
                assert _sent(phone, body[:at], announced=None) == 400, at
    assert rows(community) == []
    with scopes_disabled():
        assert not KeptFile.objects.exists()
    assert _sent(phone, body, announced=None) == 201, "in chunks, without a length"


def _sent(phone: Phone, body: bytes, announced: int | None) -> int:
    """A body straight to the view, below Django's client, which would mend its length."""
    from django.test import RequestFactory
    from django.urls import resolve

    path = f"{phone.path}/submission"
    request = RequestFactory().post(
        path, b"x", content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    request.META["wsgi.input"] = io.BytesIO(body)
    request.META["CONTENT_LENGTH"] = "" if announced is None else str(announced)
    match = resolve(path)
    return int(match.func(request, *match.args, **match.kwargs).status_code)


def test_too_large_is_said_before_it_is_read(phone: Phone, opened: Open) -> None:
    opened()
    (form,) = phone.forms()
    body = multipart(form.instance(SAID), {"besar.mp4": b"x" * 1_000_001})
    with override_settings(MAX_UPLOAD_MB=1):
        answer = phone.post(body)
        assert answer.status_code == 413
        assert "paling banyak 1 MB" in message(answer)
        assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "1000000"
        assert _sent(phone, body, announced=None) == 413
        assert _sent(phone, b"", announced=10**9) == 413


@pytest.mark.parametrize(
    "kind", ["", "text/xml", "multipart/form-data", "multipart/form-data; boundary=",
             "multipart/form-data; boundary=" + "x" * 80, "multipart/mixed; boundary=x"],
)  # fmt: skip
def test_what_is_no_multipart_body(kind: str, phone: Phone) -> None:
    answer = phone.client.generic("POST", f"{phone.path}/submission", b"--x--", content_type=kind)
    assert answer.status_code == 400
    assert message(answer)


# -- files -----------------------------------------------------------------------------------------


def files_of(community: Community) -> dict[str, bytes]:
    with scope(community=community):
        return {f.name: f.path.read_bytes() for f in KeptFile.objects.filter(table=TABLE)}


def test_a_hundred_and_twenty_files_in_one_and_in_several_posts(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened(anonymous=False, people=[], how="meeting")
    (form,) = phone.forms()
    xml = form.instance(SAID, instance="uuid:foto")
    first = {f"foto-{n}.jpg": f"isi {n}".encode() for n in range(120)}
    assert phone.send(xml, first).status_code == 201
    assert files_of(community) == first
    more = {"suara ibu.m4a": b"\x00\r\n--x\r\n" * 90_000, "kosong.txt": b""}
    assert phone.send(xml, more).status_code == 201, "more files of the same"
    assert phone.send(xml, {"foto-3.jpg": b"isi 3"}).status_code == 202
    assert phone.send(xml, {"foto-3.jpg": b"lain"}).status_code == 409
    assert phone.send(xml).status_code == 202
    assert files_of(community) == {**first, **more}
    assert len(rows(community)) == 1
    folder = {p.stem for p in KeptFile._base_manager.first().path.parent.iterdir()}
    known = set(KeptFile._base_manager.values_list("key", flat=True))
    assert folder & known == known
    assert not {p for p in folder if p not in known}, "nothing is left of what was not needed"


def test_an_anonymous_round_keeps_no_files(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened()
    (form,) = phone.forms()
    xml = form.instance(SAID)
    assert phone.send(xml, {"wajah.jpg": b"\xff\xd8\xff"}).status_code == 201
    assert phone.send(xml, {"wajah.jpg": b"\xff\xd8\xff"}).status_code == 202
    assert files_of(community) == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\foto\\a.jpg", "a.jpg"), ('a\\"b.jpg', 'a"b.jpg')],
)
def test_names_of_files_lead_nowhere(
    sent: str, kept: str, phone: Phone, opened: Open, community: Community
) -> None:
    opened(anonymous=False, people=[], how="meeting")
    (form,) = phone.forms()
    assert phone.send(form.instance(SAID), {sent: b"isi"}).status_code == 201
    assert files_of(community) == {kept: b"isi"}


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
