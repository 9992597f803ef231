"""Join codes that are opened or typed on a page: shown first, and used up only when that is agreed to."""

from __future__ import annotations

from datetime import datetime

from bot.people import joining
from bot.people.joining import Here, Seen
from bot.people.roles import NotAllowed
from bot.storage import Connection, Database, KeyRing


class JoinDesk:
    """Join codes over one database."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._database = database
        self._keys = keys

    async def look(self, here: Here, code: str, at: datetime) -> Seen | str:
        """What a code would do on an account; or, as words, why it would do nothing. Nothing is spent."""

        def work(connection: Connection) -> Seen | str:
            try:
                return joining.look(connection, self._keys, here, code, at)
            except NotAllowed as why:
                # Said, not raised: a wrong guess has to stay counted.
                return str(why)

        return await self._database.run(work)

    async def confirm(self, here: Here, code: str, at: datetime) -> str:
        """Do what a code is for; empty, or why that was not done."""

        def work(connection: Connection) -> str:
            try:
                joining.confirm(connection, self._keys, here, code, at)
            except NotAllowed as why:
                return str(why)
            return ""

        return await self._database.run(work)
