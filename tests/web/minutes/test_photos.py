"""Photos of a meeting: stripped and bounded; who sees them; the text for the portal."""

from __future__ import annotations

import datetime as dt
import io
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from satuhati.web.meetings.actions import NewTask, Present, hold_meeting, plan_meeting
from satuhati.web.meetings.models import Meeting
from satuhati.web.minutes.models import MeetingPhoto
from satuhati.web.minutes.photos import place_of
from satuhati.web.minutes.portal import get_portal_text_for, without_names
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.tenancy import pictures
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.pictures import READABLE, SEEN, BadPhotoError, reencoded
from satuhati.web.tenancy.who import Who

TODAY = timezone.localdate()
DAY = TODAY - dt.timedelta(days=2)
GPS, ORIENTATION, MODEL = 0x8825, 0x0112, 0x0110


def picture(width: int = 400, height: int = 300, form: str = "JPEG", mode: str = "RGB") -> bytes:
    """A photo as a phone takes it: turned, with its place and its name in it."""
    made = Image.new(mode, (width, height), "red" if mode == "RGB" else 0)
    exif = Image.Exif()
    exif[ORIENTATION], exif[MODEL] = 6, "Telepon Rahasia"
    exif[GPS] = {1: "S", 2: (6.0, 20.0, 30.0), 3: "E", 4: (106.0, 53.0, 0.0)}
    out = io.BytesIO()
    made.save(out, form, exif=exif) if form != "GIF" else made.save(out, form)
    return out.getvalue()


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture
def meeting(community: Community, by: Callable[..., Who]) -> Meeting:
    with scope(community=community):
        return plan_meeting(by=by("secretary"), kind="pokja", date=DAY, title="Rapat contoh",
                            place="RPTRA Melati")  # fmt: skip


def address(meeting: Meeting, page: str = "") -> str:
    return f"/k/melati/rapat/{meeting.public_id}/{page}"


def sent(client: Client, meeting: Meeting, kind: str, *files: Any) -> Any:
    return client.post(address(meeting, "foto/"), {"kind": kind, "photo": list(files)})


def of(community: Community) -> list[MeetingPhoto]:
    with scope(community=community):
        return list(MeetingPhoto.objects.order_by("pk"))


def content_of(answer: Any) -> bytes:
    found = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return found


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"),
                                            ("JPEG", "L"), ("PNG", "P")])  # fmt: skip
def test_nothing_but_the_picture_is_kept(form: str, mode: str) -> None:
    before = picture(form=form, mode=mode)
    with Image.open(io.BytesIO(before)) as opened:
        assert opened.getexif()[MODEL] == "Telepon Rahasia"
        assert opened.getexif().get_ifd(GPS), "the test has a place to lose"
    made = reencoded(before, SEEN)
    with Image.open(io.BytesIO(made.content)) as after:
        assert after.format == "JPEG"
        assert not after.getexif()
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert after.size == (300, 400) == (made.width, made.height), "upright"
    assert b"Rahasia" not in made.content


def test_a_large_photo_is_made_small() -> None:
    noise = random.Random(7).randbytes(2400 * 1800 * 3)  # the worst for a JPEG
    out = io.BytesIO()
    Image.frombytes("RGB", (2400, 1800), noise).save(out, "JPEG", quality=95)
    made = reencoded(out.getvalue(), SEEN)
    assert max(made.width, made.height) == 1600
    assert len(made.content) <= SEEN.kept
    assert len(out.getvalue()) > 4_000_000


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadPhotoError):
        reencoded(picture(6_000, 4_500, "PNG"), SEEN)
    monkeypatch.setattr(pictures, "MOST_PIXELS", 400 * 300 - 1)
    with pytest.raises(BadPhotoError):
        reencoded(picture(), SEEN)


@given(st.one_of(st.binary(max_size=300), st.integers(0, 10**6)))
def test_no_bytes_raise_anything_else(what: bytes | int) -> None:
    whole = picture(60, 40)
    content = what if isinstance(what, bytes) else whole[: what % len(whole)]
    try:
        made = reencoded(content, READABLE)
    except BadPhotoError:
        return
    assert made.content.startswith(b"\xff\xd8")


def test_photos_are_kept_seen_and_taken_out(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    keeper, member = client_of("secretary"), client_of("member")
    assert sent(keeper, meeting, "event", upload(picture()), upload(picture())).status_code == 302
    assert sent(keeper, meeting, "sheet", upload(picture())).status_code == 302
    one, _, sheet = of(community)
    place = place_of(community, one.key)
    assert place.is_relative_to(settings.UPLOADS), "where the backup looks"
    assert place.stat().st_mode & 0o077 == 0
    where = address(meeting, f"foto/{one.key}/")
    answer = member.get(where)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert content_of(answer) == place.read_bytes()
    assert where in member.get(address(meeting)).content.decode()
    sheet_at = address(meeting, f"foto/{sheet.key}/")
    content_of(keeper.get(sheet_at))
    assert member.get(sheet_at).status_code == 404, "signatures are for keepers"
    for stranger in (outsider, client_of("overseer"), client_of("researcher")):
        assert stranger.get(where).status_code == 404
        assert stranger.get(address(meeting, "foto/")).status_code == 404
        assert stranger.post(f"{where}hapus/").status_code == 404
    assert Client().get(where).status_code == 302
    for form in (member, outsider):
        assert sent(form, meeting, "event", upload(picture())).status_code == 404
    assert member.post(f"{where}hapus/").status_code == 404
    assert keeper.get(address(meeting, "foto/x/")).status_code == 404
    beside = keeper.get(address(meeting, "selesai/")).content.decode()
    assert sheet_at in beside, "the sheet beside the list"
    assert where not in beside
    packed = keeper.get(address(meeting, "foto/semua.zip"))
    with zipfile.ZipFile(io.BytesIO(content_of(packed))) as archive:
        assert len(archive.namelist()) == 2, "the signed sheet stays inside"
    assert member.get(address(meeting, "foto/semua.zip")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_photo_taken_out_is_gone_with_its_file(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    keeper = client_of("secretary")
    sent(keeper, meeting, "event", upload(picture()))
    (one,) = of(community)
    place = place_of(community, one.key)
    assert place.is_file()
    assert keeper.post(address(meeting, f"foto/{one.key}/hapus/")).status_code == 302
    assert not place.exists()
    assert of(community) == []


def test_more_than_there_is_room_for_is_said(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client]
) -> None:
    keeper = client_of("secretary")
    answer = sent(keeper, meeting, "event", *[upload(picture(20, 20)) for _ in range(6)])
    assert answer.status_code == 400
    assert "hanya ada tempat untuk 5" in answer.content.decode()
    assert len(of(community)) == 5
    assert sent(keeper, meeting, "other", upload(picture())).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "tidak terbaca sebagai foto"), (b"%PDF-1.7", "tidak terbaca sebagai foto"),
     (picture(form="GIF", mode="L"), "tidak terbaca sebagai foto"),
     (b"<svg onload=alert(1)>", "tidak terbaca sebagai foto")],
)  # fmt: skip
def test_a_bad_file_gets_one_clear_message(
    content: bytes, words: str, meeting: Meeting, community: Community,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    answer = sent(client_of("secretary"), meeting, "event", upload(content, "<b>x.jpg"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count('role="alert"') == 1
    if content:
        assert words in page
        assert "&lt;b&gt;x.jpg" in page
    assert of(community) == []


def test_a_file_too_large_is_said(
    meeting: Meeting, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from satuhati.web.minutes import photo_views

    monkeypatch.setattr(photo_views, "LARGEST_MB", 0)
    answer = sent(client_of("secretary"), meeting, "event", upload(picture()))
    assert "lebih besar dari 0 MB" in answer.content.decode()


def test_a_backup_holds_the_photos(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    from satuhati.web.backup import _others

    sent(client_of("secretary"), meeting, "event", upload(picture()))
    (one,) = of(community)
    listed = dict(_others(Path(settings.DATA)))
    name = place_of(community, one.key).relative_to(settings.DATA).as_posix()
    assert name in listed
    with tarfile.open(tmp_path / "x.tar", "w") as packed:
        packed.add(listed[name], name)
    assert not [n for n in listed if n.startswith("papers/")], "those are made again"


# -- the portal ----------------------------------------------------------------------------------


def test_the_text_for_the_portal_has_what_it_asks_for_and_nobodys_name(
    meeting: Meeting, community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    who = by("secretary")
    with scope(community=community):
        clinic = Actor.objects.create(community=community, public_id="o1", kind="organization",
                                      name="Puskesmas Contoh", sector="pemerintah")  # fmt: skip
        people = [
            Actor.objects.create(community=community, public_id=f"a{n}", kind="person",
                                 name=f"Aminah Contoh{'abcdef'[n]}",
                                 sector="pokja" if n else "pemerintah",
                                 organization=None if n else clinic)
            for n in range(6)
        ]  # fmt: skip
        post = Post.objects.create(community=community, public_id="j1", name="Seksi",
                                   kind="section_head", section="ekonomi")  # fmt: skip
        Term.objects.create(community=community, public_id="m1", post=post, actor=people[1],
                            start=DAY)  # fmt: skip
        held = hold_meeting(
            by=who, meeting=meeting, revision=0,
            attendance=[Present(p, "present") for p in people],
            tasks=[NewTask("Uang dipegang Aminah Contohb, dibantu Bu aminah", "Beli", "a1", None)],
        )  # fmt: skip
        text = get_portal_text_for(who, held)
    for words in ("Judul: Rapat contoh", "Tempat: RPTRA Melati", "dihadiri 6 orang", "1) Uang",
                  "Instansi/lembaga: Puskesmas Contoh", "1 tugas", "Seksi: Ekonomi",
                  "Sasaran: Pokja, Pemerintah"):  # fmt: skip
        assert words in text, (words, text)
    assert "Aminah" not in text
    assert "aminah" not in text
    assert "[nama], dibantu [nama]" in text
    page = client_of("secretary").get(address(meeting, "portal/")).content.decode()
    assert "data-copy" in page
    for client in (outsider, client_of("member"), client_of("overseer")):
        assert client.get(address(meeting, "portal/")).status_code == 404


def test_a_handful_is_not_counted_out(
    meeting: Meeting, community: Community, by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        one = Actor.objects.create(community=community, public_id="a1", kind="person", name="Ani")
        held = hold_meeting(by=who, meeting=meeting, revision=0, tasks=[],
                            attendance=[Present(one, "present")])  # fmt: skip
        assert "kurang dari 5 orang" in get_portal_text_for(who, held)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Uang dipegang BUDI   CONTOH.", "Uang dipegang [nama]."),
        ("Pak Budi dan ibu hamil", "[nama] dan ibu hamil"),
        ("Melati dan Sri", "Melati dan [nama]"),
        ("Budidaya lele", "Budidaya lele"),
        ("Hj. Contoh", "[nama]"),
        ("Srikandi", "Srikandi"),
    ],
)
def test_names_are_taken_out(text: str, left: str) -> None:
    names = ["Budi Contoh", "Sri", "Melati", "H. (x) Contoh+"]
    assert without_names(text, names, "Kampung Melati") == left
    assert without_names(text, []) == text


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=5))
def test_no_whole_name_is_left(text: str, names: list[str]) -> None:
    cleaned = without_names(f"{text} Siti Aminah {text}", [*names, "Siti Aminah"])
    assert "Siti Aminah" not in cleaned or any(n for n in names if n and n in "[nama]")
