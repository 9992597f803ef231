"""Slack's book of triggers: each opens one window, and only within three seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

from .workspaces import Refused

LAST_SECONDS = 3.0


class Triggers:
    """What people set off. `now` is its clock in seconds, which a test may put in the place of the machine's."""

    def __init__(self) -> None:
        self.now: Callable[[], float] = time.monotonic
        self._set_off: dict[str, float] = {}
        self._used: set[str] = set()

    def set_off(self, trigger: str) -> None:
        """Somebody sets a trigger off."""
        self._set_off[trigger] = self.now()

    def use(self, trigger: str) -> None:
        """A window is opened with a trigger. Raises Refused."""
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        if trigger not in self._set_off:
            raise Refused("invalid_trigger_id")
        if self.now() - self._set_off[trigger] > LAST_SECONDS:
            raise Refused("expired_trigger_id")
        self._used.add(trigger)
