"""A questionnaire of one's own, as XLSForm: looked at, taken into the records, given to phones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.errors import Doubt, InputError
from satuhati.formats.xlsform.items import Instrument as Taken
from satuhati.text import Translator, translator
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.openrosa.models import InstrumentForm
from satuhati.web.surveys.models import Instrument, Item
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

LARGEST = 5
"""Megabytes: a questionnaire is a small workbook."""
SHOWN = 20


@action("collect.form", "surveys.edit")
def take_form(*, by: Who, taken: Taken, content: bytes) -> Outcome[tuple[Instrument, bool]]:
    """The instrument of an XLSForm, and whether it is new.

    The same workbook once more is the same instrument; another one of that code gets a code of
    its own, since answers belong to the words people read (ADR 22).
    """
    community = by.community
    base = taken.instrument["id"]
    for n in range(1, 100):
        code = base if n == 1 else f"{base}_v{n}"
        there = InstrumentForm.objects.filter(instrument=code).first()
        if there is not None and bytes(there.content) == content:
            return Outcome((Instrument.objects.get(public_id=code), False), "instruments", code)
        if there is None and not Instrument.objects.filter(public_id=code).exists():
            break
    fields = {k: v for k, v in taken.instrument.items() if k != "id"}
    made = Instrument.objects.create(
        community=community, public_id=code, item_order=[i["name"] for i in taken.items], **fields
    )
    Item.objects.bulk_create(
        Item(
            community=community, public_id=f"{code}{item['id'][len(base):]}", instrument=made,
            **{k: v for k, v in item.items() if k not in ("id", "instrument")},
        )
        for item in taken.items
    )  # fmt: skip
    InstrumentForm.objects.create(community=community, instrument=code, content=content)
    return Outcome((made, True), "instruments", code, {"rows": len(taken.items)})


class FormFile(forms.Form):
    """The workbook, and who is asked if it does not say so."""

    def __init__(self, *args: object, t: Translator, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.t = t
        self.fields["file"] = forms.FileField(
            label=t("XLSForm (.xlsx)"), widget=forms.ClearableFileInput({"accept": ".xlsx"}),
            error_messages={"required": t("Please choose a file.")},
            help_text=t("As made for KoboToolbox or ODK. Every mistake is named with its row."),
        )  # fmt: skip
        self.fields["population"] = forms.ChoiceField(
            label=t("Who is asked?"),
            choices=[("warga", t("Residents")), ("pokja", t("Working group")),
                     ("mitra", t("Partners"))],
        )  # fmt: skip

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST * 1_000_000:
            raise forms.ValidationError(
                self.t("The file is larger than {limit} MB.", limit=LARGEST)
            )
        self.name = Path(sent.name.replace("\\", "/")).name
        if not self.name.lower().endswith(".xlsx"):
            raise forms.ValidationError(self.t("This is no workbook that ends in .xlsx."))
        return bytes(sent.read())


@page("surveys.edit")
def own_form(request: HttpRequest) -> HttpResponse:
    """Take in a questionnaire of one's own; or what is wrong with it, row by row."""
    t = translator(request.lang)
    posted = request.method == "POST"
    form = FormFile(request.POST, request.FILES, t=t) if posted else FormFile(t=t)
    problems: list[str] = []
    if posted and form.is_valid():
        content = form.cleaned_data["file"]
        try:
            taken, doubts = _read(content, form.name, form.cleaned_data["population"])
        except InputError as error:
            problems = [p.line(request.lang) for p in error.problems[:SHOWN]]
        else:
            if is_first(request):
                made, new = take_form(by=request.who, taken=taken, content=content)
                messages.success(
                    request,
                    t("The questionnaire “{name}” is taken in. Now open a round with it.",
                      name=made.name) if new else t("This questionnaire was here already."),
                )  # fmt: skip
                for doubt in doubts[:SHOWN]:
                    messages.info(request, doubt.message(request.lang))
            return redirect("new_survey", request.who.community.code)
    context = {"form": form, "problems": problems, "once": new_once(request)}
    return render(request, "openrosa/own_form.html", context, status=400 if posted else 200)


def _read(content: bytes, name: str, population: str) -> tuple[Taken, tuple[Doubt, ...]]:
    """Our reading and pyxform's, and the rows that come of it. Raises :class:`InputError`."""
    from satuhati.formats.xlsform.items import to_instrument
    from satuhati.formats.xlsform.read import read_form

    with tempfile.TemporaryDirectory(prefix="satuhati-") as place:
        path = Path(place) / name
        path.write_bytes(content)
        form, _ = read_form(path, max_mb=LARGEST * 4)
    # What our pages do not ask matters little here: phones get the whole form.
    return to_instrument(form, population=form.population or population, place=name)
