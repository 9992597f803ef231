"""Keeps how questions were answered and what people said of it, works answers out again, and tells who waited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot import wording
from bot.clock import london_date
from bot.delivering.routes import PAGES
from bot.messages import Reply, Text, Turn
from bot.moment import Outcome
from bot.question_marks import filled
from bot.question_queue import says_enough
from bot.reply_text import to_text
from bot.storage import Connection, KeyRing, outbox, questions, timeline
from bot.storage.questions import Asked, Waiting
from bot.topic_blocks import answer_blocks
from knowledge.area import Area
from knowledge.deciding import replayed
from knowledge.fitted import load_fitted
from knowledge.understanding import Understanding

ANSWERED_LATER = "answered later"
"""The key of a reply that comes when a question that waited has an answer."""


@dataclass(frozen=True)
class Answered:
    """A question that waited and has an answer now."""

    waiting: Waiting
    topic: str


@dataclass(frozen=True)
class Replayed:
    """How many answers were worked out again, how many could not be, and those that came out otherwise."""

    checked: int
    older: int
    different: tuple[Asked, ...]


def keep(connection: Connection, keys: KeyRing, conversation: str, seq: int, turn: Turn, outcome: Outcome) -> None:
    """Keeps what a turn says of questions: how one was answered, without its words, and what was thought of that."""
    if (found := outcome.found) is not None:
        questions.record(
            connection,
            conversation,
            seq,
            turn.at,
            channel=turn.channel,
            address=turn.conversation,
            route=found.route,
            topic=found.topic,
            line=json.dumps(found.log, sort_keys=True, separators=(",", ":")),
        )
    if (feedback := outcome.feedback) is None:
        return
    if says_enough(feedback.masked) or (feedback.wants_answer and feedback.masked.strip(" …")):
        questions.queue(connection, keys, conversation, feedback.masked, outcome.state.asked.marks)
    if feedback.helped is not None:
        questions.mark_helped(connection, conversation, helped=feedback.helped)
    if feedback.wants_answer:
        questions.want_answer(connection, conversation)


def close_answered(
    connection: Connection, keys: KeyRing, understanding: Understanding, area: Area, at: datetime
) -> list[Answered]:
    """Closes each waiting question that a topic answers now, and tells those who chose to be told."""
    closed = []
    for waiting in questions.waiting(connection, keys):
        found = understanding.weigh(filled(understanding, waiting.masked, waiting.marks))
        if found.route != "answer" or found.topic in _refused(waiting):
            continue
        questions.close(connection, waiting, found.topic, at)
        closed.append(Answered(waiting, found.topic))
        if waiting.wants_answer:
            _tell(connection, keys, understanding, area, waiting, found.topic, at)
    return closed


def _refused(waiting: Waiting) -> set[str]:
    """The topics that the person was shown and did not want."""
    offered = json.loads(waiting.line).get("topics", []) if waiting.route == "offer" else []
    return {waiting.topic, *(one["id"] for one in offered)}


def replay(connection: Connection) -> Replayed:
    """Every answer worked out again from its log line alone."""
    fitted = load_fitted()
    read = [(one, json.loads(one.line)) for one in questions.asked(connection)]
    # A line fitted on other questions can be replayed only with the numbers of its day.
    same = [(one, log) for one, log in read if log["fitted"] == fitted.fitted_on]
    different = tuple(one for one, log in same if replayed(log, fitted) != one.route)
    return Replayed(len(same), len(read) - len(same), different)


def _tell(
    connection: Connection,
    keys: KeyRing,
    understanding: Understanding,
    area: Area,
    waiting: Waiting,
    topic: str,
    at: datetime,
) -> None:
    library = understanding.library
    blocks = answer_blocks(library.topics[topic], library, area, london_date(at))
    over = wording.banner(area, practice=False)
    first = (Text.of(over, tone="note"),) if over else ()
    last = Text.of(wording.LINE_999, tone="note")
    reply = Reply((*first, Text.of(wording.NOW_ANSWERED), *blocks, last), key=ANSWERED_LATER)
    seq = timeline.append(connection, keys, waiting.conversation, at, ANSWERED_LATER, "")
    outbox.put(
        connection,
        keys,
        waiting.conversation,
        channel=waiting.channel,
        address=waiting.address,
        body=to_text(reply),
        at=at,
        key=str(seq),
        audience=reply.audience,
        said=waiting.channel in PAGES,
    )
