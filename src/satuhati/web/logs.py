"""Log lines as JSON. What identifies a person has no place in them."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback

# A personal link and an e-mail address would open or name somebody.
_SECRETS = (
    (re.compile(r"/([mjhs]|odk)/[^/\s\"']+"), r"/\1/…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "…@…"),
    (re.compile(r"(?:\+62|\b0)8[\d\s-]{7,}"), "…"),
)
FIELDS = ("method", "route", "status", "ms", "role", "community", "task", "bytes")


def clean(text: str) -> str:
    """The text without links, addresses and telephone numbers."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message and the fields that are allowed.

    Of an error its type and the places of our code are kept, not its message: a message of a
    library may quote what a person typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat("T", "milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": clean(record.getMessage()),
        }
        line.update({f: getattr(record, f) for f in FIELDS if hasattr(record, f)})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.name}:{frame.lineno} {frame.filename.rpartition('/')[2]}"
                for frame in traceback.extract_tb(record.exc_info[2])[-6:]
            ]
        return json.dumps(line, ensure_ascii=False)
