"""What is kept of questions: log lines that can be replayed, the owner's queue, and telling who waited."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import question_log, wording
from bot.exchange import Exchange
from bot.messages import Chosen, Text, Turn, Typed
from bot.question_marks import marks_of
from bot.storage import Connection, questions, tables
from bot.upkeep import Upkeep
from knowledge.library import TOPICS, Library, load_library
from knowledge.understanding import load_understanding

from .test_librarian import words

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
SAID = (
    "what is a rapid review",
    "zzxqv rapid review gribble",
    "when does a SIN go in",
    "thanks a lot",
    "who looks at it then",
)


async def say(exchange: Exchange, said: Typed | Chosen | str, number: int = 1) -> None:
    turn = Turn("web", "one", "one", Typed(said) if isinstance(said, str) else said, f"event {number} {said}", AT)
    await exchange.take(turn)


async def test_every_answer_can_be_replayed_from_its_log_line(exchange: Exchange) -> None:
    for number, said in enumerate(SAID):
        await say(exchange, said, number)

    replayed = await exchange.database.run(question_log.replay)
    assert (replayed.checked, replayed.different) == (len(SAID), ())


async def test_a_log_line_holds_no_word_of_the_question(exchange: Exchange) -> None:
    await say(exchange, "what is a rapid review for gribblethorpe zzxqv")

    (kept,) = await exchange.database.run(questions.asked)
    assert "gribble" not in kept.line
    assert {"topics", "decoy", "confidence", "content", "fitted", "model"} <= set(json.loads(kept.line))


async def test_a_bad_answer_waits_in_the_queue_and_is_closed_when_another_topic_answers(exchange: Exchange) -> None:
    await say(exchange, "what is a rapid review", 1)
    await say(exchange, "that did not help", 2)
    await say(exchange, "tell me when there is an answer", 3)

    waiting = await exchange.database.run(lambda c: questions.waiting(c, exchange.keys))
    assert [(one.masked, one.topic, one.wants_answer) for one in waiting] == [
        ("what is a rapid review", "rapid-review-what", True)
    ]
    # The topic that did not help is no better today.
    assert await Upkeep(exchange).close_answered(AT + timedelta(days=1)) == 0

    await exchange.database.run(_answered_by_nothing)
    assert await Upkeep(exchange).close_answered(AT + timedelta(days=1)) == 1
    newest = (await exchange.read("web", "one"))[-1]
    assert newest.reply is not None
    assert "I can now." in words(newest.reply)
    assert "rapid review" in words(newest.reply)
    assert words(newest.reply).startswith("Exampleshire is an invented area")
    assert wording.LINE_999 in words(newest.reply)
    assert await Upkeep(exchange).close_answered(AT + timedelta(days=2)) == 0


async def test_whoever_did_not_choose_to_be_told_hears_nothing(exchange: Exchange) -> None:
    await say(exchange, "what is a rapid review", 1)
    await say(exchange, "that did not help", 2)
    before = len(await exchange.read("web", "one"))
    await exchange.database.run(_answered_by_nothing)

    assert await Upkeep(exchange).close_answered(AT + timedelta(days=1)) == 1
    assert len(await exchange.read("web", "one")) == before


async def test_the_words_of_a_question_are_nowhere_in_the_database(on_sqlite: Exchange, tmp_path) -> None:
    await say(on_sqlite, "what is a rapid review for gribblethorpe", 1)
    await say(on_sqlite, "that did not help", 2)
    on_sqlite.database.checkpoint()

    for file in tmp_path.rglob("*"):
        assert file.is_dir() or b"gribble" not in file.read_bytes()


async def test_words_are_answered_while_the_model_is_still_loading(on_sqlite: Exchange) -> None:
    understanding = await on_sqlite.mind.ready(wait=0.0)
    assert understanding.degraded in ("", "it is still starting")


async def test_a_reply_to_words_comes_with_what_understands_them(on_sqlite: Exchange) -> None:
    await say(on_sqlite, "what is a rapid review")
    reply = (await on_sqlite.read("web", "one"))[-1].reply
    assert reply is not None
    assert any(isinstance(block, Text) for block in reply.blocks)


def _answered_by_nothing(connection: Connection) -> None:
    """As if no topic had answered when it was asked: the topic came later."""
    connection.execute(tables.questions.update().values(topic=""))


QUESTION = "are snorkels allowed at a swimming gala"


@pytest.fixture
def grown(tmp_path: Path) -> Library:
    """The topics with one more, that has words which none had."""
    folder = tmp_path / "topics"
    shutil.copytree(TOPICS, folder)
    lado = (folder / "lado.md").read_text(encoding="utf-8")
    asks = "".join(f'    "{one}",\n' for one in SNORKELS)
    made = re.sub(r"(?s)\nasks = \[.*?\n\]\n", f"\nasks = [\n{asks}]\n", lado)
    made = re.sub(r'\ntitle = ".*"', '\ntitle = "Snorkels at a swimming gala"', made)
    (folder / "snorkels.md").write_text(made, encoding="utf-8")
    return load_library(folder)


SNORKELS = (
    "are snorkels allowed at the swimming gala",
    "can a snorkel be worn at a gala",
    "snorkels at swimming galas",
    "is a snorkel all right for swimming at the gala",
    "who says whether snorkels are allowed at galas",
)


async def test_whoever_waits_is_told_when_a_new_topic_has_the_words_that_none_had(exchange: Exchange, grown) -> None:
    await say(exchange, QUESTION, 1)
    await say(exchange, "tell me when there is an answer", 2)
    (waiting,) = await exchange.database.run(lambda c: questions.waiting(c, exchange.keys))
    assert "snorkel" not in f"{waiting.masked} {waiting.marks}"
    assert waiting.wants_answer
    before = load_understanding(load_library())
    area = exchange.definitions.area
    assert not await exchange.database.run(
        lambda c: question_log.close_answered(c, exchange.keys, before, area, AT + timedelta(days=1))
    )
    after = load_understanding(grown)
    (closed,) = await exchange.database.run(
        lambda c: question_log.close_answered(c, exchange.keys, after, area, AT + timedelta(days=1))
    )
    assert closed.topic == "snorkels"
    newest = (await exchange.read("web", "one"))[-1]
    assert newest.reply is not None
    assert wording.NOW_ANSWERED in words(newest.reply)


def test_a_word_that_may_be_a_name_has_no_mark() -> None:
    it = load_understanding(load_library())
    for text in ("faith hope of church road", "is Gribblethorpe ill", "at st zzyx's primary", "07700 900123"):
        assert marks_of(it, text, "00" * 8) == "", text
    assert marks_of(it, QUESTION, "00" * 8) != marks_of(it, QUESTION, "01" * 8)


@pytest.mark.parametrize("said", ["no", "ok", "queue", "yes it did", "nope", "not really", "yep thanks"])
async def test_what_is_said_in_passing_is_no_question_for_the_content_owner(exchange: Exchange, said: str) -> None:
    await say(exchange, "what is a rapid review", 1)
    await say(exchange, "thanks a lot", 2)
    await say(exchange, said, 3)
    waiting = await exchange.database.run(lambda c: questions.waiting(c, exchange.keys))
    assert [one.masked for one in waiting if one.masked != "what is a rapid review"] == []


@pytest.mark.parametrize(("said", "helped"), [("yes it did", True), ("not really", False), ("no it didn't", False)])
async def test_words_that_only_say_whether_it_helped_are_kept_as_that(
    exchange: Exchange, said: str, helped: bool
) -> None:
    await say(exchange, "what is a rapid review", 1)
    await say(exchange, said, 2)
    (kept,) = await exchange.database.run(questions.asked)
    assert kept.helped is helped
