"""How soon the first prompt and a first answer stand, how much memory the bot holds, and how much disk it takes."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figure import say

ROOT = Path(__file__).parents[2]
BOT = Path(sys.executable).with_name("bot")
STARTS = 7
TURNS = 200
# Turns brought to the exchange of a process that has loaded the whole server; it says its resident memory in kilobytes.
HOLD = """
import asyncio, sys
from pathlib import Path
import adapters.serve
from adapters.loading import stays
from adapters.workplace import opened
from bot.definitions import load_definitions
from adapters.settings import Settings
from tests.bench.turns import hold, pressed

folder = Path(sys.argv[1])
with opened(Settings(data_dir=folder, key_file=folder / "keys"), load_definitions("exampleshire")) as exchange:
    exchange.mind.loaded()
    stays()
    asyncio.run(hold(exchange, "one", pressed, int(sys.argv[2]) // 15 + 1, []))
    print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")))
"""


def print_figures(*, weigh: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="bot-bench-") as folder:
        say("bot chat to its first prompt, cold", _first_prompt(Path(folder) / "chat"), "s", "under 1")
        say("bot ask to its answer, cold", _first_answer(), "s", "under 1.5")
        say(f"memory of the server after {TURNS} turns", _memory(Path(folder) / "hold"), "MB", "under 400")
        if weigh:
            say("installed size without extras", _size(Path(folder)), "MB", "under 350")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}


def _first_prompt(folder: Path) -> float:
    """Median seconds, in a data folder that has been used before."""
    times = []
    for _ in range(STARTS + 1):
        begun = time.perf_counter()
        with subprocess.Popen(
            [BOT, "chat", "--data", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=tempfile.gettempdir(),
        ) as process:
            assert process.stdout is not None
            while b"5. " not in process.stdout.readline():
                assert process.poll() is None
            times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])


def _first_answer() -> float:
    """Median seconds from nothing to the end."""
    times = []
    for _ in range(STARTS + 1):
        begun = time.perf_counter()
        subprocess.run(
            [BOT, "ask", "What is a rapid review?"],
            check=True,
            capture_output=True,
            env=_environment(),
            cwd=tempfile.gettempdir(),
        )
        times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])


def _memory(folder: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", HOLD, folder, str(TURNS)],
        cwd=ROOT,
        env=_environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout.split()[1]) / 1024


def _size(folder: Path) -> float:
    """Megabytes on disk that an installation adds to a bare virtual environment."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    before = _bytes(folder / "venv")
    # From a copy, because building leaves its own files behind.
    shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(".*", "tests", "build", "*.egg-info"))
    install = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", folder / "source"]
    subprocess.run(install, check=True, capture_output=True)
    return (_bytes(folder / "venv") - before) / 1_000_000


def _bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
