"""Who acts: a user in a role, in a community or in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from satuhati.text import Language
from satuhati.web.tenancy import rules

if TYPE_CHECKING:
    from satuhati.web.tenancy.models import Community, Membership, User


class NotAllowedError(Exception):
    """An action without its right: a page should not have offered it."""


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a request or a command.

    ``membership`` is ``None`` for an administrator who is no member, and for people without an
    account. ``role`` is then ``administrator`` or ``resident``.
    """

    user: User | None
    role: str
    community: Community | None = None
    membership: Membership | None = None
    lang: Language = "id"

    def may(self, right: str) -> bool:
        return rules.may(self.role, right)

    def require(self, right: str) -> None:
        if not self.may(right):
            raise NotAllowedError(right)

    @property
    def name(self) -> str:
        return self.user.name if self.user else ""

    @property
    def initials(self) -> str:
        words = [w for w in self.name.split() if w[:1].isalpha()]
        return "".join(w[0] for w in words[:2]).upper() or "–"

    @property
    def role_label(self) -> str:
        return rules.ROLES[self.role](self.lang)


def program(community: Community | None = None) -> Who:
    """The program itself, as from the command line of the server: an administrator unnamed."""
    return Who(None, "administrator", community)


def member_at(user: User, code: str, lang: Language = "id") -> Who | None:
    """A member of the community of that code, read at one go: every page begins with it."""
    there = user.memberships.filter(community__code=code, ended__isnull=True)
    for found in there.select_related("community")[:1]:
        return Who(user, found.role, found.community, found, lang)
    return None


def who_is(user: User, community: Community, lang: Language = "id") -> Who | None:
    """A user in a community; ``None`` for an outsider."""
    found = user.memberships.filter(community=community, ended__isnull=True).first()
    if found is not None:
        return Who(user, found.role, community, found, lang)
    if user.is_administrator:
        return Who(user, "administrator", community, None, lang)
    return None
