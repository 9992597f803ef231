"""Does what only the store can: codes for another device, cases, accounts and roles; all in the turn's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import (
    account_came,
    account_requests,
    assistant,
    case_desk,
    case_dialogs,
    goes_by_case,
    left_question,
    plain_answers,
    state,
    waiting_case,
    wording,
)
from bot.after_decision import FLOW, after_decision
from bot.assistant import Answer
from bot.casework import casework
from bot.casework.casework import Desk
from bot.letters import Post
from bot.messages import Text
from bot.moment import Moment, Outcome, Request
from bot.record import Record
from bot.storage import Connection, KeyRing, codes, conversations, events, sessions
from bot.storage import people as stored_people
from bot.storage.conversations import Stored
from bot.storage.people import Person

CODE_LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Asked:
    """A request with what it takes to do it."""

    connection: Connection
    keys: KeyRing
    stored: Stored
    moment: Moment
    outcome: Outcome

    @property
    def desk(self) -> Desk:
        """What it takes to work on cases."""
        return Desk(self.connection, self.keys, self.moment.definitions, self.moment.turn.at)

    @property
    def person(self) -> Person | None:
        """Who is speaking, if we know them."""
        turn = self.moment.turn
        return stored_people.at_account(self.connection, self.keys, turn.channel, turn.conversation)


def done(
    connection: Connection, keys: KeyRing, stored: Stored, moment: Moment, answer: Answer, post: Post
) -> tuple[Stored, Answer]:
    """The answer with what the store made of it, and the conversation it belongs to now."""
    asked = Asked(connection, keys, stored, moment, answer.outcome)
    if (answer.outcome.emergency or answer.outcome.softly) and (
        calm := plain_answers.without_danger(asked.desk, asked.person, moment, answer.outcome)
    ):
        moment, answer = calm, assistant.handle(calm)
        asked = Asked(connection, keys, stored, moment, answer.outcome)
    outcome = answer.outcome
    if outcome.request:
        stored, moment, outcome = _REQUESTS[outcome.request](asked)
    elif outcome.case is not None:
        notice = outcome.blocks[:1] if outcome.softly else ()
        outcome = case_desk.answer(asked.desk, asked.person, moment, outcome)
        outcome = replace(outcome, blocks=(*notice, *outcome.blocks), softly=bool(notice))
    elif outcome.account is not None:
        here = (moment.turn.channel, moment.turn.conversation)
        desk = account_came.Desk(connection, keys, moment.definitions.area, post, here, moment.turn.at)
        outcome = _known_now(asked, account_requests.answer(desk, moment, outcome))
    elif outcome.record is not None:
        outcome = _decided(asked, outcome.record)
    elif outcome.kind == "begun":
        outcome = goes_by_case.begun(asked.desk, asked.person, moment, outcome)
    elif outcome.kind in ("change", "back"):
        outcome = goes_by_case.changing(asked.desk, asked.person, moment, outcome)
    # Who somebody is, is looked up only where that may matter: most turns are no words to the bot.
    elif outcome.kind in plain_answers.KINDS and (
        plain := plain_answers.meant(asked.desk, asked.person, moment, outcome)
    ):
        came = case_desk.answer(asked.desk, asked.person, moment, plain) if plain.case is not None else plain
        outcome = plain_answers.with_notice(outcome, plain, came)
    outcome = left_question.with_left(asked.moment, outcome)
    if outcome is answer.outcome:
        return stored, answer
    return stored, Answer(outcome, assistant.spoken(moment, outcome))


def _decided(asked: Asked, made: Record) -> Outcome:
    """The outcome of a decision with what it means for cases."""
    outcome, dialog = asked.outcome, asked.outcome.state.dialog
    if made.flow == FLOW:
        return after_decision(asked.desk, asked.person, asked.moment, outcome)
    if made.practice or dialog is None or not casework.are_kept(asked.desk):
        return outcome
    *before, last = outcome.blocks
    came = case_dialogs.finished(asked.desk, asked.person, asked.stored.id, dialog, made)
    return replace(outcome, blocks=(*before, *came.blocks, last), once_known=(*outcome.once_known, *came.buttons))


def _known_now(asked: Asked, outcome: Outcome) -> Outcome:
    """The outcome with the case that waited for it to be known who somebody is, where that is known by it."""
    if not casework.are_kept(asked.desk):
        return outcome
    said = waiting_case.opened_if_known(asked.desk, asked.stored.id, asked.person)
    *before, last = outcome.blocks
    return replace(outcome, blocks=(*before, *said, last)) if said else outcome


def led_by(connection: Connection, keys: KeyRing, here: tuple[str, str], code: str, at: datetime) -> str | None:
    """Lead an address to the conversation that a code stands for; its id, None where the code is not good."""
    found = codes.redeem(connection, keys, code, at, source=f"{here[0]}:{here[1]}")
    if found is not None and found != conversations.id_at(connection, *here):
        if (holder := stored_people.at_account(connection, keys, *here)) is not None:
            sessions.put_by(connection, keys, holder.id, *here, at, sessions.LED_AWAY)
        conversations.point(connection, *here, found)
    return found


def _code_issued(asked: Asked) -> tuple[Stored, Moment, Outcome]:
    code = codes.issue(asked.connection, asked.keys, asked.stored.id, asked.moment.turn.at, CODE_LASTS)
    blocks = (Text.of(wording.resume_code(code)), *asked.outcome.blocks)
    return asked.stored, asked.moment, replace(asked.outcome, blocks=blocks)


def _code_redeemed(asked: Asked) -> tuple[Stored, Moment, Outcome]:
    connection, keys, moment, turn = asked.connection, asked.keys, asked.moment, asked.moment.turn
    found = led_by(connection, keys, (turn.channel, turn.conversation), asked.outcome.code, turn.at)
    if found is None:
        return asked.stored, moment, assistant.shown(moment, asked.outcome, wording.CODE_WRONG)
    stored = conversations.load(connection, keys, turn.channel, turn.conversation, turn.at)
    # From now on this turn, delivered again, comes to that conversation.
    events.first_time(connection, turn.event, stored.id, turn.at)
    kept = replace(state.from_json(stored.state), opened=True)
    moment = replace(moment, state=kept, conversation=stored.id)
    return stored, moment, assistant.carried_on(moment, asked.outcome, wording.CODE_DONE)


_REQUESTS: dict[Request, Callable[[Asked], tuple[Stored, Moment, Outcome]]] = {
    "issue code": _code_issued,
    "redeem code": _code_redeemed,
}
