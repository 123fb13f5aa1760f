"""The demo: two invented communities, somebody in each role, and links to come in by.

Only for a data folder of its own: the links and the PIN are printed on the screen. What people
changed there is kept until the demo is started anew with ``--reset``.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

PIN = "258036"
KDW, TWIN = "kelapa-dua-wetan", "kenanga"
TWIN_SEED = 7
STUDIED = ("w2", "p2")
"""Rounds of the example that researcher's mode shows at once."""
MARK = "demo.json"

ROLES = ("secretary", "member", "field_officer", "overseer", "researcher", "administrator")
NAMES = {
    "secretary": "Ratna Ayu",
    "member": "Slamet Hadi",
    "field_officer": "Dewi Lestari",
    "overseer": "Bagus Prakoso",
    "researcher": "Intan Permata",
    "administrator": "Wahyu Nugroho",
}


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account: its role, invented name, and the link that opens it."""

    role: str
    name: str
    path: str


def seed(today: dt.date) -> list[Account]:
    """Fill an empty data folder with the example, or find it filled; the accounts.

    The dates of the records are shifted by whole weeks, so that the latest lies in the last seven
    days. Expects ``prepare()`` to have run.
    """
    from django.conf import settings

    mark = Path(settings.DATA) / MARK
    if mark.exists():
        return [Account(**one) for one in json.loads(mark.read_text("utf-8"))]
    accounts = _fill(today)
    mark.write_text(
        json.dumps([{"role": a.role, "name": a.name, "path": a.path} for a in accounts]), "utf-8"
    )
    return accounts


def _fill(today: dt.date) -> list[Account]:
    from django.db import transaction
    from django.urls import reverse
    from django_scopes import scope

    from satuhati.examples.generate import example, example_folder
    from satuhati.formats.package import read_any
    from satuhati.web.accounts import pins
    from satuhati.web.accounts.actions import issue_link
    from satuhati.web.profile.package import replace
    from satuhati.web.profile.snapshots import make_snapshot
    from satuhati.web.profile.tasks import refresh_snapshot
    from satuhati.web.register.models import Term
    from satuhati.web.results.tasks import compute_study
    from satuhati.web.tenancy.models import Community, Membership, User
    from satuhati.web.tenancy.who import Who

    packages = {
        KDW: read_any(example_folder())[0],
        TWIN: example(without_problems=True, seed=TWIN_SEED),
    }
    with transaction.atomic():
        communities = []
        for code, data in packages.items():
            latest = data.latest_dates()["as_of"].max()
            days = (today - latest).days // 7 * 7 if isinstance(latest, dt.date) else 0
            community = Community.objects.create(code=code, name=code, guide_done=True)
            replace(community, data.shifted(days))
            communities.append(community)
        first, twin = communities
        Community.objects.filter(pk=twin.pk).update(name="Kampung Kenanga (rekaan)", place="")
        Community.objects.filter(pk=first.pk).update(researcher_mode=True)
        program = Who(None, "administrator", first)
        accounts, hashed = [], ""
        for role in ROLES:
            user = User.objects.create_user(
                name=NAMES[role],
                email=f"{role.replace('_', '')}@contoh.invalid",
                is_administrator=role == "administrator",
            )
            given = "field_officer" if role == "administrator" else role
            membership = Membership.objects.create(user=user, community=first, role=given)
            if role in ("field_officer", "overseer", "administrator"):
                Membership.objects.create(user=user, community=twin, role=given)
            if role in ("secretary", "member"):
                with scope(community=first):
                    kinds = ("secretary",) if role == "secretary" else ("section_head",)
                    term = Term.objects.filter(post__kind__in=kinds).order_by("-start").first()
                    if term is not None:
                        membership.actor = term.actor
                        membership.save(update_fields=["actor"])
                        User.objects.filter(pk=user.pk).update(name=term.actor.name or user.name)
            token = issue_link(by=program, membership=membership)
            # One hash for all, for the demo alone: hashing takes its time on purpose.
            if hashed:
                User.objects.filter(pk=user.pk).update(pin=hashed)
                user.refresh_from_db()
            else:
                pins.set_pin(user, PIN)
                hashed = user.pin
            accounts.append(Account(role, user.name, reverse("personal_link", args=[token])))
    make_snapshot(first.pk)
    # The worker makes these while the first pages are looked at.
    refresh_snapshot.enqueue(first.pk)
    for code in STUDIED:
        compute_study.enqueue(first.pk, code)
    refresh_snapshot.enqueue(twin.pk)
    return accounts
