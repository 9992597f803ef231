"""A server reduced to its promise: it is told turns, and acknowledges each once it has been taken.

A turn that names a step in `die_at` makes the process kill itself there.
"""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from adapters.settings import Settings
from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.messages import Chosen, Turn, Typed
from knowledge.understanding import load_understanding
from tests.killable import each

# Loaded with this module, because neither changes while a server runs.
DEFINITIONS = load_definitions("exampleshire")
load_understanding(DEFINITIONS.library)


def main(folder: Path, told: Connection) -> None:
    """Take turns until no more are told."""
    die_at = ""

    def reached(step: str) -> None:
        if step == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    settings = Settings(data_dir=folder, key_file=folder / "keys")
    with opened(settings, DEFINITIONS, reached) as exchange, asyncio.Runner() as runner:
        for given in each(told):
            pressed = given.get("pressed")
            said = Chosen(pressed[0], tuple(pressed[1:])) if pressed else Typed(given["typed"])
            address, at = given["address"], datetime.fromisoformat(given["at"])
            die_at = given.get("die_at", "")
            runner.run(exchange.take(Turn("web", address, address, said, given["event"], at)))
            told.send(given["event"])
