"""A channel is one folder: put beside the others it is found, set up, served and looked over; nothing else changes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from adapters.channel_folders import case_channels
from bot import wording, wording_channels
from knowledge.area import check_area_file

ROOT = Path(__file__).parents[3]
RING = "ring-4711"
NAMING = 'name = "Somewhere"\ninvented = false\nlocal_authority = "X"\ncase_dialog_channels = ["web", "pigeon"]\n'


class Tree:
    """The project as it is, by links, with one folder more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "adapters").mkdir(parents=True)
        for package in ("bot", "dialogs", "knowledge"):
            (folder / package).symlink_to(ROOT / package)
        for one in (ROOT / "adapters").iterdir():
            (folder / "adapters" / one.name).symlink_to(one)
        shutil.copytree(Path(__file__).parent / "pigeon", folder / "adapters" / "pigeon")

    def started(self, *arguments: str, **settings: object) -> subprocess.Popen[str]:
        """`bot` in it, with these settings alone."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        environment |= {f"BOT_{name.upper()}": str(value) for name, value in settings.items()}
        return subprocess.Popen(
            [sys.executable, "-m", "adapters", *arguments],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, **settings: object) -> str:
        """What it prints."""
        said, _ = self.started(*arguments, **settings).communicate(timeout=60)
        return said


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree(tmp_path_factory.mktemp("project") / "tree")


@contextmanager
def served(tree: Tree, data: Path, loft: int) -> Iterator[httpx.Client]:
    """`bot serve` until the end of the block, and whoever calls on it."""
    process = tree.started(
        "serve", "--port", "0", channels="web,pigeon", pigeon_ring=RING, pigeon_loft=loft, data_dir=data
    )
    assert process.stdout is not None
    try:
        address = next((line.split()[1] for line in process.stdout if line.startswith("Open ")), "")
        with httpx.Client(base_url=address, timeout=60) as client:
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=60)


def fly(client: httpx.Client, words: str, number: int, ring: str = RING) -> int:
    letter = {"from": "Ann", "words": words, "number": number}
    return client.post("/pigeon", json=letter, headers={"X-Ring": ring}).status_code


def test_it_stands_in_the_table_of_what_channels_can_do(tree):
    assert "| Carrier pigeon |" in tree.run("channels")


def test_its_settings_are_listed_and_checked_and_mended_on_its_own_page(tree, tmp_path):
    shown = tree.run("doctor", channels="web,pigeon", pigeon_loft=2, data_dir=tmp_path)
    assert "BOT_PIGEON_LOFT = 2    The port of the loft" in shown
    assert "MEND   pigeon: set BOT_PIGEON_RING to what is engraved on the rings (https://rings.example)" in shown
    assert "BOT_PIGEON_RING: must begin with ring-" in tree.run("area", "list", pigeon_ring="4711")
    assert "BOT_CHANNELS: Input should be 'web', 'pigeon', 'slack'" in tree.run("area", "list", channels="web,carrier")


def test_people_are_answered_there_and_its_health_is_told(tree, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as loft, served(tree, tmp_path, loft.getsockname()[1]) as client:
        loft.settimeout(60)

        def letter() -> str:
            with loft.accept()[0] as flight, flight.makefile(encoding="utf-8") as read:
                return read.read()

        assert "pigeon (no pigeon has come yet)" in client.get("/health/ready").text
        assert fly(client, "what is a LADO?", 1, ring="another's") == 403
        assert fly(client, "what is a LADO?", 1) == 200
        assert "designated officer" in letter().lower()
        assert fly(client, "refer", 2) == 200
        told = letter()
        assert wording_channels.NOT_HERE in " ".join(told.split())
        assert wording.LINE_999 in " ".join(told.split())
        assert "pigeon" not in client.get("/health/ready").text
        assert 'bot_sendings_total{channel="pigeon",outcome="sent"} 2.0' in client.get("/metrics").text


def test_an_area_can_name_it_once_it_is_there_and_not_before(tree, tmp_path):
    file = tmp_path / "somewhere.toml"
    file.write_text(NAMING, encoding="utf-8")
    assert f"{file}: no mistakes found" in tree.run("area", "check", str(file))
    (problem,) = check_area_file(file, case_channels())
    assert problem.line == 4
    assert "'telegram', not \"pigeon\"" in problem.message
