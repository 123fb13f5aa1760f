"""The form for residents."""

from __future__ import annotations

from typing import Any

from django import forms

from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator


class VoiceForm(forms.Form):
    """What a resident wants to say; ``website`` is a trap for machines."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = TABLES["voices"].column("kind").choices
        self.fields["kind"] = forms.ChoiceField(
            label=t("What is it?"),
            choices=[(k, choice_label("voices", "kind", k)(t.lang)) for k in kinds],
            widget=forms.RadioSelect,
            initial=kinds[0],
        )
        self.fields["text"] = forms.CharField(
            label=t("Your message"),
            help_text=t(
                "No name is needed. Please write nobody's name, sickness or number either."
            ),
            widget=forms.Textarea({"rows": 5}),
            max_length=2000,
        )
        self.fields["website"] = forms.CharField(required=False)
