"""The synthetic Pokja Kampung KB Kelapa Dua Wetan, made anew from a seed.

    python -m satuhati.examples.generate OUT [--without-problems] [--seed N]
    python -m satuhati.examples.generate OUT --scale many --communities 1000

Every person, figure and quotation is invented. The study of the programme found three problems:
no fixed schedule of meetings, members of the working group who stay away, and a Rumah Anak SIGAP
that residents do not know. The example has all three in its *records*; the copy made with
``--without-problems`` has a monthly series that is held, members who come, and a known SIGAP.
"""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files
from pathlib import Path

from satuhati.core.community import CommunityData
from satuhati.errors import InputError
from satuhati.examples import FOLDER, example_folder
from satuhati.examples.community.agreements import add_agreements
from satuhati.examples.community.fieldnotes import add_fieldnotes
from satuhati.examples.community.gatherings import add_gatherings
from satuhati.examples.community.norms import add_norms
from satuhati.examples.community.people import add_people
from satuhati.examples.community.plan import add_plan
from satuhati.examples.community.rows import Rows
from satuhati.examples.community.services import add_services
from satuhati.examples.community.surveys import add_surveys
from satuhati.examples.community.tasks import add_tasks
from satuhati.examples.community.ties import add_ties
from satuhati.examples.synthetic import large, many
from satuhati.formats.folder import README, write_folder

SEED = 2026

__all__ = ["FOLDER", "SEED", "example", "example_folder", "large", "many"]


def example(without_problems: bool = False, seed: int = SEED) -> CommunityData:
    """The example as a bundle; the same seed gives the same rows."""
    rows = Rows(seed, without_problems)
    add_people(rows)
    add_gatherings(rows)
    add_tasks(rows)
    add_norms(rows)
    add_services(rows)
    add_surveys(rows)
    add_ties(rows)
    add_fieldnotes(rows)
    add_plan(rows)
    add_agreements(rows)
    return rows.data()


def write_example(out: Path, data: CommunityData, *, overwrite: bool = False) -> None:
    """A package folder whose README first says that all of it is synthetic."""
    write_folder(data, out, overwrite=overwrite)
    about = files("satuhati.examples").joinpath("about.md").read_text(encoding="utf-8")
    readme = out / README
    codebook = readme.read_text(encoding="utf-8")
    readme.write_text(f"{about}\n{codebook}", encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make the synthetic example community.")
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("--without-problems", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scale", choices=("example", "large", "many"), default="example")
    parser.add_argument("--communities", type=int, default=10, help="with --scale many")
    parser.add_argument("--overwrite", action="store_true", help="replace a package folder")
    given = parser.parse_args(arguments)
    if given.scale == "many":
        data = many(given.communities, given.seed)
    elif given.scale == "large":
        data = large(seed=given.seed)
    else:
        data = example(given.without_problems, given.seed)
    try:
        write_example(given.out, data, overwrite=given.overwrite)
    except InputError as error:
        sys.exit(error.report("en"))
    print(f"{given.out}: {sum(f.height for f in data.tables.values())} rows")


if __name__ == "__main__":
    main()
