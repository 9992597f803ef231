"""The container files speak of settings, commands and folders that there are, and run as nobody in particular."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.__main__ import main
from adapters.settings import Settings

ROOT = Path(__file__).parents[2]
CONTAINER = (ROOT / "Containerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
OF_THE_DATABASE = {"BOT_POSTGRES_PASSWORD"}


@pytest.mark.parametrize("text", [CONTAINER, COMPOSE], ids=["Containerfile", "compose.yaml"])
def test_every_setting_named_is_one(text: str) -> None:
    named = set(re.findall(r"\bBOT_[A-Z_]+", text)) - OF_THE_DATABASE
    assert named <= {f"BOT_{name.upper()}" for name in Settings.model_fields}


def test_every_command_named_is_one() -> None:
    started = re.findall(r"command: \[([a-z-]+)", COMPOSE)
    asked = re.findall(r'"CMD", "bot", "([a-z-]+)"', COMPOSE)
    assert (started, asked) == (["work"], ["health"])
    assert {"serve", "migrate-database", *started, *asked} <= set(main.commands)


def test_every_package_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert set(re.findall(r"^COPY (\w+) \1$", CONTAINER, re.MULTILINE)) == packages
    ignored = (ROOT / ".containerignore").read_text()
    assert all(f"!{name}\n" in ignored for name in packages)


def test_it_runs_as_nobody_in_particular_and_writes_only_to_its_volumes() -> None:
    assert re.search(r"^USER 10001:10001$", CONTAINER, re.MULTILINE)
    common = COMPOSE.split("x-on-postgres")[0]
    for line in ("read_only: true", 'user: "10001:10001"', "cap_drop: [ALL]", '"no-new-privileges:true"'):
        assert line in common


def test_every_folder_it_writes_to_is_a_volume_of_its_own() -> None:
    volumes = re.search(r"^VOLUME \[(.+)\]$", CONTAINER, re.MULTILINE)
    made = re.search(r"--mode 0700 (.+)$", CONTAINER, re.MULTILINE)
    assert volumes
    assert made
    folders = set(re.findall(r'"(.+?)"', volumes[1]))
    assert set(made[1].split()) == folders
    assert set(re.findall(r"^    - [a-z]+:(/\S+)$", COMPOSE, re.MULTILINE)) == folders
    # A copy of the whole database is made where Python keeps temporary files, and /tmp is small.
    assert set(re.findall(r"\bTMPDIR=(\S+)", CONTAINER)) <= folders


def test_health_is_asked_for_alike_whoever_built_the_image() -> None:
    asked = re.search(r"^    CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    assert asked
    assert f'test: ["CMD", {asked[1].removeprefix("[")}\n' in COMPOSE


def test_each_process_has_one_port_which_only_this_machine_reaches() -> None:
    """Podman's own compose gives no range of ports to several processes of one service."""
    ports = re.findall(r"ports: (.+)", COMPOSE)
    assert len(ports) == 3
    assert all(re.fullmatch(r'\["127\.0\.0\.1:\d+:8080"\]', one) for one in ports)
