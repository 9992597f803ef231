"""A conversation without a database: turns in, answers out, and everything kept goes through its written form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial

from bot import assistant, state, wording
from bot.assistant import Answer
from bot.clock import london_date
from bot.definitions import Definitions, load_definitions
from bot.messages import Choices, Chosen, Filled, Form, Reply, Said, Text, Turn, Typed
from bot.moment import Moment
from bot.privacy import privacy
from bot.prompts import prompt
from bot.reply_text import from_text, to_text
from bot.state import Dialog, State
from dialogs.flow import NONE_OF_THESE, UNSURE, Flow, Question
from knowledge.hearing import Heard
from knowledge.understanding import Understanding, load_understanding

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATE = Text.of(wording.LINE_999, tone="note")


@cache
def definitions(area: str = "exampleshire") -> Definitions:
    return load_definitions(area)


@cache
def heard(understanding: Understanding, words: str) -> Heard:
    """What is heard in words; the laws say the same words many times over."""
    return understanding.hear(privacy.nameless(words))


@dataclass
class Talk:
    """One conversation; `asked` holds every prompt there has been, oldest first."""

    area: str = "exampleshire"
    state: State = field(default_factory=State)
    at: datetime = AT
    asked: list[Choices | Form] = field(default_factory=list)

    def moment(self, said: Said | None = None) -> Moment:
        turn = Turn("terminal", "address", "person", said or Typed(""), "event", self.at)
        kept = replace(self.state, opened=True)
        here = definitions(self.area)
        understanding = load_understanding(here.library)
        moment = Moment(turn, kept, here, "conversation", london_date(self.at), understanding)
        return moment if moment.words is None else replace(moment, heard=heard(understanding, moment.words))

    def say(self, said: Said) -> Answer:
        answer = assistant.handle(self.moment(said))
        kept = state.from_json(state.to_json(answer.outcome.state))
        assert kept == answer.outcome.state
        assert from_text(to_text(answer.reply)) == answer.reply
        # What cannot be encoded cannot be stored.
        f"{answer.outcome.words}{answer.outcome.kind}{to_text(answer.reply)}".encode()
        self.state = kept
        if (now := self.prompt) is not None:
            self.asked.append(now)
        return answer

    def type(self, text: str) -> Answer:
        return self.say(Typed(text))

    def press(self, *ids: str) -> Answer:
        """Press options of what is asked now, or fill in a day or words of one's own."""
        now = self.prompt
        assert now is not None
        if isinstance(now, Form):
            return self.say(Filled(now.id, ((now.fields[0].id, "not sure" if ids == (UNSURE,) else ids[0]),)))
        return self.say(Chosen(now.prompt, ids))

    def later(self, days: int) -> None:
        self.at += timedelta(days=days)

    @property
    def prompt(self) -> Choices | Form | None:
        """What is asked now, whether or not it was shown."""
        last = prompt(self.moment())[-1]
        return last if isinstance(last, Choices | Form) else None

    @property
    def dialog(self) -> Dialog:
        assert self.state.dialog is not None
        return self.state.dialog

    @property
    def flow(self) -> Flow:
        return definitions(self.area).flows[self.dialog.flow]

    @property
    def next(self) -> Question | None:
        return self.moment().place(self.dialog).next

    @property
    def answers(self) -> dict[str, str]:
        return self.moment().place(self.dialog).by_name


def asks_last(reply: Reply) -> bool:
    """Whether a reply ends in something to press or fill in, with at most the 999 line after it."""
    blocks = reply.blocks[:-1] if reply.blocks[-1] == LATE else reply.blocks
    return isinstance(blocks[-1], Choices | Form)


def is_emergency(reply: Reply) -> bool:
    """Whether the first thing a reply says is the emergency answer."""
    first = reply.blocks[0]
    return isinstance(first, Text) and first.tone == "emergency" and str(first.runs[0]).startswith("Phone 999 now")


def some_answers(question: Question) -> list[str]:
    """Answers that can be pressed or typed, of every kind the question takes."""
    if question.kind == "date":
        return [UNSURE, "18/1/2027"] if question.ahead else [UNSURE, "18/11/2026", "yesterday"]
    if question.kind == "text":
        return ["The school was not told.", "What was planned did not happen."]
    ids = [option.id for option in question.options]
    return [NONE_OF_THESE, UNSURE, *ids] if question.kind == "many" else ids


def talked(*said: str, area: str = "exampleshire") -> Talk:
    """A conversation in which these words were typed."""
    talk = Talk(area)
    for words in said:
        talk.type(words)
    return talk


def answered(talk: Talk, **others: str) -> Talk:
    """The same talk with every question answered, as most people answer unless another answer is given."""
    while talk.next is not None:
        answer = others.get(talk.next.name, talk.next.likely)
        talk.press(*([answer] if talk.next.kind == "text" else answer.split(",")))
    return talk


def decided() -> Talk:
    """A talk whose referral has reached a decision."""
    talk = answered(talked("refer"))
    talk.press("confirm")
    return talk


REASON = ("review outcome", "no", "ok", "partner", "no", "yes", "An earlier review asked for it.")


def coming() -> Talk:
    """A talk in which a day to come is asked for."""
    talk = talked("review outcome")
    while talk.next is not None and talk.next.name != "decide_by":
        talk.press("more_time" if talk.next.name == "decision" else talk.next.likely)
    return talk


def going_on(*after: str) -> Talk:
    """A talk that goes on from a decision with something new; or two decisions, and these words after them."""
    talk = decided()
    if after:
        talk.type("refer")
        answered(talk).press("confirm")
    for words in after or ("new information", "no", "ok"):
        talk.type(words)
    return talk


def changing_with_effects() -> Talk:
    """A talk in which a change has been asked for that would set other answers aside."""
    talk = answered(talked("refer"))
    talk.type("change")
    talk.press("age_at_event")
    talk.press("25_plus")
    assert talk.state.awaited is not None
    assert talk.state.awaited.kind == "apply change"
    return talk


_PLAYED: dict[str, Callable[[], Talk]] = {
    "nothing begun": Talk,
    "a choice": lambda: talked("refer"),
    "a notice": lambda: talked("refer", "no"),
    "an age": lambda: talked("refer", "no", "ok", "1", "yes"),
    "several boxes": lambda: talked("refer", "no", "ok", "police", "yes", "20", "near miss", "recently"),
    "a date": lambda: talked("allegation", "no", "ok", "no", "no"),
    "a date to confirm": lambda: talked("allegation", "no", "ok", "no", "no", "5/6"),
    "another date": lambda: talked("allegation", "no", "ok", "no", "no", "5/6", "neither"),
    "the check": lambda: answered(talked("refer")),
    "which answer to change": lambda: talked("refer", "no", "ok", "police", "change"),
    "a new answer": lambda: talked("refer", "no", "ok", "police", "change", "2"),
    "make this change": lambda: talked("refer", "no", "ok", "police", "yes", "17", "change", "1", "no"),
    "a change with effects": changing_with_effects,
    "start over": lambda: talked("refer", "no", "start over"),
    "which of several": lambda: talked("refer", "no", "menu", "protect", "no", "menu", "resume"),
    "decided": decided,
    "stopped": lambda: talked("refer", "no", "stop"),
    "in danger": lambda: talked("refer", "no", "he is strangling her right now"),
    "practice": lambda: talked("practice", "no"),
    "own words": lambda: talked("review outcome", "no", "ok", "partner", "no", "yes"),
    "own words or none": lambda: talked("review outcome", "no", "ok", "partner", "no", "no"),
    "own words again": lambda: talked(*REASON, "change", "why (improvements needed)"),
    "a day to come": coming,
    "going on": going_on,
    "which decision": lambda: going_on("menu", "refer", "no", "new information"),
}


@cache
def _begun(place: str) -> Talk:
    return _PLAYED[place]()


def _copy(place: str) -> Talk:
    talk = _begun(place)
    return replace(talk, asked=list(talk.asked))


PLACES = {place: partial(_copy, place) for place in _PLAYED}
"""Every kind of place a conversation can be at; each is played once, and every talk given out is one's own."""
