"""Survey answers to download: who may, what is inside, and that it is on record."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope

from satuhati.core.suppression import THRESHOLD
from satuhati.examples.generate import example_folder
from satuhati.web.audit.models import AuditEntry
from satuhati.web.profile import jobs
from satuhati.web.profile.models import BackgroundJob
from satuhati.web.profile.queries import SMALLEST
from satuhati.web.register.models import Actor
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.tenancy.models import Community

BASE = "/k/melati/laporan/unduh/"


@pytest.fixture
def example(community: Community, fill: Callable[[Community, Path], None]) -> Community:
    fill(community, example_folder())
    return community


def made(client: Client, form: str = "all", code: str = "w2") -> BackgroundJob:
    answer = client.post(BASE + "jawaban/", {"round": code, "form": form})
    assert answer.status_code == 302
    job = BackgroundJob.objects.latest("pk")
    assert answer.url == f"{BASE}{job.pk}/"
    return job


def test_a_round_as_a_statistician_needs_it(
    example: Community, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    client = client_of("researcher")
    page = client.get(BASE).content.decode()
    assert 'value="w2"' in page
    assert "160" in page
    job = made(client)
    jobs.give_answers(job.pk)
    assert client.get(f"{BASE}{job.pk}/").status_code == 200
    file = client.get(f"{BASE}{job.pk}/berkas/")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content)))
    assert {Path(n).suffix for n in packed.namelist()} == {".csv", ".R", ".xlsx", ".parquet",
                                                           ".sav", ".xml"}  # fmt: skip
    frame = pl.read_parquet(packed.read("warga.parquet"))
    assert frame.height == 160
    assert set(frame["round"]) == {"w2"}
    assert not {"id", "actor", "community"} & set(frame.columns)
    packed.extract("warga.sav", tmp_path)
    _, meta = pyreadstat.read_sav(tmp_path / "warga.sav", metadataonly=True)
    assert meta.column_names_to_labels["soc1"] == "Saya merasa menjadi bagian dari kampung ini."
    taken = AuditEntry.objects.get(action="answers.export")
    assert (taken.role, taken.table, taken.code) == ("researcher", "rounds", "w2")
    assert taken.details == {"rows": 160, "form": "all"}
    assert SMALLEST == THRESHOLD


def test_a_name_of_the_register_is_in_no_file(
    example: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=example):
        Round.objects.filter(public_id="p2").update(anonymous=False)
        people = list(Actor.objects.filter(kind="person").exclude(name=None)[:22])
        for one, person in zip(Answer.objects.filter(round__public_id="p2"), people, strict=True):
            Answer.objects.filter(pk=one.pk).update(actor=person)
    job = made(client_of("secretary"), "csv", "p2")
    jobs.give_answers(job.pk)
    job.refresh_from_db()
    with zipfile.ZipFile(Path(settings.UPLOADS) / str(job.pk) / job.file) as packed:
        text = packed.read("pokja.csv").decode()
    assert "person_number" in text
    assert not [p.public_id for p in people if f",{p.public_id}," in text or p.name in text]


def test_rounds_still_open_or_small_stay(
    example: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    with scope(community=example):
        Round.objects.filter(public_id="w2").update(end=dt.date(2999, 1, 1))
        kept = Answer.objects.filter(round__public_id="p2").values_list("pk", flat=True)[:4]
        Answer.objects.filter(round__public_id="p2").exclude(pk__in=list(kept)).delete()
    page = client.get(BASE).content.decode()
    assert 'value="w1"' in page
    for code in ("w2", "p2", "nobody"):
        assert f'value="{code}"' not in page
        sent = client.post(BASE + "jawaban/", {"round": code, "form": "csv"})
        assert sent.status_code == 404
    assert client.post(BASE + "jawaban/", {"round": "w1", "form": "exe"}).status_code == 404
    # Opened again between asking and making: it stays.
    job = made(client, "csv", "w1")
    with scope(community=example):
        Round.objects.filter(public_id="w1").update(end=dt.date(2999, 1, 1))
    jobs.give_answers(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file) == ("changed", "")


@pytest.mark.parametrize("role", ["resident", "member", "overseer"])
def test_others_neither_see_nor_get_it(
    example: Community, client_of: Callable[[str], Client], role: str, outsider: Client
) -> None:
    job = made(client_of("secretary"), "csv")
    jobs.give_answers(job.pk)
    for client in (client_of(role), outsider):
        assert 'value="w2"' not in client.get(BASE).content.decode()
        sent = client.post(BASE + "jawaban/", {"round": "w2", "form": "csv"})
        assert sent.status_code in (302, 404)
        assert client.get(f"{BASE}{job.pk}/berkas/").status_code in (302, 404)
    assert BackgroundJob.objects.filter(kind="answers").count() == 1


def test_who_lost_the_right_meanwhile_gets_nothing(
    example: Community, client_of: Callable[[str], Client]
) -> None:
    job = made(client_of("secretary"), "csv")
    assert job.by is not None
    job.by.memberships.all().delete()
    with pytest.raises(Exception, match=r"answers\.export"):
        jobs.give_answers(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file) == ("failed", "")
