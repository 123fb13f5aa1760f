"""Communities, the people who sign in, what they may do where, and their personal links."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from satuhati.web.tenancy.rules import ROLES


class Community(models.Model):
    """A community of this server: its row of the schema, and how it uses the program."""

    table: ClassVar[str] = "community"

    code = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    synthetic = models.BooleanField(null=True, blank=True)
    geographic = models.BooleanField(null=True, blank=True)
    social = models.BooleanField(null=True, blank=True)
    interest = models.BooleanField(null=True, blank=True)
    urban = models.CharField(max_length=40, null=True, blank=True)
    economic = models.CharField(max_length=40, null=True, blank=True)
    settlement = models.CharField(max_length=40, null=True, blank=True)
    initiated_by = models.CharField(max_length=40, null=True, blank=True)
    funded_by = models.CharField(max_length=40, null=True, blank=True)
    official_code = models.TextField(null=True, blank=True)
    place = models.TextField(null=True, blank=True)
    decree = models.TextField(null=True, blank=True)
    founded = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, null=True, blank=True)
    adults = models.BigIntegerField(null=True, blank=True)
    households = models.BigIntegerField(null=True, blank=True)
    description = models.TextField(null=True, blank=True)

    revision = models.PositiveIntegerField(default=0)
    data_version = models.PositiveBigIntegerField(default=0)
    """Raised by every action on the records; snapshots are keyed by it."""
    researcher_mode = models.BooleanField(default=False)
    public_page = models.BooleanField(default=True)
    public_contact = models.TextField(blank=True, default="")
    record_votes = models.BooleanField(default=False)
    meeting_aids = models.BooleanField(default=False)
    """Check-in by QR code, a timer of the agenda, turns of speaking."""
    local_days = models.TextField(blank=True, default="")
    """Days and hours of the place that planning avoids: ``web.meetings.local_days``."""
    """Whether decisions keep how they were reached, with objections."""
    idle_minutes = models.PositiveSmallIntegerField(default=30)
    meeting_minutes = models.PositiveSmallIntegerField(default=120)
    """How long a meeting usually takes: the end that calendars ask for."""
    guide_done = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"community {self.code}"


def new_handle() -> str:
    return secrets.token_hex(12)


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, *, name: str, email: str | None = None, password: str | None = None, **fields: object
    ) -> User:
        user: User = self.model(name=name, email=email.lower() if email else None, **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in: by e-mail code, by passkey, or by a personal link and a PIN.

    The name is for greeting; what a community knows of a person is its ``actors`` row.
    """

    handle = models.CharField(max_length=40, unique=True, default=new_handle, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True, null=True, blank=True)
    language = models.CharField(max_length=2, default="id")
    pin = models.CharField(max_length=200, blank=True, default="")
    pin_failures = models.PositiveSmallIntegerField(default=0)
    pin_wait_until = models.DateTimeField(null=True, blank=True)
    sign_out_before = models.DateTimeField(null=True, blank=True)
    """Sessions older than this are over: "sign out on all devices"."""
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return f"user {self.pk}"


class Membership(models.Model):
    """What a user is in a community; ``actor`` is the person's own row there."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(code, code) for code in ROLES])
    actor = models.ForeignKey(
        "web.Actor", models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    since = models.DateField(default=timezone.localdate)
    ended = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "community"],
                condition=models.Q(ended__isnull=True),
                name="membership_once",
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class PersonalLink(models.Model):
    """A link sent to one person. Only its hash is kept; it expires and can be revoked."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class Attempt(models.Model):
    """How often something was tried from somewhere in a window of time: the rate limits."""

    scope = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    period = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scope", "key_hash", "period"], name="attempt_once")
        ]

    def __str__(self) -> str:
        return f"attempt {self.scope}"
