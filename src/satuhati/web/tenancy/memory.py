"""What was read of a community's records, kept until they change.

Every action raises ``Community.data_version``, so what is kept under a version is right as long as
the community is at it, in every process. What depends on the day or the reader is part of the key.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from satuhati.web.tenancy.models import Community

T = TypeVar("T")
ROOM = 500
"""How many things are kept; the longest unused goes first."""

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def remembered(community: Community | None, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives for this version of the community's records; made once.

    It must be evaluated (no lazy query) and is shared: whoever gets it must not change it.
    """
    if community is None:
        return make()
    full = (community.pk, community.data_version, key)
    with _lock:
        if full in _kept:
            _kept.move_to_end(full)
            return cast("T", _kept[full])
    made = make()
    with _lock:
        _kept[full] = made
        while len(_kept) > ROOM:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Forget everything: for tests, which also change rows without an action."""
    with _lock:
        _kept.clear()
