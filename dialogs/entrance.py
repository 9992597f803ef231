"""Where a dialog is found beside the first screen, and how one goes on from a decision made before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.condition import Condition


@dataclass(frozen=True)
class Entrance:
    """How people come to a dialog that has no door of its own.

    Each of `words`, as a whole message, begins it; `help` completes its line in the list of commands. Its `button`
    stands after a decision of the dialogs named in `after`, and under an answer about one of the `topics`.
    """

    words: tuple[str, ...]
    help: str
    button: str
    after: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnceOther:
    """Questions that are asked again where the earlier answers fit `was`, and one of them is another by now."""

    was: Condition
    again: tuple[str, ...]

    def holds(self, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
        """Whether the answers before fitted, and those of now do not."""
        other = (name for name, answers in self.was.fits if name in now and now[name] not in answers)
        return self.was.holds(before) and any(other)


@dataclass(frozen=True, eq=False)
class GoesOn:
    """How a dialog goes on from an earlier decision of one of `flows`, whose answers stand as they were.

    `question` asks what is new. For each of its answers `again` names the questions that are asked again, and `gives`
    the answers that need no asking, by question. `once_other` opens more, by what an answer was and is. `afresh` is
    never carried over; `personal` only to the same person.
    """

    flows: tuple[str, ...]
    question: str
    again: Mapping[str, tuple[str, ...]]
    gives: Mapping[str, Mapping[str, str]]
    afresh: frozenset[str]
    personal: frozenset[str] = frozenset()
    once_other: tuple[OnceOther, ...] = ()

    def asked_again(self, answer: str) -> frozenset[str]:
        """The questions whose earlier answers no longer count."""
        return frozenset(name for ticked in answer.split(",") for name in self.again.get(ticked, ()))

    def opened(self, before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
        """The questions whose earlier answers no longer count since an answer to another is not what it was."""
        return frozenset(name for one in self.once_other if one.holds(before, now) for name in one.again)

    def given(self, answer: str) -> dict[str, str]:
        """The answers that saying what is new gives by itself."""
        return {name: given for ticked in answer.split(",") for name, given in self.gives.get(ticked, {}).items()}
