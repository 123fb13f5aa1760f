"""Change between waves, and the two mirrors."""

from __future__ import annotations

from satuhati.core.profile.results import Change
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import mirror, waves
from satuhati.reports.document import (
    Block,
    Line,
    Name,
    Para,
    Part,
    Picture,
    Small,
    Table,
    Voice,
)
from satuhati.reports.sections.context import ORDER, Context

CHANGES_SHOWN = 14


def changes(c: Context) -> Part:
    t = c.t
    title = t("Change between waves")
    compared = [
        x for x in c.dossier.profile.changes if sum(p.value is not None for p in x.points) > 1
    ]
    if not compared:
        return Part(
            title, "changes", 2, (Voice(t("There is no second wave to compare with yet.")),)
        )
    apart = [x for x in compared if x.apart]
    if apart:
        names = say.listed([say.lower_first(_change_name(x, c)) for x in apart[:4]], t)
        lead = t.plural(
            "One figure moved beyond its range: {names}.",
            "{n} figures moved beyond their ranges, among them {names}.",
            len(apart),
            names=names,
        )
    else:
        lead = t("No figure moved beyond its range.")
    ordered = sorted(compared, key=lambda x: (not x.apart, -abs(x.difference or 0)))
    shown = [x for x in ordered if x.component in ORDER and (x.apart or x.difference)]
    shown = shown[: max(len(apart), CHANGES_SHOWN)]
    rest = [x for x in ordered if x not in shown]
    blocks: list[Block] = [
        Voice(lead),
        Para(
            t(
                "A difference between two dates does not say what caused it. Hollow: earlier wave; "
                "filled: latest."
            ),
            "note",
        ),
    ]
    if shown:
        blocks.append(
            Table(
                t("The largest changes, those beyond their ranges first"),
                (
                    t("Measure"),
                    t("Earlier above, latest below"),
                    t("Wave: value (range)"),
                    t("Reading"),
                ),
                tuple(_change_row(x, c) for x in shown),
                pictures=(1,),
            )
        )
    if rest:
        lines = [
            f"{_change_name(x, c)} ({_short_populations(x, c)}) "
            + ", ".join(t.number(p.value) for p in x.points if p.value is not None)
            for x in rest
        ]
        blocks.append(
            Part(
                t("Smaller or no change"),
                "changes-rest",
                3,
                (Para(t("Earlier wave first: {list}.", list="; ".join(lines)), "note"),),
            )
        )
    return Part(title, "changes", 2, tuple(blocks))


def _short_populations(x: Change, c: Context) -> str:
    return w.word(w.SHORT_POPULATIONS, x.population, c.t.lang)


def _change_row(x: Change, c: Context) -> tuple[Line, ...]:
    t = c.t
    known = [(p, p.value) for p in x.points if p.value is not None]
    text = "; ".join(
        f"{p.wave}: {t.number(v)}" + (f" ({say.span(p.interval, t)})" if p.interval else "")
        for p, v in known
    )
    where = say.cell_name(x.component, x.level, x.population, t)
    picture = waves([(str(p.wave), v, p.interval) for p, v in known], text)
    return (
        (Name(_change_name(x, c)), Small(where)),
        (Picture(picture),),
        text,
        say.change_words(x, t),
    )


def _change_name(x: Change, c: Context) -> str:
    name = say.label(x.measure, c.measures, c.t)
    about = x.subject_name or x.subject
    return f"{name} ({about})" if about else name


def mirrors(c: Context) -> Part:
    t = c.t
    title = t("Two mirrors")
    if not c.dossier.profile.mirrors:
        return Part(
            title, "mirrors", 2,
            (Voice(t("The working group has not predicted any result before seeing it.")),),
        )  # fmt: skip
    rows: list[tuple[Line, ...]] = []
    for m in c.dossier.profile.mirrors:
        name = say.label(m.measure, c.measures, t)
        about = m.subject_name or m.subject
        when = t.date(m.date)
        measured = t.number(m.measured)
        if m.interval is not None:
            measured += f" ({say.span(m.interval, t)})"
        said = say.mirror_sentence(m, c.measures, t)
        rows.append(
            (
                (Name(f"{name} ({about})" if about else name), Small(when)),
                (Picture(mirror(m.predicted, m.measured, m.interval, said)),),
                t.number(m.predicted),
                measured,
                "–" if m.gap is None else ("+" if m.gap > 0 else "") + t.number(m.gap),
                said,
            )
        )
    return Part(
        title, "mirrors", 2,
        (
            Para(t("Before seeing the results the working group says what it expects. The gap, "
                   "wave after wave, tells how well it listens. Diamond: predicted; circle: "
                   "measured."), "note"),
            Table(
                t("Predicted and measured"),
                (t("Measure"), t("Picture"), t("Predicted"), t("Measured (range)"), t("Gap"),
                 t("In words")),
                tuple(rows),
                right=(2, 3, 4),
                pictures=(1,),
            ),
        ),
    )  # fmt: skip
