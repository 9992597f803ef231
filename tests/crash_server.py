"""A server reduced to its promise: reads turns as lines, and acknowledges each once it has been taken.

Run as `python -m tests.crash_server FOLDER`. A line that names a step in `die_at` makes the process kill itself there.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.messages import Chosen, Turn, Typed
from bot.settings import Settings


def main(folder: Path) -> None:
    die_at = ""

    def reached(step: str) -> None:
        if step == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    settings = Settings(data_dir=folder, key_file=folder / "keys")
    with opened(settings, load_definitions("exampleshire"), reached) as exchange, asyncio.Runner() as runner:
        for line in sys.stdin:
            given = json.loads(line)
            pressed = given.get("pressed")
            said = Chosen(pressed[0], tuple(pressed[1:])) if pressed else Typed(given["typed"])
            address, at = given["address"], datetime.fromisoformat(given["at"])
            die_at = given.get("die_at", "")
            runner.run(exchange.take(Turn("web", address, address, said, given["event"], at)))
            sys.stdout.write(given["event"] + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
