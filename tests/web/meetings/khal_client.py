"""khal, a calendar client for the terminal, with a calendar of its own in a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFIG = """[calendars]
[[rapat]]
path = {place}/rapat
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {place}/khal.db
[default]
default_calendar = rapat
"""


class Khal:
    """A client that has taken in nothing yet. It shares no state with the person's own."""

    def __init__(self, place: Path, zone: str) -> None:
        (place / "rapat").mkdir(parents=True)
        self.config = place / "khal.conf"
        self.config.write_text(CONFIG.format(place=place, zone=zone), encoding="utf-8")
        self.place = place

    def run(self, *args: str) -> str:
        environment = {
            **os.environ, "HOME": str(self.place), "XDG_DATA_HOME": str(self.place / "data"),
            "XDG_CACHE_HOME": str(self.place / "cache"), "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        code = "from khal.cli import main_khal; main_khal()"
        done = subprocess.run(
            [sys.executable, "-c", code, "-c", str(self.config), *args],
            env=environment, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert "error" not in said.casefold(), said
        assert "warning" not in said.casefold(), said
        return done.stdout

    def take_in(self, data: bytes) -> None:
        """Import a calendar file as a person would, answering no question."""
        file = self.place / "feed.ics"
        file.write_bytes(data)
        self.run("import", "--batch", "-a", "rapat", str(file))

    def events(self, start: str, days: int) -> list[list[str]]:
        """``[begin, end, title, place, status, bell]`` of every event from a day on."""
        form = "{start-long-full}|{end-long-full}|{title}|{location}|{status}|{alarm-symbol}"
        text = self.run("list", "--day-format", "", "--format", form, start, f"{days}d")
        # Past midnight an event is listed on both days.
        return [line.split("|") for line in dict.fromkeys(text.splitlines()) if line.strip()]
