"""Shows the content owner's queue, closes what is answered now, and works answers out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot import question_log, question_queue
from bot.clock import now
from bot.exchange import Exchange
from bot.question_log import Replayed
from bot.storage import questions


def queue_lines(exchange: Exchange, today: date) -> Iterator[str]:
    """The questions that wait, those most often asked first, and the topics past their review date."""
    waiting = exchange.database.run_now(lambda connection: questions.waiting(connection, exchange.keys))
    groups = question_queue.grouped(exchange.mind.loaded(), waiting)
    yield f"{len(waiting)} questions without a good answer, in {len(groups)} groups."
    for group in groups:
        wanting = sum(one.wants_answer for one in group)
        told = f", {wanting} to be told" if wanting else ""
        yield f"\n{len(group)} asked{told}, first on {group[0].at:%Y-%m-%d}:"
        for one in group:
            answered = f" (answered from {one.topic})" if one.topic else ""
            yield f"  {one.masked}{answered}"
    late = exchange.definitions.library.due(today)
    if late:
        yield f"\n{len(late)} topics past their review date:"
        yield from (f"  {topic.review_by}  {topic.owner}: {topic.title} ({topic.id})" for topic in late)


def close_lines(exchange: Exchange) -> Iterator[str]:
    """Closes what is answered now, tells who asked, and says what was closed."""
    understanding = exchange.mind.loaded()
    area = exchange.definitions.area
    closed = exchange.database.run_now(
        lambda connection: question_log.close_answered(connection, exchange.keys, understanding, area, now())
    )
    yield f"{len(closed)} questions are answered now."
    for one in closed:
        told = " (told)" if one.waiting.wants_answer else ""
        yield f"  {one.waiting.masked} -> {one.topic}{told}"


def replay_lines(exchange: Exchange) -> tuple[list[str], bool]:
    """What came of working every answer out again from its log line, and whether each came out the same."""
    replayed = exchange.database.run_now(question_log.replay)
    return list(_replayed(replayed)), not replayed.different


def _replayed(replayed: Replayed) -> Iterator[str]:
    yield f"{replayed.checked} answers worked out again, {len(replayed.different)} came out otherwise."
    if replayed.older:
        yield f"{replayed.older} were answered with other fitted numbers and were left out."
    for one in replayed.different:
        yield f"  {one.at:%Y-%m-%d %H:%M} {one.channel}: {one.route}"
