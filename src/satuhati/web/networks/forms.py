"""Opening a round of ties."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from satuhati.text import Translator
from satuhati.web.networks.kinds import FULL, SHORT
from satuhati.web.networks.naming import find
from satuhati.web.register.models import Actor
from satuhati.web.register.picking import PickField
from satuhati.web.tenancy.who import Who

LONGEST = 60
"""Days a round may stay open."""


class OpenForm(forms.Form):
    """Until when, and who is asked beside the members of the group."""

    def __init__(self, *args: Any, t: Translator, who: Who, today: dt.date, **kwargs: Any) -> None:
        if args and args[0] is not None and not args[0].get("kind"):
            args = ({**args[0].dict(), "kind": SHORT}, *args[1:])
        super().__init__(*args, **kwargs)
        self.t, self.who, self.today = t, who, today
        self.fields["kind"] = forms.ChoiceField(
            label=t("How are people asked?"), initial=SHORT,
            choices=[
                (SHORT, t("Short: up to five names to each of six questions, by link. 3 minutes.")),
                (FULL, t("Full list: everybody asked is gone through one by one, with an "
                         "interviewer or signed in. 10 to 20 minutes.")),
            ],
            widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["closes_on"] = forms.DateField(
            label=t("Answers until"),
            help_text=t("Until it closes nobody sees what was said. Two weeks are usually enough."),
            widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        )
        self.fields["also"] = forms.CharField(
            label=t("Who else is asked?"), required=False, max_length=8000,
            help_text=t("Partners and residents of the register, one name a line."),
            widget=forms.Textarea({"rows": 4}),
        )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label=t("To bear in mind"), required=False, max_length=1000,
            help_text=t("What one should know when reading the results."),
            widget=forms.Textarea({"rows": 2}),
        )  # fmt: skip

    def clean_closes_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["closes_on"]
        if not 0 <= (day - self.today).days <= LONGEST:
            raise forms.ValidationError(self.t("Choose a day between today and two months on."))
        return day

    def clean_also(self) -> list[Actor]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["also"].splitlines()]
        among = Actor.objects.filter(kind="person")
        found = {line: find(among, line, []) for line in lines if line}
        if unknown := [line for line, one in found.items() if one is None]:
            raise forms.ValidationError(
                [
                    self.t("“{name}” is not in the register, or more than one has this name: add "
                           "the RT then, as in “Sari Dewi, RT 03”.", name=name)
                    for name in unknown
                ]
            )  # fmt: skip
        people = [one for one in found.values() if one is not None]
        return [one for one in people if one.left is None or one.left > self.today]


class EraseForm(forms.Form):
    """Somebody who asks to be taken out of the ties."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PickField(
            Actor.objects.filter(kind="person"), t, label=t("Who asks to be taken out?")
        )
