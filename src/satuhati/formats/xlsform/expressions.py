"""The XPath subset of XLSForm expressions as a small syntax tree.

An expression is read once into frozen nodes; :mod:`satuhati.formats.xlsform.evaluate` computes
them, and :func:`plain` gives them as nested lists that a page can evaluate in the browser.

Grammar (XPath 1.0 §3, as far as forms use it), weakest first: ``or``; ``and``; ``=  !=``;
``<  <=  >  >=``; ``+  -``; ``*  div  mod``; unary minus; then a number, a quoted text, ``${name}``,
``.``, a function call or brackets. In a filter of choices a bare name is a column of the choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from satuhati.text import Text

MAX_LENGTH = 4_000
MAX_DEPTH = 40
MAX_OPERATIONS = 200


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a quoted text."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Reference:
    """``${name}``: the answer to another question."""

    name: str


@dataclass(frozen=True, slots=True)
class Current:
    """``.``: the answer being checked."""


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name in a filter of choices: a column of the sheet ``choices``."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two sides and what joins them."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negative:
    """Unary minus."""

    of: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Literal | Reference | Current | Column | Operation | Negative | Call

FUNCTIONS: dict[str, tuple[int, int]] = {
    "boolean": (1, 1), "coalesce": (2, 2), "concat": (0, 50), "contains": (2, 2),
    "count-selected": (1, 1), "date": (1, 1), "false": (0, 0), "floor": (1, 1), "if": (3, 3),
    "int": (1, 1), "max": (1, 50), "min": (1, 50), "not": (1, 1), "number": (1, 1),
    "regex": (2, 2), "round": (1, 2), "selected": (2, 2), "selected-at": (2, 2),
    "starts-with": (2, 2), "string": (1, 1), "string-length": (1, 1), "sum": (1, 50),
    "today": (0, 0), "true": (0, 0),
}  # fmt: skip
"""What is computed here, and how many arguments each takes."""

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"),
)  # fmt: skip

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | \$\{\s*(?P<ref>[^\W\d][\w.\-]*)\s*\}
    | (?P<name>[^\W\d][\w\-]*(?:\.[\w\-]+)*(?::[^\W\d][\w\-]*)?)
    | (?P<op><=|>=|!=|[=<>+\-*(),])
    | (?P<dot>\.(?!\.))
    )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_WORDS = frozenset({"or", "and", "div", "mod"})


class ExpressionError(ValueError):
    """What is wrong with an expression: ``why`` in both languages, ``at`` counted from 1.

    ``unsupported`` marks what XPath knows and this program does not compute.
    """

    def __init__(self, why: Text, at: int, *, unsupported: bool = False) -> None:
        super().__init__(f"{why.en} ({at})")
        self.why, self.at, self.unsupported = why, at, unsupported


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            rest = text[at:end].lstrip()
            start = end - len(rest) + 1
            if rest.startswith(("/", "..", "@", "[", "::")):
                raise _no(Text("jalur XPath", "an XPath path"), start)
            shown = rest[:12]
            raise ExpressionError(
                Text(f"'{shown}' tidak dapat diurai", f"'{shown}' cannot be parsed"), start
            )
        kind = match.lastgroup
        yield _Token(kind, match.group(kind), match.start(kind) + 1)
        at = match.end()


def _no(what: Text, at: int) -> ExpressionError:
    why = Text(f"{what.id} tidak dihitung di sini", f"{what.en} is not computed here")
    return ExpressionError(why, at, unsupported=True)


@lru_cache(maxsize=4_096)
def parse(text: str, *, filters: bool = False) -> Node:
    """The tree of an expression. Raises :class:`ExpressionError`.

    ``filters``: it is a filter of choices, in which bare names are columns.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(Text("terlalu panjang", "too long"), MAX_LENGTH)
    return _Parser(list(_tokens(text.translate(_QUOTES))), len(text), filters).whole()


class _Parser:
    def __init__(self, tokens: list[_Token], length: int, filters: bool = False) -> None:
        self.filters = filters
        self.tokens, self.at, self.depth, self.length = tokens, 0, 0, length
        self.joined = 0

    def whole(self) -> Node:
        node = self.level(0)
        if self.peek() is not None:
            self.unexpected()
        return node

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def next_is(self, *values: str) -> _Token | None:
        token = self.peek()
        if token is not None and token.kind in ("op", "name") and token.value in values:
            self.at += 1
            return token
        return None

    def unexpected(self) -> NoReturn:
        token = self.peek()
        if token is None:
            raise ExpressionError(
                Text("terputus sebelum selesai", "it ends before it is complete"), self.length
            )
        raise ExpressionError(
            Text(f"'{token.value}' tidak diharapkan", f"'{token.value}' is not expected"), token.at
        )

    def level(self, n: int) -> Node:
        if n == len(_LEVELS):
            return self.unary()
        node = self.level(n + 1)
        while (token := self.next_is(*_LEVELS[n])) is not None:
            self.joined += 1
            if self.joined > MAX_OPERATIONS:
                raise ExpressionError(Text("terlalu panjang", "too long"), token.at)
            node = Operation(token.value, node, self.level(n + 1))
        return node

    def unary(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(Text("terlalu dalam", "nested too deeply"), self.length)
        try:
            return Negative(self.unary()) if self.next_is("-") else self.primary()
        finally:
            self.depth -= 1

    def primary(self) -> Node:
        token = self.peek()
        if token is None:
            self.unexpected()
        self.at += 1
        if token.kind == "number":
            return Literal(float(token.value))
        if token.kind == "text":
            return Literal(token.value[1:-1])
        if token.kind == "ref":
            return Reference(token.value)
        if token.kind == "dot":
            if self.filters:
                raise _no(Text("titik dalam penyaring", "a dot in a filter"), token.at)
            return Current()
        if token.kind == "op" and token.value == "(":
            node = self.level(0)
            self.close()
            return node
        if token.kind == "name" and token.value not in _WORDS and self.next_is("("):
            return self.call(token)
        if self.filters and token.kind == "name" and token.value not in _WORDS:
            return Column(token.value)
        self.at -= 1
        self.unexpected()

    def close(self) -> None:
        if self.next_is(")") is None:
            self.unexpected()

    def call(self, name: _Token) -> Node:
        arguments: list[Node] = []
        if self.next_is(")") is None:
            arguments.append(self.level(0))
            while self.next_is(","):
                arguments.append(self.level(0))
            self.close()
        if name.value not in FUNCTIONS:
            raise _no(Text(f"fungsi {name.value}()", f"the function {name.value}()"), name.at)
        low, high = FUNCTIONS[name.value]
        if not low <= len(arguments) <= high:
            count = str(low) if low == high else f"{low}–{high}"
            raise ExpressionError(
                Text(
                    f"{name.value}() perlu {count} isian, bukan {len(arguments)}",
                    f"{name.value}() takes {count} arguments, not {len(arguments)}",
                ),
                name.at,
            )
        if name.value == "regex":
            self.pattern(arguments[1], name.at)
        return Call(name.value, tuple(arguments))

    @staticmethod
    def pattern(node: Node, at: int) -> None:
        if not isinstance(node, Literal) or not isinstance(node.value, str):
            raise _no(Text("pola yang bukan teks tetap", "a pattern that is no fixed text"), at)
        if not _compiles(node.value):
            raise ExpressionError(Text("pola regex keliru", "the regex pattern is wrong"), at)
        if _may_explode(node.value):
            raise _no(Text("pola regex yang mengulang pengulangan",
                           "a regex pattern that repeats a repetition"), at)  # fmt: skip


def _compiles(pattern: str) -> bool:
    if len(pattern) > 500:
        return False
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError, Warning):
        return False  # a warning of an ambiguous set is an error where warnings are
    return True


def _may_explode(pattern: str) -> bool:
    """Whether a bracket that is itself repeated holds a repetition or alternatives.

    Such a pattern may take a lifetime to fail to match; none is run on what strangers type.
    """
    opened: list[bool] = []
    i, in_set = 0, False
    while i < len(pattern):
        letter = pattern[i]
        if letter == "\\":
            i += 2
            continue
        if in_set:
            in_set = letter != "]" or pattern[i - 1] == "["
        elif letter == "[":
            in_set = True
        elif letter == "(":
            opened.append(False)
        elif letter == ")" and opened:
            loose = opened.pop()
            repeats = _repeats(pattern, i + 1)
            if repeats and loose:
                return True
            if opened and (loose or repeats):
                opened[-1] = True
        elif opened and (letter == "|" or _repeats(pattern, i)):
            opened[-1] = True
        i += 1
    return False


def _repeats(pattern: str, at: int) -> bool:
    """Whether an unbounded or long repetition stands at this place."""
    if pattern[at : at + 1] in ("*", "+"):
        return True
    match = re.match(r"\{(\d*)(,?)(\d*)\}", pattern[at:])
    if match is None:
        return False
    if match[2] and not match[3]:
        return True
    return int(match[3] or match[1] or 0) > 10


def references(node: Node) -> frozenset[str]:
    """The questions an expression asks about."""
    if isinstance(node, Reference):
        return frozenset({node.name})
    if isinstance(node, Operation):
        return references(node.left) | references(node.right)
    if isinstance(node, Negative):
        return references(node.of)
    if isinstance(node, Call):
        return frozenset().union(*(references(a) for a in node.arguments))
    return frozenset()


def columns(node: Node) -> frozenset[str]:
    """The columns of the choices a filter looks at."""
    if isinstance(node, Column):
        return frozenset({node.name})
    if isinstance(node, Operation):
        return columns(node.left) | columns(node.right)
    if isinstance(node, Negative):
        return columns(node.of)
    if isinstance(node, Call):
        return frozenset().union(*(columns(a) for a in node.arguments))
    return frozenset()


def named(text: str) -> frozenset[str]:
    """The ``${names}`` in any text, also in one that cannot be parsed."""
    return frozenset(re.findall(r"\$\{\s*([^\s{}#]+)\s*\}", text))


def plain(node: Node) -> list[Any]:
    """The tree as nested lists for a page: ``["=", ["ref", "a"], ["lit", 1.0]]``."""
    if isinstance(node, Literal):
        return ["lit", node.value]
    if isinstance(node, Reference):
        return ["ref", node.name]
    if isinstance(node, Current):
        return ["."]
    if isinstance(node, Column):
        return ["col", node.name]
    if isinstance(node, Operation):
        return [node.operator, plain(node.left), plain(node.right)]
    if isinstance(node, Negative):
        return ["neg", plain(node.of)]
    return ["call", node.function, *(plain(a) for a in node.arguments)]


def written(node: Node) -> str:
    """The expression in writing, with every bracket: ``parse(written(n)) == n``."""
    if isinstance(node, Literal):
        if isinstance(node.value, str):
            quote = "'" if "'" not in node.value else '"'
            return f"{quote}{node.value}{quote}"
        return f"{node.value:.17f}".rstrip("0").rstrip(".") if node.value else "0"
    if isinstance(node, Reference):
        return "${" + node.name + "}"
    if isinstance(node, Current):
        return "."
    if isinstance(node, Column):
        return node.name
    if isinstance(node, Operation):
        return f"({written(node.left)} {node.operator} {written(node.right)})"
    if isinstance(node, Negative):
        return f"-{written(node.of)}"
    return f"{node.function}({', '.join(written(a) for a in node.arguments)})"
