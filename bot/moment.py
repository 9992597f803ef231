"""One moment of a conversation, what is known at it, and what comes of it: values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.account_step import AccountAsk
from bot.case_step import CaseAsk
from bot.definitions import Definitions
from bot.letters import Letter
from bot.messages import Block, Option, Text, Turn, Typed, words_in
from bot.record import Record
from bot.state import Dialog, State
from dialogs.flow import Flow
from dialogs.walk import Place, walk
from knowledge.hearing import Heard
from knowledge.understanding import Found, Understanding

Request = Literal["", "issue code", "redeem code"]
SWITCHED_OFF, NOT_HERE = "switched off", "not here"
"""The kinds of what is not done because of where it is asked."""


@dataclass(frozen=True)
class Moment:
    """A turn with everything needed to answer it. `conversation` is the id kept for it; `today` is London's date.

    `understanding` understands questions; it and `heard`, what was heard in the words, are None where there are none.
    `degraded` says why the bot understands less than it should; empty where it does not. `doors_shown` is whether, with
    nothing begun or awaited, the five doors stand before the person: not where suggestions did until now.
    """

    turn: Turn
    state: State
    definitions: Definitions
    conversation: str
    today: date
    understanding: Understanding | None = None
    heard: Heard | None = None
    degraded: str = ""
    doors_shown: bool = True

    @property
    def typed(self) -> str | None:
        """The words typed, or None where a button or form was used."""
        return self.turn.said.text if isinstance(self.turn.said, Typed) else None

    @property
    def words(self) -> str | None:
        """Everything the person wrote, typed or in the fields of a form; None where a button was pressed."""
        return words_in(self.turn.said)

    @property
    def dialog(self) -> Dialog | None:
        """The dialog in hand."""
        return self.state.dialog

    def flow(self, dialog: Dialog) -> Flow:
        """The flow of a dialog."""
        return self.definitions.flows[dialog.flow]

    def place(self, dialog: Dialog) -> Place:
        """Where a dialog stands."""
        return walk(self.flow(dialog), dialog.all_said)

    def decided(self, dialog: Dialog) -> bool:
        """Whether the answers as they stand are the ones last confirmed."""
        if dialog.confirmed is None:
            return False
        confirmed = walk(self.flow(dialog), dialog.with_earlier(dialog.confirmed))
        return self.place(dialog).by_name == confirmed.by_name

    def unfinished(self) -> tuple[Dialog, ...]:
        """Dialogs put aside that have not reached a decision and were not practice, newest last.

        One whose flow is no longer there cannot be taken up.
        """
        known = (one for one in self.state.aside if one.flow in self.definitions.flows and not one.practice)
        return tuple(one for one in known if not self.decided(one))

    def at(self, state: State) -> Moment:
        """The same moment with another state."""
        return replace(self, state=state)


@dataclass(frozen=True)
class Feedback:
    """What a person says of the answer to their newest question.

    `helped` is None where they did not say; `masked` is the question for the content owner's queue, empty for none;
    `wants_answer` is whether they want to be told once there is one.
    """

    helped: bool | None = None
    masked: str = ""
    wants_answer: bool = False


@dataclass(frozen=True)
class Outcome:
    """What comes of a turn.

    `kind` names it on the timeline; `words` is what the person is understood to have said, never their raw words.
    `record` is a decision to be kept. `request` asks for something only the store can do, with `code`. `softly` is
    whether a notice about danger goes first. `topic` is the one a reply tells of, `offered`
    those it names to be pressed, `found` how a question was answered,
    and `feedback` what is to be kept about the newest question. `case` is what is to be done with a stored case,
    `account` with accounts, roles or absence. `letters` go out by e-mail once the turn is kept.
    `case_wanted` is whether the decision becomes a case once it is known whose it is. `once_known` are buttons to press
    once it is known who somebody is, or to which case a decision belongs.
    """

    state: State
    blocks: tuple[Block, ...]
    kind: str
    words: str
    record: Record | None = None
    request: Request = ""
    code: str = ""
    emergency: bool = False
    softly: bool = False
    topic: str = ""
    offered: tuple[str, ...] = ()
    found: Found | None = None
    feedback: Feedback | None = None
    case: CaseAsk | None = None
    account: AccountAsk | None = None
    once_known: tuple[Option, ...] = ()
    letters: tuple[Letter, ...] = ()
    case_wanted: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether what was used belonged to something that is asked no longer, so that nothing has changed."""
        return self.kind == "stale"

    @property
    def is_off(self) -> bool:
        """Whether nothing was looked at, because the channel is switched off."""
        return self.kind == SWITCHED_OFF

    @property
    def is_refused(self) -> bool:
        """Whether what was asked was not done, or stopped for danger: why stands among what is said."""
        return self.kind == "held" or any(isinstance(one, Text) and one.tone == "problem" for one in self.blocks)

    @property
    def is_begun(self) -> bool:
        """Whether something is asked before what was asked for is done with a case or an account."""
        awaited = self.state.awaited
        if awaited is None:
            return False
        case, account = self.case, self.account
        if case is not None and awaited.step is not None:
            return case.act not in ("case", "why") and (case.act == "choose" or not case.given)
        is_chosen = account is not None and account.act == "accounts" and account.value("next") != ""
        return is_chosen and awaited.account is not None
