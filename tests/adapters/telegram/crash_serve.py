"""`bot serve` with Telegram, which kills itself at a step of a turn.

Run as `python -m tests.adapters.telegram.crash_serve FOLDER API_URL [STEP]`; it prints its address once it listens.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import uvicorn

from adapters import channels
from adapters.channels import Around
from adapters.serve import application
from adapters.workplace import opened
from bot.clock import now

from .house import area, settings_for


def main(folder: Path, url: str, die_at: str) -> None:
    def reached(step: str) -> None:
        if step == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    settings = settings_for(url, folder)
    with opened(settings, area(on=True), reached) as exchange:
        platforms = channels.opened(Around(exchange, settings, now, sys.stderr.write))
        listening = uvicorn.Config("unused", port=0).bind_socket()
        listening.listen(64)
        sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        config = uvicorn.Config(application(exchange, settings, now, platforms), log_config=None)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
