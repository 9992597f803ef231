"""Questions: what is kept of each, what waits for an answer, and that nobody's words can be read from outside."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, select

from bot.storage import Database, KeyRing, conversations, questions, tables, timeline

from .conftest import AT

LINE = '{"route":"offer"}'


def asked(connection: Connection, keys: KeyRing, address: str = "one", route: str = "decline") -> str:
    """A conversation in which one more question was asked."""
    stored = conversations.load(connection, keys, "web", address, AT)
    seq = timeline.append(connection, keys, stored.id, AT, "asked", "A question.")
    questions.record(connection, stored.id, seq, AT, channel="web", address=address, route=route, topic="", line=LINE)
    return stored.id


def test_a_question_is_kept_with_its_log_line(db: Database, keys: KeyRing) -> None:
    db.run_now(lambda c: asked(c, keys, route="offer"))

    (kept,) = db.run_now(questions.asked)
    assert (kept.route, kept.line, kept.helped, kept.channel) == ("offer", LINE, None, "web")


def test_only_what_was_queued_waits(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys, "one"))
    db.run_now(lambda c: asked(c, keys, "other"))
    db.run_now(lambda c: questions.queue(c, keys, one, "when is … due"))

    (waiting,) = db.run_now(lambda c: questions.waiting(c, keys))
    assert (waiting.masked, waiting.address, waiting.wants_answer) == ("when is … due", "one", False)


def test_the_words_kept_are_sealed(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys))
    db.run_now(lambda c: questions.queue(c, keys, one, "when is … due"))

    sealed = db.run_now(lambda c: c.execute(select(tables.questions.c.masked)).scalar_one())
    assert b"due" not in sealed


def test_the_newest_question_is_the_one_that_is_meant(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys))
    db.run_now(lambda c: asked(c, keys, route="answer"))
    db.run_now(lambda c: questions.mark_helped(c, one, helped=False))

    kept = db.run_now(questions.asked)
    assert [(each.route, each.helped) for each in kept] == [("decline", None), ("answer", False)]


def test_wanting_to_hear_is_kept_with_the_question_that_waits(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys))
    db.run_now(lambda c: questions.queue(c, keys, one, "first"))
    db.run_now(lambda c: asked(c, keys, route="answer"))
    db.run_now(lambda c: questions.want_answer(c, one))

    (waiting,) = db.run_now(lambda c: questions.waiting(c, keys))
    assert (waiting.masked, waiting.wants_answer) == ("first", True)


def test_a_question_closed_waits_no_longer(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys))
    db.run_now(lambda c: questions.queue(c, keys, one, "first"))
    (waiting,) = db.run_now(lambda c: questions.waiting(c, keys))
    db.run_now(lambda c: questions.close(c, waiting, "lado", AT + timedelta(days=1)))

    assert db.run_now(lambda c: questions.waiting(c, keys)) == []


def test_feedback_where_nothing_was_asked_is_passed_over(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: conversations.load(c, keys, "web", "one", AT).id)
    db.run_now(lambda c: questions.queue(c, keys, one, "first"))
    db.run_now(lambda c: questions.mark_helped(c, one, helped=True))
    db.run_now(lambda c: questions.want_answer(c, one))

    assert db.run_now(questions.asked) == []


def test_a_conversation_forgotten_leaves_no_words_and_no_address(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys, "secret address"))
    db.run_now(lambda c: questions.queue(c, keys, one, "first"))
    db.run_now(lambda c: conversations.forget(c, one, AT))

    assert db.run_now(lambda c: questions.waiting(c, keys)) == []
    assert db.run_now(lambda c: c.execute(select(tables.questions.c.address)).scalar_one()) == ""
    assert db.run_now(lambda c: c.execute(select(tables.questions.c.masked)).scalar_one()) is None


def test_a_conversation_deleted_takes_its_questions_with_it(db: Database, keys: KeyRing) -> None:
    one = db.run_now(lambda c: asked(c, keys))
    db.run_now(lambda c: conversations.delete(c, one))

    assert db.run_now(questions.asked) == []
