"""Choosing one of many rows by typing its name: works without a script and with 10,000 rows.

A text field with the browser's own list of suggestions. What is typed is looked up when the form
is sent; a name that several bear is told apart by the code behind it: ``Sari Dewi (a0012)``.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from satuhati.text import Translator
from satuhati.web.tenancy.rows import Row

MOST = 1000
"""Names put into the page; of a longer list the page shows none until something is typed."""
SHOWN = 6
_WITH_CODE = re.compile(r"(?s).*\((?P<code>[^()]+)\)\s*")


def named(row: Any) -> str:
    """What a row is called."""
    return getattr(row, "name", None) or row.public_id


class PickWidget(forms.TextInput):
    """A text field with suggestions."""

    def __init__(self, names: list[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.names = names

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_names"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join("", '<option value="{}">', ((n,) for n in self.names))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class PickField(forms.CharField):
    """One row of ``rows`` by its name or code; its value is the row, or ``None``."""

    def __init__(self, rows: QuerySet[Any], t: Translator, **kwargs: Any) -> None:
        self.rows, self.t = rows, t
        # One more than is shown tells whether there are too many.
        found = list(rows.order_by("name", "pk").values_list("name", "public_id")[: MOST + 1])
        super().__init__(
            max_length=400, widget=PickWidget(_told_apart(found) if len(found) <= MOST else []),
            **kwargs,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Row):
            return value
        alike = self.rows.filter(name=named(value))[:2]
        return named(value) if len(alike) == 1 else f"{named(value)} ({value.public_id})"

    def clean(self, value: Any) -> Any:
        text = " ".join(str(super().clean(value) or "").split())
        return self._find(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)

    def _find(self, text: str) -> Any:
        code = _WITH_CODE.fullmatch(text)
        if code and (row := self.rows.filter(public_id=code["code"].strip()).first()):
            return row
        for test in ("name", "name__iexact", "public_id", "name__icontains"):
            found = list(self.rows.filter(**{test: text}).order_by("name", "pk")[: SHOWN + 1])
            if len(found) == 1:
                return found[0]
            if found:
                names = _told_apart([(r.name, r.public_id) for r in found[:SHOWN]])
                raise forms.ValidationError(
                    self.t(
                        "Several fit “{text}”: {names}. Please choose one.",
                        text=text,
                        names="; ".join(names) + (" …" if len(found) > SHOWN else ""),
                    )
                )
        raise forms.ValidationError(
            self.t("“{text}” is not on record. Please choose from the list.", text=text)
        )


def _told_apart(rows: list[tuple[str | None, str]]) -> list[str]:
    """Names, with the code behind those that occur more than once."""
    count: dict[str, int] = {}
    for name, code in rows:
        count[name or code] = count.get(name or code, 0) + 1
    return [
        f"{name or code} ({code})" if count[name or code] > 1 else name or code
        for name, code in rows
    ]
