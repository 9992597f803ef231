"""`bot ask`: a question's answer as a person reads it, and as one line of JSON for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from adapters.json_lines import BadLine, only_keys
from adapters.terminal.show import lines
from bot import assistant, mind
from bot.assistant import Answer
from bot.clock import london_date
from bot.definitions import Definitions
from bot.librarian import MORE
from bot.messages import Turn, Typed
from bot.moment import Moment
from bot.privacy import privacy
from bot.state import State
from knowledge.sources import Citation
from knowledge.topic import Topic
from knowledge.understanding import Understanding

NAME = "terminal"
MOST_HISTORY = 20
"""Earlier questions that are looked at, the newest last."""


@dataclass(frozen=True)
class Asker:
    """Answers questions one by one, keeping nothing."""

    definitions: Definitions
    understanding: Understanding
    now: Callable[[], datetime]

    def text(self, question: str) -> str:
        """The whole answer as a person reads it."""
        return _text(self._answered(question, ()))

    def answer(self, given: Mapping[str, Any]) -> dict[str, object]:
        """What comes of a question, for a line of JSON. Raises BadLine."""
        only_keys(given, ("question", "history"))
        question, history = given.get("question"), given.get("history", [])
        if not isinstance(question, str):
            raise BadLine("question: must be a text")
        if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
            raise BadLine("history: must be a list of texts, the earliest first")
        return self._line(question, self._answered(question, history))

    def _answered(self, question: str, history: Sequence[str]) -> Answer:
        state, before = State(opened=True), ""
        for earlier in history[-MOST_HISTORY:]:
            state = replace(self._asked(earlier, state, before).outcome.state, danger=False)
            before = earlier
        return self._asked(question, state, before)

    def _asked(self, question: str, state: State, before: str) -> Answer:
        at = self.now()
        turn = Turn(NAME, "ask", "ask", Typed(question), "", at)
        degraded = self.understanding.degraded
        moment = Moment(turn, state, self.definitions, "", london_date(at), self.understanding, degraded=degraded)
        heard = mind.heard(self.understanding, question, before)
        return assistant.question(replace(moment, heard=heard))

    def _citations(self, topic: Topic) -> list[dict[str, object]]:
        """Where everything shown comes from: the national places, and the sources of the area's own words."""
        local = [_written(overlay.source) for overlay in self.definitions.area.overlays_for(topic.id)]
        return [*(_citation(one) for one in topic.citations), *local]

    def _line(self, question: str, answer: Answer) -> dict[str, object]:
        outcome, library = answer.outcome, self.definitions.library
        found = outcome.found
        topic = library.topics.get(outcome.topic)
        offers = found.offers if found is not None else ()
        reviews = found.reviews if found is not None and not outcome.emergency else ()
        shown = [one for one in library.reviews if one.id in reviews]
        sources = [_citation(one) for one in dict.fromkeys(cited for review in shown for cited in review.citations)]
        return {
            "route": _route(answer),
            "answer": _text(answer),
            "topic": topic.id if topic is not None else None,
            "citations": [*sources, *(self._citations(topic) if topic is not None else ())],
            "offers": [{"topic": one, "title": library.topics[one].title} for one in offers],
            "confidence": found.confidence if found is not None else None,
            "identifiers": bool(privacy.identifiers(question)),
            "content_version": library.version,
        }


def _citation(cited: Citation) -> dict[str, object]:
    source = cited.source
    return _written(source.title, cited.place, source.edition or "", cited.checked, cited.where)


def _written(
    source: str, place: str = "", edition: str = "", checked: date | None = None, url: str | None = None
) -> dict[str, object]:
    day = checked.isoformat() if checked is not None else None
    return {"source": source, "place": place, "edition": edition, "checked": day, "url": url}


def _route(answer: Answer) -> str:
    outcome = answer.outcome
    if outcome.kind == MORE:
        return "answer"
    if outcome.emergency:
        return "danger"
    if outcome.softly:
        return "soft_danger"
    return outcome.found.route if outcome.found is not None else "decline"


def _text(answer: Answer) -> str:
    return "\n".join(lines(answer.reply))
