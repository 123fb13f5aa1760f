"""The map of 500 actors: laid out in the worker, drawn for a page, used in Chromium.

CPU seconds of laying out with all figures of a round, beside NetworkX (Kamada–Kawai and the same
betweenness) on the same ties in the same run; then the whole page in Chromium: until the map
answers to the keyboard. Needs the tools of ``make dev``. Run:

    python benchmarks/network_page.py [--runs 5] [--actors 500] [--no-peer] [--no-browser]
"""

from __future__ import annotations

import argparse
import csv
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import networkx as nx
import numpy as np

from satuhati.core.networks.layout import layout
from satuhati.core.networks.network import from_edges
from satuhati.core.networks.pictures import ClosedRound, Told, pictures

RELATIONS = ("information", "resources", "support")
SECTORS = ("pokja", "warga", "pemerintah", "swasta", "lembaga")


def told(actors: int, seed: int = 1) -> tuple[list[Told], dict[str, str]]:
    """Neighbours on a ring, and some far away: up to five names for each of three questions."""
    rng = np.random.default_rng(seed)
    ids = [f"a{i:04}" for i in range(actors)]
    sectors = {x: SECTORS[int(k)] for x, k in zip(ids, rng.integers(0, 5, actors), strict=True)}
    rows = []
    for relation in RELATIONS:
        for i in range(actors):
            for _ in range(int(rng.integers(0, 4))):
                near = rng.random() < 0.85
                j = (i + 1 + int(rng.integers(0, 12))) if near else int(rng.integers(0, actors))
                if j % actors != i:
                    rows.append((ids[i], ids[j % actors], relation))
    return [Told(*row) for row in dict.fromkeys(rows)], sectors


def cpu(work: Callable[[], object], runs: int) -> float:
    spent = []
    for _ in range(runs):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--actors", type=int, default=500)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--no-browser", action="store_true")
    args = parser.parse_args()
    ties, sectors = told(args.actors)
    one = ClosedRound(1, "2026-10-28", dict.fromkeys(sectors, True), ties)
    place = {x: i for i, x in enumerate(sectors)}
    edges = np.array([(place[t.source], place[t.target]) for t in ties])
    flat = from_edges(tuple(sectors), edges, directed=False)
    ours_layout = cpu(lambda: layout(flat, seed=1), args.runs)
    ours = cpu(lambda: pictures([one], sectors), args.runs)
    print(f"{args.actors} actors, {len(ties)} ties ({flat.m} pairs); CPU s, median of {args.runs}")
    print(f"layout                        {ours_layout:8.3f}   (at most 0.5)")
    print(f"layout and all figures        {ours:8.3f}")
    if not args.no_peer:
        graph = nx.Graph([(t.source, t.target) for t in ties])
        graph.add_nodes_from(sectors)

        def peer() -> None:
            nx.kamada_kawai_layout(graph)
            nx.betweenness_centrality(graph)

        theirs_layout = cpu(lambda: nx.kamada_kawai_layout(graph), 1)
        theirs = cpu(peer, 1)
        print(
            f"NetworkX layout               {theirs_layout:8.3f}   "
            f"{theirs_layout / ours_layout:.0f}x ours"
        )
        print(f"NetworkX layout, betweenness  {theirs:8.3f}   {theirs / ours:.0f}x ours")
    if not args.no_browser:
        browser(ties, sectors, args.runs)


def browser(ties: list[Told], sectors: dict[str, str], runs: int) -> None:
    """A demo whose round has these ties; the page from the click to a map that answers."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "e2e"))
    from e2e_demo import PIN, chromium, running_demo
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "kelapa-dua-wetan"
        shutil.copytree(str(files("satuhati.examples").joinpath("kelapa_dua_wetan")), package)
        actors = rows(package / "actors.csv")
        known = {r["id"] for r in actors}
        blank = dict.fromkeys(actors[0], "") | {"kind": "person"}
        actors += [
            blank | {"id": x, "name": f"Orang Rekaan {x}", "sector": s}
            for x, s in sectors.items()
            if x not in known
        ]
        write(package / "actors.csv", actors)
        roster = [r for r in rows(package / "roster.csv") if r["round"] != "ties2"]
        roster += [dict.fromkeys(roster[0], "") | {"id": f"rb{k}", "round": "ties2", "actor": x,
                   "responded": "true"} for k, x in enumerate(sectors)]  # fmt: skip
        write(package / "roster.csv", roster)
        consents = rows(package / "consents.csv")
        consents += [dict.fromkeys(consents[0], "") | {"id": f"cb{k}", "actor": x, "strand": "ties",
                     "given_on": "2026-01-01"} for k, x in enumerate(sectors)]  # fmt: skip
        write(package / "consents.csv", consents)
        old = [r for r in rows(package / "ties.csv") if r["round"] != "ties2"]
        old += [dict.fromkeys(old[0], "") | {"id": f"tb{k}", "round": "ties2", "source": t.source,
                "target": t.target, "relation": t.relation, "origin": "reported"}
                for k, t in enumerate(ties)]  # fmt: skip
        write(package / "ties.csv", old)
        data = Path(folder) / "demo" / "data"
        with running_demo(data) as demo, sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            page = chrome.new_context(base_url=demo.address, locale="id-ID").new_page()
            page.goto(demo.links["secretary"])
            page.locator("input[name=pin]").fill(PIN)
            page.keyboard.press("Enter")
            page.wait_for_url("**/k/**")
            replace_records(data, package)
            address = "/k/kelapa-dua-wetan/jejaring/peta/"
            for _ in range(120):
                page.goto(address)
                if page.locator("[data-node]").count() == len(sectors):
                    break
                time.sleep(1)
            spent = []
            for _ in range(runs):
                start = time.perf_counter()
                page.goto(address, wait_until="domcontentloaded")
                page.locator("[data-map]").focus()
                page.keyboard.press("ArrowRight")
                page.locator("svg.chosen").wait_for()
                spent.append(time.perf_counter() - start)
            size = len(page.content().encode())
            shown = page.locator("[data-node]").count()
            print(f"page usable in Chromium       {statistics.median(spent):8.3f}   s on the clock")
            print(f"  (at most 2; {shown} actors drawn, {size / 1000:.0f} kB of page)")
            chrome.close()


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def write(file: Path, new: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, new[0])
        writer.writeheader()
        writer.writerows(new)


def replace_records(data: Path, package: Path) -> None:
    """Put the folder in place of the demo's records, as an import does."""
    import os
    import subprocess

    code = (
        "import sys, django; django.setup();"
        "from pathlib import Path;"
        "from satuhati.formats.package import read_any;"
        "from satuhati.web.profile.jobs import put_in_place, renamed;"
        "from satuhati.web.tenancy.models import Community;"
        "from satuhati.web.tenancy.who import program;"
        "c = Community.objects.get(code='kelapa-dua-wetan');"
        "data, _ = read_any(Path(sys.argv[1]));"
        "put_in_place(by=program(c), data=renamed(data, c.code))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(package)], check=True,
        env={**os.environ, "SATUHATI_DATA": str(data),
             "DJANGO_SETTINGS_MODULE": "satuhati.web.settings"},
    )  # fmt: skip


if __name__ == "__main__":
    main()
