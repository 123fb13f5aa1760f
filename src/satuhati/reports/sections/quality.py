"""Where the evidence comes from: rounds, reliability, settings, rows."""

from __future__ import annotations

from satuhati.core.profile.dossier import ScaleReliability
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.document import (
    Block,
    Items,
    Line,
    Name,
    Para,
    Part,
    Small,
    Table,
    Voice,
)
from satuhati.reports.sections.context import Context
from satuhati.text import Text


def quality(c: Context) -> Part:
    t, d = c.t, c.dossier
    blocks: list[Block] = []
    if d.profile.absent_strands:
        names = [say.lower_first(w.word(w.STRANDS, s, t.lang)) for s in d.profile.absent_strands]
        blocks.append(
            Voice(t("Not in the records at all, so nothing can be said from them: {names}.",
                    names=say.listed(names, t)))
        )  # fmt: skip
    warnings = list(dict.fromkeys(x.message(t.lang) for x in d.profile.warnings))
    if warnings:
        blocks.append(
            Part(t("Read with care"), "care", 3, (Items(tuple((Name(x),) for x in warnings)),))
        )
    blocks.append(_rounds(c))
    if d.reliability:
        blocks.append(_reliability(c))
    if d.settings:
        blocks.append(_settings(c))
    rows = [f"{w.table(name, t.lang)} {t.number(n)}" for name, n in d.rows.items() if n]
    if rows:
        blocks.append(Part(t("Rows per table"), "rows", 3, (Para("; ".join(rows) + ".", "note"),)))
    else:
        blocks.append(Voice(t("No evidence yet.")))
    return Part(t("Where the evidence comes from"), "quality", 2, tuple(blocks))


def _rounds(c: Context) -> Part:
    t = c.t
    title = t("Rounds of asking")
    if not c.dossier.rounds:
        return Part(title, "rounds", 3, (Voice(t("No survey or tie round is on record.")),))
    rows: list[tuple[Line, ...]] = []
    for r in c.dossier.rounds:
        kind = t("Survey") if r.kind == "survey" else t("Ties")
        who = w.population(r.population, t.lang) if r.population else ""
        frame = w.word(w.FRAMES, r.frame, t.lang) if r.frame else ""
        when = ""
        if r.end is not None:
            when = (
                t.date(r.end)
                if r.start is None or r.start == r.end
                else (t("{start} to {end}", start=t.date(r.start), end=t.date(r.end)))
            )
        if r.invited is None:
            size = t.number(r.answered)
        else:
            size = t("{answered} of {invited}", answered=t.number(r.answered),
                     invited=t.number(r.invited))  # fmt: skip
        rows.append(
            (
                (Name(r.label or kind), Small(" · ".join(x for x in (kind, who, frame) if x))),
                t.number(r.wave),
                size,
                when,
                (Name(r.note),) if r.note else "–",
            )
        )
    return Part(
        title, "rounds", 3,
        (Table(title, (t("Round"), t("Wave"), t("Answered"), t("When"), t("To bear in mind")),
               tuple(rows), right=(1, 2), hide_caption=True),),
    )  # fmt: skip


def _reliability(c: Context) -> Part:
    t = c.t
    rows: list[tuple[Line, ...]] = []
    latest: dict[tuple[str, str], ScaleReliability] = {}
    for s in c.dossier.reliability:
        known = latest.get((s.scale, s.population))
        if known is None or s.wave >= known.wave:
            latest[(s.scale, s.population)] = s
    for s in latest.values():
        alpha = t.number(s.alpha, 2) if s.alpha is not None else "–"
        if s.alpha is not None and s.alpha_interval is not None:
            alpha += f" ({say.span(s.alpha_interval, t, 2)})"
        rows.append(
            (
                f"{scale_name(s.scale, c)} ({w.word(w.SHORT_POPULATIONS, s.population, t.lang)})",
                t.number(s.n),
                t.number(s.n_items),
                alpha,
                t.number(s.omega_total, 2),
                f"{t.number(100 * s.missing_rate)}%",
            )
        )  # fmt: skip
    title = t("Reliability of the scales")
    return Part(
        title, "reliability", 3,
        (
            Para(
                t(
                    "How well the items of a scale hang together, 0 to 1, in its latest wave. "
                    "With few respondents the range is wide: read it before the figure."
                ),
                "note",
            ),
            Table(title, (t("Scale"), t("Respondents"), t("Items"), t("Alpha (range)"),
                          t("Omega total"), t("Missing answers")),
                  tuple(rows), right=(1, 2, 3, 4, 5), hide_caption=True),
        ),
    )  # fmt: skip


def scale_name(scale: str, c: Context) -> str:
    """A scale by the measure that reads it, or by its own code."""
    for m in c.measures.values():
        if m.kind == "scale" and m.of == scale and m.source:
            return m.label(c.t.lang)
    return say.label(scale, c.measures, c.t)


def _settings(c: Context) -> Part:
    t = c.t
    keys = list(dict.fromkeys(k for row in c.dossier.settings for k in row))
    rows = tuple(
        tuple((Name(setting_words(k, row.get(k, "") or "–", c)),) for k in keys)
        for row in c.dossier.settings
    )
    title = t("Settings the group changed")
    header = tuple(_SETTING_COLUMNS[k](t.lang) if k in _SETTING_COLUMNS else k for k in keys)
    return Part(title, "settings", 3, (Table(title, header, rows, hide_caption=True),))


_SETTING_COLUMNS = {
    "kind": Text("Jenis", "Kind"),
    "measure": Text("Ukuran", "Measure"),
    "what": Text("Apa", "What"),
    "component": Text("Komponen", "Component"),
    "level": Text("Tingkatan", "Level"),
    "population": Text("Populasi", "Population"),
    "value": Text("Nilai", "Value"),
    "enabled": Text("Dipakai", "Enabled"),
    "anchor_low": Text("Titik 0", "Anchor 0"),
    "anchor_high": Text("Titik 100", "Anchor 100"),
    "min_n": Text("n terkecil", "Smallest n"),
    "since": Text("Sejak", "Since"),
    "set_on": Text("Ditetapkan", "Set on"),
    "date": Text("Tanggal", "Date"),
    "by": Text("Oleh", "By"),
    "reason": Text("Alasan", "Reason"),
}
_SETTING_VALUES = {
    "target": Text("sasaran", "target"),
    "setting": Text("pengaturan ukuran", "measure setting"),
    "measure_setting": Text("pengaturan ukuran", "measure setting"),
    "yes": Text("ya", "yes"),
    "no": Text("tidak", "no"),
    "True": Text("ya", "yes"),
    "False": Text("tidak", "no"),
    "true": Text("ya", "yes"),
    "false": Text("tidak", "no"),
}


def setting_words(key: str, value: str, c: Context) -> str:
    """Codes in a row of settings become their labels; all else is as the group wrote it."""
    lang = c.t.lang
    if key == "measure" and value in c.measures:
        return c.measures[value].label(lang)
    if key == "component":
        return w.component(value, lang)
    if key == "level":
        return w.level(value, lang)
    if key == "population":
        return w.population(value, lang)
    return _SETTING_VALUES[value](lang) if value in _SETTING_VALUES else value
