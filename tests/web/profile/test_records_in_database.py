"""The database holds exactly what the schema declares, and gives it back unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import models, transaction

from satuhati.core.community import CommunityData
from satuhati.core.profile.build import profile
from satuhati.core.profile.dossier import Dossier
from satuhati.core.stored import restored, stored
from satuhati.examples.generate import example_folder
from satuhati.formats.folder import read_folder, write_folder
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.web.profile.package import from_database, replace
from satuhati.web.profile.records import MODELS
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.surveys.models import Answer
from satuhati.web.tenancy.dataset import field_of
from satuhati.web.tenancy.models import Community

FIELDS: dict[str, type[models.Field]] = {
    "text": models.TextField,
    "choice": models.CharField,
    "time": models.CharField,
    "integer": models.BigIntegerField,
    "number": models.FloatField,
    "boolean": models.BooleanField,
    "date": models.DateField,
    "reference": models.ForeignKey,
}
GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "v1" / "package"


def held(model: type[models.Model], columns: tuple[Column, ...]) -> None:
    for column in columns:
        if column.name == "id":
            continue
        field = model._meta.get_field(field_of(column))
        assert isinstance(field, FIELDS[column.kind]), (model, column.name)
        assert field.null is not column.required, (model, column.name)
        if column.kind == "reference":
            assert field.related_model.table == column.table


def test_every_table_has_its_model_and_every_column_its_field() -> None:
    assert set(MODELS) == set(TABLES) - {"community"}
    for name, model in MODELS.items():
        held(model, TABLES[name].columns)
    held(Community, TABLES["community"].columns)
    held(Answer, ANSWER_KEYS)


def test_no_model_keeps_a_column_that_the_schema_does_not_know() -> None:
    own = {"id", "community", "public_id", "revision"}
    extra = {"item_order"}
    for name, model in MODELS.items():
        known = {field_of(c) for c in TABLES[name].columns}
        assert {f.name for f in model._meta.concrete_fields} - own - extra <= known, name


def stored_as(data: CommunityData) -> Community:
    community = Community.objects.create(code=data.communities[0], name="?")
    with transaction.atomic():
        replace(community, data)
    return community


@pytest.mark.django_db
@pytest.mark.parametrize("package", ["example", "golden"])
def test_what_comes_out_is_what_went_in(package: str, tmp_path: Path) -> None:
    data, _ = read_folder(example_folder() if package == "example" else GOLDEN)
    community = stored_as(data)
    out = from_database(community)
    assert out.equals(data)
    write_folder(out, tmp_path / "export")
    again, _ = read_folder(tmp_path / "export", community=community.code)
    assert again.equals(data)
    assert stored(profile(again, community.code)) == stored(profile(data, community.code))


@pytest.mark.django_db
def test_replacing_leaves_other_communities_alone() -> None:
    golden, _ = read_folder(GOLDEN)
    example, _ = read_folder(example_folder())
    first, second = stored_as(golden), stored_as(example)
    with transaction.atomic():
        replace(second, example)
    assert from_database(first).equals(golden)
    assert from_database(second).equals(example)


@pytest.mark.django_db
def test_a_snapshot_is_made_once_per_version_and_opens_to_the_same_results() -> None:
    data, _ = read_folder(example_folder())
    community = stored_as(data)
    made = make_snapshot(community.pk)
    assert made is not None
    again = make_snapshot(community.pk)
    assert again is not None
    assert again.pk == made.pk
    made.refresh_from_db()
    full = restored(Dossier, made.payload)
    assert stored(full) == made.payload
    assert full.profile.name == data["community"]["name"][0]
    Community.objects.filter(pk=community.pk).update(data_version=community.data_version + 1)
    later = make_snapshot(community.pk)
    assert later is not None
    assert later.pk != made.pk
