"""What phones send is taken once, whole, checked; or refused with words for who holds the phone."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
from collect_phone import BOUNDARY, Phone, message, multipart
from django.db import connections
from django.test import Client, override_settings
from django_scopes import scope, scopes_disabled

from satuhati.web.audit.models import AuditEntry
from satuhati.web.openrosa import devices, receiving
from satuhati.web.openrosa.models import TABLE, Submission
from satuhati.web.surveys.bank import SHORT
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Round
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


def stored_keys(community: Community) -> set[str]:
    """Of all that lies in the community's folder, tests before this one included."""
    folder = KeptFile(community=community, key="x", suffix="").path.parent
    return {p.stem for p in folder.iterdir()} if folder.exists() else set()


def test_a_hundred_and_twenty_files_in_one_and_in_several_posts(
    phone: Phone, opened: Open, community: Community
) -> None:
    opened(anonymous=False, people=[], how="meeting")
    (form,) = phone.forms()
    xml = form.instance(SAID, instance="uuid:foto")
    before = stored_keys(community)
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
    known = set(KeptFile._base_manager.values_list("key", flat=True))
    assert stored_keys(community) - before == known, "nothing is left of what was not needed"


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
