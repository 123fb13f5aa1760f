"""Plans as tables of the schema, in the order in which they can be saved."""

from __future__ import annotations

from satuhati.web.planning.models import (
    Activity,
    ActivityPartner,
    Alternative,
    BudgetLine,
    Goal,
    Plan,
    PlanProblem,
)
from satuhati.web.tenancy.rows import Row

MODELS: tuple[type[Row], ...] = (
    Plan,
    PlanProblem,
    Goal,
    Alternative,
    Activity,
    ActivityPartner,
    BudgetLine,
)
