"""Phones before the worker: who writes takes a turn, by a lock of the operating system.

SQLite lets whoever waits for its write lock try again every tenth of a second, so that a process
that writes one transaction after the other keeps all others out. The turn is waited for asleep
and passed on at once. On PostgreSQL it keeps the worker from taking a core away.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator

from django.conf import settings

PATIENCE, LOOK = 0.3, 0.005
BUSY = 1.0
"""Seconds after a phone's turn in which the next one is expected."""


def _opened() -> int:
    return os.open(settings.DATA / "collect.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """A turn at once, after whoever has it. Never taken inside a transaction."""
    file = _opened()
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
        os.utime(file)
    finally:
        os.close(file)


def are_busy() -> bool:
    """Whether phones have sent something a moment ago, so that more is on its way."""
    try:
        ago = time.time() - (settings.DATA / "collect.lock").stat().st_mtime
    except FileNotFoundError:
        return False
    return 0 <= ago < BUSY  # a clock that was set back keeps nobody waiting


@contextlib.contextmanager
def last_turn() -> Iterator[None]:
    """A turn when nobody else wants one, or after some patience: for work that can wait."""
    file = _opened()
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    fcntl.flock(file, fcntl.LOCK_EX)
                    break
                time.sleep(LOOK)
        yield
    finally:
        os.close(file)
