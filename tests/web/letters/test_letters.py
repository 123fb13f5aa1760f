"""Letters: one sequence, the official form, the register; as PDF and DOCX from one object."""

from __future__ import annotations

import datetime as dt
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from pypdf import PdfReader

from forms_read import fields_of
from satuhati.text import translator
from satuhati.web.audit.models import AuditEntry
from satuhati.web.letters.actions import (
    AlreadyWithdrawnError,
    issue_letter,
    save_letter_settings,
    withdraw_letter,
)
from satuhati.web.letters.models import Letter, LetterSettings
from satuhati.web.letters.numbers import USUAL, numbered, wrong_format
from satuhati.web.letters.queries import get_letter_settings_for
from satuhati.web.letters.tasks import sheet_of, write_letter
from satuhati.web.meetings.actions import plan_meeting
from satuhati.web.meetings.models import FollowUp, Meeting
from satuhati.web.profile.jobs import put_in_place
from satuhati.web.profile.package import from_database
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy import papers
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = timezone.localdate()
DAY = TODAY + dt.timedelta(days=10)
NAMES = ("Aminah Contoh", "Budi Contoh", "Citra Contoh")
POSTS = ("Ketua", "Pelindung", "Anggota")
KINDS = ("chair", "patron", "section_member")


@pytest.fixture
def meeting(community: Community, by: Callable[..., Who]) -> Meeting:
    """A meeting to come; a chair, a patron and a member; a task left open last time."""
    with scope(community=community):
        for n, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True), 1):
            actor = Actor.objects.create(community=community, public_id=f"a{n}", name=name,
                                         kind="person", sector="pokja")  # fmt: skip
            post = Post.objects.create(community=community, public_id=f"j{n}",
                                       name=POSTS[n - 1], kind=kind)  # fmt: skip
            Term.objects.create(community=community, public_id=f"m{n}", post=post, actor=actor,
                                start=TODAY - dt.timedelta(days=99))  # fmt: skip
        FollowUp.objects.create(community=community, public_id="t1", text="Pasang poster",
                                owner=actor, agreed_on=TODAY)  # fmt: skip
        return plan_meeting(by=by("secretary"), kind="pokja", date=DAY, time="19:30",
                            title="Rapat Desember", place="RPTRA <Contoh>")  # fmt: skip


def new(meeting: Meeting) -> str:
    return f"/k/melati/rapat/{meeting.public_id}/surat/"


def form_of(client: Client, meeting: Meeting, **more: Any) -> dict[str, Any]:
    return {**fields_of(client.get(new(meeting)).content.decode()), **more}


def issued(client: Client, meeting: Meeting, **more: Any) -> Letter:
    answer = client.post(new(meeting), form_of(client, meeting, what="issue", **more))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with scope(community=meeting.community):
        found: Letter = Letter.objects.latest("pk")
    return found


def words_of_pdf(content: bytes) -> str:
    text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.split())


def words_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    found = []
    for part in document.element.body.iterchildren():
        found.append(" ".join(t.text or "" for t in part.iter() if t.tag.endswith("}t")))
    return " ".join(" ".join(found).split())


def made(community: Community, letter: Letter, form: str) -> bytes:
    write_letter.call(community.pk, letter.pk, form)
    with scope(community=community):
        return papers.place_of(community, sheet_of(letter).record(), form).read_bytes()


def test_from_the_meeting_to_pdf_and_docx(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    form = form_of(client, meeting, what="look")
    assert form["agenda"] == "Tindak lanjut: Pasang poster\nLain-lain", "carried over"
    assert form["people"] == ["a1", "a2", "a3"]
    form |= {"agenda": "Rencana kerja bakti\nLain-lain", "others": "Kepala Puskesmas, Ciracas",
             "copies": "Camat Ciracas\nPLKB"}  # fmt: skip
    look = client.post(new(meeting), form).content.decode()
    assert "RPTRA &lt;Contoh&gt;" in look
    with scope(community=community):
        assert not Letter.objects.exists(), "looking gives no number"
    answer = client.post(new(meeting), {**form, "what": "issue", "sent": "on"})
    with scope(community=community):
        letter = Letter.objects.get()
        meeting.refresh_from_db()
    assert answer.headers["Location"] == f"/k/melati/rapat/surat/{TODAY.year}/1/"
    assert meeting.notice_on == TODAY
    assert letter.printed == numbered(USUAL, 1, letter.date)
    expected = [
        "POKJA KAMPUNG KB KAMPUNG MELATI", letter.printed, "Undangan Rapat Desember",
        "Kepada Yth.", "(daftar terlampir)", translator("id").weekday(DAY),
        translator("id").date(DAY),
        "19.30 WIB s.d. selesai", "RPTRA <Contoh>", "Rencana kerja bakti", "Susunan acara",
        "Mengetahui,", "Lurah/Kepala Desa", "Budi Contoh", "Ketua Pokja Kampung KB",
        "Aminah Contoh", "Tembusan:", "Camat Ciracas", "DAFTAR UNDANGAN", "Kepala Puskesmas",
        "Citra Contoh",
    ]  # fmt: skip
    for words in (words_of_pdf(made(community, letter, "pdf")),
                  words_of_docx(made(community, letter, "docx"))):  # fmt: skip
        missing = [w for w in expected if w.casefold() not in words.casefold()]
        assert not missing, (missing, words)
        assert "Pasang poster" not in words, "taken out before it was issued"
    for form_name in ("pdf", "docx"):
        file: Any = client.get(f"/k/melati/rapat/surat/{letter.year}/1/{form_name}/")
        assert file.status_code == 200
        assert file.headers["Content-Disposition"].startswith("attachment")
        content = b"".join(file.streaming_content)
        [close() for close in file._resource_closers]
        assert content.startswith(b"%PDF" if form_name == "pdf" else b"PK")
    with scope(community=community):
        entry = AuditEntry.objects.get(action="letter.issue")
    assert "Aminah" not in str(entry.details)


def test_one_page_for_each_has_one_number(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    letter = issued(client_of("secretary"), meeting, mode="each")
    pages = PdfReader(io.BytesIO(made(community, letter, "pdf"))).pages
    texts = [" ".join(p.extract_text().split()) for p in pages]
    assert len(texts) == 3
    for name, text in zip(NAMES, texts, strict=True):
        assert f"Bapak/Ibu {name}" in text
        assert letter.printed in text
    document = docx.Document(io.BytesIO(made(community, letter, "docx")))
    breaks = document.element.body.xpath(".//w:br[@w:type='page']")
    assert len(breaks) == 2


def test_a_letter_sent_twice_is_issued_once(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    form = form_of(client, meeting, what="issue")
    assert client.post(new(meeting), form).status_code == 302
    assert client.post(new(meeting), form).status_code == 302
    with scope(community=community):
        assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_also_at_the_same_moment(
    meeting: Meeting,
    community: Community,
    by: Callable[..., Who],
    client_of: Callable[[str], Client],
) -> None:
    first = issued(client_of("secretary"), meeting)
    who = by("field_officer")
    start, raised = threading.Barrier(6), []

    def work() -> None:
        try:
            with scope(community=community):
                start.wait(20)
                for _ in range(3):
                    settings = get_letter_settings_for(who)
                    issue_letter(by=who, meeting=meeting, date=first.date, sheet=sheet_of(first),
                                 settings=settings)  # fmt: skip
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert raised == []
    with scope(community=community):
        rows = list(Letter.objects.order_by("number").values_list("number", "printed"))
    assert [n for n, _ in rows] == list(range(1, 20)), "no gap and nothing twice"
    assert len({printed for _, printed in rows}) == 19


def test_a_withdrawn_letter_keeps_its_number_and_says_so(
    meeting: Meeting,
    community: Community,
    by: Callable[..., Who],
    client_of: Callable[[str], Client],
) -> None:
    client = client_of("secretary")
    letter = issued(client, meeting)
    address = f"/k/melati/rapat/surat/{letter.year}/{letter.number}/"
    assert client.post(f"{address}cabut/", {"why": " "}).status_code == 400
    assert client.post(f"{address}cabut/", {"why": "Rapat pindah hari"}).status_code == 302
    second = issued(client, meeting)
    assert second.number == letter.number + 1
    letter.refresh_from_db()
    assert "SURAT INI DICABUT" in words_of_pdf(made(community, letter, "pdf"))
    assert "SURAT INI DICABUT" in words_of_docx(made(community, letter, "docx"))
    assert "DICABUT" not in words_of_pdf(made(community, second, "pdf"))
    register = client.get(f"/k/melati/rapat/surat/?tahun={letter.year}").content.decode()
    register = register[register.index("<tbody") :]
    assert register.index(letter.printed) < register.index(second.printed)
    assert "Rapat pindah hari" in register
    with scope(community=community), pytest.raises(AlreadyWithdrawnError):
        withdraw_letter(by=by("secretary"), letter=letter, on=TODAY, why="lagi")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Tanpa nomor/{tahun}", "{nomor}"),
        ("{nomor}/{nomor}/{tahun}", "{nomor}"),
        ("{nomor:03}/POKJA", "{tahun}"),
        ("{nomer}/{tahun}", "{bulan-romawi}"),
        ("{nomor}/{tahun", "{bulan-romawi}"),
        ("{nomor!r}/{tahun}", "{bulan-romawi}"),
        ("{nomor.__class__}/{tahun}", "{bulan-romawi}"),
        ("{nomor}/{tahun}\x07", "satu baris"),
    ],
)
def test_a_bad_format_gets_one_clear_message(form: str, words: str) -> None:
    assert words in wrong_format(form, translator("id"))


@pytest.mark.parametrize(
    ("form", "number"),
    [
        (USUAL, "007/POKJA-KB/XII/2026"),
        ("{nomor}/{bulan:02}/{tahun}", "7/12/2026"),
        ("KB-{tahun}-{nomor:4}", "KB-2026-0007"),
    ],
)
def test_the_format_of_the_number(form: str, number: str) -> None:
    assert wrong_format(form, translator("id")) == ""
    assert numbered(form, 7, dt.date(2026, 12, 8)) == number


def test_settings_are_used_and_refused_with_one_message(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client, address = client_of("secretary"), "/k/melati/rapat/surat/pengaturan/"
    page = client.get(address).content.decode()
    assert numbered(USUAL, 1, TODAY) in page, "a live example"
    form = fields_of(page)
    bad = client.post(address, {**form, "number_format": "{nomer}"})
    assert bad.status_code == 400
    assert bad.content.decode().count('class="error"') == 1
    form |= {
        "head": "Pemerintah Kota Contoh\nKelurahan Melati\nPokja Kampung KB Melati", "town": "Kota",
        "number_format": "KB/{nomor:02}/{tahun}", "first_number": "12",
        "first_year": str(TODAY.year), "seen_title": "Lurah Melati", "seen_name": "H. Lurah",
    }  # fmt: skip
    assert client.post(address, form).status_code == 302
    date = min(TODAY, DAY)
    letter = issued(client, meeting)
    assert letter.printed == f"KB/12/{date.year}"
    text = words_of_pdf(made(community, letter, "pdf"))
    assert "KELURAHAN MELATI" in text
    assert f"Kota, {translator('id').date(date)}" in text
    assert "Lurah Melati" in text
    assert issued(client, meeting).printed == f"KB/13/{date.year}"
    again = client.post(address, {**form, "town": "Desa"})
    assert again.status_code == 409, "saved since the form was opened: told, not lost"


def test_two_first_settings_at_once_tell_the_second(
    community: Community, by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        mine, theirs = get_letter_settings_for(who), get_letter_settings_for(who)
        save_letter_settings(by=who, settings=theirs, revision=0, fields={"town": "Satu"})
        with pytest.raises(ChangedMeanwhileError):
            save_letter_settings(by=who, settings=mine, revision=0, fields={"town": "Dua"})
        assert LetterSettings.objects.get().town == "Satu"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"date": str(DAY + dt.timedelta(days=1))}, "lebih lambat daripada rapat"),
        ({"date": str(TODAY - dt.timedelta(days=400))}, "lebih dari 60 hari"),
        ({"people": [], "others": ""}, "Pilih paling sedikit satu orang"),
        ({"agenda": "\n".join("abc" for _ in range(21))}, "Paling banyak 20 baris"),
        ({"place": ""}, "tidak boleh kosong"),
    ],
)
def test_what_cannot_be_issued_is_said(
    change: dict[str, Any], words: str, meeting: Meeting, community: Community,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    client = client_of("secretary")
    answer = client.post(new(meeting), form_of(client, meeting, **{"what": "issue", **change}))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    with scope(community=community):
        assert not Letter.objects.exists()


def test_letters_are_for_those_who_arrange_meetings(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    letter = issued(client_of("secretary"), meeting)
    base = f"/k/melati/rapat/surat/{letter.year}/{letter.number}/"
    pages = ("/k/melati/rapat/surat/", "/k/melati/rapat/surat/pengaturan/", base, f"{base}pdf/",
             f"{base}cabut/", new(meeting))  # fmt: skip
    for client in (outsider, client_of("member"), client_of("overseer"), client_of("researcher")):
        for address in pages:
            assert client.get(address).status_code == 404, address
        assert client.post(f"{base}cabut/", {"why": "x"}).status_code == 404
    for address in pages:
        assert Client().get(address).status_code in (302, 404)
    assert (
        "Surat undangan"
        not in client_of("member").get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    )
    who = by("member")
    with scope(community=community), pytest.raises(NotAllowedError):
        withdraw_letter(by=who, letter=letter, on=TODAY, why="x")


def test_a_meeting_that_was_held_gets_no_letter(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        Meeting.objects.update(status="held")
    client = client_of("secretary")
    assert client.get(new(meeting)).status_code == 302
    assert client.get("/k/melati/rapat/r9999/surat/").status_code == 404


def test_a_paper_under_way_is_waited_for(
    meeting: Meeting, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch,
    settings: Any, tmp_path: Path,
) -> None:  # fmt: skip
    client = client_of("secretary")
    letter = issued(client, meeting)
    settings.DATA = tmp_path
    monkeypatch.setattr(papers, "AT_ONCE", 0)
    answer = client.get(f"/k/melati/rapat/surat/{letter.year}/1/pdf/")
    assert answer.status_code == 202
    assert answer.headers["Refresh"]
    assert client.get(f"/k/melati/rapat/surat/{letter.year}/1/exe/").status_code == 404


def test_a_letter_for_a_meeting_that_moved_is_pointed_out(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    letter = issued(client, meeting)
    page = f"/k/melati/rapat/{meeting.public_id}/"
    assert "menyebut hari lain" not in client.get(page).content.decode()
    with scope(community=community):
        Meeting.objects.update(date=DAY + dt.timedelta(days=7))
    assert "menyebut hari lain" in client.get(page).content.decode()
    client.post(f"/k/melati/rapat/surat/{letter.year}/1/cabut/", {"why": "Rapat pindah"})
    assert "menyebut hari lain" not in client.get(page).content.decode()


def test_letters_stay_when_records_are_put_in_place_anew(
    meeting: Meeting, community: Community, by: Callable[..., Who],
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    client = client_of("secretary")
    letter = issued(client, meeting)
    put_in_place(by=by("secretary"), data=from_database(community))
    page = client.get(f"/k/melati/rapat/{meeting.public_id}/").content.decode()
    assert letter.printed in page
    assert issued(client, meeting).number == letter.number + 1


def test_a_paper_that_is_there_is_not_made_again(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    letter = issued(client_of("secretary"), meeting)
    made(community, letter, "docx")
    with scope(community=community):
        place = papers.place_of(community, sheet_of(letter).record(), "docx")
    place.write_bytes(b"there")
    assert made(community, letter, "docx") == b"there"
    place.unlink()
    assert made(community, letter, "docx").startswith(b"PK")
    old = TODAY - dt.timedelta(days=papers.KEEP_DAYS + 1)
    stamp = dt.datetime(old.year, old.month, old.day, tzinfo=dt.UTC).timestamp()
    os.utime(place, (stamp, stamp))
    assert papers.prune() == 1
    assert not place.exists()
