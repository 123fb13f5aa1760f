"""The whole report as blocks, in one language: the order in which it is read."""

from __future__ import annotations

from satuhati.core.profile.dossier import Dossier
from satuhati.reports import narrative as say
from satuhati.reports.document import Report
from satuhati.reports.sections import (
    cells,
    change,
    gaps,
    methods,
    network,
    overview,
    participation,
    quality,
    services,
    surroundings,
)
from satuhati.reports.sections.context import context
from satuhati.text import Language, Translator, translator


def build(dossier: Dossier, measures: say.Measures, lang: Language) -> Report:
    """A dossier as a report. Pure: the same dossier gives the same report."""
    t = translator(lang)
    c = context(dossier, measures, t)
    facts = dossier.facts
    as_of = dossier.profile.as_of
    return Report(
        lang=lang,
        title=t("Community capacity report"),
        name=facts.name,
        place=facts.place or "",
        decree=_decree(facts.decree, t),
        subtitle=t("As the records stand on {date}", date=t.date(as_of))
        if as_of is not None
        else t("No dated records"),
        synthetic=t("INVENTED DATA: no person or figure here is real") if facts.synthetic else "",
        summary=say.summary(dossier, measures, t),
        lamps=overview.lamps(c),
        parts=(
            overview.first(c),
            overview.matrices(c),
            overview.capacity_web(c),
            gaps.gaps(c),
            participation.participation(c),
            network.network(c),
            services.services(c),
            change.changes(c),
            change.mirrors(c),
            surroundings.surroundings(c),
            cells.opened(c),
            quality.quality(c),
            methods.methods(c),
        ),
        contents=t("Contents"),
        footer=f"Satu Hati · {facts.name} · {t.date(as_of)}"
        if as_of
        else f"Satu Hati · {facts.name}",
        page=(t("Page"), t("of")),
    )


def _decree(decree: str | None, t: Translator) -> str:
    """The decree as it is written; "SK" is said once."""
    if not decree or decree.upper().startswith("SK"):
        return decree or ""
    return t("Decree {decree}", decree=decree)
