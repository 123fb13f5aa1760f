"""What a profile costs: CPU seconds of the whole process tree and of warm calls, median of five.

Bounds of the first issue: the example as JSON, whole process, at most 2 s and 300 MB; warm at
most 0.3 s; 1,000 respondents x 60 items with 500 actors, 5,000 ties and ten years of meetings at
most 5 s; 1,000 small communities in one call at most 25 ms each. Run on an idle machine:

    .venv/bin/python benchmarks/profile.py
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5


def whole_process(arguments: list[str]) -> tuple[float, float, float]:
    """Median CPU s, wall s and largest resident MB of a command and its children."""
    cpu, wall, memory = [], [], []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"failed: {arguments}")
        wall.append(time.perf_counter() - began)
        cpu.append(used.ru_utime + used.ru_stime)
        memory.append(used.ru_maxrss / 1024)
    return (
        statistics.median(cpu[1:]),
        statistics.median(wall[1:]),
        statistics.median(memory[1:]),
    )


def warm(call: Callable[[], object]) -> float:
    """Median CPU s of a call once everything is loaded."""
    call()
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        call()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def main() -> None:
    from satuhati.core.profile.build import profiles
    from satuhati.examples import example_folder
    from satuhati.examples.generate import large, many
    from satuhati.formats.folder import write_folder
    from satuhati.formats.package import read_any

    command = [str(Path(sys.executable).with_name("satuhati")), "profile"]
    cpu, wall, memory = whole_process([*command, str(example_folder()), "--json"])
    print(f"example, JSON, whole process: {cpu:.2f} CPU s, {wall:.2f} s, {memory:.0f} MB")

    data, _ = read_any(example_folder())
    print(f"example, warm: {warm(lambda: profiles(data)):.3f} CPU s")

    with tempfile.TemporaryDirectory() as place:
        write_folder(large(), Path(place) / "large")
        cpu, wall, memory = whole_process([*command, f"{place}/large", "--json"])
        print(f"large, JSON, whole process: {cpu:.2f} CPU s, {wall:.2f} s, {memory:.0f} MB")

        villages = many(1000, seed=1)
        spent = warm(lambda: profiles(villages))
        print(f"1,000 communities in one call: {spent:.2f} CPU s, {spent:.1f} ms each")
        alone = warm(lambda: profiles(villages.only(villages.communities[0])))
        print(f"one of them alone: {alone * 1000:.0f} ms, ratio {alone * 1000 / spent:.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"this process: {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
