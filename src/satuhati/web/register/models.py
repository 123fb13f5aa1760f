"""People, places, posts, assets and consents of a community."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class Area(Row):
    """RT, RW and what lies above, as a tree."""

    table: ClassVar[str] = "areas"

    name = models.TextField()
    level = models.CharField(max_length=40)
    parent = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    official_code = models.TextField(null=True, blank=True)
    adults = models.BigIntegerField(null=True, blank=True)
    households = models.BigIntegerField(null=True, blank=True)


class ResidentCount(Row):
    """Adult residents by sex, age, schooling and RW: what those who take part are held against."""

    table: ClassVar[str] = "residents"

    year = models.BigIntegerField()
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    sex = models.CharField(max_length=40, null=True, blank=True)
    age_band = models.CharField(max_length=40, null=True, blank=True)
    schooling = models.CharField(max_length=40, null=True, blank=True)
    count = models.BigIntegerField()
    source = models.TextField(null=True, blank=True)


class Actor(Row):
    """People, informal groups, organisations and associations of them."""

    table: ClassVar[str] = "actors"

    name = models.TextField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    sector = models.CharField(max_length=40, null=True, blank=True)
    organization = models.ForeignKey(
        "web.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    sex = models.CharField(max_length=40, null=True, blank=True)
    age_band = models.CharField(max_length=40, null=True, blank=True)
    schooling = models.CharField(max_length=40, null=True, blank=True)
    authority = models.BigIntegerField(null=True, blank=True)
    outside = models.BooleanField(null=True, blank=True)
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)
    phone = models.TextField(null=True, blank=True)


class Post(Row):
    """Posts of the working group."""

    table: ClassVar[str] = "posts"

    name = models.TextField()
    kind = models.CharField(max_length=40)
    section = models.CharField(max_length=40, null=True, blank=True)


class Term(Row):
    """Who holds which post, and when."""

    table: ClassVar[str] = "terms"

    post = models.ForeignKey("web.Post", models.PROTECT, related_name="+")
    actor = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    deputy = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    decree = models.TextField(null=True, blank=True)


class Asset(Row):
    """Skills, rooms, tools, time and money of residents: offered, wanted, used."""

    table: ClassVar[str] = "assets"

    actor = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.TextField()
    kind = models.CharField(max_length=40, null=True, blank=True)
    direction = models.CharField(max_length=40)
    since = models.DateField()
    used_on = models.DateField(null=True, blank=True)
    used_for = models.TextField(null=True, blank=True)


class Consent(Row):
    """Consent per strand, and withdrawal."""

    table: ClassVar[str] = "consents"

    actor = models.ForeignKey("web.Actor", models.PROTECT, related_name="+")
    strand = models.CharField(max_length=40)
    purpose_version = models.TextField(null=True, blank=True)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    guardian = models.BooleanField(null=True, blank=True)
