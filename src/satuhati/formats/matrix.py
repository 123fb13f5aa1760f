"""A relation as a square table: the header names the actors, the rows follow the same order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from satuhati.errors import InputError, Problem
from satuhati.formats.tables import TextTable


def is_tie_list(table: TextTable) -> bool:
    """Whether the table lists ties (``source``, ``target``) rather than being a square one."""
    return "source" in table.cells or "target" in table.cells


def square(table: TextTable) -> tuple[tuple[str, ...], npt.NDArray[np.float64]]:
    """The actors and the (n, n) values, row = who names; zeros on the diagonal.

    A first column may repeat the names of the rows, in the order of the header. What stands on
    the diagonal is not read. Raises :class:`InputError` when the table is not square, a row bears
    another name than expected, or a cell off the diagonal is empty or no number.
    """
    header = table.header
    ids = header
    if len(header) == table.n_rows + 1 and set(table.cells[header[0]]) & set(header[1:]):
        ids = header[1:]
        named = zip(table.lines, table.cells[header[0]], ids, strict=True)
        problems = [
            Problem("matrix_row_name", table.name, line, header[0],
                    {"value": cell or "", "expected": actor})
            for line, cell, actor in named
            if cell != actor
        ]  # fmt: skip
        if problems:
            raise InputError(problems)
    elif len(header) != table.n_rows:
        fields = {"columns": len(header), "rows": table.n_rows}
        raise InputError(Problem("matrix_not_square", table.name, fields=fields))
    values = np.zeros((len(ids), len(ids)))
    problems = []
    for j, actor in enumerate(ids):
        try:
            values[:, j] = table.numbers(actor)
        except InputError as error:
            problems += error.problems
    np.fill_diagonal(values, 0.0)
    if not problems:
        problems = [
            Problem("value_required", table.name, table.lines[int(i)], ids[int(j)])
            for i, j in np.argwhere(np.isnan(values))
        ]
    if problems:
        raise InputError(sorted(problems, key=lambda p: p.row or 0))
    return ids, values
