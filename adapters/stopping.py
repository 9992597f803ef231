"""The web server, made to stop as soon as nothing is in hand."""

from __future__ import annotations

import asyncio
import socket

import uvicorn

_LOOK_EVERY_SECONDS = 0.05


class Server(uvicorn.Server):
    """Uvicorn's server, which lets go of connections that it took just as it was told to stop.

    It asks only those to close that it knows of at that moment, and then waits for all: one that was being taken stays
    open, with nothing asked on it, until the longest time for stopping is over.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: what is in hand is finished, and every connection closed."""
        letting_go = asyncio.create_task(self._let_go())
        try:
            await super().shutdown(sockets)
        finally:
            letting_go.cancel()

    async def _let_go(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            for connection in list(self.server_state.connections):
                if not connection.transport.is_closing():
                    # One that is being answered is only told not to stay open afterwards.
                    connection.shutdown()
