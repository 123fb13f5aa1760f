"""Short hands for declaring columns; nothing here decides anything."""

from __future__ import annotations

from satuhati.schema.declare import Column, Kind, Visibility
from satuhati.text import Text


def col(
    name: str,
    kind: Kind,
    label: tuple[str, str],
    meaning: tuple[str, str] = ("", ""),
    *,
    required: bool = False,
    choices: tuple[str, ...] = (),
    unit: str | None = None,
    low: float | None = None,
    high: float | None = None,
    visibility: Visibility = "team",
) -> Column:
    """A column of a plain kind; labels and meanings are (Indonesian, English)."""
    return Column(
        name,
        kind,
        Text(*label),
        Text(*meaning),
        required,
        choices,
        None,
        unit,
        low,
        high,
        visibility,
    )


def ref(
    name: str,
    table: str,
    label: tuple[str, str],
    meaning: tuple[str, str] = ("", ""),
    *,
    required: bool = False,
    visibility: Visibility = "team",
) -> Column:
    """A column that holds the ``id`` of a row of ``table``."""
    return Column(
        name,
        "reference",
        Text(*label),
        Text(*meaning),
        required,
        table=table,
        visibility=visibility,
    )


def key() -> Column:
    """The ``id`` every table begins with."""
    return Column(
        "id",
        "text",
        Text("Kode", "ID"),
        Text(
            "Kode baris ini; unik dalam komunitas dan tidak berubah.",
            "Code of this row; unique within the community and stable.",
        ),
        required=True,
        visibility="public",
    )
