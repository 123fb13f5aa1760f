"""Who knows the services: cascade, areas, channels."""

from __future__ import annotations

from satuhati.core.profile.dossier import Funnel
from satuhati.reports import narrative as say
from satuhati.reports import words as w
from satuhati.reports.charts import bar
from satuhati.reports.document import (
    Block,
    Line,
    Name,
    Para,
    Part,
    Picture,
    Table,
    Voice,
)
from satuhati.reports.sections.context import Context
from satuhati.reports.sections.shares import (
    SMALLEST,
    hidden_note,
    hidden_words,
    hundred,
    with_range,
)
from satuhati.text import Translator


def services(c: Context) -> Part:
    t = c.t
    title = t("Who knows the services")
    if not c.dossier.funnels:
        return Part(
            title, "services", 2,
            (Voice(t("No evidence yet: residents have not been asked about any service.")),),
        )  # fmt: skip
    blocks: list[Block] = [
        Para(
            t(
                "Hatched: a sample, with its range; solid: everyone was counted. Dashed line: "
                "half. Ways of asking are never mixed."
            )
            + " "
            + hidden_note(t),
            "note",
        )
    ]  # fmt: skip
    blocks += [_funnel(c, f, i) for i, f in enumerate(c.dossier.funnels)]
    return Part(title, "services", 2, tuple(blocks))


def _funnel(c: Context, f: Funnel, i: int) -> Part:
    t = c.t
    sampled = f.frame != "census"
    frame = w.word(w.FRAMES, f.frame, t.lang)
    heard = next((s for s in f.steps if s.stage == "heard"), None)
    blocks: list[Block] = []
    if heard is not None and heard.share is not None:
        blocks.append(
            Voice(
                t("Of 10 people asked, {tenths} have heard of {service}.",
                  tenths=say.tenths(100 * heard.share, t), service=f.service_name)
            )
        )  # fmt: skip
    blocks.append(
        Para(
            t("{asked} asked ({frame}), {period}.", asked=t.number(f.asked), frame=frame,
              period=say.period_words((f.start, f.end), t))
        )
    )  # fmt: skip
    rows: list[tuple[Line, ...]] = []
    for s in f.steps:
        name = w.word(w.STAGES, s.stage, t.lang)
        if s.share is None or (s.n is not None and s.n < SMALLEST):
            rows.append((name, "–", hidden_words(t), "–"))
            continue
        label = f"{name}: {with_range(s.share, s.interval, t)}"
        rows.append(
            (
                name,
                (Picture(bar(100 * s.share, hundred(s.interval), label, sampled=sampled)),),
                t.number(s.n),
                with_range(s.share, s.interval, t),
            )
        )
    blocks.append(
        Table(
            t("From hearing to staying"),
            (t("Step"), t("Of those asked"), t("People"), t("Share (range)")),
            tuple(rows),
            right=(2, 3),
            pictures=(1,),
        )
    )
    if f.areas:
        shown = [a for a in f.areas if a.share is not None]
        hidden = [a for a in f.areas if a.share is None]
        area_rows: list[tuple[Line, ...]] = []
        for a in sorted(shown, key=lambda a: a.share or 0):
            label = f"{a.area_name}: {with_range(a.share, a.interval, t)}"
            area_rows.append(
                (
                    a.area_name,
                    (Picture(bar(100 * (a.share or 0), hundred(a.interval), label,
                                 sampled=sampled)),),
                    t("{heard} of {asked}", heard=t.number(a.heard), asked=t.number(a.asked)),
                    with_range(a.share, a.interval, t),
                )
            )  # fmt: skip
        # A hidden count still says which side of the half an area lies on: where to go first.
        for side, words in (
            (False, t("fewer than half")),
            (True, t("half or more")),
            (None, t("too few asked")),
        ):
            names = ", ".join(sorted(a.area_name for a in hidden if a.at_least_half is side))
            if names:
                area_rows.append((Name(names), words, hidden_words(t), "–"))
        blocks.append(
            Table(
                t("Who has heard, by area, least known first"),
                (t("Area"), t("Have heard"), t("People"), t("Share (range)")),
                tuple(area_rows),
                right=(2, 3),
                pictures=(1,),
            )
        )
    if any(code != "unknown" for code, _ in f.channels):
        blocks.append(_channels(f, t))
    return Part(f"{f.service_name}, {frame}", f"service-{i + 1}", 3, tuple(blocks))


def _channels(f: Funnel, t: Translator) -> Table:
    top = max((n for _, n in f.channels if n is not None), default=0)
    rows: list[tuple[Line, ...]] = []
    for code, n in f.channels:
        name = w.word(w.CHANNELS, code, t.lang)
        if n is None:
            rows.append((name, "–", hidden_words(t)))
        else:
            share = 100 * n / top if top else 0.0
            rows.append(
                (name, (Picture(bar(share, None, f"{name}: {t.number(n)}", sampled=False)),),
                 t.number(n))
            )  # fmt: skip
    return Table(
        t("Heard through whom"),
        (t("Channel"), t("Against the most common"), t("People")),
        tuple(rows),
        right=(2,),
        pictures=(1,),
    )
