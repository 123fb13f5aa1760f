"""The whole of a community's records as ``CommunityData``, and back. Loads Polars: worker only."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import polars as pl
from django_scopes import scope

from satuhati.core.community import ITEM_TYPES, CommunityData, table_schema
from satuhati.schema import ANSWER_KEYS, TABLES
from satuhati.web.profile.beside import noted, put_back
from satuhati.web.profile.records import MODELS, ordered
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Answer, Instrument, Item, Round
from satuhati.web.surveys.queries import counted_answers, counted_rounds
from satuhati.web.tenancy.dataset import (
    built,
    community_record,
    field_of,
    link_own,
    lookup_of,
    own_fields,
    records,
)
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.rows import Row

CHUNK = 2000


def from_database(community: Community) -> CommunityData:
    """A community's records, equal to ``read(export(c))``."""
    with scope(community=community):
        frames: dict[str, pl.DataFrame] = {
            "community": pl.DataFrame(
                [{**community_record(community), "community": community.code}],
                schema=table_schema(TABLES["community"].columns),
            )
        }
        for name, model in MODELS.items():
            # A round that is still open is no evidence yet.
            rows = records(model, counted_rounds() if model is Round else None)
            if rows:
                schema = table_schema(TABLES[name].columns)
                frames[name] = pl.DataFrame(rows, schema=_without(schema), orient="row").select(
                    pl.lit(community.code).alias("community"), pl.all()
                )
        return CommunityData.of(frames, _answers(community))


def _without(schema: dict[str, pl.DataType]) -> dict[str, pl.DataType]:
    return {name: kind for name, kind in schema.items() if name != "community"}


def _answers(community: Community) -> dict[str, pl.DataFrame]:
    """One wide frame per instrument; its item columns are typed by table ``items``."""
    kinds: dict[str, dict[str, pl.DataType]] = defaultdict(dict)
    for instrument, name, kind in Item.objects.values_list("instrument__public_id", "name", "type"):
        kinds[instrument][name] = ITEM_TYPES[kind]
    keys = _without(table_schema(ANSWER_KEYS))
    lookups = [lookup_of(c) for c in ANSWER_KEYS]
    wide: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for instrument, values, *row in (
        counted_answers()
        .values_list("instrument__public_id", "values", *lookups)
        .iterator(chunk_size=CHUNK)
    ):
        wide[instrument].append({**dict(zip(keys, row, strict=True)), **values})
    order = dict(Instrument.objects.values_list("public_id", "item_order"))
    frames = {}
    for instrument, rows in wide.items():
        items = {name: kinds[instrument][name] for name in order[instrument]}
        frame = pl.DataFrame(rows, schema={**keys, **items}, orient="row")
        frames[instrument] = frame.select(pl.lit(community.code).alias("community"), pl.all())
    return frames


def replace(community: Community, data: CommunityData) -> dict[str, int]:
    """Put ``data`` in place of all records of ``community``; the caller holds the transaction.

    Returns the rows of each table. What points into the records from outside (a membership, a
    link to answer by, a reply) follows the row of the same public id, or goes with it.
    """
    with scope(community=community):
        pointing = noted(community)
        models_in_order = ordered()
        Answer.objects.all()._raw_delete(Answer.objects.db)
        # What a package replaces is not open any more; a round of the same code is another one.
        SurveySetup.objects.filter(closed_on__isnull=True).delete()
        for model in reversed(models_in_order):
            rows = model.objects.all()
            for name in own_fields(model):
                rows.exclude(**{name: None}).update(**{name: None})
            rows._raw_delete(rows.db)
        counts = {}
        row = data["community"].row(0, named=True)
        for column in TABLES["community"].columns:
            if column.name != "id":
                setattr(community, field_of(column), row[column.name])
        community.save(
            update_fields=[field_of(c) for c in TABLES["community"].columns if c.name != "id"]
        )
        keys: dict[str, dict[str, int]] = {}
        for model in models_in_order:
            name = model.table
            frame = data[name].drop("community")
            given = frame.to_dicts()
            made = built(model, community, given, keys)
            saved = _save(model, made)
            linked = link_own(model, given, saved)
            if linked:
                model.objects.bulk_update(linked, own_fields(model), batch_size=CHUNK)
            keys[name] = {r.public_id: r.pk for r in saved}
            if given:
                counts[name] = len(given)
        counts.update(_save_answers(community, data, keys))
        _order_items()
        put_back(pointing, keys)
        return counts


def _order_items() -> None:
    """A questionnaire nobody has answered yet has no order of columns: its items' ids have one."""
    for instrument in Instrument.objects.filter(item_order=[]):
        items = Item.objects.filter(instrument=instrument).order_by("public_id")
        instrument.item_order = list(items.values_list("name", flat=True))
        instrument.save(update_fields=["item_order"])


def _save(model: type[Row], made: list[Row]) -> list[Row]:
    return list(model.objects.bulk_create(made, batch_size=CHUNK)) if made else []


def _save_answers(
    community: Community, data: CommunityData, keys: dict[str, dict[str, int]]
) -> dict[str, int]:
    counts = {}
    instruments = dict(Instrument.objects.values_list("public_id", "pk"))
    for name, frame in data.answers.items():
        made = []
        plain = {c.name for c in ANSWER_KEYS} | {"community"}
        items = [n for n in frame.columns if n not in plain]
        Instrument.objects.filter(public_id=name).update(item_order=items)
        for row in frame.iter_rows(named=True):
            fields: dict[str, Any] = {}
            for column in ANSWER_KEYS:
                value = row[column.name]
                if column.kind == "reference":
                    if value is not None:
                        fields[f"{column.name}_id"] = keys[column.table or ""][value]
                else:
                    fields[field_of(column)] = value
            values = {n: row[n] for n in items}
            made.append(
                Answer(
                    community=community, instrument_id=instruments[name], values=values, **fields
                )
            )
        _save(Answer, made)
        counts[f"answers/{name}"] = len(made)
    return counts
