"""How long to wait before sending is tried again, and when to try another way instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.channel import Unreachable

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WAITS = tuple(_MINUTE * each for each in (1, 2, 5, 10, 20, 40))
"""After the first attempt, the second and so on; after the last another way is tried, 78 minutes after the first."""
WAITS_TODAY = tuple(_MINUTE * each for each in (1, 2, 5))
"""For what cannot wait: another way is tried 8 minutes after the first attempt."""
WAITS_OF_A_REPLY = (*(_SECOND * each for each in (1, 3, 10, 30)), *WAITS)
"""For what answers somebody, who sits and waits for it."""
_SPREAD = 0.2
MOST_ATTEMPTS = 12
"""Attempts that ended in no answer at all, as when a process died of them, count too; after so many it is given up."""


def wait_after(
    fault: Unreachable,
    attempts: int,
    waits: Sequence[timedelta] = WAITS,
    *,
    failing: bool = False,
    has_other_way: bool = True,
) -> timedelta | None:
    """How long to wait after an attempt that failed; None where another way is to be tried.

    `attempts` have been made. `failing`: the account has not worked for some time. A channel that names a longer time
    is obeyed, unless that is more than there is left to wait. What has no other way waits for whoever mends what the
    platform has against the bot itself.
    """
    is_final = fault.permanent and (has_other_way or not fault.of_app)
    if is_final or failing:
        return None
    if attempts > len(waits):
        return None
    wanted = fault.retry_after or timedelta(0)
    left = sum(waits[attempts - 1 :], timedelta(0))
    return None if wanted > left else max(waits[attempts - 1], wanted)


def spread(wait: timedelta, id_: int) -> timedelta:
    """A wait up to a fifth longer, by the row's own id: many that failed at once are not tried again at once."""
    return wait * (1 + _SPREAD * ((id_ * 0.618_033_988_75) % 1))
