"""Both databases: what is set, and that two who save at once lose nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django_scopes import scope, scopes_disabled

import postgres_server
from satuhati.web.audit.models import AuditEntry
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.edits import ChangedMeanwhileError, save_over
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

ON_POSTGRES = bool(os.environ.get("DATABASE_URL"))


@pytest.mark.django_db
def test_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if ON_POSTGRES else "sqlite")
    if ON_POSTGRES:
        assert connection.pool is not None
        assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 0
        return
    with connection.cursor() as cursor:
        pragmas = {}
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            pragmas[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert connection.transaction_mode == "IMMEDIATE"


DESCRIBE = """
import json, django
django.setup()
from django.db import connection
{make}
look = connection.introspection
with connection.cursor() as cursor:
    found = {{}}
    for table in sorted(look.table_names(cursor)):
        columns = look.get_table_description(cursor, table)
        rules = look.get_constraints(cursor, table).values()
        found[table] = [
            sorted([c.name, str(c.type_code), c.null_ok, str(c.default)] for c in columns),
            sorted(json.dumps(rule, sort_keys=True, default=str) for rule in rules),
            sorted(look.get_relations(cursor, table).items()),
        ]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    print(json.dumps([found, cursor.fetchall()]))
"""


def in_a_fresh_database(name: str, place: Path, make: str) -> str:
    """The tables that ``make`` makes in an empty database that no test has touched."""
    given = {**os.environ, "SATUHATI_DATA": str(place / name)}
    if ON_POSTGRES:
        server, _, _ = given["DATABASE_URL"].rpartition("/")
        given["DATABASE_URL"] = f"{server}/{name}"
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name}")
            admin.execute(f"CREATE DATABASE {name}")
    run = subprocess.run(
        [sys.executable, "-c", DESCRIBE.format(make=make)],
        env=given, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.django_db  # on both databases
def test_the_first_start_makes_the_tables_that_migrations_make(tmp_path: Path) -> None:
    """Column for column, rule for rule; and migrations say what the models say."""
    walk = """
from django.core.management import call_command
call_command("makemigrations", check_changes=True, dry_run=True)
call_command("migrate", verbosity=0)
"""
    make = """
from django.core.management import call_command
from satuhati.web import server
server._make_tables()
call_command("migrate", verbosity=0, check_unapplied=True)
"""
    walked = in_a_fresh_database("walked", tmp_path, walk)
    made = in_a_fresh_database("made", tmp_path, make)
    assert json.loads(made.splitlines()[-1]) == json.loads(walked.splitlines()[-1])


def at_once(number: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run ``work`` in so many threads that begin together; what they raised."""
    start, raised = threading.Barrier(number), []

    def run(which: int) -> None:
        try:
            start.wait(10)
            work(which)
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.mark.django_db(transaction=True)
def test_actions_at_the_same_moment_are_all_counted_and_on_record(
    by: Callable[..., Who], community: Community
) -> None:
    who = by("secretary")

    @action("person.add", "register.edit")
    def add(*, by: Who, number: int) -> Outcome[Actor]:
        made = Actor.objects.create(
            community=community, public_id=f"n{number}", name="Ratna", kind="person", sector="pokja"
        )
        return Outcome(made, table="actors", code=made.public_id)

    def work(which: int) -> None:
        with scope(community=community):
            for i in range(3):
                add(by=who, number=which * 10 + i)

    assert at_once(8, work) == []
    community.refresh_from_db()
    assert community.data_version == 24
    with scopes_disabled():
        assert Actor.objects.filter(public_id__startswith="n").count() == 24
        assert AuditEntry.objects.filter(action="person.add").count() == 24


@pytest.mark.django_db(transaction=True)
def test_of_two_who_edit_the_same_row_the_second_is_told(community: Community) -> None:
    with scope(community=community):
        row = Actor.objects.create(
            community=community, public_id="p1", name="Ratna", kind="person", sector="pokja"
        )

    def work(which: int) -> None:
        with scope(community=community):
            mine = Actor.objects.get(pk=row.pk)
            save_over(mine, row.revision, {"name": f"Ratna {which}"})

    raised = at_once(2, work)
    assert [type(error) for error in raised] == [ChangedMeanwhileError]
    with scope(community=community):
        saved = Actor.objects.get(pk=row.pk)
    assert saved.revision == row.revision + 1
    told: ChangedMeanwhileError = raised[0]
    assert told.row.name == saved.name


def test_a_missing_postgresql_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(postgres_server.PostgresMissingError, match="apt-get install postgresql"):
        postgres_server.find_program("initdb-of-nobody")
    monkeypatch.setattr(postgres_server.pwd, "getpwnam", {}.__getitem__)
    monkeypatch.setattr(postgres_server.os, "geteuid", lambda: 0)
    with pytest.raises(postgres_server.PostgresMissingError, match="may not run PostgreSQL"):
        postgres_server.unprivileged()
