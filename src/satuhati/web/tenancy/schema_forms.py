"""Forms made from the schema: a column's label, its help, its choices, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from satuhati.schema import TABLES, Column
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.tenancy.dataset import field_of

LONG = ("description", "text", "note", "used_for", "reason", "place")


class SchemaForm(forms.Form):
    """A form over columns of one table; ``values()`` are the model's fields.

    ``references`` gives the rows that a reference may point to. ``instance`` fills it in.
    """

    def __init__(
        self,
        *args: Any,
        table: str,
        columns: Sequence[str],
        t: Translator,
        references: Mapping[str, QuerySet[Any]] | None = None,
        instance: Any = None,
        **kwargs: Any,
    ) -> None:
        if instance is not None:
            kwargs["initial"] = {
                **{n: getattr(instance, field_of(TABLES[table].column(n))) for n in columns},
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        self.table = table
        self.columns = tuple(TABLES[table].column(name) for name in columns)
        for column in self.columns:
            rows = (references or {}).get(column.name)
            self.fields[column.name] = field_for(table, column, t, rows)
        if instance is not None:
            self.fields["revision"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=instance.revision
            )
            # What stood in the form when it was opened: after a conflict it tells which answers
            # the person changed.
            self.fields["opened"] = forms.CharField(
                widget=forms.HiddenInput,
                required=False,
                strip=False,
                initial=self._as_opened,
            )

    def _as_opened(self) -> str:
        return json.dumps(
            {c.name: self.typed(c.name, self.initial.get(c.name)) for c in self.columns}
        )

    def typed(self, name: str, value: Any) -> str:
        """A value as its field shows it, and as the browser sends it back."""
        shown = self.fields[name].prepare_value(value)
        return "" if shown is None else str(shown)

    def values(self) -> dict[str, Any]:
        """What was typed, by the model's field names; nothing typed is ``None``."""
        found = {}
        for column in self.columns:
            value = self.cleaned_data[column.name]
            if value == "":
                value = None
            elif column.kind == "boolean" and not isinstance(value, bool):
                value = {"yes": True, "no": False}.get(str(value))
            found[field_of(column)] = value
        return found


class NamedChoice(forms.ModelChoiceField):
    """Rows by their names."""

    def label_from_instance(self, row: Any) -> str:
        return getattr(row, "name", None) or row.public_id


def field_for(
    table: str, column: Column, t: Translator, rows: QuerySet[Any] | None = None
) -> forms.Field:
    """The form field of a column."""
    common: dict[str, Any] = {
        "label": column.label(t.lang),
        "help_text": column.meaning(t.lang),
        "required": column.required,
    }
    if column.kind == "reference":
        return NamedChoice(queryset=rows, to_field_name="public_id", empty_label="–", **common)
    if column.kind == "choice":
        empty = [] if column.required else [("", "–")]
        choices = [(c, choice_label(table, column.name, c)(t.lang)) for c in column.choices]
        return forms.ChoiceField(choices=[*empty, *choices], **common)
    if column.kind == "boolean":
        common["required"] = False
        choices = [("", t("not known")), ("yes", t("yes")), ("no", t("no"))]
        return YesNo(choices=choices, **common)
    if column.kind == "date":
        return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **common)
    if column.kind == "time":
        return forms.RegexField(
            r"^([01]\d|2[0-3]):[0-5]\d$", widget=forms.TextInput({"type": "time"}), **common
        )
    bounds = {
        "min_value": None if column.low is None else int(column.low),
        "max_value": None if column.high is None else int(column.high),
    }
    if column.kind == "integer":
        return forms.IntegerField(**bounds, **common)
    if column.kind == "number":
        return forms.FloatField(min_value=column.low, max_value=column.high, **common)
    if column.name in LONG:
        return forms.CharField(widget=forms.Textarea({"rows": 3}), max_length=4000, **common)
    return forms.CharField(max_length=300, **common)


class YesNo(forms.ChoiceField):
    """Yes, no, or not known."""

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


def told(form: SchemaForm, row: Any, t: Translator) -> tuple[list[tuple[str, str]], SchemaForm]:
    """After a conflict: what is saved now, and the same form ready to be saved over it.

    What the person had not changed takes over what is saved; what they typed stays.
    """
    now = []
    data = form.data.copy()
    data["revision"] = str(row.revision)
    opened = _opened(data.get("opened", ""))
    for column in form.columns:
        value = getattr(row, field_of(column))
        if value != form.values()[field_of(column)]:
            now.append((column.label(t.lang), said(form.table, column, value, t)))
            if opened.get(column.name) == data.get(column.name, ""):
                data[column.name] = form.typed(column.name, value)
    saved = {c.name: form.typed(c.name, getattr(row, field_of(c))) for c in form.columns}
    data["opened"] = json.dumps(saved)
    form.data = data
    return now, form


def _opened(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def said(table: str, column: Column, value: Any, t: Translator) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if column.kind == "date":
        return t.date(value)
    if column.kind == "choice":
        return choice_label(table, column.name, value)(t.lang)
    if column.kind == "reference":
        return getattr(value, "name", None) or value.public_id
    return str(value)
