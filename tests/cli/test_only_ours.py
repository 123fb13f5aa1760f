"""What a compiled library prints by itself never reaches standard output."""

from __future__ import annotations

import subprocess
import sys


def test_noise_of_a_library_goes_to_standard_error() -> None:
    code = (
        "import ctypes; from satuhati.cli._common import only_ours\n"
        "print('before')\n"
        "with only_ours():\n"
        "    ctypes.CDLL(None).puts(b'noise')\n"
        "print('after')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "before\nafter\n"
    assert "noise" in done.stderr
