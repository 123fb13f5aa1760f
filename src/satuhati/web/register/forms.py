"""Forms of the register beyond those made from the schema."""

from __future__ import annotations

from typing import Any

from django import forms

from satuhati.framework import SECTIONS
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.schema_forms import NamedChoice, field_for

CORE = ("patron", "advisor", "chair", "deputy_chair", "secretary", "treasurer", "member", "other")


class TermForm(forms.Form):
    """Who takes which post: the kind of post, its section, the person, since when."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.t = t
        people = Actor.objects.filter(kind="person").order_by("name")
        posts, terms = TABLES["posts"], TABLES["terms"]
        self.fields["actor"] = NamedChoice(
            queryset=people, to_field_name="public_id", label=terms.column("actor").label(t.lang)
        )
        self.fields["kind"] = field_for("posts", posts.column("kind"), t)
        self.fields["section"] = field_for("posts", posts.column("section"), t)
        self.fields["name"] = forms.CharField(
            required=False,
            max_length=200,
            label=posts.column("name").label(t.lang),
            help_text=t("Only if it is called otherwise, such as: Ketua Harian."),
        )
        for name in ("start", "end", "decree"):
            self.fields[name] = field_for("terms", terms.column(name), t)
        self.fields["deputy"] = field_for("terms", terms.column("deputy"), t, people)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("kind", "")
        if kind.startswith("section") and not data.get("section"):
            self.add_error("section", self.t("Which section?"))
        if kind in CORE:
            data["section"] = ""
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", self.t("The end lies before the start."))
        return data

    def post_name(self) -> str:
        """The post's name in Indonesian, as decrees write it, unless one was given."""
        data = self.cleaned_data
        if data["name"]:
            return str(data["name"])
        word = choice_label("posts", "kind", data["kind"]).id
        word = word[:1].upper() + word[1:]
        section = SECTIONS[data["section"]].label.id if data["section"] else ""
        if not section:
            return word
        head = "Ketua" if data["kind"] == "section_head" else "Anggota"
        return f"{head} {section}"

    def term(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "actor": data["actor"],
            "start": data["start"],
            "end": data["end"],
            "decree": data["decree"] or None,
            "deputy": data["deputy"],
        }


class AreasForm(forms.Form):
    """How many RW, and how many RT in each."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rw"] = forms.IntegerField(
            min_value=1,
            max_value=60,
            label=t("How many RW?"),
            help_text=t("RW 01, RW 02 and so on are made."),
        )
        self.fields["rt"] = forms.IntegerField(
            min_value=0,
            max_value=40,
            label=t("How many RT in each?"),
            help_text=t("The largest number; what is too many can be left unused. 0 for none."),
        )
