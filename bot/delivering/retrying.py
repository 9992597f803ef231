"""How long to wait before sending is tried again, and when to try another way instead."""

from __future__ import annotations

from datetime import timedelta

from bot.channel import Unreachable

_MINUTE = timedelta(minutes=1)
WAITS = tuple(_MINUTE * each for each in (1, 2, 5, 10, 20, 40))
"""After the first attempt, the second and so on; after the last another way is tried, 78 minutes after the first."""
WAITS_TODAY = tuple(_MINUTE * each for each in (1, 2, 5))
"""For what cannot wait: another way is tried 8 minutes after the first attempt."""
MOST_ATTEMPTS = 12
"""Attempts that ended in no answer at all, as when a process died of them, count too; after so many it is given up."""


def wait_after(fault: Unreachable, attempts: int, *, pressing: bool, failing: bool) -> timedelta | None:
    """How long to wait after an attempt that failed; None where another way is to be tried.

    `attempts` have been made. `pressing`: it cannot wait long. `failing`: the account has not worked for some time.
    A channel that names a longer time is obeyed, unless that is more than there is left to wait.
    """
    if fault.permanent or failing:
        return None
    waits = WAITS_TODAY if pressing else WAITS
    if attempts > len(waits):
        return None
    wanted = fault.retry_after or timedelta(0)
    left = sum(waits[attempts - 1 :], timedelta(0))
    return None if wanted > left else max(waits[attempts - 1], wanted)
