"""Who is connected, in the report: silence is not the same as having no ties."""

from __future__ import annotations

from dataclasses import replace

import report_sample as sample

from satuhati.reports.content import build


def told(silent: bool) -> str:
    """The section with two who have no known tie, one of them silent or not."""
    nodes = tuple(
        replace(node, degree=0 if i in (4, 9) else node.degree, answered=not (silent and i == 9))
        for i, node in enumerate(sample.NETWORK.nodes)
    )
    network = replace(sample.NETWORK, nodes=nodes, isolates=1 if silent else 2)
    dossier = replace(sample.FULL, network=network)
    return str(
        next(p for p in build(dossier, sample.MEASURES, "en").parts if p.anchor == "network")
    )


def test_who_was_silent_does_not_count_as_alone() -> None:
    seen = told(silent=True)
    assert "Of one who did not answer and whom nobody named nothing is known." in seen
    assert "One actor is not tied to anyone yet." in seen
    assert "hollow: no tie known" in seen
    rest = told(silent=False)
    assert "nothing is known" not in rest
    assert "2 actors are not tied to anyone yet." in rest


def test_the_table_says_which_way_it_goes() -> None:
    assert "Who names (row), who is named (column)" in told(silent=False)
