"""Keeps to what a platform takes in a while, so that it seldom has to refuse: for one conversation, and for all."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from bot.channel import Limits, Rate

_ALL = ""
MANY = 1000
"""So many are remembered before those that count no more are looked for."""


class Pace:
    """When each message of one channel went, for as long as that counts. Moments are seconds of any clock.

    Where the clock is put back, nothing waits for longer than a platform counts.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._went: dict[str, deque[float]] = {}

    def wait(self, conversation: str, at: float, *, is_reply: bool) -> float:
        """For how many seconds something has to wait; it counts as said then, and only after it the next there asks.

        A reply waits for its conversation alone: somebody is looking at the screen, and what the whole bot may say is
        seldom used up but by reminders, which wait for that.
        """
        there, every = self._there(conversation, self._limits.conversation), self._there(_ALL, self._limits.app)
        goes = max(at, _free(there, self._limits.conversation, at))
        if not is_reply:
            goes = max(goes, _free(every, self._limits.app, at))
        for went, rates in ((there, self._limits.conversation), (every, self._limits.app)):
            if rates:
                # A reply that does not wait may go before a reminder that does.
                went.append(max(goes, went[-1] if went else goes))
        self._forget(at)
        return goes - at

    def _there(self, where: str, rates: Sequence[Rate]) -> deque[float]:
        return self._went.setdefault(where, deque(maxlen=max(one.most for one in rates))) if rates else deque()

    def _forget(self, at: float) -> None:
        if len(self._went) > MANY:
            longest = max(one.seconds for one in (*self._limits.conversation, *self._limits.app))
            self._went = {where: went for where, went in self._went.items() if went[-1] + longest > at}


def _free(went: deque[float], rates: Sequence[Rate], at: float) -> float:
    """From when on one more keeps to all of the rates."""
    if went and went[-1] > at + max(one.seconds for one in rates) * len(went):
        went.clear()
    return max((went[-one.most] + one.seconds for one in rates if len(went) >= one.most), default=0.0)
