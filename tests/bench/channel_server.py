"""A server for the bench: the bot on one platform, or an echo bot of the same SDK, bare or durable.

Run as `python -m tests.bench.channel_server PLATFORM KIND FOLDER URL`; it prints its address once it listens.
"""

from __future__ import annotations

import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import uvicorn

# Longer than the people of the bench pause.
KEPT_OPEN_SECONDS = 300


def main(platform: str, kind: str, folder: Path, url: str) -> None:
    if kind == "bot":
        _bot(platform, folder, url)
        return
    # Imported late: the bot's own server needs none of it.
    from tests.bench.ledger import Ledger

    ledger = Ledger(folder / "echo.db" if kind == "durable" else None)
    _serve(import_module(f"tests.bench.echo_{platform}").app(url, ledger))


def _bot(platform: str, folder: Path, url: str) -> None:
    from adapters import channels
    from adapters.channels import Around
    from adapters.loading import stays
    from adapters.serve import application
    from adapters.workplace import opened
    from bot.clock import now
    from bot.definitions import load_definitions
    from tests.transcripts.platform_play import switched_on

    settings = import_module(f"tests.adapters.{platform}.house").settings_for(url, folder)
    with opened(settings, switched_on(load_definitions("exampleshire"), platform)) as exchange:
        # Loading goes on beside the first turns otherwise; what is loaded stays, as where it is served.
        exchange.mind.loaded()
        stays()
        platforms = channels.opened(Around(exchange, settings, now, sys.stderr.write))
        for one in platforms:
            # What the platform allows in a second is not what is measured.
            limiter = getattr(getattr(one.channel, "client", None), "_limiter", None)
            if limiter is not None:
                limiter.max_rate = 100_000
        _serve(application(exchange, settings, now, platforms))


def _serve(app: Any) -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_keep_alive=KEPT_OPEN_SECONDS)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
