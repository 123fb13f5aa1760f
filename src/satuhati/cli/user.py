"""``satuhati user``: accounts of the server, their roles and personal links.

Django is imported inside the commands: ``--help`` must not wait for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.cli.serve import PORT, Data, need_web, prepared, use_data
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Translator

if TYPE_CHECKING:
    from satuhati.web.tenancy.models import Community, Membership, User

Who = Annotated[str, typer.Argument(metavar="WHO", help="Number or e-mail of the account.")]
CommunityOption = Annotated[
    str | None, typer.Option("--community", help="Code of a community on the server.")
]


def register(app: typer.Typer) -> None:
    user = typer.Typer(
        no_args_is_help=True, help="Accounts of the server: who may sign in, with which role."
    )
    user.command("add")(add_command)
    user.command("list")(list_command)
    user.command("link")(link_command)
    user.command("disable")(disable_command)
    user.command("enable")(enable_command)
    app.add_typer(user, name="user")


def opened(lang: str | None, data: Path | None) -> Translator:
    """The server's database, ready; the words of the answer."""
    t = words(lang)
    need_web(t)
    use_data(data)
    prepared(pages=False)
    return t


def community_of(code: str) -> Community:
    """Raises :class:`InputError` where there is none of that code."""
    from satuhati.web.tenancy.models import Community

    found: Community | None = Community.objects.filter(code=code).first()
    if found is None:
        known = Community.objects.order_by("code").values_list("code", flat=True)[:8]
        fields = {"id": code, "known": ", ".join(known) or "–"}
        raise InputError(Problem("community_unknown", fields=fields))
    return found


def new_link(membership: Membership) -> str:
    """A new personal link; older ones of the person end."""
    from django.conf import settings
    from django.urls import reverse

    from satuhati.web.accounts.actions import issue_link
    from satuhati.web.tenancy.who import program

    token = issue_link(by=program(membership.community), membership=membership)
    base = settings.ADDRESS or f"http://localhost:{PORT}"
    return str(base + reverse("personal_link", args=[token]))


@guarded
def add_command(
    name: Annotated[str, typer.Argument(help="How the person is greeted.")],
    email: Annotated[
        str | None, typer.Option("--email", help="The code for signing in is sent there.")
    ] = None,
    community: CommunityOption = None,
    role: Annotated[
        str,
        typer.Option(
            "--role",
            help="In that community: member, secretary, field_officer, researcher or overseer.",
        ),
    ] = "secretary",
    administrator: Annotated[
        bool, typer.Option("--administrator", help="May open every community of the server.")
    ] = False,
    link: Annotated[
        bool, typer.Option("--link", help="Make a personal link although there is an e-mail.")
    ] = False,
    data: Data = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Make an account, or give one with that e-mail a further role.

    Without an e-mail the person comes in by a personal link and a PIN of their own: the link is
    printed once, here.

    Example: satuhati user add "Ratna Ayu" --email ratna@contoh.id --community melati
    """
    t = opened(lang, data)
    from django.conf import settings
    from django.db import transaction

    from satuhati.web.accounts.actions import GIVES, LastKeeperError, give_role_to
    from satuhati.web.accounts.keeping import add_account, checked_email
    from satuhati.web.tenancy.models import User
    from satuhati.web.tenancy.who import program

    if role not in GIVES["administrator"]:
        why = ", ".join(GIVES["administrator"])
        fields = {"option": "--role", "value": role, "why": why}
        raise InputError(Problem("option_invalid", fields=fields))
    if email is None and (community is None or administrator):
        raise InputError(Problem("account_without_way"))
    address = checked_email(email) if email is not None else None
    with transaction.atomic():
        where = community_of(community) if community is not None else None
        user = User.objects.filter(email=address).first() if address and where else None
        if user is None:
            user = add_account(by=program(), name=name, email=address, administrator=administrator)
        made = None
        if where is not None:
            try:
                membership = give_role_to(by=program(where), user=user, role=role)
            except LastKeeperError:
                raise InputError(Problem("keeper_is_last", fields={"code": where.code})) from None
            made = new_link(membership) if link or address is None else None
    doubts = []
    if address is not None and not settings.EMAIL_HOST:
        doubts.append(Doubt("mail_folder", {"folder": str(settings.DATA / "mail")}))
    if json:
        result = {"number": user.pk, "name": user.name, "link": made, "warnings": doubts}
        print_json(result, t.lang)
        return
    print(t("Account {number}: {name}.", number=user.pk, name=user.name))
    say_link(made, t)
    if address is not None:
        base = settings.ADDRESS or f"http://localhost:{PORT}"
        print(t("Signs in with a code by e-mail: {address}", address=f"{base}/masuk/"))
    print_warnings(doubts, t)


def say_link(link: str | None, t: Translator) -> None:
    if link is not None:
        print(t("Personal link, shown only now: {address}", address=link))
        print(t("The first time, the person chooses a PIN. Older links of theirs are closed."))


@guarded
def list_command(
    community: CommunityOption = None,
    data: Data = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Every account: roles, ways in, when it last signed in.

    Example: satuhati user list --community melati
    """
    t = opened(lang, data)
    from django.utils.timezone import localtime

    from satuhati.web.accounts.keeping import get_accounts_for
    from satuhati.web.tenancy.rules import ROLES
    from satuhati.web.tenancy.who import program

    if community is not None:
        community_of(community)
    found = get_accounts_for(program(), community)
    if json:
        users = [
            {
                "number": one.number,
                "name": one.name,
                "email": one.email,
                "active": one.active,
                "administrator": one.administrator,
                "roles": [{"community": code, "role": role} for code, role in one.roles],
                "link": one.link,
                "last_seen": one.last_seen.isoformat() if one.last_seen else None,
            }
            for one in found
        ]
        print_json({"users": users, "warnings": []}, t.lang)
        return
    if not found:
        print(t("There are no accounts yet: satuhati user add … --help"))
        return

    def roles(one: Any) -> str:
        held = [f"{code}: {ROLES[role](t.lang)}" for code, role in one.roles]
        return "\n".join([ROLES["administrator"](t.lang), *held] if one.administrator else held)

    def state(one: Any) -> str:
        if not one.active:
            return t("closed")
        return t.date(localtime(one.last_seen).date()) if one.last_seen else t("never yet")

    print_table(
        t("Accounts"),
        [t("No."), t("Name"), t("E-mail"), t("Link"), t("Roles"), t("Last signed in")],
        [
            (str(a.number), a.name, a.email or "–", t("yes") if a.link else "–", roles(a), state(a))
            for a in found
        ],
        right=[0],
    )


@guarded
def link_command(
    who: Who,
    community: CommunityOption = None,
    data: Data = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """A new personal link; older ones of the person end, and a new PIN is chosen.

    Example: satuhati user link 3
    """
    t = opened(lang, data)
    from satuhati.web.accounts.keeping import find_account

    membership = membership_of(find_account(who), who, community)
    made = new_link(membership)
    if json:
        result = {"number": membership.user_id, "community": membership.community.code,
                  "link": made, "warnings": []}  # fmt: skip
        print_json(result, t.lang)
        return
    say_link(made, t)


def membership_of(user: User, who: str, community: str | None) -> Membership:
    """The person's one role, or the one in ``community``. Raises :class:`InputError`."""
    if community is not None:
        community_of(community)
    held: list[Membership] = list(
        user.memberships.filter(ended__isnull=True).select_related("community")
    )
    right = [m for m in held if community in (None, m.community.code)]
    if len(right) != 1 or not user.is_active:
        choices = ", ".join(sorted(m.community.code for m in held)) or "–"
        raise InputError(Problem("account_role_ambiguous", fields={"who": who, "choices": choices}))
    return right[0]


@guarded
def disable_command(who: Who, data: Data = None, json: Json = False, lang: Lang = None) -> None:
    """Close an account: its links and sessions end at once. What it did stays on record.

    Example: satuhati user disable ratna@contoh.id
    """
    t = opened(lang, data)
    from satuhati.web.accounts.keeping import disable_account, find_account
    from satuhati.web.tenancy.who import program

    user = find_account(who)
    alone = disable_account(by=program(), user=user)
    doubts = [Doubt("community_without_keeper", {"code": code}) for code in alone]
    if json:
        print_json({"number": user.pk, "active": False, "warnings": doubts}, t.lang)
        return
    print(t("Account {number} is closed: {name}.", number=user.pk, name=user.name))
    print_warnings(doubts, t)


@guarded
def enable_command(who: Who, data: Data = None, json: Json = False, lang: Lang = None) -> None:
    """Open a closed account again. Its links have to be made anew.

    Example: satuhati user enable 3
    """
    t = opened(lang, data)
    from satuhati.web.accounts.keeping import enable_account, find_account
    from satuhati.web.tenancy.who import program

    user = find_account(who)
    enable_account(by=program(), user=user)
    if json:
        print_json({"number": user.pk, "active": True, "warnings": []}, t.lang)
        return
    print(t("Account {number} is open again: {name}.", number=user.pk, name=user.name))
