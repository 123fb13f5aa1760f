"""All 75 Indian villages of ``tests/data``: one table and one chart, as ``docs/villages.md``.

Run after a change of method: ``.venv/bin/python scripts/villages.py``; a test compares.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from satuhati.core.networks.describe import Description, describe
from satuhati.core.networks.network import from_pairs

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "village_ties_india.csv.gz"
PAGE, CHART = ROOT / "docs" / "villages.md", ROOT / "docs" / "villages.svg"
WIDE, HIGH, LEFT, BOTTOM, TOP = 720, 420, 64, 56, 28
MOST = (360, 0.14)  # households, density: what the axes end with

HEAD = """# Ties in 75 villages

Made by `scripts/villages.py` from `tests/data/village_ties_india.csv.gz`: ties between households of 75 villages in Karnataka, the
union of twelve relations, direction ignored (Banerjee, A., Chandrasekhar, A. G., Duflo, E. & Jackson, M. O. 2013, *The diffusion of
microfinance*, Science 341, 1236498; from a copy under the MIT licence). The 739 households without ties are not in the file, so
densities are somewhat too high and nobody is counted as alone. The same figures come from

```
satuhati network batch tests/data/village_ties_india.csv.gz --by village --undirected --out villages.parquet
```

and, with clusters and centralization, from `satuhati network describe` for each. The larger a village, the smaller the share of
possible ties that exist: people can only know so many others, and densities of villages of different sizes must not be ranked.

![Households and density of 75 villages](villages.svg)

| Village | Households | Ties | Density | Ties per household | Transitivity | Parts | Cutpoints | Centralization | Clusters | Modularity | Constraint |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""  # noqa: E501


def villages() -> list[tuple[int, Description]]:
    table = pl.read_csv(DATA, infer_schema=False)
    found = []
    for (name,), part in table.group_by("village", maintain_order=True):
        ends = (part["source"].to_list(), part["target"].to_list())
        network, _ = from_pairs(*ends, directed=False)
        found.append((int(str(name)), describe(network)))
    return sorted(found, key=lambda pair: pair[0])


def row(name: int, d: Description) -> str:
    known = [x.constraint for x in d.nodes.values() if x.constraint is not None]
    cells = (
        str(name), str(d.actors), str(d.ties), f"{d.density:.4f}", f"{2 * d.ties / d.actors:.1f}",
        f"{d.transitivity:.3f}", str(d.components), str(len(d.cutpoints)),
        f"{d.centralization['degree']:.3f}", str(d.clusters), f"{d.modularity:.3f}",
        f"{sum(known) / len(known):.3f}",
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def chart(found: list[tuple[int, Description]]) -> str:
    """Density over households; the eye needs no more than dots, two axes and the extremes."""

    def x(n: float) -> float:
        return LEFT + n / MOST[0] * (WIDE - LEFT - 16)

    def y(density: float) -> float:
        return HIGH - BOTTOM - density / MOST[1] * (HIGH - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        'font-family="sans-serif" font-size="13" fill="#22303c">',
        "<title>75 villages: households with ties, and the share of possible ties that exist"
        "</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
    ]
    for k in range(0, 8, 1):
        d = k * 0.02
        parts.append(f'<path d="M{LEFT} {y(d):.1f}H{WIDE - 16}" stroke="#d8d5cc"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(d) + 4:.1f}" text-anchor="end">{d:.2f}</text>')
    for n in range(0, 361, 60):
        parts.append(
            f'<text x="{x(n):.1f}" y="{HIGH - BOTTOM + 20}" text-anchor="middle">{n}</text>'
        )
    for name, d in found:
        assert d.density is not None
        parts.append(
            f'<circle cx="{x(d.actors):.1f}" cy="{y(d.density):.1f}" r="4.5" fill="#2b6a6c" '
            f'fill-opacity=".75"><title>Village {name}: {d.actors} households, density '
            f"{d.density:.3f}</title></circle>"
        )
    parts += [
        f'<text x="{LEFT}" y="16">Density</text>',
        f'<text x="{WIDE - 16}" y="{HIGH - 10}" text-anchor="end">Households with ties</text>',
        "</svg>",
        "",
    ]
    return "\n".join(parts)


def made() -> dict[Path, str]:
    """What stands in the two files."""
    found = villages()
    return {PAGE: HEAD + "\n".join(row(*one) for one in found) + "\n", CHART: chart(found)}


if __name__ == "__main__":
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
