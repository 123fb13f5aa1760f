"""The database holds exactly what the schema declares, and gives it back unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, models, transaction
from django_scopes import scope

from satuhati.core.community import CommunityData
from satuhati.core.profile.build import profile
from satuhati.core.profile.dossier import Dossier
from satuhati.core.stored import restored, stored
from satuhati.examples.generate import example_folder
from satuhati.formats.folder import read_folder, write_folder
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.models import Meeting, Reply
from satuhati.web.profile.package import from_database, replace
from satuhati.web.profile.records import MODELS
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Actor
from satuhati.web.surveys.models import Answer
from satuhati.web.tenancy.dataset import field_of
from satuhati.web.tenancy.models import Community, Membership, User

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
def test_what_stands_beside_the_records_follows_a_replacement(tmp_path: Path) -> None:
    """A link, a reply, a check-in and a membership stay with the person of the same id."""
    data, _ = read_folder(example_folder())
    community = stored_as(data)
    with scope(community=community):
        one, two = Actor.objects.filter(kind="person").order_by("public_id")[:2]
        meeting = Meeting.objects.first()
        user = User.objects.create_user(name="Contoh")
        member = Membership.objects.create(user=user, community=community, role="member", actor=one)
        link = AnswerLink.objects.create(community=community, actor=one, invited_by=two)
        Reply.objects.create(community=community, meeting=meeting, actor=one, answer="present")
        Reply.objects.create(community=community, meeting=meeting, actor=two, answer="ill")
        lonely = AnswerLink.objects.create(community=community, actor=Actor.objects.create(
            community=community, public_id="hanya-di-sini", kind="person"))  # fmt: skip
        other = AnswerLink.objects.create(community=community, actor=two, invited_by=lonely.actor)
        salt, code = link.salt, one.public_id
    with transaction.atomic():
        replace(community, data)
    with scope(community=community):
        link.refresh_from_db()
        member.refresh_from_db()
        assert (link.salt, link.actor.public_id) == (salt, code)
        assert link.actor.pk != one.pk, "a new row"
        assert link.invited_by is not None
        assert link.invited_by.public_id == two.public_id
        assert member.actor == link.actor
        assert Reply.objects.filter(actor=link.actor).get().meeting.public_id == meeting.public_id
        assert not AnswerLink.objects.filter(pk=lonely.pk).exists(), "its person is gone"
        other.refresh_from_db()
        assert other.invited_by is None, "who should ask them is gone, the link is not"
        connection.check_constraints()


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
