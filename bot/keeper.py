"""Keeps what came of a turn: where the conversation stands, its timeline, a decision, and the reply to be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import left_open, question_log, record, state
from bot.assistant import Answer
from bot.definitions import Definitions
from bot.messages import Reply, Turn
from bot.reply_text import to_text
from bot.storage import Connection, KeyRing, conversations, decisions, outbox
from bot.storage.conversations import Stored
from bot.storage.data_keys import Held
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
        stored = conversations.save(
            connection,
            self.keys,
            stored,
            state.to_json(replace(outcome.state, mentioned="")),
            turn.at,
            said=(outcome.kind, outcome.words),
            mention_at=left_open.mention_at(outcome.state, self.definitions.working_time, turn.at),
            case_wanted=outcome.case_wanted,
        )
        self.reached("saved")
        assert stored.held is not None
        seq = stored.held.head_seq
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
        due = self._put(connection, stored.id, stored.held, turn, answer.reply)
        self.reached("replied")
        return due

    def _put(self, connection: Connection, conversation: str, held: Held, turn: Turn, reply: Reply) -> tuple[Due, ...]:
        is_read_here = turn.channel not in self.sent_on
        said = replace(reply, thread=turn.thread)
        row = outbox.put(
            connection,
            self.keys,
            conversation,
            channel=turn.channel,
            address=turn.conversation,
            body=to_text(said),
            at=turn.at,
            key=str(held.head_seq),
            audience=reply.audience,
            said=is_read_here,
            sealed_by=held.key,
        )
        return () if is_read_here else (Due(row, 0, conversation, turn.channel, said),)
