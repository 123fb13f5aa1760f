"""``satuhati network describe`` for people: its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from satuhati.cli._common import print_table, print_warnings
from satuhati.text import Translator, name_some

if TYPE_CHECKING:
    from satuhati.core.networks.describe import Description, GroupFigures

TOP = 10


def show(
    result: Description, several: Mapping[str, float | int | None] | None, t: Translator
) -> None:
    """A readable summary, the actors most in between, the groups, the doubts."""

    def figure(value: float | None, decimals: int = 3) -> str:
        return t.number(value, decimals)

    centralization = {
        "indegree": t("Centralization, ties received"),
        "outdegree": t("Centralization, ties given"),
        "degree": t("Centralization, ties"),
        "betweenness": t("Centralization, betweenness"),
    }
    rows = [
        (t("Actors"), figure(result.actors, 0)),
        (t("Ties"), figure(result.ties, 0)),
        (t("Actors without ties"), figure(result.isolates, 0)),
        (t("Density"), figure(result.density)),
        (t("Reciprocity, of ties"), figure(result.reciprocity_edgewise)),
        (t("Reciprocity, of pairs"), figure(result.reciprocity_dyadic)),
        (t("Transitivity"), figure(result.transitivity)),
        (
            t("Pairs: mutual / one-way / none"),
            " / ".join(
                figure(x, 0)
                for x in (result.dyads.mutual, result.dyads.asymmetric, result.dyads.null)
            ),
        ),
        *((centralization[k], figure(v)) for k, v in result.centralization.items()),
        (t("Centralization, closeness"), figure(result.centralization_closeness)),
        (t("Components"), figure(result.components, 0)),
        (t("Cutpoints"), name_some(result.cutpoints) or "–"),
        (t("Highest k-core"), figure(max((x.core for x in result.nodes.values()), default=0), 0)),
        (
            t("Clusters (Leiden), modularity"),
            f"{figure(result.clusters, 0)}; {figure(result.modularity)}",
        ),
        (t("Fit of core and periphery"), figure(result.core_periphery_fit)),
    ]
    if several is not None:
        of = f"{figure(several['several'], 0)} / {figure(several['pairs'], 0)}"
        rows.append((t("Pairs tied in several relations / in any"), of))
    print_table(t("Network"), (t("Figure"), t("Value")), rows, right=(1,))
    if result.bootstrap is not None:
        sure = result.bootstrap
        some = {
            t("Density"): sure.density,
            t("Reciprocity, of ties"): sure.reciprocity_edgewise,
            t("Transitivity"): sure.transitivity,
        }
        print_table(
            t("If other actors like these had been met"),
            (t("Figure"), t("Value"), t("Standard error"), "95%"),
            [
                (name, figure(x.value), figure(x.se),
                 "–" if x.interval is None else " … ".join(map(figure, x.interval)))
                for name, x in some.items()
            ],
            right=(1, 2, 3),
        )  # fmt: skip
    if result.nonresponse is not None:
        found = result.nonresponse
        print_table(
            t("Who answered"),
            (t("Figure"), t("Value")),
            [
                (t("Answered, of those asked"), f"{figure(found.answered, 0)} / "
                 f"{figure(found.actors, 0)} ({figure(100 * (found.rate or 0), 0)}%)"),
                (t("Ties told by both, of those between two who answered"),
                 f"{figure(found.returned, 0)} / {figure(found.told, 0)}"),
            ],
            right=(1,),
        )  # fmt: skip
        three = {
            t("Available ties"): result.nonresponse.available,
            t("Reconstruction"): result.nonresponse.reconstruction,
            t("Respondents only"): result.nonresponse.deletion,
        }
        print_table(
            t("If those who did not answer are treated so"),
            (t("Treatment"), t("Ties"), t("Density"), t("Reciprocity, of ties"),
             t("Transitivity")),
            [
                (name, figure(x.ties, 0), figure(x.density), figure(x.reciprocity_edgewise),
                 figure(x.transitivity))
                for name, x in three.items()
            ],
            right=(1, 2, 3, 4),
        )  # fmt: skip
    top = sorted(result.nodes.items(), key=lambda item: -item[1].betweenness)[:TOP]
    print_table(
        t("Actors most in between others"),
        (
            t("Actor"), t("Received"), t("Given"), t("Betweenness"), t("Constraint"),
            t("Core"),
        ),
        (
            (name, figure(x.indegree, 0), figure(x.outdegree, 0), figure(x.betweenness, 1),
             figure(x.constraint), figure(x.core, 0))
            for name, x in top
        ),
        right=(1, 2, 3, 4, 5),
    )  # fmt: skip
    if result.group is not None:
        _show_groups(result.group, t)
    print_warnings(result.warnings, t)


def _show_groups(group: GroupFigures, t: Translator) -> None:
    roles = {
        "coordinator": t("Coordinator (inside one group)"),
        "itinerant": t("Itinerant (outsider inside another group)"),
        "representative": t("Representative (from own group outwards)"),
        "gatekeeper": t("Gatekeeper (from outside into own group)"),
        "liaison": t("Liaison (between two other groups)"),
    }
    rows = [
        (t("E-I index (−1 inside, +1 between)"), t.number(group.ei_index, 3)),
        (t("p of the E-I index"), t.number(group.ei_pvalue, 3)),
        (t("Density within groups"), t.number(group.within_density, 3)),
        (t("Density between groups"), t.number(group.between_density, 3)),
    ]
    if group.bonds is not None:
        kinds = (group.bonds.bonding, group.bonds.bridging, group.bonds.linking)
        rows.append((t("Pairs: bonding / bridging / linking"), " / ".join(map(str, kinds))))
    print_table(t("Groups"), (t("Figure"), t("Value")), rows, right=(1,))
    print_table(
        t("Brokerage"),
        (t("Role"), t("Times"), t("By chance"), t("z")),
        (
            (
                roles[role],
                t.number(times, 0),
                t.number(group.brokerage_expected[role], 1),
                t.number(group.brokerage_z[role], 2),
            )
            for role, times in group.brokerage.items()
        ),
        right=(1, 2, 3),
    )
