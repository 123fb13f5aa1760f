"""A community, somebody in each role, and an outsider from another community. All invented."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings

# On SQLite as in life: a file, with its journal and locks. In memory two threads would share one
# connection's locks, and nothing would be learnt about saving at the same time.
if settings.DATABASES["default"] is settings.SQLITE:
    settings.SQLITE.setdefault("TEST", {})["NAME"] = settings.DATA / "test.sqlite3"

django.setup()  # models cannot be imported before

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django_scopes import scope  # noqa: E402

from satuhati.core.community import CommunityData  # noqa: E402
from satuhati.examples.generate import example_folder  # noqa: E402
from satuhati.formats.folder import read_folder  # noqa: E402
from satuhati.web.profile.jobs import renamed  # noqa: E402
from satuhati.web.profile.models import Snapshot, SnapshotPage  # noqa: E402
from satuhati.web.profile.package import replace  # noqa: E402
from satuhati.web.profile.snapshots import make_snapshot  # noqa: E402
from satuhati.web.register.models import Actor  # noqa: E402
from satuhati.web.tenancy import memory  # noqa: E402
from satuhati.web.tenancy.clock import today_in  # noqa: E402
from satuhati.web.tenancy.models import Community, Membership, User  # noqa: E402
from satuhati.web.tenancy.who import Who, who_is  # noqa: E402

# Hashing a PIN takes long on purpose; the tests hash hundreds.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 8
Argon2PasswordHasher.parallelism = 1

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database: the rest was tried on SQLite."""
    if not os.environ.get("DATABASE_URL"):
        return
    names = {"db", "transactional_db"}
    idle = [
        item
        for item in items
        if item.path.is_relative_to(HERE)
        and item.get_closest_marker("django_db") is None
        and not names & set(getattr(item, "fixturenames", ()))
    ]
    if idle:
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if item not in idle]


PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(scope="session", autouse=True)
def _plain_static_files() -> Iterator[None]:
    """Tests need no collected files; the server's own test collects them."""
    with override_settings(STORAGES=PLAIN_FILES):
        yield


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables straight from the models: that migrations make the same is tested once."""
    return False


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Tests also change rows without an action, so nothing is kept from one to the next."""
    memory.forget()


@pytest.fixture
def community(db: None) -> Community:
    return Community.objects.create(code="melati", name="Kampung Melati", synthetic=True)


@pytest.fixture
def elsewhere(db: None) -> Community:
    return Community.objects.create(code="kenanga", name="Kampung Kenanga", synthetic=True)


@functools.cache
def records(folder: Path) -> CommunityData:
    """The records of a package, read once: nobody can change them."""
    return read_folder(folder)[0]


@pytest.fixture
def fill(db: None) -> Callable[[Community, Path], None]:
    """``fill(community, folder)``: the community with the records of a package.

    Once the example is a season old its days are moved up by whole weeks, as those of the demo
    are: pages that look a year back shall find it also in a year.
    """

    def put(where: Community, folder: Path) -> None:
        data = records(folder)
        if folder == example_folder():
            newest = data.latest_dates()["as_of"].max()
            assert isinstance(newest, dt.date)
            age = (today_in(where) - newest).days
            data = data.shifted(age // 7 * 7) if age > 90 else data
        with transaction.atomic():
            replace(where, renamed(data, where.code))
        where.refresh_from_db()

    return put


COMPUTED: dict[object, tuple[Snapshot, list[SnapshotPage]]] = {}


@pytest.fixture
def snapshot(db: None) -> Callable[[Community, object], None]:
    """``snapshot(community, records)``: as the worker makes it of the records that are named so.

    It follows from them, the code and the day, and from no key of a row; so it is computed once
    and written again afterwards. A test in ``profile/test_report_pages.py`` holds it to that.
    """

    def put(where: Community, of: object) -> None:
        key = (of, where.code, today_in(where))
        if key not in COMPUTED:
            made = make_snapshot(where.pk)
            assert made is not None
            COMPUTED[key] = made, list(SnapshotPage.objects.filter(snapshot=made))
            return
        once, pages = COMPUTED[key]
        again = copy.copy(once)
        again.pk, again.community, again.data_version = None, where, where.data_version
        again.save(force_insert=True)
        copies = [copy.copy(page) for page in pages]
        for page in copies:
            page.pk, page.snapshot = None, again
        SnapshotPage.objects.bulk_create(copies)

    return put


@pytest.fixture
def make_member(db: None) -> Callable[..., User]:
    """``make_member(community, role, name=…)``: a user with that role there."""

    def make(where: Community, role: str = "member", name: str = "Ratna Melati") -> User:
        number = User.objects.count() + 1
        user = User.objects.create_user(name=name, email=f"orang{number}@contoh.invalid")
        if role == "administrator":
            User.objects.filter(pk=user.pk).update(is_administrator=True)
            user.refresh_from_db()
            return user
        with scope(community=where):
            actor = Actor.objects.create(
                community=where, public_id=f"u{number}", name=name, kind="person", sector="pokja"
            )
        Membership.objects.create(user=user, community=where, role=role, actor=actor)
        return user

    return make


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def client_of(community: Community, make_member: Callable[..., User]) -> Callable[[str], Client]:
    """``client_of(role)``: a browser of somebody with that role in ``community``."""

    def make(role: str) -> Client:
        return signed_in(None if role == "resident" else make_member(community, role))

    return make


@pytest.fixture
def outsider(elsewhere: Community, make_member: Callable[..., User]) -> Client:
    """The secretary of another community: gets a 404 everywhere in ``community``."""
    return signed_in(make_member(elsewhere, "secretary", "Sari Kenanga"))


@pytest.fixture
def by(community: Community, make_member: Callable[..., User]) -> Callable[..., Who]:
    """``by(role)``: who acts, for actions and queries."""

    def make(role: str = "secretary", **fields: Any) -> Who:
        found = who_is(make_member(community, role, **fields), community)
        assert found is not None
        return found

    return make
