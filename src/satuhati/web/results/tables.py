"""Tables of researcher's mode: what a page shows and what its CSV holds are one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from satuhati.errors import Doubt
from satuhati.reports.charts import Point, track
from satuhati.reports.svg import Markup
from satuhati.schema.choices import choice_label
from satuhati.schema.people import AGE_BANDS, SCHOOLING, SEXES
from satuhati.text import Text, Translator
from satuhati.web.register.queries import natural
from satuhati.web.results.queries import as_told, is_turned, scale_word

Kind = Literal["text", "item", "number", "interval", "picture"]
SMALLEST_P = 0.0005
HIDDEN = object()
"""A cell that stays empty so that nobody is recognised."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, its words, how it is shown."""

    key: str
    word: str
    kind: Kind = "number"
    decimals: int = 3


@dataclass(slots=True)
class Table:
    """Rows under columns, with the doubts about them. ``method`` names what it rests on."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: list[list[Any]]
    doubts: list[str] = field(default_factory=list)
    method: tuple[str, ...] = ()
    note: str = ""
    folded: bool = False
    """Shown closed: it is long, and few look at it."""

    def shown(self, value: Any, column: Column, t: Translator) -> str:
        """A cell in words, or drawn."""
        if column.kind == "picture":
            return value or ""
        if value is HIDDEN:
            return t("not shown")
        if value is None:
            return "\N{EN DASH}"
        if column.kind == "interval":
            low, high = (t.number(end, column.decimals) for end in value)
            return f"{low} \N{EN DASH} {high}"
        if isinstance(value, bool):
            return t("yes") if value else t("no")
        if column.word == "p" and 0 <= value < SMALLEST_P:
            return "< " + t.number(0.001, 3)
        if isinstance(value, (int, float)):
            return t.number(value, 0 if isinstance(value, int) else column.decimals)
        return str(value)

    def as_file(self) -> tuple[list[str], list[list[str | float | None]]]:
        """The same for a CSV: figures in full with a point, intervals in two columns."""
        head: list[str] = []
        for c in self.columns:
            if c.kind == "picture":
                continue
            head += [f"{c.key}_low", f"{c.key}_high"] if c.kind == "interval" else [c.key]
        rows = []
        for row in self.rows:
            cells: list[str | float | None] = []
            for value, c in zip(row, self.columns, strict=True):
                if c.kind == "picture":
                    continue
                known = None if value is HIDDEN else value
                if c.kind == "interval":
                    cells += list(known or (None, None))
                else:
                    cells.append(known)
            rows.append(cells)
        return head, rows


def doubts(given: Sequence[Mapping[str, Any]], t: Translator, about: str = "") -> list[str]:
    """Doubts of the core in plain words, each once; ``about`` says of what."""
    found = []
    for one in given:
        fields = {
            k: Text(v["id"], v["en"]) if isinstance(v, dict) and set(v) == {"id", "en"} else v
            for k, v in one["fields"].items()
        }
        said = Doubt(one["code"], fields).message(t.lang)
        found.append(f"{about}: {said}" if about else said)
    return list(dict.fromkeys(found))


def fitting(scales: Sequence[Mapping[str, Any]], name: str | None) -> str | None:
    """The scale asked for, else the first."""
    names = [s["mean"]["scale"] for s in scales]
    return name if name in names else names[0] if names else None


_TURNED = Text(
    "Skala yang dibaca terbalik oleh profil (100: tidak pernah ditolak) terbalik pula di sini.",
    "A scale that the profile reads the other way round (100: never refused) is so here too.",
)

# -- reliability ----------------------------------------------------------------------------------


def reliability(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    """Each scale's reliability, and what each item adds to it."""
    columns = [
        Column("scale", t("Scale"), "text"),
        Column("items", t("Items")),
        Column("n", t("People")),
        Column("mean", t("Mean (0-100)"), decimals=1),
        Column("mean_interval", t("95 % interval"), "interval", 1),
        Column("sd", t("SD"), decimals=1),
        Column("alpha", "α"),
        Column("alpha_interval", t("95 % of α (Feldt)"), "interval"),
        Column("omega_total", t("ω total")),
        Column("omega_hierarchical", t("ω hierarchical")),
        Column("deff", t("Design effect"), decimals=2),
    ]
    rows, said = [], []
    item_rows: list[list[Any]] = []
    turned = False
    for one in payload["scales"]:
        mean, r = one["mean"], one["reliability"]
        name = scale_word(mean["scale"], t)
        value, interval = as_told(mean["scale"], mean["value"], mean["interval"])
        turned |= is_turned(mean["scale"])
        rows.append([
            name, r["n_items"], r["n"], value, interval, one["sd"], r["alpha"],
            r["alpha_interval"], r["omega_total"], r["omega_hierarchical"], mean["deff"],
        ])  # fmt: skip
        said += doubts([*mean["warnings"], *r["warnings"]], t, name)
        for item, s in r["items"].items():
            item_rows.append([
                name, item, payload["labels"][item][t.lang], s["r_rest"], s["alpha_if_dropped"],
                s["mean"], s["sd"], None if s["missing"] is None else 100 * s["missing"], s["n"],
            ])  # fmt: skip
    items = [
        Column("scale", t("Scale"), "text"),
        Column("item", t("Item"), "item"),
        Column("text", t("Wording"), "text"),
        Column("r_rest", t("Item-rest r")),
        Column("alpha_if_dropped", t("α if dropped")),
        Column("mean", t("Mean"), decimals=2),
        Column("sd", t("SD"), decimals=2),
        Column("missing_percent", t("Missing (%)"), decimals=1),
        Column("n", t("People")),
    ]
    return [
        Table("skala", t("Scales"), columns, rows, said,
              ("alpha", "feldt", "omega", "design_mean"), note=_TURNED(t.lang) if turned else ""),
        Table("butir", t("Items within their scale"), items, item_rows,
              method=("item_rest",), folded=True,
              note=t("Reversed items are turned here, so that all point the same way.")),
    ]  # fmt: skip


# -- groups ---------------------------------------------------------------------------------------

BY_WORDS = {
    "sex": Text("Jenis kelamin", "Sex"),
    "age_band": Text("Umur", "Age"),
    "schooling": Text("Pendidikan", "Schooling"),
    "poor": Text("Keadaan ekonomi", "Economic standing"),
    "area": Text("Wilayah", "Area"),
}


def group_word(payload: Mapping[str, Any], by: str, group: str | None, t: Translator) -> str:
    if group is None:
        return t("not known")
    if by == "area":
        return str(payload["places"].get(group) or group)
    if by == "poor":
        return t("poor") if group == "poor" else t("not poor")
    return choice_label("actors", by, group)(t.lang)


ORDER: dict[str, Sequence[str]] = {
    "sex": SEXES, "age_band": AGE_BANDS, "schooling": SCHOOLING, "poor": ("poor", "not_poor"),
}  # fmt: skip


def in_order(payload: Mapping[str, Any], by: str, group: str | None) -> tuple[Any, ...]:
    """Groups in their own order, places by name, what is not known last."""
    if group is None:
        return (2,)
    codes = ORDER.get(by, ())
    if group in codes:
        return (0, codes.index(group))
    return (1, natural(str(payload["places"].get(group) or group)))


def groups(payload: Mapping[str, Any], t: Translator, scale: str | None = None) -> list[Table]:
    """Means by background; of one scale for the page, of all for the file."""
    found = []
    for by, word in BY_WORDS.items():
        rows, alone = [], False
        for g in payload["groups"]:
            if g["by"] != by or scale not in (None, g["scale"]):
                continue
            for row in sorted(g["rows"], key=lambda r: in_order(payload, by, r["group"])):
                name = group_word(payload, by, row["group"], t)
                value, interval = as_told(g["scale"], row["value"], row["interval"])
                alone |= value is not None and interval is None
                hidden = row["n"] is None
                cells = [name, *([HIDDEN, HIDDEN] if hidden else [row["n"], value]), interval]
                if scale is None:
                    rows.append([scale_word(g["scale"], t), *cells])
                else:
                    rows.append([*cells, _drawn(name, value, interval, t)])
        if not rows:
            continue
        columns = [
            Column("group", word(t.lang), "text"),
            Column("n", t("People")),
            Column("mean", t("Mean (0-100)"), decimals=1),
            Column("interval", t("95 % interval"), "interval", 1),
        ]
        if scale is None:
            columns.insert(0, Column("scale", t("Scale"), "text"))
        else:
            columns.append(Column("picture", "0 \N{EN DASH} 100", "picture"))
        note = t("There is no range where the draw does not tell how sure a group's figure is.")
        found.append(
            Table(f"kelompok-{by.replace('_', '-')}", word(t.lang), columns, rows,
                  method=("design_mean", "suppression"), note=note if alone else "")
        )  # fmt: skip
    return found


def _drawn(
    name: str, value: float | None, interval: tuple[float, float] | None, t: Translator
) -> Markup | None:
    if value is None:
        return None
    label = f"{name}: {t.number(value, 1)}"
    return track([Point("survey", value, interval)], label, width=160, row=16)


# -- agreement ------------------------------------------------------------------------------------


def agreement(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    """Whether a scale may be averaged within areas."""
    columns = [
        Column("scale", t("Scale"), "text"),
        Column("areas", t("Areas")),
        Column("n", t("People")),
        Column("icc1", "ICC(1)"),
        Column("icc2", "ICC(2)"),
        Column("rwg_mean", t("r_wg, mean"), decimals=2),
        Column("rwg_median", t("r_wg, median"), decimals=2),
        Column("ad_mean", t("AD, mean"), decimals=2),
        Column("f", "F", decimals=2),
        Column("p", "p"),
    ]
    rows, said, single = [], [], []
    for scale, a in payload["agreement"].items():
        name = scale_word(scale, t)
        rows.append([name, a["groups"], a["n"], a["icc1"], a["icc2"], a["rwg_mean"],
                     a["rwg_median"], a["ad_mean"], a["f"], a["p"]])  # fmt: skip
        said += doubts(a["warnings"], t, name)
        single += [
            [name, group_word(payload, "area", area, t), g["n"], g["rwg"], g["ad"]]
            for area, g in a["by_group"].items()
        ]
    if not rows:
        return []
    each = [
        Column("scale", t("Scale"), "text"),
        Column("area", t("Area"), "text"),
        Column("n", t("People")),
        Column("rwg", "r_wg", decimals=2),
        Column("ad", "AD", decimals=2),
    ]
    return [
        Table("kesepakatan", t("Agreement within areas"), columns, rows, said,
              ("icc", "rwg", "ad")),
        Table("kesepakatan-wilayah", t("Each area"), each, single, method=("rwg", "ad"),
              folded=True),
    ]  # fmt: skip


# -- response -------------------------------------------------------------------------------------


def response(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    """Who answered: of all, and by background."""
    facts = payload["facts"]
    asked, n = facts["invited"], facts["n"]
    whole = Table(
        "jawaban",
        t("Response"),
        [
            Column("frame", t("How people were found"), "text"),
            Column("invited", t("Asked")),
            Column("answered", t("Answered")),
            Column("rate", t("Response (%)"), decimals=1),
            Column("population", t("In all")),
        ],
        [[
            choice_label("rounds", "frame", facts["frame"])(t.lang), asked, n,
            100 * n / asked if asked else None, facts["population_size"],
        ]],
        note=t("Answers left out or taken back are not counted."),
    )  # fmt: skip
    found = [whole]
    for part in payload["composition"]:
        by = part["by"]
        keys = [in_order(payload, by, group) for group, _ in part["rows"]]
        ordered = [row for _, row in sorted(zip(keys, part["rows"], strict=True))]
        rows = [
            [group_word(payload, by, group, t), HIDDEN if count is None else count,
             HIDDEN if count is None else 100 * count / n]
            for group, count in ordered
        ]  # fmt: skip
        columns = [
            Column("group", BY_WORDS[by](t.lang), "text"),
            Column("n", t("Answers")),
            Column("percent", "%", decimals=1),
        ]
        found.append(
            Table(f"susunan-{by.replace('_', '-')}", BY_WORDS[by](t.lang), columns, rows,
                  method=("suppression",))
        )  # fmt: skip
    return found
