"""`bot serve` with one platform, which sends itself a signal when turns have reached a step so many times.

Run as `python -m tests.adapters.contract.crash_serve CHANNEL FOLDER API_URL [STEP SIGNAL COUNT]`; it prints its address
once it listens.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import uvicorn

from adapters import channels
from adapters.channels import Around
from adapters.serve import STOP_WITHIN_SECONDS, application
from adapters.workplace import opened
from bot.clock import now
from bot.definitions import load_definitions
from tests.transcripts.platform_play import switched_on


def main(channel: str, folder: Path, url: str, at: str = "", name: str = "SIGKILL", count: str = "1") -> None:
    left = int(count)

    def reached(step: str) -> None:
        nonlocal left
        left -= step == at
        if step == at and left == 0:
            os.kill(os.getpid(), signal.Signals[name])

    settings = import_module(f"tests.adapters.{channel}.house").settings_for(url, folder)
    with opened(settings, switched_on(load_definitions("exampleshire"), channel), reached) as exchange:
        platforms = channels.opened(Around(exchange, settings, now, sys.stderr.write))
        listening = uvicorn.Config("unused", port=0).bind_socket()
        listening.listen(64)
        sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        app = application(exchange, settings, now, platforms)
        config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=STOP_WITHIN_SECONDS)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
