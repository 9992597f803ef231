"""Comparing meanings takes one thread: a second one would spin beside every turn, on a machine of two cores."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOOK = """
import bot.exchange
import numpy, threadpoolctl
print({one["num_threads"] for one in threadpoolctl.threadpool_info() if one["user_api"] == "blas"})
"""


def test_comparing_meanings_takes_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    looked = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)
    assert looked.stdout == "{1}\n"
