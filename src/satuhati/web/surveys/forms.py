"""Opening a round: which questions, who is asked and how, until when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from satuhati.text import Translator
from satuhati.web.register.models import Actor
from satuhati.web.surveys.asking import PANEL, drawn, named, of_round, people_of
from satuhati.web.surveys.awareness import MOST as MOST_SERVICES
from satuhati.web.surveys.awareness import known_services
from satuhati.web.surveys.bank import LENGTHS, NAMES, items_of
from satuhati.web.surveys.household_form import clean_households, household_fields
from satuhati.web.surveys.instrument_queries import get_untested_for
from satuhati.web.surveys.models import Answer, Instrument
from satuhati.web.surveys.queries import may_be_opened
from satuhati.web.surveys.waves import panel_rounds
from satuhati.web.tenancy.who import Who

LONGEST_ROUND = 180
OWN_MOST = 20
OWN_KINDS = ("likert", "binary", "number", "text")


class RoundForm(forms.Form):
    """A new round. ``cleaned_data["people"]`` are those who are asked."""

    def __init__(self, *args: Any, who: Who, t: Translator, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.t, self.today = t, today
        populations = {
            "warga": t("Residents"), "pokja": t("Working group"), "mitra": t("Partners"),
        }  # fmt: skip
        words = {"short": t("short"), "standard": t("standard")}
        ready = [
            (f"{population}:{length}",
             t("{population}, {length}: {n} questions", population=populations[population],
               length=words[length], n=len(items_of(population, length))))
            for population in NAMES for length in LENGTHS
        ]  # fmt: skip
        untested = get_untested_for(who)
        others = [
            (
                f"kuesioner:{i.public_id}",
                t("From our records: {name} (pretest not finished)", name=i.name)
                if i.public_id in untested
                else t("From our records: {name}", name=i.name),
            )
            for i in Instrument.objects.order_by("name", "pk")
            if i.item_order
        ]
        self.fields["questionnaire"] = forms.ChoiceField(
            label=t("Which questions?"), choices=[*ready, *others], initial="pokja:short",
            help_text=t("The first word says who is asked. Short takes five minutes."),
        )  # fmt: skip
        self.fields["own"] = forms.CharField(
            label=t("Questions of your own"), required=False, max_length=6000,
            widget=forms.Textarea({"rows": 3}),
            help_text=t("One on each line. They are put at the end, each with the kind below."),
        )  # fmt: skip
        self.fields["own_kind"] = forms.ChoiceField(
            label=t("Your own questions are answered by"), initial="likert",
            choices=[("likert", t("how far one agrees")), ("binary", t("yes or no")),
                     ("number", t("a number")), ("text", t("words"))],
        )  # fmt: skip
        services = known_services(who.community) if who.community is not None else []
        self.services = {s.public_id: s for s in services}
        self.fields["services"] = forms.MultipleChoiceField(
            label=t("Ask also who knows these services"), required=False,
            widget=forms.CheckboxSelectMultiple(),
            choices=[(s.public_id, s.name) for s in services],
            help_text=t("Heard of, visited, enrolled, still coming: for rounds of residents. On "
                        "closing the answers become tallies by RW, without persons."),
        )  # fmt: skip
        self.earlier = {r.public_id: r for r in panel_rounds()}
        self.fields["how"] = forms.ChoiceField(
            label=t("Who is asked?"), initial="census",
            choices=[
                ("census", t("everybody of the working group or all partners")),
                ("sample", t("people drawn at random from the register")),
                ("households", t("households drawn at random from a list")),
                *([(PANEL, t("the same people as in an earlier round, by name"))]
                  if self.earlier else []),
                ("purposive", t("people we choose, with a reason")),
                ("door_to_door", t("whoever is met from door to door")),
                ("service_desk", t("whoever comes to a service")),
                ("meeting", t("whoever is at a meeting")),
            ],
            help_text=t("Answers of different ways of asking are never mixed in one round."),
        )  # fmt: skip
        self.fields["size"] = forms.IntegerField(
            label=t("How many are drawn?"), required=False, min_value=1, max_value=5000,
            help_text=t("For a random draw."),
        )  # fmt: skip
        self.fields.update(household_fields(t))
        before = [
            (code, t("{name}, wave {n}, closed {date}", name=r.instrument.name, n=r.wave,
                     date=t.date(r.end)))
            for code, r in self.earlier.items()
        ]  # fmt: skip
        self.fields["earlier"] = forms.ChoiceField(
            label=t("Which earlier round?"), required=False, choices=[("", "–"), *before],
            help_text=t("Its questions are asked again of exactly those who answered it, by name, "
                        "so that one sees how people changed."),
        )  # fmt: skip
        self.fields["chosen"] = forms.CharField(
            label=t("Whom do you choose?"), required=False, max_length=20000,
            widget=forms.Textarea({"rows": 3}),
            help_text=t("For people you choose: one name or code on each line."),
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=t("Why these?"), required=False, max_length=1000,
            help_text=t("For people you choose. It is shown with the results."),
        )  # fmt: skip
        self.fields["anonymous"] = forms.BooleanField(
            label=t("Anonymous: nobody can see who answered what"), required=False, initial=True
        )
        self.fields["open_address"] = forms.BooleanField(
            label=t("Also an open address to pass on, for anonymous rounds"), required=False
        )
        self.fields["until"] = forms.DateField(
            label=t("Answers until"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            initial=today + dt.timedelta(days=14),
        )  # fmt: skip

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if not 0 <= (day - self.today).days <= LONGEST_ROUND:
            raise forms.ValidationError(self.t("Choose a day between today and six months on."))
        return day

    def clean_own(self) -> list[str]:
        lines = [" ".join(raw.split()) for raw in self.cleaned_data["own"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > OWN_MOST:
            raise forms.ValidationError(
                self.t("Twenty questions of your own at most: who answers gets tired.")
            )
        return found

    def clean_services(self) -> list[Any]:
        chosen = [self.services[code] for code in self.cleaned_data["services"]]
        if len(chosen) > MOST_SERVICES:
            raise forms.ValidationError(self.t("Six services at most: who answers gets tired."))
        return chosen

    def population(self) -> str:
        kind, _, rest = str(self.cleaned_data.get("questionnaire", "")).partition(":")
        if kind == "kuesioner":
            return str(Instrument.objects.get(public_id=rest).population)
        return kind

    def clean(self) -> dict[str, Any]:
        data, t = self.cleaned_data, self.t
        if "questionnaire" not in data or "how" not in data:
            return data
        population, how = self.population(), data["how"]
        if data.get("services") and population != "warga":
            self.add_error("services", self.t("Who knows a service is asked of residents."))
        there = people_of(population, self.today)
        chosen: list[Actor] = []
        if how == "census":
            if population == "warga":
                self.add_error("how", t("Not everybody in the village can be asked by the "
                                        "register. Choose another way."))  # fmt: skip
            chosen = there
            if not there:
                self.add_error("how", t("Nobody of them is in the register yet."))
        elif how == "sample":
            size = data.get("size")
            if not size:
                self.add_error("size", t("Say how many are drawn."))
            elif size > len(there):
                self.add_error("size", t.plural(
                    "The register has {n} person of them.", "The register has {n} of them.",
                    len(there)))  # fmt: skip
        elif how == "households":
            if population != "warga":
                self.add_error("how", t("Households are drawn to ask residents. Choose questions "
                                        "for residents."))  # fmt: skip
            data["household_frame"] = clean_households(self, t)
            # Nobody of a household is on the register by it: there is no name to keep.
            data["anonymous"] = True
        elif how == PANEL:
            before = self.earlier.get(data.get("earlier", ""))
            if before is None:
                self.add_error("earlier", t("Choose the earlier round."))
            else:
                answers = Answer.objects.filter(round=before).select_related("actor")
                chosen = of_round(list(answers), self.today)
                if not chosen:
                    self.add_error("earlier", t("Nobody of them is here any more."))
            data["panel_of"], data["anonymous"] = before, False
        elif how == "purposive":
            if not data.get("reason", "").strip():
                self.add_error("reason", t("Say why these people are asked."))
            chosen, unknown = named(data.get("chosen", ""), there)
            if unknown:
                self.add_error("chosen", t("Not found, or several of that name: {names}",
                                           names=", ".join(unknown[:5])))  # fmt: skip
            elif not chosen:
                self.add_error("chosen", t("Name at least one person."))
        if data.get("open_address") and not data.get("anonymous"):
            self.add_error("open_address", t("An open address does not know who answers: it is "
                                             "for anonymous rounds."))  # fmt: skip
        if data.get("open_address") and not may_be_opened(how):
            self.add_error("open_address", t("Of a random draw only those drawn may answer: no "
                                             "open address."))  # fmt: skip
        data["people"], data["frame"] = chosen, there
        return data

    def draw(self, seed: int) -> list[Actor]:
        data = self.cleaned_data
        return drawn(data["frame"], data["size"], seed)
