"""The XML a phone sends, read by expat: no document type, no entities, bounded in all it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat  # parsing is limited below: a document type ends it at once

MOST_BYTES = 2_000_000
MOST_ELEMENTS, DEEPEST, LONGEST = 20_000, 40, 100_000
Tree = dict[str, Any]


class BadXmlError(Exception):
    """Not well-formed, a document type, or more than a form can hold."""


@dataclass(slots=True)
class Document:
    """The root's id and version, and what is in it: text, a mapping, or a list of these."""

    form_id: str = ""
    version: str = ""
    tree: Tree = field(default_factory=dict)

    @property
    def meta(self) -> Tree:
        found = self.tree.get("meta")
        return found if isinstance(found, dict) else {}

    @property
    def instance(self) -> str:
        return _text(self.meta.get("instanceID"))

    @property
    def deprecated(self) -> str:
        return _text(self.meta.get("deprecatedID"))

    def leaves(self) -> dict[str, str]:
        """Texts by the name of their question, wherever it stands outside a repetition.

        Names are unique in a form. One that repeats, or stands inside something that does, is
        left out: its answers have no one place.
        """
        found: dict[str, str] = {}
        _collect(self.tree, found)
        return found


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _collect(tree: Tree, found: dict[str, str]) -> None:
    for name, value in tree.items():
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, dict) and name != "meta":
            _collect(value, found)


def read(content: bytes) -> Document:
    """The document of a submission. Raises :class:`BadXmlError` alone."""
    if len(content) > MOST_BYTES:
        raise BadXmlError("size")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.ExternalEntityRefHandler = reader.refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):  # also an encoding nobody knows
        raise BadXmlError("form") from None
    reader.document.tree = reader.root
    return reader.document


class _Reader:
    def __init__(self) -> None:
        self.document = Document()
        self.root: Tree = {}
        self.open: list[tuple[str, Tree, list[str]]] = []
        self.seen = self.depth = 0

    def refuse(self, *_: Any) -> Any:
        raise BadXmlError("doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        if self.seen > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise BadXmlError("size")
        if self.seen == 1:
            self.document.form_id = attributes.get("id", "")
            self.document.version = attributes.get("version", "")
        self.open.append((name.rpartition(" ")[2], {}, []))

    def text(self, data: str) -> None:
        parts = self.open[-1][2]
        parts.append(data)
        if len(data) > LONGEST or len(parts) > LONGEST:
            raise BadXmlError("size")

    def end(self, _: str) -> None:
        name, children, parts = self.open.pop()
        if not self.open:
            self.root = children
            return
        value: Any = children or "".join(parts)
        into = self.open[-1][1]
        there = into.get(name)
        if there is None:
            into[name] = value
        elif isinstance(there, list):
            there.append(value)
        else:
            into[name] = [there, value]
