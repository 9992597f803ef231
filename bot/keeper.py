"""Keeps what came of a turn: where the conversation stands, its timeline, a decision, and the reply to be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import left_open, question_log, record, state
from bot.assistant import Answer
from bot.cases.working_time import WorkingTime
from bot.definitions import Definitions
from bot.messages import Reply, Turn
from bot.reply_text import to_text
from bot.storage import Connection, KeyRing, conversations, decisions, outbox, timeline
from bot.storage.conversations import Stored
from bot.storage.outbox import Due


@dataclass(frozen=True)
class Keeper:
    """Keeps turns in the caller's transaction; `sent_on` names the channels that a reply has to be sent on."""

    keys: KeyRing
    definitions: Definitions
    sent_on: frozenset[str]
    reached: Callable[[str], None]

    def keep(self, connection: Connection, stored: Stored, turn: Turn, answer: Answer) -> tuple[Due, ...]:
        """Keep a turn with its answer; what of it is to be sent."""
        outcome = answer.outcome
        local = self.definitions.local
        conversations.save(
            connection,
            self.keys,
            stored,
            state.to_json(replace(outcome.state, mentioned="")),
            turn.at,
            mention_at=left_open.mention_at(outcome.state, WorkingTime(local.calendar), turn.at),
            case_wanted=outcome.case_wanted,
        )
        self.reached("saved")
        seq = timeline.append(connection, self.keys, stored.id, turn.at, outcome.kind, outcome.words)
        self.reached("written")
        question_log.keep(connection, self.keys, stored.id, seq, turn, outcome)
        if made := outcome.record:
            dialog = outcome.state.dialog
            decisions.record(
                connection,
                self.keys,
                stored.id,
                turn.at,
                dialog=str(dialog.number if dialog else 0),
                flow=made.flow,
                outcome=made.decision.outcome,
                rules_version=made.decision.rules_version,
                body=record.to_json(made),
                practice=made.practice,
            )
        self.reached("decided")
        due = self._put(connection, stored.id, turn, answer.reply, seq)
        self.reached("replied")
        return due

    def _put(self, connection: Connection, conversation: str, turn: Turn, reply: Reply, seq: int) -> tuple[Due, ...]:
        is_read_here = turn.channel not in self.sent_on
        row = outbox.put(
            connection,
            self.keys,
            conversation,
            channel=turn.channel,
            address=turn.conversation,
            body=to_text(replace(reply, thread=turn.thread)),
            at=turn.at,
            key=str(seq),
            audience=reply.audience,
            said=is_read_here,
        )
        return () if is_read_here else (Due(row, 0, conversation, turn.channel),)
