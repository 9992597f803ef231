"""Where a dialog is found beside the first screen, and how one goes on from a decision made before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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


@dataclass(frozen=True, eq=False)
class GoesOn:
    """How a dialog goes on from an earlier decision of one of `flows`, whose answers stand as they were.

    `question` asks what is new. For each of its answers `again` names the questions that are asked again, and `gives`
    the answers that need no asking, by question. `afresh` is never carried over; `personal` only to the same person.
    """

    flows: tuple[str, ...]
    question: str
    again: Mapping[str, tuple[str, ...]]
    gives: Mapping[str, Mapping[str, str]]
    afresh: frozenset[str]
    personal: frozenset[str] = frozenset()

    def asked_again(self, answer: str) -> frozenset[str]:
        """The questions whose earlier answers no longer count."""
        return frozenset(name for ticked in answer.split(",") for name in self.again.get(ticked, ()))

    def given(self, answer: str) -> dict[str, str]:
        """The answers that saying what is new gives by itself."""
        return {name: given for ticked in answer.split(",") for name, given in self.gives.get(ticked, {}).items()}
