"""The command line. Each module holds one noun of the contract and a ``register(app)``."""

from __future__ import annotations

from satuhati.cli.app import app, main

__all__ = ["app", "main"]
