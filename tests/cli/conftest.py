"""What tests of commands share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner

from satuhati.cli import network

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def network_run() -> Run:
    """``network_run("describe", ties, …)``: exit code, output and errors. Only ours are raised."""
    app = typer.Typer()
    network.register(app)

    def call(*args: object) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, ["network", *map(str, args)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.stdout, result.stderr

    return call
