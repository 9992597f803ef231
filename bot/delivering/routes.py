"""The ways to reach a person: accounts that a message can be sent to, in order, and pages that have to be looked at."""

from __future__ import annotations

from collections.abc import Collection

from bot.storage.people import Account, Person

PAGES = frozenset({"web", "terminal"})
"""Where something is read only by whoever has it open: nobody is told there that there is news."""
LAST = "mail"


def ways(person: Person, carried: Collection[str]) -> tuple[Account, ...]:
    """The accounts a message can be sent to: chat in the person's order, then e-mail. `carried` names the channels."""
    sendable = [one for one in person.accounts if one.channel in carried and one.channel not in PAGES]
    return tuple(sorted(sendable, key=lambda one: one.channel == LAST))


def pages(person: Person, left: Collection[str]) -> tuple[Account, ...]:
    """The accounts that the person has to look at; not those at the addresses `left`, which they see no more."""
    return tuple(one for one in person.accounts if one.channel in PAGES and one.address not in left)
