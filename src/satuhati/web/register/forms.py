"""Forms of the register: the schema's columns, with names that can be searched."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from satuhati.formats.people_columns import date_in_words
from satuhati.formats.people_marks import normal_phone
from satuhati.formats.written import read_date
from satuhati.schema import TABLES, Column
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.register.models import Actor, Area, Post
from satuhati.web.register.picking import PickField
from satuhati.web.tenancy.schema_forms import SchemaForm

PERSON = ("name", "sex", "phone", "sector", "organization", "area", "age_band", "schooling",
          "outside", "joined", "left", "authority")  # fmt: skip
ORGANIZATION = ("name", "kind", "sector", "organization", "area", "phone", "outside", "authority",
                "joined", "left")  # fmt: skip
POST = ("name", "kind", "section")
TERM = ("post", "actor", "deputy", "start", "end", "decree")
AREA = ("name", "level", "parent", "official_code", "adults", "households")
ASSET = ("name", "kind", "direction", "actor", "area", "since", "used_on", "used_for")
SECTION_KINDS = ("section_head", "section_member")
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def plain_text(text: str) -> str:
    """Text in one line as it will be kept: composed, without invisible control characters.

    The joiners that emoji and Arabic names need stay; marks that turn the direction of what
    follows do not.
    """
    kept = "".join(
        c if c in "\u200c\u200d" or unicodedata.category(c) not in _UNSEEN
        else " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else ""
        for c in text
    )  # fmt: skip
    return " ".join(unicodedata.normalize("NFC", kept).split())


def authority_words(t: Translator) -> list[str]:
    """What levels 0 to 4 of authority are, as the schema's meaning of the column says."""
    above = ("village", "subdistrict", "district")
    words = [choice_label("areas", "level", level)(t.lang) for level in above]
    return [t("residents"), *words, t("above the district")]


class TextField(forms.CharField):
    """One line of text, tidied."""

    def to_python(self, value: Any) -> Any:
        return plain_text(super().to_python(value) or "")


class DayField(forms.DateField):
    """A day, from the browser's calendar or as people write it: 21/11/2026, 21 November 2026."""

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str) and value.strip():
            text = value.strip()
            try:
                found = read_date(text) or date_in_words(text)
            except ValueError:
                found = None
            if found is not None:
                return found
        return super().to_python(value)


class RegisterForm(SchemaForm):
    """A form of the register; ``picks`` are the rows that a reference may point to."""

    def __init__(
        self,
        *args: Any,
        table: str,
        columns: Sequence[str],
        t: Translator,
        picks: Mapping[str, QuerySet[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        picks = picks or {}
        super().__init__(*args, table=table, columns=columns, t=t, references=picks, **kwargs)
        self.t = t
        for column in self.columns:
            field = self._own_field(column, picks.get(column.name))
            if field is not None:
                self.fields[column.name] = field

    def _own_field(self, column: Column, rows: QuerySet[Any] | None) -> forms.Field | None:
        t = self.t
        common: dict[str, Any] = {
            "label": column.label(t.lang),
            "help_text": column.meaning(t.lang),
            "required": column.required,
        }
        if column.kind == "reference" and rows is not None:
            common["help_text"] = t("Begin to type the name and choose from the list.")
            return PickField(rows, t, **common)
        if column.kind == "date":
            widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
            said = {"invalid": t("That is no day. Write it as 21/11/2026.")}
            return DayField(widget=widget, error_messages=said, **common)
        if column.name == "phone":
            widget_ = forms.TextInput({"inputmode": "tel", "autocomplete": "off"})
            return forms.CharField(max_length=40, widget=widget_, **common)
        if column.name == "authority":
            common["help_text"] = t("How high the office reaches.")
            words = [("", "–"), *((str(n), w) for n, w in enumerate(authority_words(t)))]
            return forms.TypedChoiceField(choices=words, coerce=int, empty_value=None, **common)
        if column.kind == "text":
            return TextField(max_length=300, **common)
        return None

    def clean_phone(self) -> str | None:
        typed = str(self.cleaned_data.get("phone") or "").strip()
        if not typed:
            return None
        found = normal_phone(typed)
        if not found:
            raise forms.ValidationError(
                self.t("This number cannot be read. Write it as 0812 3456 7890.")
            )
        return found

    def in_order(self, earlier: str, later: str, message: str) -> None:
        """``later`` may not lie before ``earlier``."""
        first, last = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
        if first and last and last < first:
            self.add_error(later, message)


class ActorForm(RegisterForm):
    """A person, or an organisation."""

    def __init__(self, *args: Any, t: Translator, person: bool, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        others = Actor.objects.exclude(kind="person")
        if instance is not None:
            others = others.exclude(pk=instance.pk)
        self.instance = instance
        super().__init__(
            *args,
            table="actors",
            columns=PERSON if person else ORGANIZATION,
            t=t,
            picks={"organization": others, "area": Area.objects.all()},
            **kwargs,
        )
        self.fields["name"].required = True
        self.fields["name"].help_text = (
            t("As people write it, with titles.") if person else t("As it stands on its letters.")
        )
        if not person:
            kinds = TABLES["actors"].column("kind").choices
            choices = [c for c in self.fields["kind"].choices if c[0] in kinds and c[0] != "person"]
            self.fields["kind"].choices = choices
            self.fields["kind"].help_text = ""
            self.fields["organization"].label = t("Part of")
            self.fields["organization"].help_text = t("The organisation or association above it.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.in_order("joined", "left", self.t("Nobody leaves before joining."))
        above, seen = data.get("organization"), 0
        while self.instance is not None and above is not None and seen < 50:
            if above.pk == self.instance.pk:
                self.add_error("organization", self.t("It would be part of itself in a circle."))
                break
            above, seen = above.organization, seen + 1
        return data


class PostForm(RegisterForm):
    """A post of the working group."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, table="posts", columns=POST, t=t, **kwargs)
        self.fields["name"].help_text = t("As in the decree, such as: Ketua Seksi Ekonomi.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") in SECTION_KINDS and not data.get("section"):
            self.add_error("section", self.t("Which section?"))
        return data


class TermForm(RegisterForm):
    """Who holds which post, since and until when."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        people = Actor.objects.filter(kind="person")
        picks = {"post": Post.objects.all(), "actor": people, "deputy": people}
        super().__init__(*args, table="terms", columns=TERM, t=t, picks=picks, **kwargs)
        if kwargs.get("instance") is None:
            self.fields["ends_others"] = forms.BooleanField(
                required=False,
                label=t("Whoever holds the post now stops the day before"),
                help_text=t("Leave it open where several people share a post."),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.in_order("start", "end", self.t("The end lies before the start."))
        if data.get("deputy") and data.get("deputy") == data.get("actor"):
            self.add_error("deputy", self.t("Nobody is their own deputy."))
        return data


class AreaForm(RegisterForm):
    """One area."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        self.instance = kwargs.get("instance")
        above = Area.objects.exclude(level="rt")
        if self.instance is not None:
            above = above.exclude(pk=self.instance.pk)
        super().__init__(*args, table="areas", columns=AREA, t=t, picks={"parent": above}, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        above, seen = data.get("parent"), 0
        while self.instance is not None and above is not None and seen < 50:
            if above.pk == self.instance.pk:
                self.add_error("parent", self.t("It would be part of itself in a circle."))
                break
            above, seen = above.parent, seen + 1
        return data


class AssetForm(RegisterForm):
    """Something offered or wanted."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        picks = {"actor": Actor.objects.all(), "area": Area.objects.all()}
        super().__init__(*args, table="assets", columns=ASSET, t=t, picks=picks, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.in_order("since", "used_on", self.t("It was used before it was offered."))
        return data


class AreasForm(forms.Form):
    """RW and RT in one go: "RW 01–08, each with RT 01–12"."""

    def __init__(self, *args: Any, t: Translator, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.t = t
        bounds: dict[str, Any] = {"min_value": 1, "max_value": most}
        self.fields["first_rw"] = forms.IntegerField(label=t("From RW"), initial=1, **bounds)
        self.fields["last_rw"] = forms.IntegerField(label=t("To RW"), **bounds)
        self.fields["rts"] = forms.IntegerField(
            label=t("How many RT in each"),
            help_text=t("0 if the RT shall not be entered. Single ones can be added later."),
            min_value=0,
            max_value=most,
            initial=0,
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_rw"), data.get("last_rw")
        if first and last and last < first:
            self.add_error("last_rw", self.t("The last RW comes before the first."))
        return data


class DayForm(forms.Form):
    """One day, and perhaps what for."""

    def __init__(
        self, *args: Any, t: Translator, label: str, help_text: str = "", what: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            label=label,
            help_text=help_text,
            widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            error_messages={"invalid": t("That is no day. Write it as 21/11/2026.")},
        )
        if what:
            self.fields["used_for"] = TextField(label=what, required=False, max_length=300)


class MergeForm(forms.Form):
    """Two people who are one."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.t = t
        note = t("Begin to type the name and choose from the list.")
        for name, label in (("one", t("One")), ("two", t("The other"))):
            self.fields[name] = PickField(Actor.objects.all(), t, label=label, help_text=note)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        one, two = data.get("one"), data.get("two")
        if one and two and (one == two or (one.kind == "person") != (two.kind == "person")):
            self.add_error("two", self.t("Please choose two different people."))
        return data
