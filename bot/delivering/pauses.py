"""For how long a platform wants nothing more, and where: in a conversation, in a workspace, or anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.channel import Unreachable

MANY = 3
"""So many refused at one time under one wider limit have met that one, where a platform does not say which it was."""


class Held(Unreachable):
    """It was not tried: until a moment the platform wants nothing more there."""

    def __init__(self, until: datetime, at: datetime) -> None:
        super().__init__("the platform wants nothing more for now", permanent=False, retry_after=until - at)
        self.until = until


@dataclass(frozen=True)
class _Pause:
    """Something was refused: the limits it counted towards, the one of them that was met, and until when."""

    limits: tuple[str, ...]
    met: str
    until: datetime


class Pauses:
    """The pauses of one channel. Limits are given from the narrowest to the widest, as the channel declares them.

    Hardly any platform says which of its limits was met. It is taken to be the narrowest, so that one busy
    conversation holds up no other; where `MANY` within a wider one are refused at one time, the wider one.

    A reply is held up by its own conversation alone, whatever wider limit was met, or seems to have been: whoever waits
    for it may be in danger, and to be refused once more costs nothing.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], _Pause] = {}
        self._first: dict[str, datetime] = {}

    def any(self, at: datetime) -> bool:
        """Whether anything is held at all; what has passed is forgotten."""
        self._kept = {limits: one for limits, one in self._kept.items() if one.until > at}
        self._first = {limit: until for limit, until in self._first.items() if until > at}
        return bool(self._kept or self._first)

    def until(
        self, limits: tuple[str, ...], conversation: str, at: datetime, *, is_reply: bool = False
    ) -> datetime | None:
        """When everything has passed that something in a conversation, under these limits, has to wait for."""
        kept = self._kept.values()
        found = [one.until for one in kept if (one.limits[0] == limits[0] if is_reply else one.met in limits)]
        found += [until for where, until in self._first.items() if where == conversation]
        return max((one for one in found if one > at), default=None)

    def refused(self, limits: tuple[str, ...], fault: Unreachable, at: datetime) -> None:
        """The platform named a time to wait, and perhaps the limit that was met."""
        if limits and fault.retry_after:
            self.any(at)
            met = fault.limit if fault.limit in limits else self._met(limits)
            self._kept[limits] = _Pause(limits, met, at + fault.retry_after)

    def goes_first(self, conversation: str, until: datetime) -> None:
        """What was refused there is tried again then, and what comes after it is not to overtake it."""
        self._first[conversation] = max(until, self._first.get(conversation, until))

    def _met(self, limits: tuple[str, ...]) -> str:
        """The widest of which so many others have been refused, and that for each wider step."""
        for level, wider in enumerate(limits[1:]):
            refused = {
                one.limits[level] for one in self._kept.values() if one.limits[level + 1 : level + 2] == (wider,)
            }
            if len(refused | {limits[level]}) < MANY:
                return limits[level]
        return limits[-1]
