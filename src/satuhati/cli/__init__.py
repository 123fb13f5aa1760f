"""The command line. Each module holds one noun of the contract and a ``register(app)``."""

from __future__ import annotations

from typing import Any

from satuhati.cli.program import assemble, main

__all__ = ["app", "assemble", "main"]


def __getattr__(name: str) -> Any:
    """``app``, the program with all its commands, is assembled when somebody asks for it."""
    if name != "app":
        raise AttributeError(name)
    global _app
    if _app is None:
        _app = assemble()
    return _app


_app: Any = None
