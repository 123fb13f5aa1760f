"""Options that network commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Relation = Annotated[
    str | None, typer.Option("--relation", help="Only this relation; without it, the union.")
]
Wave = Annotated[str | None, typer.Option("--wave", help="Only this wave; without it, the union.")]
Undirected = Annotated[bool, typer.Option("--undirected", help="Read each tie as going both ways.")]
