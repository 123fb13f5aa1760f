"""What is done to people, posts, areas and assets: whole, on record, and never over others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satuhati.web.audit.models import AuditEntry
from satuhati.web.register.actions import (
    add_actor,
    add_asset,
    edit_actor,
    leave_actor,
    remove_actor,
    use_asset,
)
from satuhati.web.register.forms import plain_text
from satuhati.web.register.models import Actor, Area, Asset, Post, Term
from satuhati.web.register.queries import get_expiring_terms_for, get_structure_for
from satuhati.web.register.references import StillReferredToError, pointing_at
from satuhati.web.register.structure_actions import (
    AlreadyInOfficeError,
    add_areas,
    add_post,
    edit_term,
    end_term,
    set_term,
)
from satuhati.web.tenancy import keys
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

pytestmark = pytest.mark.django_db
NAMES = ('Siti "Ita" O\'Neil', "Budi 🌸", "محمد علي", "<b>Dewi</b>", "=HYPERLINK(1)", "Ñoño é")


@pytest.fixture
def here(community: Community) -> Iterator[Community]:
    with scope(community=community):
        yield community


@pytest.fixture
def keeper(here: Community, by: Callable[..., Who]) -> Who:
    return by("secretary")


def add_person(who: Who, fields: dict[str, object]) -> Actor:
    return add_actor(by=who, kind="person", **fields)


def some_post(who: Who, **fields: object) -> Post:
    return add_post(by=who, fields={"name": "Ketua", "kind": "chair", "section": None, **fields})


def test_people_get_codes_of_their_own_and_stand_in_the_trail_without_their_values(
    keeper: Who,
) -> None:
    first = add_person(keeper, {"name": "Sari Contoh", "sex": "female", "phone": None})
    second = add_person(keeper, {"name": "Sari Contoh"})
    assert (first.public_id, second.public_id) == ("a0001", "a0002")
    entries = AuditEntry.objects.filter(action="person.add")
    assert [e.details for e in entries.order_by("pk")] == [
        {"fields": ["kind", "name", "sex"]},
        {"fields": ["kind", "name"]},
    ]
    assert keeper.community is not None
    assert Community.objects.get(pk=keeper.community.pk).data_version == 2


@pytest.mark.parametrize("role", ["member", "researcher", "overseer"])
def test_only_keepers_change_the_register(
    role: str, here: Community, by: Callable[..., Who]
) -> None:
    with pytest.raises(NotAllowedError):
        add_person(by(role), {"name": "Sari"})
    with pytest.raises(NotAllowedError):
        add_areas(by=by(role), rw=[1])
    assert not AuditEntry.objects.exists()


def test_the_second_of_two_editors_is_told(keeper: Who) -> None:
    made = add_person(keeper, {"name": "Sari"})
    other = Actor.objects.get(pk=made.pk)
    edit_actor(by=keeper, actor=made, revision=0, fields={"name": "Sari Dewi"})
    with pytest.raises(ChangedMeanwhileError) as told:
        edit_actor(by=keeper, actor=other, revision=0, fields={"name": "Sari Ayu"})
    assert told.value.row.name == "Sari Dewi"
    assert Actor.objects.get(pk=made.pk).name == "Sari Dewi"


def test_who_is_spoken_of_leaves_but_is_not_removed(keeper: Who) -> None:
    person = add_person(keeper, {"name": "Sari"})
    post = some_post(keeper)
    term = set_term(by=keeper, post=post, actor=person, start=dt.date(2024, 1, 1))
    with pytest.raises(StillReferredToError) as error:
        remove_actor(by=keeper, actor=person)
    assert error.value.tables == {"terms": 1}
    assert leave_actor(by=keeper, actor=person, on=dt.date(2025, 6, 30)) == 1
    term.refresh_from_db()
    assert term.end == dt.date(2025, 6, 30)
    other = add_person(keeper, {"name": "Salah Ketik"})
    remove_actor(by=keeper, actor=other)
    assert not Actor.objects.filter(public_id=other.public_id).exists()


def test_every_reference_to_people_is_known_to_the_remover() -> None:
    found = {(f.model.__name__, f.name) for f in pointing_at(Actor)}
    assert {("Term", "deputy"), ("Attendance", "represented_by"), ("Tie", "target"),
            ("Membership", "actor"), ("Actor", "organization")} <= found  # fmt: skip


def test_a_post_passes_on_and_is_not_held_twice(keeper: Who) -> None:
    post = some_post(keeper)
    one = add_person(keeper, {"name": "Sari"})
    two = add_person(keeper, {"name": "Budi"})
    first = set_term(by=keeper, post=post, actor=one, start=dt.date(2023, 1, 1), decree="1/2023")
    with pytest.raises(AlreadyInOfficeError):
        set_term(by=keeper, post=post, actor=one, start=dt.date(2024, 1, 1))
    set_term(by=keeper, post=post, actor=two, start=dt.date(2025, 1, 1), ends_others=True)
    first.refresh_from_db()
    assert first.end == dt.date(2024, 12, 31)
    again = set_term(by=keeper, post=post, actor=one, start=dt.date(2026, 1, 1))
    with pytest.raises(AlreadyInOfficeError):
        edit_term(
            by=keeper, term=again, revision=0, fields={"start": dt.date(2024, 6, 1), "end": None}
        )
    end_term(by=keeper, term=again, on=dt.date(2020, 1, 1))
    again.refresh_from_db()
    assert again.end == again.start  # never before it began


def test_terms_that_end_soon_come_first(keeper: Who) -> None:
    today = today_in(keeper.community)
    post = some_post(keeper)
    for n, days in enumerate((90, 60, 1, 0, -1)):
        person = add_person(keeper, {"name": f"Orang {n}"})
        end = today + dt.timedelta(days=days)
        set_term(by=keeper, post=post, actor=person, start=dt.date(2020, 1, 1), end=end)
    found = get_expiring_terms_for(keeper, 60)
    assert [(t.end - today).days for t in found] == [0, 1, 60]


def test_the_working_group_stands_by_section_heads_first(keeper: Who) -> None:
    member = some_post(
        keeper, name="Anggota Seksi Ekonomi", kind="section_member", section="ekonomi"
    )
    some_post(keeper, name="Ketua Seksi Ekonomi", kind="section_head", section="ekonomi")
    some_post(keeper)
    person = add_person(keeper, {"name": "Sari"})
    set_term(by=keeper, post=member, actor=person, start=dt.date(2024, 1, 1))
    parts = get_structure_for(keeper)
    assert [p.section for p in parts] == ["", "ekonomi"]
    assert [h.post.kind for h in parts[1].posts] == ["section_head", "section_member"]
    assert (parts[0].people, parts[1].people) == (0, 1)


def test_rw_and_rt_in_one_go_and_again_without_doubles(keeper: Who) -> None:
    village = Area.objects.create(
        community=keeper.community, public_id="kel", name="Melati", level="village"
    )
    made = add_areas(by=keeper, rw=range(1, 3), rt=range(1, 4), village=village)
    assert len(made) == 2 + 2 * 3
    assert add_areas(by=keeper, rw=range(1, 4), rt=range(1, 4), village=village)[0].name == "RW 03"
    assert Area.objects.filter(level="rt").count() == 9
    rt = Area.objects.get(name="RT 02/RW 03")
    assert rt.parent is not None
    assert (rt.parent.name, rt.parent.parent) == ("RW 03", village)


def test_the_last_use_of_an_asset_counts(keeper: Who) -> None:
    asset = add_asset(by=keeper, name="Tenda", direction="offered", since=dt.date(2024, 1, 1))
    use_asset(by=keeper, asset=asset, on=dt.date(2025, 5, 1), used_for="Kerja bakti")
    use_asset(by=keeper, asset=asset, on=dt.date(2025, 3, 1), used_for="Posyandu")
    asset = Asset.objects.get()
    assert (asset.used_on, asset.used_for) == (dt.date(2025, 5, 1), "Kerja bakti")


@pytest.mark.parametrize("name", NAMES)
def test_names_survive(name: str, keeper: Who) -> None:
    made = add_person(keeper, {"name": plain_text(name)})
    made.refresh_from_db()
    assert made.name == plain_text(name)
    if name.isprintable():
        assert made.name == name


@given(st.text(max_size=60))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_tidied_once_and_stays(keeper: Who, text: str) -> None:
    tidy = plain_text(text)
    assert plain_text(tidy) == tidy
    assert tidy == " ".join(tidy.split())
    made = add_person(keeper, {"name": tidy})
    made.refresh_from_db()
    assert made.name == tidy


def test_whoever_was_quicker_keeps_the_code(keeper: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    add_person(keeper, {"name": "Sari"})
    free = iter([1, 1, 2])  # as two see it who add at the same time
    monkeypatch.setattr(keys, "next_number", lambda model: next(free))
    assert add_person(keeper, {"name": "Budi"}).public_id == "a0002"


def test_terms_of_another_community_are_out_of_reach(keeper: Who, elsewhere: Community) -> None:
    with scope(community=elsewhere):
        Post.objects.create(community=elsewhere, public_id="x", name="Ketua", kind="chair")
    assert not Post.objects.filter(public_id="x").exists()
    assert not Term.objects.exists()
