"""Killed at any moment, what was said is answered once: it is brought again until it is acknowledged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from adapters.telegram.opening import HEADER, PATH
from bot.clock import now

from .house import SECRET
from .phone import Phone

MOST_LOOKS = 3000


@contextmanager
def serving(folder: Path, url: str, die_at: str = "") -> Iterator[str]:
    command = [sys.executable, "-m", "tests.adapters.telegram.crash_serve", str(folder), url, die_at]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def post(address: str, update: dict) -> int:
    """The status, as Telegram sees it; 0 where nothing came back."""
    try:
        found = httpx.post(address + PATH, json=update, headers={HEADER: SECRET}, timeout=60, trust_env=False)
    except httpx.TransportError:
        return 0
    return found.status_code


@pytest.mark.parametrize("step", ["noted", "replied", "committed"])
def test_killed_at_a_step_it_answers_once(served, tmp_path, step):
    api, url = served
    phone = Phone(api, lambda update: update)
    update = phone.update("message", {**phone.message(now()), "text": "refer"})
    with serving(tmp_path, url, step) as address:
        assert post(address, update) == 0
    with serving(tmp_path, url) as address:
        assert post(address, update) == 200
        assert post(address, update) == 200
        for _ in range(MOST_LOOKS):
            # Each look takes a moment, in which what was put in before the kill is swept up and sent.
            if api.messages:
                break
            httpx.get(address + "/health/ready", trust_env=False)
        assert post(address, update) == 200
    assert [one.chat for one in api.messages] == [phone.person]
    assert "in danger" in api.messages[0].text
