"""Minutes: drafted from the record, edited, approved, reopened, shown; remarks stay inside."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from pypdf import PdfReader

from forms_read import fields_of
from satuhati.text import translator
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.actions import (
    NewTask,
    Present,
    edit_meeting,
    hold_meeting,
    plan_meeting,
)
from satuhati.web.meetings.models import Decision, FollowUp, Meeting
from satuhati.web.minutes.actions import (
    MinutesApprovedError,
    NotApprovedError,
    NotHeldError,
    approve_minutes,
    edit_minutes,
    show_minutes,
)
from satuhati.web.minutes.content import attendance_sheet, get_minutes_for, minutes_sheet
from satuhati.web.minutes.models import Minutes
from satuhati.web.minutes.tasks import sheet_for, write_meeting_paper
from satuhati.web.norms.actions import note_invoked
from satuhati.web.norms.models import Norm, NormEvent
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy import papers
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = timezone.localdate()
DAY = TODAY - dt.timedelta(days=3)
NAMES = ("Aminah Contoh", "Budi Contoh", "Citra Contoh", "Dedi Contoh")
KINDS = ("chair", "secretary", "section_member", "section_member")
SECRET = "Pak Fulan marah-marah"


@pytest.fixture
def meeting(community: Community, by: Callable[..., Who]) -> Meeting:
    """Held three days ago: two came, one sent somebody, one was ill; one decision, one task."""
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        people = []
        clinic = Actor.objects.create(community=community, public_id="o1", kind="organization",
                                      name="Puskesmas Contoh", sector="pemerintah")  # fmt: skip
        for n, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True), 1):
            people.append(
                Actor.objects.create(community=community, public_id=f"a{n}", name=name,
                                     kind="person", organization=clinic if n == 4 else None)
            )  # fmt: skip
            if n == 4:
                continue
            post = Post.objects.create(community=community, public_id=f"j{n}",
                                       name=f"Jabatan {n}", kind=kind)  # fmt: skip
            Term.objects.create(community=community, public_id=f"m{n}", post=post,
                                actor=people[-1], start=DAY - dt.timedelta(days=99))  # fmt: skip
        made = plan_meeting(by=who, kind="pokja", date=DAY, time="19:30", title="Rapat contoh",
                            place="RPTRA")  # fmt: skip
        held: Meeting = hold_meeting(
            by=who, meeting=made, revision=0,
            attendance=[Present(people[0], "present"), Present(people[1], "present"),
                        Present(people[2], "ill"), Present(people[3], "represented")],
            tasks=[NewTask("Kerja bakti RW 05", "Sebar kabar", "a3", TODAY)],
        )  # fmt: skip
    return held


def address(meeting: Meeting, page: str = "") -> str:
    return f"/k/melati/rapat/{meeting.public_id}/{page}"


def written(client: Client, meeting: Meeting, **more: Any) -> Any:
    page = client.get(address(meeting, "notulen/ubah/")).content.decode()
    return client.post(address(meeting, "notulen/ubah/"), {**fields_of(page), **more})


def file_of(community: Community, who: Who, meeting: Meeting, paper: str, form: str) -> str:
    write_meeting_paper.call(community.pk, meeting.public_id, paper, form)
    with scope(community=community):
        found = Meeting.objects.get(pk=meeting.pk)
        place = papers.place_of(community, [paper, sheet_for(who, found, paper).record()], form)
    content = place.read_bytes()
    if form == "pdf":
        text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    else:
        body = docx.Document(io.BytesIO(content)).element.body
        text = " ".join(t.text or "" for t in body.iter() if t.tag.endswith("}t"))
    return " ".join(text.split())


def status(client: Client, where: str) -> int:
    """The status of a page that may give a file, which is closed."""
    answer: Any = client.get(where)
    if answer.streaming:
        [close() for close in answer._resource_closers]
    return answer.status_code


def test_the_draft_is_made_from_the_record(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    page = client_of("secretary").get(address(meeting, "notulen/")).content.decode()
    for words in ("KONSEP", "Aminah Contoh", "Kerja bakti RW 05", "Sebar kabar", "Citra Contoh",
                  "3 dari 4", "Puskesmas Contoh", "19.30 WIB"):  # fmt: skip
        assert words in page, words
    with scope(community=community):
        assert not Minutes.objects.exists(), "looking writes nothing"


def test_edited_approved_and_printed(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client],
    by: Callable[..., Who],
) -> None:  # fmt: skip
    client = client_of("secretary")
    page = client.get(address(meeting, "notulen/ubah/")).content.decode()
    form = fields_of(page)
    assert (form["chair"], form["taker"]) == ("Aminah Contoh", "Budi Contoh")
    assert client.post(
        address(meeting, "notulen/ubah/"),
        {**form, "agenda": "Kerja bakti\nLain-lain", "discussion": "Jalan <b>rusak</b>.",
         "internal": SECRET, "decision-k0001": "Kerja bakti RW 05 hari Minggu",
         "task-tl0001": "Sebar kabar ke RT"},
    ).status_code == 302  # fmt: skip
    with scope(community=community):
        assert Decision.objects.get().text == "Kerja bakti RW 05 hari Minggu"
        assert FollowUp.objects.get().text == "Sebar kabar ke RT"
    on = DAY + dt.timedelta(days=1)
    assert client.post(address(meeting, "notulen/sahkan/"), {"on": str(on)}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes_on == on
    who = by("secretary")
    for form_name in ("pdf", "docx"):
        text = file_of(community, who, meeting, "notulen", form_name)
        for words in ("Kerja bakti RW 05 hari Minggu", "Sebar kabar ke RT", "Jalan <b>rusak</b>.",
                      f"Disahkan: {translator('id').date(on)}", "Pimpinan rapat", "Notulis",
                      "Paraf", "Dedi Contoh", "diwakili"):  # fmt: skip
            assert words in text, (form_name, words)
        assert "KONSEP" not in text
        assert SECRET not in text
        listed = file_of(community, who, meeting, "daftar-hadir", form_name)
        for words in ("Paraf", "Jabatan/instansi", "Puskesmas Contoh", "Aminah Contoh"):
            assert words in listed, words
        assert "Citra Contoh" not in listed, "who was ill signs nothing"
    page = client.get(address(meeting, "notulen/")).content.decode()
    assert "Ratna Melati" in page, "who approved them"
    entry = AuditEntry.objects.get(action="minutes.approve")
    assert (entry.table, entry.code) == ("minutes", meeting.public_id)


RULE, LATER = "Rapat sah bila separuh anggota hadir", "Dana di atas satu juta diputuskan rapat"


def test_the_rules_it_went_by_are_on_the_paper_and_who_named_them_is_not(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client],
    by: Callable[..., Who], outsider: Client,
) -> None:  # fmt: skip
    who = by("secretary", name="Penyebut Contoh")
    with scope(community=community):
        rules = [
            Norm.objects.create(community=community, public_id=f"n{n}", text=text, kind="written",
                                topic="decisions", document=document)
            for n, (text, document) in enumerate(((RULE, "SK Contoh No. 3"), (LATER, None)))
        ]  # fmt: skip
        note_invoked(by=who, meeting=meeting, norms=rules[:1])
        NormEvent.objects.update(observer=Actor.objects.get(public_id="a2"), note=SECRET)
    client = client_of("secretary")
    page = client.get(address(meeting, "notulen/")).content.decode()
    assert f"{RULE} (SK Contoh No. 3)" in page
    assert "Aturan yang dirujuk" in page
    assert RULE in client.get(address(meeting, "notulen/ubah/")).content.decode()
    for form in ("pdf", "docx"):
        text = file_of(community, who, meeting, "notulen", form)
        assert f"{RULE} (SK Contoh No. 3)" in text
        assert LATER not in text
        assert SECRET not in text
        assert "Penyebut" not in text
    for other in (outsider, client_of("overseer")):
        assert other.get(address(meeting, "notulen/")).status_code == 404
    client.post(address(meeting, "notulen/sahkan/"), {"on": str(TODAY)})
    hint = "tidak ada pada kertas itu"
    assert hint in client.get(f"/k/melati/norma/rapat/{meeting.public_id}/").content.decode()
    with scope(community=community):
        note_invoked(by=who, meeting=meeting, norms=rules)
        show_minutes(by=who, meeting=Meeting.objects.get(pk=meeting.pk), shared=True, public=True,
                     minutes=Minutes.objects.get())  # fmt: skip
    for form in ("pdf", "docx"):
        text = file_of(community, who, meeting, "notulen", form)
        assert RULE in text
        assert LATER not in text, "approved word for word as they stood"
    public = Client().get(f"/p/melati/notulen/{meeting.public_id}/").content.decode()
    assert "Kerja bakti" in public
    assert RULE not in public, "rules are for the group to read"


def test_what_is_approved_stays_until_it_is_reopened(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client],
    by: Callable[..., Who],
) -> None:  # fmt: skip
    client, who = client_of("secretary"), by("secretary")
    written(client, meeting, discussion="Sudah disepakati.")
    client.post(address(meeting, "notulen/sahkan/"))
    for page in ("notulen/ubah/", "selesai/", "ubah/"):
        for answer in (client.get(address(meeting, page)),
                       client.post(address(meeting, page), {"came-a3": "1"})):  # fmt: skip
            assert answer.status_code == 302, page
    said = client.get(address(meeting)).content.decode()
    assert "Buka kembali dulu" in said
    with scope(community=community):
        now = Meeting.objects.get(pk=meeting.pk)
        kept = get_minutes_for(who, now)
        with pytest.raises(MinutesApprovedError):
            edit_minutes(by=who, meeting=now, minutes=kept, revision=kept.revision, decisions={},
                         fields={"discussion": "Lain"}, tasks={})  # fmt: skip
        with pytest.raises(MinutesApprovedError):
            approve_minutes(by=who, meeting=now, minutes=kept, on=TODAY)
        with pytest.raises(ChangedMeanwhileError):
            hold_meeting(by=who, meeting=now, revision=now.revision, attendance=[], tasks=[])
        with pytest.raises(ChangedMeanwhileError):
            edit_meeting(by=who, meeting=now, revision=now.revision, fields={"place": "Lain"})
        # A task done later, or renamed elsewhere, changes nothing in what was approved.
        FollowUp.objects.update(text="Diganti")
        assert minutes_sheet(who, now, kept).tasks[0].text == "Sebar kabar"
    assert client.post(address(meeting, "notulen/buka/"), {"why": " "}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes_on is not None, "without a reason they stay closed"
    client.post(address(meeting, "notulen/buka/"), {"why": "Nama keliru"})
    meeting.refresh_from_db()
    assert meeting.minutes_on is None
    page = client.get(address(meeting, "notulen/")).content.decode()
    assert "Nama keliru" in page
    assert "Diganti" in page, "the record as it stands now"
    assert written(client, meeting, discussion="Diperbaiki.").status_code == 302
    assert AuditEntry.objects.filter(action="minutes.reopen").count() == 1
    assert "keliru" not in str(AuditEntry.objects.get(action="minutes.reopen").details)


def test_members_read_them_once_they_are_shown_and_residents_only_if_chosen(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client,
    client: Client, by: Callable[..., Who],
) -> None:  # fmt: skip
    keeper, member = client_of("secretary"), client_of("member")
    public = f"/p/melati/notulen/{meeting.public_id}/"
    pdf = address(meeting, "berkas/notulen/pdf/")
    written(keeper, meeting, internal=SECRET, discussion="Warga setuju.")

    def seen() -> tuple[int, int, int, bool]:
        front = client.get("/p/melati/").content.decode()
        return (
            member.get(address(meeting, "notulen/")).status_code,
            status(member, pdf),
            client.get(public).status_code,
            "Kerja bakti RW 05" in front,
        )

    assert seen() == (404, 404, 404, False)
    who = by("secretary")
    with scope(community=community), pytest.raises(NotApprovedError):
        show_minutes(by=who, meeting=meeting, minutes=get_minutes_for(who, meeting),
                     shared=True, public=True)  # fmt: skip
    keeper.post(address(meeting, "notulen/sahkan/"))
    assert seen() == (404, 404, 404, False), "approved is not shown"
    file_of(community, who, meeting, "notulen", "pdf")
    keeper.post(address(meeting, "notulen/tampilkan/"), {"reach": "members"})
    assert seen() == (200, 200, 404, False)
    keeper.post(address(meeting, "notulen/tampilkan/"), {"reach": "public"})
    assert seen() == (200, 200, 200, True)
    page = client.get(public).content.decode()
    assert "Warga setuju." in page
    assert "3 orang" in page
    for text in (page, client.get("/p/melati/").content.decode(),
                 member.get(address(meeting, "notulen/")).content.decode(),
                 member.get(address(meeting)).content.decode()):  # fmt: skip
        assert SECRET not in text
    for name in NAMES:
        assert name not in page, "residents read no names"
    assert member.get(address(meeting, "berkas/daftar-hadir/pdf/")).status_code == 404
    for answer in (outsider.get(address(meeting, "notulen/")), outsider.get(pdf)):
        assert answer.status_code == 404
    assert client.get(f"/p/kenanga/notulen/{meeting.public_id}/").status_code == 404
    keeper.post(address(meeting, "notulen/buka/"), {"why": "Salah"})
    assert seen() == (404, 404, 404, False), "reopened ones are nobody's but the keepers'"
    keeper.post(address(meeting, "notulen/sahkan/"))
    assert seen() == (404, 404, 404, False), "approved anew they are shown when somebody says so"


def test_only_keepers_write_and_approve(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    for client in (outsider, client_of("member"), client_of("overseer"), Client()):
        for page in ("sahkan", "buka", "tampilkan"):
            assert client.post(address(meeting, f"notulen/{page}/"), {"why": "x"}).status_code in (
                302, 404,
            )  # fmt: skip
        assert client.get(address(meeting, "notulen/ubah/")).status_code in (302, 404)
    meeting.refresh_from_db()
    assert meeting.minutes_on is None
    member = by("member")
    with scope(community=community), pytest.raises(NotAllowedError):
        approve_minutes(by=member, meeting=meeting, minutes=get_minutes_for(member, meeting),
                        on=TODAY)  # fmt: skip


@pytest.mark.parametrize("on", [DAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1), "x"])
def test_the_day_of_approval_lies_between(
    on: object, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    answer = client.post(address(meeting, "notulen/sahkan/"), {"on": str(on)}, follow=True)
    assert "antara rapat dan hari ini" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.minutes_on is None


def test_two_who_write_at_once_lose_nothing(
    meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    form = fields_of(client.get(address(meeting, "notulen/ubah/")).content.decode())
    assert client.post(
        address(meeting, "notulen/ubah/"), {**form, "discussion": "Yang pertama."}
    ).status_code == 302  # fmt: skip
    answer = client.post(address(meeting, "notulen/ubah/"), {**form, "discussion": "Yang kedua."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Yang pertama." in page
    assert fields_of(page)["discussion"] == "Yang kedua."
    again = client.post(address(meeting, "notulen/ubah/"), fields_of(page))
    assert again.status_code == 302


def test_wording_mended_elsewhere_is_not_put_back(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    form = fields_of(client.get(address(meeting, "notulen/ubah/")).content.decode())
    with scope(community=community):
        Decision.objects.update(text="Diperbaiki di tempat lain")
    form |= {"discussion": "Ada.", "task-tl0001": "Sebar kabar ke RT"}
    assert client.post(address(meeting, "notulen/ubah/"), form).status_code == 302
    with scope(community=community):
        assert Decision.objects.get().text == "Diperbaiki di tempat lain"
        assert FollowUp.objects.get().text == "Sebar kabar ke RT"


def test_minutes_that_were_approved_elsewhere_may_be_shown_and_reopened(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], client: Client
) -> None:
    """Records taken in bring their day of approval, and no minutes of ours."""
    with scope(community=community):
        Meeting.objects.update(minutes_on=TODAY)
    assert "Kerja bakti RW 05" in client.get("/p/melati/").content.decode(), "as before"
    keeper = client_of("secretary")
    keeper.post(address(meeting, "notulen/tampilkan/"), {"reach": "members"})
    assert client_of("member").get(address(meeting, "notulen/")).status_code == 200
    keeper.post(address(meeting, "notulen/buka/"), {"why": "Perlu dilengkapi"})
    meeting.refresh_from_db()
    assert meeting.minutes_on is None


def test_a_planned_meeting_has_a_list_to_sign_and_no_minutes(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client],
    by: Callable[..., Who],
) -> None:  # fmt: skip
    who = by("secretary")
    with scope(community=community):
        Meeting.objects.update(status="planned")
        meeting.refresh_from_db()
        sheet = attendance_sheet(who, meeting)
        with pytest.raises(NotHeldError):
            approve_minutes(by=who, meeting=meeting, minutes=get_minutes_for(who, meeting),
                            on=TODAY)  # fmt: skip
    assert not sheet.held
    client = client_of("secretary")
    assert client.get(address(meeting, "notulen/")).status_code == 404
    text = file_of(community, who, meeting, "daftar-hadir", "pdf")
    assert "Citra Contoh" in text, "everybody invited may sign"
    assert client.get(address(meeting, "berkas/rahasia/pdf/")).status_code == 404
