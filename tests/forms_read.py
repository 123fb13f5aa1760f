"""What a browser would send: the fields of a page's form as they stand in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "textarea" and name:
            self.area = name
            self.found[name] = ""
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.found[self.select] = given.get("value") or ""
        elif tag == "input" and name and kind != "file":
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    self.found.setdefault(name, []).append(given.get("value") or "on")
            else:
                self.found[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data


def fields_of(page: str) -> dict[str, Any]:
    """The fields of all forms of a page, without the token; lists for what is ticked."""
    reader = _Fields()
    reader.feed(page)
    reader.found.pop("csrfmiddlewaretoken", None)
    return reader.found
