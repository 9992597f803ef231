"""A server that is told to end, as a container is, closes its database in order and says that it ended well."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_its_database_is_closed_when_it_is_told_to_end(tmp_path: Path, told: signal.Signals) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    order = [sys.executable, "-m", "adapters", "serve", "--area", "exampleshire", "--port", "0"]
    settings = {**own, "BOT_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(order, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True) as server:
        guard = threading.Timer(60, server.kill)
        guard.start()
        assert server.stdout is not None
        assert "Open http://127.0.0.1:" in server.stdout.readline()
        server.send_signal(told)
        server.communicate()
        guard.cancel()
    assert server.returncode == 0
    assert (tmp_path / "bot.db").stat().st_size > 0
    assert not (tmp_path / "bot.db-wal").exists()
