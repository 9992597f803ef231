"""Which platforms are in trouble: by them people are not heard or not answered until somebody mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from adapters.channels import Opened
from bot.storage import Connection, Database, delivering

SEEN_WITHIN = timedelta(minutes=3)
"""For so long a platform counts as in trouble after a process said so, which it does every minute."""


class PlatformTroubles:
    """The platforms of this process; `refused` is what they have against the bot itself, by their names."""

    def __init__(self, platforms: Sequence[Opened], refused: Mapping[str, str]) -> None:
        self._platforms = platforms
        self._refused = refused
        self._before: set[str] = set()

    def now(self) -> dict[str, str]:
        """Each that is in trouble now, and what it is."""
        found = {one.channel.name: one.trouble() or self._refused.get(one.channel.name, "") for one in self._platforms}
        return {name: trouble for name, trouble in found.items() if trouble}

    async def look(self, database: Database, at: datetime) -> list[str]:
        """Those that were so at the last look too, which every process is told of; one that only begins is not."""
        now = set(self.now())
        lasting, self._before = sorted(now & self._before), now

        def say(connection: Connection) -> None:
            for one in lasting:
                delivering.in_trouble(connection, one, at)

        if lasting:
            await database.run(say)
        return lasting


def seen_lately(connection: Connection, at: datetime) -> list[str]:
    """Each platform that any process has just said to be in trouble."""
    return [f"{one} in trouble" for one in delivering.platforms_in_trouble(connection, at - SEEN_WITHIN)]
