"""What every command shares: language, JSON or table, one way to fail.

A command parses, calls core or formats, and hands the result to :func:`emit`. Errors are ours
(:mod:`satuhati.errors`) and are worded here, once, by :func:`guarded`.
"""

from __future__ import annotations

import ctypes
import functools
import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from satuhati.core.results import plain
from satuhati.errors import InputError, MissingExtraError, Problem, SatuHatiError
from satuhati.text import LANGUAGES, Language, Text, Translator, translator

PIPED_WIDTH = 120

P = ParamSpec("P")
R = TypeVar("R")

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON object.")]
Lang = Annotated[
    str | None,
    typer.Option("--lang", help="Language of the output: id (default) or en. Also SATUHATI_LANG."),
]


def language(lang: str | None) -> Language:
    """The language asked for, from the option or ``SATUHATI_LANG``; Indonesian by default."""
    asked = lang or os.environ.get("SATUHATI_LANG") or "id"
    for known in LANGUAGES:
        if asked == known:
            return known
    raise InputError(
        Problem("option_invalid", fields={"option": "--lang", "value": asked, "why": "id, en"})
    )


def words(lang: str | None) -> Translator:
    return translator(language(lang))


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Word our errors on standard error and leave with their exit code; no traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        asked = kwargs.get("lang")
        try:
            return command(*args, **kwargs)
        except SatuHatiError as error:
            try:
                lang = language(asked if isinstance(asked, str) else None)
            except InputError:
                lang = "id"
            if isinstance(error, (InputError, MissingExtraError)):
                print(error.report(lang), file=sys.stderr)
            else:
                print(str(error), file=sys.stderr)
            raise typer.Exit(error.exit_code) from None

    return run


def print_json(result: Any, lang: Language = "id") -> None:
    """One JSON object on standard output; numbers unrounded, ``null`` where there is none."""
    print(json.dumps(plain(result, lang), ensure_ascii=False, allow_nan=False))


def print_table(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """A readable table; ``right`` lists the columns (from 0) that hold figures."""
    from rich.console import Console  # start-up time: only when a table is shown
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold")
    for i, name in enumerate(header):
        table.add_column(name, justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    # Into a file or a pipe there is no edge to keep to: words stay whole.
    Console(width=None if sys.stdout.isatty() else PIPED_WIDTH).print(table)


@contextmanager
def working(message: str) -> Iterator[None]:
    """Say on standard error, and only on a terminal, that something takes a while."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # start-up time: only on a terminal

    with Console(stderr=True).status(message):
        yield


@contextmanager
def only_ours() -> Iterator[None]:
    """Send what a compiled library prints by itself to standard error.

    HiGHS leaves a line on standard output now and then, whatever its options say, and ``--json``
    promises one object there.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        if os.name == "posix":
            ctypes.CDLL(None).fflush(None)  # its own buffer, before standard output is back
        os.dup2(kept, 1)
        os.close(kept)


def print_warnings(warnings: Iterable[Any], t: Translator) -> None:
    """Typed doubts in plain words, after the table they belong to."""
    for doubt in warnings:
        print(f"! {doubt.message(t.lang)}")


NO_FOLDER = Text("foldernya belum ada", "its folder does not exist")


def parent_exists(path: Path, option: str) -> None:
    """Refuse early an output whose folder is not there, before any work is done."""
    if not path.parent.exists():
        raise InputError(
            Problem(
                "option_invalid",
                fields={"option": option, "value": path.name, "why": NO_FOLDER},
            )
        )


def real_numbers(options: dict[str, float | None]) -> None:
    """Refuse ``nan`` and infinity, which a parser of options lets through."""
    for option, value in options.items():
        if value is not None and not math.isfinite(value):
            why = Text("bukan angka", "not a number")
            fields = {"option": option, "value": str(value), "why": why}
            raise InputError(Problem("option_invalid", fields=fields))
