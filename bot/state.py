"""What a conversation remembers: the dialog in hand, those put aside, and what the bot is waiting to hear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import TypeAdapter

from bot.account_step import AccountStep
from bot.case_step import CaseStep
from dialogs.walk import Said

AwaitedKind = Literal[
    "date",
    "which change",
    "new answer",
    "apply change",
    "start over",
    "which dialog",
    "which decision",
    "next",
    "offer",
    "unanswered",
    "incident",
    "theme",
    "case",
    "account",
]


SUGGESTIONS: frozenset[AwaitedKind] = frozenset({"next", "offer", "unanswered", "incident", "theme"})
"""What is only suggested: whoever says something else has simply asked something new."""


@dataclass(frozen=True)
class Awaited:
    """Something the bot asked that is not a question of the flow: which date, which answer to change, are you sure.

    `step` is what is asked about a case, `account` about accounts, roles or absence.
    """

    kind: AwaitedKind
    question: str = ""
    answers: tuple[str, ...] = ()
    step: CaseStep | None = None
    account: AccountStep | None = None


@dataclass(frozen=True)
class Earlier:
    """A decision that a dialog goes on from: the answers that stand, its ISO date, its reference and its title.

    `since` are the answers that its case has by now in place of those; `known` the days on the case's record that no
    question asks for, by their names; `knew` those of them that the decision knew.
    """

    said: tuple[Said, ...]
    on: str
    reference: str
    title: str
    since: tuple[Said, ...] = ()
    known: tuple[Said, ...] = ()
    knew: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Dialog:
    """One walk through a flow: what was said, and what had been said when the decision was last confirmed.

    `number` counts up within the conversation. `confirmed_on` is the ISO date in London of the last confirmation,
    `versions` how many decisions it has led to. `earlier` is the decision it goes on from, if it does; `case` the
    reference of the case it is about, where it is about one.
    """

    number: int
    flow: str
    flow_version: str
    practice: bool
    started: str
    said: tuple[Said, ...] = ()
    confirmed: tuple[Said, ...] | None = None
    confirmed_on: str = ""
    versions: int = 0
    scenario: int = 0
    earlier: Earlier | None = None
    case: str = ""

    @property
    def all_said(self) -> tuple[Said, ...]:
        """Everything its place is worked out from: the answers it goes on from, then its own."""
        return self.with_earlier(self.said)

    @property
    def known(self) -> dict[str, str]:
        """The days that its case has on record and no question asks for, by their names."""
        return {} if self.earlier is None else {one.question: one.answer for one in self.earlier.known}

    @property
    def knew(self) -> dict[str, str]:
        """Those that the decision it goes on from knew."""
        return {} if self.earlier is None else {one.question: one.answer for one in self.earlier.knew}

    def with_earlier(self, said: tuple[Said, ...]) -> tuple[Said, ...]:
        """The answers it goes on from, and after them these."""
        return said if self.earlier is None else (*self.earlier.said, *self.earlier.since, *said)


@dataclass(frozen=True)
class Asked:
    """The last question: of its words, only those that the topics have too, and the topic that answered it.

    `marks` tell whether its other words are ones that a topic comes to have (see `question_marks`).
    """

    question: str = ""
    topic: str = ""
    marks: str = ""


@dataclass(frozen=True)
class State:
    """A conversation's memory. `danger` is set while an emergency answer stands and nobody has said resume.

    `asked` is the last question, for those that lean on it. `mentioned` is the ISO day until which what was left open
    is kept, once the person has been told of it. `recorded` is set straight after something was done with a case.
    """

    opened: bool = False
    dialog: Dialog | None = None
    aside: tuple[Dialog, ...] = ()
    awaited: Awaited | None = None
    danger: bool = False
    dialogs_started: int = 0
    asked: Asked = Asked()
    mentioned: str = ""
    recorded: bool = False

    def with_dialog(self, dialog: Dialog | None) -> State:
        """The same with another dialog in hand and nothing awaited."""
        return replace(self, dialog=dialog, awaited=None)

    def put_aside(self) -> State:
        """The same with the dialog in hand put aside, where it can be taken up again."""
        if self.dialog is None or not self.dialog.said:
            return replace(self, dialog=None, awaited=None)
        return replace(self, dialog=None, awaited=None, aside=(*self.aside, self.dialog))

    def taken_up(self, dialog: Dialog) -> State:
        """The same with a dialog that was put aside in hand again, and the one in hand put aside."""
        other = self.put_aside()
        return replace(other, dialog=dialog, aside=tuple(one for one in other.aside if one != dialog))


_ADAPTER = TypeAdapter(State)


def to_json(state: State) -> str:
    """The state as text to be kept."""
    return _ADAPTER.dump_json(state).decode()


def from_json(text: str | None) -> State:
    """A kept state, or a new one. Raises pydantic.ValidationError where the text is not a state."""
    return State() if text is None else _ADAPTER.validate_json(text)
