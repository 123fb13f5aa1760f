"""Problems, goals, alternatives, activities, partners and money."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from satuhati.web.tenancy.rows import Row


class Plan(Row):
    """The community's work plan."""

    table: ClassVar[str] = "plans"

    name = models.TextField()
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)


class PlanProblem(Row):
    """Problems the group has named."""

    table: ClassVar[str] = "problems"

    plan = models.ForeignKey("web.Plan", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    named_on = models.DateField()
    section = models.CharField(max_length=40, null=True, blank=True)
    component = models.CharField(max_length=40, null=True, blank=True)
    rank = models.BigIntegerField(null=True, blank=True)


class Goal(Row):
    """A goal for a problem."""

    table: ClassVar[str] = "goals"

    problem = models.ForeignKey("web.PlanProblem", models.PROTECT, related_name="+")
    text = models.TextField()
    measure = models.TextField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)


class Alternative(Row):
    """Ways weighed to reach a goal."""

    table: ClassVar[str] = "alternatives"

    goal = models.ForeignKey("web.Goal", models.PROTECT, related_name="+")
    text = models.TextField()
    strategy = models.CharField(max_length=40, null=True, blank=True)
    chosen = models.BooleanField(null=True, blank=True)
    reason = models.TextField(null=True, blank=True)


class Activity(Row):
    """Activities planned and carried out."""

    table: ClassVar[str] = "activities"

    plan = models.ForeignKey("web.Plan", models.PROTECT, null=True, blank=True, related_name="+")
    goal = models.ForeignKey("web.Goal", models.PROTECT, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(
        "web.ResidentVoice", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.TextField()
    section = models.CharField(max_length=40, null=True, blank=True)
    strategy = models.CharField(max_length=40, null=True, blank=True)
    area = models.ForeignKey("web.Area", models.PROTECT, null=True, blank=True, related_name="+")
    planned_for = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    participants = models.BigIntegerField(null=True, blank=True)
    money_ended = models.DateField(null=True, blank=True)
    continued = models.BooleanField(null=True, blank=True)


class ActivityPartner(Row):
    """Sectors and organisations that carry out an activity."""

    table: ClassVar[str] = "activity_partners"

    activity = models.ForeignKey("web.Activity", models.PROTECT, related_name="+")
    sector = models.CharField(max_length=40)
    actor = models.ForeignKey("web.Actor", models.PROTECT, null=True, blank=True, related_name="+")


class BudgetLine(Row):
    """Money needed and secured, by source."""

    table: ClassVar[str] = "budget_lines"

    activity = models.ForeignKey("web.Activity", models.PROTECT, related_name="+")
    source = models.CharField(max_length=40, null=True, blank=True)
    inside = models.BooleanField(null=True, blank=True)
    needed = models.FloatField()
    secured = models.FloatField(null=True, blank=True)
    spent = models.FloatField(null=True, blank=True)
