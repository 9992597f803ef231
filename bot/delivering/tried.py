"""The marks a nudge carries of the ways that have been tried to reach people."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cases.posts import of_person, person_in
from bot.storage import KeyRing
from bot.storage.people import Account

_SENT = "sent:"
_SHOWN = "page:"


class Marks:
    """Marks of what has been tried. An account's is a keyed hash: who was reached where is not kept in clear."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def sent(self, account: Account) -> str:
        """That a message was put on its way to an account."""
        return _SENT + self._hash(account)

    def shown(self, account: Account) -> str:
        """That it stands on a page."""
        return _SHOWN + self._hash(account)

    def _hash(self, account: Account) -> str:
        return self._keys.mac("account", f"{account.channel}\n{account.address}").hex()[:16]


def passed_over(person_id: str) -> str:
    """The mark that somebody could not be reached."""
    return of_person(person_id)


def people_passed_over(tried: Sequence[str]) -> tuple[str, ...]:
    """The ids of those who could not be reached, in order."""
    return tuple(filter(None, map(person_in, tried)))


def is_only_on_a_page(tried: Sequence[str]) -> bool:
    """Whether it stands on a page and was sent nowhere."""
    kinds = {mark.partition(":")[0] + ":" for mark in tried}
    return _SHOWN in kinds and _SENT not in kinds


def afresh(tried: Sequence[str]) -> tuple[str, ...]:
    """The marks with which sending may begin again; what stands on a page is not put there twice."""
    return tuple(mark for mark in tried if mark.startswith(_SHOWN))
