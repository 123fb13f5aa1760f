"""Ready questionnaires from our own bilingual items, as rows of the records."""

from __future__ import annotations

from satuhati.examples.items import LICENCE, Item, items
from satuhati.web.surveys import models
from satuhati.web.tenancy.models import Community

NAMES = {"warga": "Suara warga", "pokja": "Suara pengurus Pokja", "mitra": "Suara mitra"}
SHORT: dict[str, tuple[str, ...]] = {
    "warga": ("soc1", "soc3", "stk2", "act1", "eff1", "eff3", "res1", "tro1", "trn1", "opn1",
              "hrd1", "sat1"),
    "pokja": ("soc1", "soc3", "stk2", "act1", "eff1", "own2", "tro1", "trn1", "opn1", "rkn2",
              "rkp1", "opr1"),
    "mitra": ("stk1", "stk2", "act1", "act2", "tro1", "tro2", "opn1", "opn2"),
}  # fmt: skip
LENGTHS = ("short", "standard")


def items_of(population: str, length: str) -> tuple[Item, ...]:
    """The questions of a ready questionnaire, in the order in which they are put."""
    bank = items(population)
    if length == "standard":
        return bank
    return tuple(item for item in bank if item.code in SHORT[population])


def instrument_of(community: Community, population: str, length: str) -> models.Instrument:
    """The community's questionnaire of that name with these questions; made if it is missing.

    One of the same code whose questions are others (imported, say) is left as it is, and the
    ready one gets a code of its own: answers to other words are not put together.
    """
    wanted = items_of(population, length)
    base = population if length == "standard" else f"{population}_singkat"
    for n in range(1, 100):
        code = base if n == 1 else f"{base}_{n}"
        there = models.Instrument.objects.filter(public_id=code).first()
        if there is None:
            return _made(community, code, population, length, wanted)
        if _asks(there, wanted):
            return there
    raise RuntimeError("too many questionnaires of one name")


def _asks(instrument: models.Instrument, wanted: tuple[Item, ...]) -> bool:
    there = {item.name: item for item in models.Item.objects.filter(instrument=instrument)}
    scales = {item.scale for item in wanted}
    extra = [i for name, i in there.items() if i.scale in scales
             and name not in {w.code for w in wanted}]  # fmt: skip
    return not extra and all(
        (found := there.get(item.code)) is not None
        and (found.type, found.scale, found.low, found.high, bool(found.reversed), found.text_id)
        == (item.type, item.scale, item.low, item.high, item.reversed, item.text_id)
        for item in wanted
    )


def _made(
    community: Community, code: str, population: str, length: str, wanted: tuple[Item, ...]
) -> models.Instrument:
    name = NAMES[population] if length == "standard" else f"{NAMES[population]} (singkat)"
    made: models.Instrument = models.Instrument.objects.create(
        community=community, public_id=code, name=name, version="1", population=population,
        citation=f"Butir sendiri, {LICENCE}", item_order=[item.code for item in wanted],
    )  # fmt: skip
    models.Item.objects.bulk_create(
        models.Item(
            community=community, public_id=f"{code}_{item.code}", instrument=made, name=item.code,
            type=item.type, scale=item.scale, low=item.low, high=item.high,
            reversed=item.reversed, text_id=item.text_id, text_en=item.text_en,
        )
        for item in wanted
    )  # fmt: skip
    return made
