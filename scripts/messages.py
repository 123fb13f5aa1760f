"""Bring the one message catalogue up to date with the code, and compile it.

    make messages            (or: .venv/bin/python scripts/messages.py [--prune])

Running words are written in English where they are used: ``t("…")`` and ``t.plural("…", "…", n)``
in Python, ``{{ t("…") }}`` in the report's templates. They are found by walking the syntax tree
rather than by matching names, because the report's templates call a method (``t.plural``) that
Jinja's own extractor does not see, and because a message that is not a literal must be an error:
it could never be translated. New messages enter the catalogue empty; nothing is guessed ("fuzzy").
A message no longer used is kept as obsolete, in case it returns; ``--prune`` drops those.
"""

from __future__ import annotations

import ast
import datetime as dt
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "satuhati"
PO = PACKAGE / "locale" / "id" / "LC_MESSAGES" / "satuhati.po"
MO = PO.with_suffix(".mo")

# Nothing that changes by itself (dates, version of the tool): a second run changes nothing.
HEADER = """\
# Indonesian running words of Satu Hati. Licence: CC BY 4.0, see LICENSE-TEXTS.
# New and changed messages arrive by `make messages`; write the translation here and run it again.
msgid ""
msgstr ""
"Project-Id-Version: satuhati\\n"
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


class Message(NamedTuple):
    """One message in the code; ``many`` is its plural form, if it has one."""

    file: Path
    line: int
    one: str
    many: str | None


class NotLiteralError(Exception):
    """A message that is put together at run time and so cannot be translated."""


def _empty() -> Catalog:
    """An empty catalogue; Indonesian has one plural form, which Babel does not know."""
    never = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # a date would make each compilation differ
    catalogue = Catalog(
        locale="id",
        project="satuhati",
        version="0",
        charset="utf-8",
        creation_date=never,
        revision_date=never,
        msgid_bugs_address="-",
        last_translator="Satu Hati contributors",
        language_team="Satu Hati contributors",
    )
    catalogue.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
    ]
    return catalogue


def _message(file: Path, line: int, plural: bool, arguments: list[object]) -> Message:
    wanted = 2 if plural else 1
    texts = [text for text in arguments[:wanted] if isinstance(text, str) and text]
    if len(texts) < wanted:
        place = f"{os.path.relpath(file, ROOT)}:{line}"
        call = "t.plural" if plural else "t"
        raise NotLiteralError(f"{place}: {call}(…) needs its message written out as a literal text")
    return Message(file, line, texts[0], texts[1] if plural else None)


def _is_translator(node: ast.expr) -> bool:
    """Whether an expression is the translator: ``t``, or an attribute of that name (``self.t``)."""
    return (isinstance(node, ast.Name) and node.id == "t") or (
        isinstance(node, ast.Attribute) and node.attr == "t"
    )


def in_python(file: Path) -> Iterator[Message]:
    """The messages of one module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if not isinstance(node, ast.Call):
            continue
        plural = (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "plural"
            and _is_translator(node.func.value)
        )
        if plural or _is_translator(node.func):
            values = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            yield _message(file, node.lineno, plural, list(values))


def in_template(file: Path) -> Iterator[Message]:
    """The messages of one Jinja template."""
    tree = Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))
    for node in tree.find_all(nodes.Call):
        called = node.node
        plural = isinstance(called, nodes.Getattr) and called.attr == "plural"
        name = called.node if isinstance(called, nodes.Getattr) and plural else called
        if isinstance(name, nodes.Name) and name.name == "t":
            values = [a.value if isinstance(a, nodes.Const) else None for a in node.args]
            yield _message(file, node.lineno, plural, list(values))


def messages(package: Path = PACKAGE) -> list[Message]:
    """Every message of commands, reports and templates, in order of file and line."""
    found: list[Message] = []
    for file in sorted(package.rglob("*.py")):
        # In the core, `t` is a statistic; no words are made there.
        if "core" not in file.relative_to(package).parts:
            found.extend(sorted(in_python(file), key=lambda m: m.line))
    for pattern in ("*.html", "*.svg", "*.txt", "*.jinja", "*.j2", "*.css"):
        for folder in ("reports", "web"):
            for file in sorted(package.glob(f"{folder}/**/templates/**/{pattern}")):
                found.extend(in_template(file))
    return found


def template(found: list[Message]) -> Catalog:
    """The catalogue of messages still without translation."""
    catalogue = _empty()
    for message in found:
        name = message.one if message.many is None else (message.one, message.many)
        # The file but not the line: moving code about does not change the catalogue.
        catalogue.add(name, locations=[(str(message.file.relative_to(ROOT)), 0)])
    return catalogue


def read(path: Path = PO) -> Catalog:
    """The catalogue as it is kept."""
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale="id", abort_invalid=True)


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads; depends on the translations only."""
    plain = _empty()
    for message in catalogue:
        if message.id and message.string and not message.fuzzy:
            plain.add(message.id, message.string)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def translated(message_string: object) -> bool:
    """Whether a catalogue entry has its wording (each plural form of it)."""
    forms = message_string if isinstance(message_string, (tuple, list)) else (message_string,)
    return bool(forms) and all(forms)


def main(*options: str) -> int:
    try:
        fresh = template(messages())
    except NotLiteralError as error:
        print(error)
        return 1
    kept = read()
    kept.update(fresh, no_fuzzy_matching=True, update_header_comment=False)
    for key, message in list(kept.obsolete.items()):
        if not translated(message.string):
            del kept.obsolete[key]  # nothing of anybody's work is lost
    body = io.BytesIO()
    prune = "--prune" in options
    write_po(body, kept, width=100, omit_header=True, include_lineno=False,
             sort_output=True, ignore_obsolete=prune)  # fmt: skip
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(HEADER + "\n" + body.getvalue().decode("utf-8").lstrip("\n"), encoding="utf-8")
    MO.write_bytes(compiled(read()))
    empty = [m for m in read() if m.id and not translated(m.string)]
    print(f"{PO.relative_to(ROOT)}: {len(kept)} messages, {len(empty)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
