"""What is published is taken in whole by whoever answers already, and what is not right is kept out and told of."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.exchange import Exchange
from bot.messages import Turn, Typed
from bot.published import OLDER_CONTENT, Published
from knowledge.library import TOPICS

from .test_librarian import words

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ASKS = (
    "are snorkels allowed at the swimming gala",
    "can a snorkel be worn at a gala",
    "snorkels at swimming galas",
    "is a snorkel all right for swimming at the gala",
    "who says whether snorkels are allowed at galas",
)


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    folder = tmp_path / "topics"
    shutil.copytree(TOPICS, folder)
    return folder


def written(folder: Path) -> None:
    """One more topic, with words that none had."""
    lado = (folder / "lado.md").read_text(encoding="utf-8")
    asks = "".join(f'    "{one}",\n' for one in ASKS)
    made = re.sub(r"(?s)\nasks = \[.*?\n\]\n", f"\nasks = [\n{asks}]\n", lado)
    made = re.sub(r'\ntitle = ".*"', '\ntitle = "Snorkels at a swimming gala"', made)
    (folder / "snorkels.md").write_text(made, encoding="utf-8")


def publish(seal: Path) -> None:
    seal.write_text("published", encoding="ascii")
    os.utime(seal, ns=(1, seal.stat().st_mtime_ns + 1))


async def answered(exchange: Exchange, event: str) -> str:
    await exchange.take(Turn("web", "one", "one", Typed(ASKS[0]), event, AT))
    reply = (await exchange.read("web", "one"))[-1].reply
    assert reply is not None
    return words(reply)


async def test_what_is_published_is_served_without_a_new_start(
    on_sqlite: Exchange, topics: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    published = Published(on_sqlite, told.append, topics, tmp_path / "seal")
    written(topics)
    # Written and not published: it is not served.
    await published.look()
    assert "About the designated officer" not in await answered(on_sqlite, "1")

    publish(tmp_path / "seal")
    await published.look()
    assert "About the designated officer" in await answered(on_sqlite, "2")
    assert told == [f"Content {on_sqlite.definitions.library.version} is served from now on."]
    assert published.trouble == ""


async def test_what_is_not_right_is_kept_out_and_told_of(on_sqlite: Exchange, topics: Path, tmp_path: Path) -> None:
    told: list[str] = []
    published = Published(on_sqlite, told.append, topics, tmp_path / "seal")
    before = on_sqlite.definitions
    (topics / "snorkels.md").write_text("+++\n", encoding="utf-8")
    publish(tmp_path / "seal")
    await published.look()

    assert on_sqlite.definitions is before
    assert published.trouble == OLDER_CONTENT
    assert "snorkels.md, line 1" in told[0]


async def test_an_answer_is_shown_from_the_content_it_was_found_in(
    on_sqlite: Exchange, topics: Path, tmp_path: Path
) -> None:
    older = on_sqlite.definitions
    published = Published(on_sqlite, lambda _: None, topics, tmp_path / "seal")
    written(topics)
    publish(tmp_path / "seal")
    await published.look()
    # As if the content were put in between listening to the words and answering them.
    on_sqlite.definitions = older
    assert "About the designated officer" in await answered(on_sqlite, "1")
