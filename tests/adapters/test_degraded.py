"""Without what the topics mean, the bot starts at once, goes by words alone, and everybody is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from adapters.__main__ import main
from adapters.health import Health
from adapters.knowledge_check import texts
from adapters.web.site import Site
from bot import wording
from bot.exchange import Exchange
from knowledge import understanding
from knowledge.library import load_library
from knowledge.meaning import load_encoder
from knowledge.understanding import MOST_NEW, load_understanding
from knowledge.vectors import SHIPPED, load_vectors, save_vectors
from tests.bot.conftest import on_sqlite

__all__ = ["on_sqlite"]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what is shipped, which is what counts while the test runs."""
    file = tmp_path / SHIPPED.name
    shutil.copy(SHIPPED, file)
    shutil.copy(SHIPPED.with_suffix(".sha256"), tmp_path)
    monkeypatch.setattr(understanding, "SHIPPED", file)
    load_understanding.cache_clear()
    yield file
    load_understanding.cache_clear()


def missing(file: Path) -> None:
    file.unlink()


def altered(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)


def of_other_content(file: Path) -> None:
    save_vectors(texts(load_library())[MOST_NEW + 100 :], load_vectors(load_encoder(), file), file)


FAULTS = {missing: "is missing", altered: "sha256 differs", of_other_content: "texts are new or changed"}


@pytest.mark.parametrize(("spoil", "says"), FAULTS.items(), ids=[one.__name__ for one in FAULTS])
def test_nothing_is_worked_out_and_why_is_said_with_what_to_do(shipped, spoil, says):
    spoil(shipped)
    found = load_understanding(load_library())
    assert says in found.degraded
    assert "bot knowledge publish" in found.degraded
    assert found.encoded == 0


def test_a_few_new_texts_are_worked_out_and_nothing_is_lacking(shipped):
    save_vectors(texts(load_library())[3:], load_vectors(load_encoder(), shipped), shipped)
    found = load_understanding(load_library())
    assert (found.degraded, 0 < found.encoded <= 3) == ("", True)


def test_the_doctor_names_the_fault_and_what_mends_it(shipped, monkeypatch, tmp_path):
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path / "data"))
    missing(shipped)
    said = CliRunner().invoke(main, ["doctor"])
    assert said.exit_code == 1
    (line,) = [line for line in said.output.splitlines() if "understanding:" in line]
    assert line.startswith("MEND")
    assert "vectors.npz is missing" in line
    assert "bot knowledge publish" in line


@pytest.mark.parametrize("question", ["what is a rapid review", "does the board want blue or green covers"])
def test_every_answer_says_plainly_that_it_goes_by_words_alone(shipped, question):
    missing(shipped)
    said = CliRunner().invoke(main, ["ask", question])
    assert " ".join(wording.DEGRADED.split()) in " ".join(said.stdout.split())
    assert "I go by words alone" in wording.DEGRADED


async def test_the_service_says_that_it_is_degraded_and_why(shipped, on_sqlite: Exchange):
    altered(shipped)
    late = Exchange(on_sqlite.database, on_sqlite.keys, on_sqlite.definitions)
    late.mind.loaded()
    app = Starlette(routes=list(Health(late).routes(Site(b"secret" * 8))))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        said = (await client.get("/health/ready")).text
    assert said.startswith("ready, degraded: vectors.npz")
    assert "bot knowledge publish" in said
