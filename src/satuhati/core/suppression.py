"""Which cells of a published table stay empty, so that no subtraction reveals a small one.

Rule. A count from 1 to ``threshold − 1`` is not shown (*primary*); the same holds for a margin.
A zero is shown: it speaks of nobody. Because totals are published, further cells (*complementary*)
are emptied until

1. no empty cell can be computed from the cells and margins that are shown: each can still take
   more than one non-negative value; and
2. the empty cells of a line do not sum to a small count themselves (their sum *is* known, by
   subtraction), as long as the line has another non-zero cell to empty.

A row or column therefore holds no empty cell or at least two. Complementary cells are chosen
smallest first; zeros come after all other inner cells, margins last.

Method. With margins, a two-way table is a circulation: each inner cell a flow from its row to its
column, each column total from its column to the total row, the grand total from there to the
total column, each row total from there to its row. An empty cell can change exactly when it lies
on a cycle of empty cells in which every cell that would shrink is above zero. So a cell that is
exposed is covered by the cheapest such cycle (shortest path).

Cox, L. H. (1995). Network models for complementary cell suppression. JASA 90, 1453–1462.
Gusfield, D. (1988). A graph theoretic approach to statistical data security. SIAM J. Comput. 17.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

THRESHOLD = 5
LOWEST_THRESHOLD = 3

Cell = tuple[int, int]
Mask = npt.NDArray[np.bool_]


def checked_threshold(threshold: int) -> int:
    """The threshold, which a setting may lower, but never below 3."""
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"threshold {threshold} is below {LOWEST_THRESHOLD}")
    return threshold


@dataclass(frozen=True, slots=True)
class Suppression:
    """What stays empty (true) of a two-way table and of its margins."""

    cells: Mask
    rows: Mask
    columns: Mask
    total: bool


def suppress_one_way(counts: Sequence[int], *, threshold: int = THRESHOLD) -> Suppression:
    """Empty cells of a list of counts whose total is published.

    Returns a :class:`Suppression` whose ``cells`` has one row. A small total is emptied with all
    its cells. With a single category, cell and total are one figure and share one fate.

    Raises :class:`ValueError` for a negative count or a threshold below 3.
    """
    checked_threshold(threshold)
    values = _counts(np.asarray(counts, dtype=np.int64).reshape(1, -1))[0]
    hidden = (values > 0) & (values < threshold)
    total = int(values.sum())
    hide_total = 0 < total < threshold
    if hide_total:
        hidden[:] = True
    elif hidden.any():
        order = sorted(np.flatnonzero(~hidden), key=lambda i: (values[i] == 0, values[i], i))
        for i in order:
            enough = hidden.sum() >= 2 and values[hidden].sum() >= threshold
            if enough:
                break
            if values[i] == 0 and hidden.sum() >= 2:
                break  # a zero adds nothing to the sum
            hidden[i] = True
        if hidden.sum() == 1:  # the only category: the total is the same figure
            hide_total = True
    mask = hidden.reshape(1, -1)
    return Suppression(mask, np.array([hide_total]), hidden.copy(), hide_total)


def suppress_two_way(counts: npt.ArrayLike, *, threshold: int = THRESHOLD) -> Suppression:
    """Empty cells of an R × C table published with row totals, column totals and grand total.

    ``counts``: non-negative integers. Returns a :class:`Suppression` for the module's rule.
    Raises :class:`ValueError` for a negative count, a table that is not two-way, or a threshold
    below 3.
    """
    checked_threshold(threshold)
    inner = _counts(np.asarray(counts, dtype=np.int64))
    table = _with_margins(inner)
    hidden = (table > 0) & (table < threshold)
    for _ in range(table.size + 1):
        exposed = [c for c in _cells(hidden) if not is_free(table, hidden, c)]
        if exposed:
            for cell in exposed:
                if is_free(table, hidden, cell):
                    continue  # an earlier cycle covers it
                cycle = _cheapest_cycle(table, hidden, cell)
                if cycle is None:
                    hidden[:] = True  # nothing else protects it
                    break
                for c in cycle:
                    hidden[c] = True
            if hidden.all():
                break
            continue
        more = _smallest_of_thin_line(table, hidden, threshold)
        if more is None:
            break
        hidden[more] = True
    R, C = inner.shape
    return Suppression(
        hidden[:R, :C].copy(), hidden[:R, C].copy(), hidden[R, :C].copy(), bool(hidden[R, C])
    )


def suppress(
    counts: Mapping[str, int], *, threshold: int = THRESHOLD
) -> tuple[frozenset[str], bool]:
    """Names of the groups to leave empty, and whether the total must be left empty too."""
    names = list(counts)
    if not names:
        return frozenset(), False
    found = suppress_one_way([counts[n] for n in names], threshold=threshold)
    return frozenset(n for n, h in zip(names, found.cells[0], strict=True) if h), found.total


def _counts(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    if values.ndim != 2:
        raise ValueError("a two-way table is needed")
    if (values < 0).any():
        raise ValueError("counts cannot be negative")
    return values


def _with_margins(inner: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    R, C = inner.shape
    table = np.zeros((R + 1, C + 1), dtype=np.int64)
    table[:R, :C] = inner
    table[:R, C] = inner.sum(axis=1)
    table[R, :C] = inner.sum(axis=0)
    table[R, C] = inner.sum()
    return table


def _cells(mask: Mask) -> list[Cell]:
    return [(int(r), int(c)) for r, c in np.argwhere(mask)]


def _ends(table: npt.NDArray[np.int64], cell: Cell) -> tuple[int, int]:
    """Where the cell's flow starts and ends; rows are 0 … R, columns R + 1 … R + 1 + C."""
    last_row, last_column = table.shape[0] - 1, table.shape[1] - 1
    row, column = cell[0], table.shape[0] + cell[1]
    margin = (cell[0] == last_row) != (cell[1] == last_column)
    return (column, row) if margin else (row, column)


def _moves(
    table: npt.NDArray[np.int64], allowed: Mask, without: Cell
) -> dict[int, list[tuple[int, Cell]]]:
    """Residual steps: along a cell that may grow, or back along one that may shrink."""
    steps: dict[int, list[tuple[int, Cell]]] = {}
    for cell in _cells(allowed):
        if cell == without:
            continue
        a, b = _ends(table, cell)
        steps.setdefault(a, []).append((b, cell))
        if table[cell] > 0:
            steps.setdefault(b, []).append((a, cell))
    return steps


def _shortest(
    steps: Mapping[int, Sequence[tuple[int, Cell]]],
    cost: npt.NDArray[np.float64],
    start: int,
    goal: int,
) -> tuple[float, list[Cell]] | None:
    queue: list[tuple[float, int, int, list[Cell]]] = [(0.0, 0, start, [])]
    done: set[int] = set()
    pushed = 0
    while queue:
        so_far, _, node, path = heapq.heappop(queue)
        if node == goal:
            return so_far, path
        if node in done:
            continue
        done.add(node)
        for to, cell in steps.get(node, ()):
            if to not in done:
                pushed += 1
                heapq.heappush(queue, (so_far + cost[cell], pushed, to, [*path, cell]))
    return None


def _cycles(
    table: npt.NDArray[np.int64], allowed: Mask, cost: npt.NDArray[np.float64], cell: Cell
) -> list[tuple[float, list[Cell]]]:
    """The cheapest cycle in which the cell grows, and the one in which it shrinks."""
    a, b = _ends(table, cell)
    steps = _moves(table, allowed, cell)
    found = [_shortest(steps, cost, b, a)]
    if table[cell] > 0:
        found.append(_shortest(steps, cost, a, b))
    return [f for f in found if f is not None]


def is_free(table: npt.NDArray[np.int64], hidden: Mask, cell: Cell) -> bool:
    """Whether an empty cell of a table with margins could hold another non-negative value."""
    return bool(_cycles(table, hidden, np.zeros(table.shape), cell))


def _cheapest_cycle(table: npt.NDArray[np.int64], hidden: Mask, cell: Cell) -> list[Cell] | None:
    R, C = table.shape[0] - 1, table.shape[1] - 1
    big = float(table[R, C]) + 1.0
    cost = table.astype(np.float64) + 1.0
    cost[table == 0] = 2 * big  # a zero protects least: only if no other cell can
    cost[R, :] += 8 * big * table.size
    cost[:, C] += 8 * big * table.size
    cost[hidden] = 0.0
    found = _cycles(table, np.ones(table.shape, dtype=np.bool_), cost, cell)
    return min(found, key=lambda f: f[0])[1] if found else None


def _smallest_of_thin_line(
    table: npt.NDArray[np.int64], hidden: Mask, threshold: int
) -> Cell | None:
    """A cell to empty in a line whose empty inner cells sum to a small count, if there is one."""
    R, C = table.shape[0] - 1, table.shape[1] - 1
    lines = [[(r, c) for c in range(C)] for r in range(R)]
    lines += [[(r, c) for r in range(R)] for c in range(C)]
    for line in lines:
        empty = [cell for cell in line if hidden[cell]]
        if 0 < sum(int(table[cell]) for cell in empty) < threshold:
            others = [cell for cell in line if not hidden[cell] and table[cell] > 0]
            if others:
                return min(others, key=lambda cell: (int(table[cell]), cell))
    return None
