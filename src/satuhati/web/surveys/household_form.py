"""The part of *Open a round* that draws households."""

from __future__ import annotations

from typing import Any

from django import forms

from satuhati.text import Translator
from satuhati.web.surveys.households import (
    FIXED,
    MOST,
    PROPORTIONAL,
    Drawn,
    allocated,
    draw,
    read_frame,
)

LARGEST_FILE = 2_000_000
TOLD = 10
"""Lines of a list that are named; the rest is counted."""


def household_fields(t: Translator) -> dict[str, forms.Field]:
    return {
        "households": forms.CharField(
            label=t("The list of households"), required=False, max_length=1_000_000,
            widget=forms.Textarea({"rows": 4}),
            help_text=t("For households drawn at random: one on each line, a code and its RT or "
                        "RW with a comma between, such as “KK-017, RT 03”. No names: codes that "
                        "interviewers can find are enough. The list itself is not kept."),
        ),
        "household_file": forms.FileField(
            label=t("Or the list as a file (.csv or .txt)"), required=False,
        ),
        "allocation": forms.ChoiceField(
            label=t("How are households spread over the areas?"), initial=PROPORTIONAL,
            required=False,
            choices=[(PROPORTIONAL, t("by the size of each area")),
                     (FIXED, t("the same number in each area"))],
            help_text=t("Of the first, the number above is that of all households; of the "
                        "second, that of each area."),
        ),
    }  # fmt: skip


def clean_households(form: Any, t: Translator) -> dict[str, list[str]]:
    """The frame by area; what is wrong goes to the fields of ``form``."""
    data = form.cleaned_data
    text = data.get("households") or ""
    sent = data.get("household_file")
    if sent is not None:
        if sent.size > LARGEST_FILE:
            form.add_error("household_file", t("The file is larger than {limit} MB.", limit="2"))
            return {}
        try:
            text = f"{text}\n{sent.read().decode('utf-8-sig')}"
        except UnicodeDecodeError:
            form.add_error("household_file", t("This is no text file. Save the list as CSV."))
            return {}
    frame, wrong = read_frame(text.strip("\n"))
    n = sum(map(len, frame.values()))
    words = {
        "no_area": t("a code and its area are needed, with a comma between"),
        "twice": t("this code is there twice"),
        "too_long": t("this is too long"),
    }
    for line in wrong[:TOLD]:
        form.add_error("households", t("Line {n}: {why}.", n=line.number, why=words[line.why]))
    if len(wrong) > TOLD:
        rest = len(wrong) - TOLD
        more = t.plural("{n} more line cannot be used.", "{n} more lines cannot be used.", rest)
        form.add_error("households", more)
    if not wrong and not n:
        form.add_error("households", t("The list is empty."))
    elif n > MOST:
        form.add_error("households", t("At most {n} households.", n=t.number(MOST)))
    size = data.get("size")
    if not size:
        form.add_error("size", t("Say how many are drawn."))
    elif n and size > n and not wrong:
        form.add_error("size", t("The list has {n} households.", n=t.number(n)))
    return frame


def drawn_households(
    frame: dict[str, list[str]], size: int, how: str, seed: int
) -> tuple[list[Drawn], dict[str, Any]]:
    """The sample, and what is kept of how it was drawn."""
    sizes = {area: len(codes) for area, codes in frame.items()}
    spread = allocated(sizes, size, how)
    kept = {
        "allocation": how,
        "strata": [{"name": a, "frame": sizes[a], "drawn": spread[a]} for a in sorted(sizes)],
    }
    return draw(frame, spread, seed), kept
