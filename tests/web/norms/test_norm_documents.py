"""Documents of rules: known by their content, kept in the data folder, backed up, the team's."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from satuhati.web.audit.models import AuditEntry
from satuhati.web.backup import make_backup, restore
from satuhati.web.norms.models import Norm
from satuhati.web.tenancy import files
from satuhati.web.tenancy.models import Community

BASE = "/k/melati/norma/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
MAKE = 0x010F


def photo() -> bytes:
    """A photo that says which telephone took it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[MAKE] = "Telepon Rahasia"
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


JPEG = photo()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.UPLOADS = tmp_path / "files"


@pytest.fixture
def rule(community: Community) -> Norm:
    with scope(community=community):
        found: Norm = Norm.objects.create(
            community=community, public_id="n1", text="Rapat tiap Selasa", kind="written"
        )
    return found


def send(client: Client, content: bytes, name: str = "SK Lurah.pdf", **more: str) -> object:
    sent = SimpleUploadedFile(name, content, content_type="text/html")  # what it claims is nothing
    return client.post(f"{BASE}n1/dokumen/", {"file": sent, **more})


def kept(community: Community) -> list[files.KeptFile]:
    with scope(community=community):
        return list(files.KeptFile.objects.all())


def test_a_document_is_attached_fetched_and_taken_away(
    community: Community, client_of: Callable[[str], Client], rule: Norm,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    client, member = client_of("secretary"), client_of("member")
    for _ in range(2):  # a second tap
        assert send(client, PDF, "..\\SK <b>Lurah</b>.exe", once="a").status_code == 302
    (file,) = kept(community)
    assert file.name == "b_.pdf" or file.name.endswith(".pdf")
    assert "<" not in file.name
    assert file.path.read_bytes() == PDF
    assert file.path.stat().st_mode & 0o077 == 0, "readable by its owner only"
    page = member.get(f"{BASE}n1/").content.decode()
    assert file.name in page
    assert f"dokumen/{file.key}/hapus" not in page, "a member may not take it away"
    answer = member.get(f"{BASE}n1/dokumen/{file.key}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    path = file.path
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{BASE}n1/dokumen/{file.key}/hapus/").status_code == 302
    assert kept(community) == []
    assert not path.exists()
    done = AuditEntry.objects.filter(action__startswith="norm.").values_list("action", flat=True)
    assert list(done.order_by("pk")) == ["norm.attach", "norm.detach"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><script>alert(1)</script>", "bukan PDF"),
        (b"GIF89a", "bukan PDF"),
        (b"MZ\x90\x00", "bukan PDF"),
        (b"", "bukan PDF"),
        (PDF + b"0" * 15_000_001, "15 MB"),
    ],
)
def test_other_content_is_refused_kindly(
    content: bytes, why: str, community: Community, client_of: Callable[[str], Client], rule: Norm
) -> None:
    answer = send(client_of("secretary"), content, "surat.pdf")
    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert kept(community) == []
    assert client_of("secretary").post(f"{BASE}n1/dokumen/", {}).status_code == 400


def test_a_photo_is_known_by_its_content(
    community: Community, client_of: Callable[[str], Client], rule: Norm
) -> None:
    assert send(client_of("secretary"), JPEG, "foto").status_code == 302
    (file,) = kept(community)
    assert file.name == "foto.jpg"


def test_documents_are_the_teams(
    community: Community, client_of: Callable[[str], Client], outsider: Client, rule: Norm,
    elsewhere: Community,
) -> None:  # fmt: skip
    send(client_of("secretary"), PDF)
    (file,) = kept(community)
    there = f"{BASE}n1/dokumen/{file.key}/"
    for client in (outsider, client_of("overseer"), client_of("researcher")):
        assert client.get(there).status_code == 404
        assert send(client, PDF).status_code == 404
    assert Client().get(there).status_code == 302, "who is not signed in is asked to"
    assert send(client_of("member"), PDF).status_code == 404
    assert client_of("member").post(f"{there}hapus/").status_code == 404
    # By way of another norm, or another community, it is not to be had either.
    assert client_of("member").get(f"{BASE}n2/dokumen/{file.key}/").status_code == 404
    with scope(community=elsewhere):
        Norm.objects.create(community=elsewhere, public_id="n1", text="x", kind="written")
    assert outsider.get(f"/k/kenanga/norma/n1/dokumen/{file.key}/").status_code == 404
    file.path.unlink()
    assert client_of("member").get(there).status_code == 404, "lost on the disk is not found"


@given(st.text(max_size=300))
def test_any_name_becomes_a_plain_one(name: str) -> None:
    found = files.own_name(name, ".pdf")
    assert found.endswith(".pdf")
    assert len(found.encode()) <= files.NAME_BYTES + 4
    assert not set(found) & set('/\\<>"\n\r\0:')


def test_the_backup_holds_documents(
    community: Community, client_of: Callable[[str], Client], rule: Norm, tmp_path: Path
) -> None:
    send(client_of("secretary"), PDF)
    (file,) = kept(community)
    with sqlite3.connect(tmp_path / "satuhati.sqlite3") as made:
        made.execute("CREATE TABLE web_community (id)")
        made.execute("CREATE TABLE django_migrations (app, name)")
    made.close()
    make_backup(tmp_path, tmp_path / "salinan.tar.gz")
    restore(tmp_path / "salinan.tar.gz", tmp_path / "baru")
    relative = file.path.relative_to(settings.UPLOADS.parent)
    assert (tmp_path / "baru" / relative).read_bytes() == PDF


def test_files_without_a_row_are_swept(
    community: Community, client_of: Callable[[str], Client], rule: Norm
) -> None:
    send(client_of("secretary"), PDF)
    (file,) = kept(community)
    stray = file.path.with_name("0" * 32 + ".pdf")
    stray.write_bytes(PDF)
    os.utime(stray, (1000, 1000))
    fresh = file.path.with_name("1" * 32 + ".pdf")
    fresh.write_bytes(PDF)
    assert files.sweep(older_than=2000) == 1
    assert not stray.exists()
    assert file.path.exists()
    assert fresh.exists(), "one that is being written now"


def test_of_a_photo_only_the_picture_is_kept(
    community: Community, client_of: Callable[[str], Client], rule: Norm
) -> None:
    assert b"Rahasia" in JPEG
    client = client_of("secretary")
    assert send(client, JPEG, "SK.png").status_code == 302
    (file,) = kept(community)
    assert file.name == "SK.jpg"
    stored = file.path.read_bytes()
    assert b"Rahasia" not in stored
    assert (file.size, file.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    broken = send(client, JPEG[:200], "SK.jpg")
    assert broken.status_code == 400
    assert "Foto ini tidak bisa dibaca" in broken.content.decode()
    assert len(kept(community)) == 1
