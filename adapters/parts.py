"""Sends a reply part by part: where a platform wants less in between, the next try goes on with what is left."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.channel import Unreachable
from bot.messages import Block, Reply

P = TypeVar("P")
# Each is waited for by somebody; what is forgotten is said once more, as what may be a repeat.
_MOST_BEGUN = 100


@dataclass(frozen=True)
class _Begun(Generic[P]):
    """A reply of which the first `arrived` parts have."""

    blocks: tuple[Block, ...]
    parts: tuple[P, ...]
    arrived: int


class Parts(Generic[P]):
    """The replies of one channel that have arrived in part, as long as this process lives."""

    def __init__(self) -> None:
        self._begun: OrderedDict[tuple[str, str], _Begun[P]] = OrderedDict()

    async def sent(
        self, address: str, reply: Reply, parts: Sequence[P], send: Callable[[int, P], Awaitable[str]]
    ) -> str:
        """Send each part with its number, and return the last one's id. Raises Unreachable.

        A reply with a key that is tried again is taken up where it stopped, if nothing but words before it has changed.
        """
        key = (address, reply.key)
        begun = self._begun.pop(key, None)
        if begun is None or reply.blocks[-len(begun.blocks) :] != begun.blocks:
            begun = _Begun(reply.blocks, tuple(parts), 0)
        last = ""
        for number in range(begun.arrived, len(begun.parts)):
            try:
                last = await send(number, begun.parts[number])
            except Unreachable as fault:
                if not number or fault.permanent:
                    raise
                if reply.key and not fault.may_have_arrived:
                    self._keep(key, _Begun(begun.blocks, begun.parts, number))
                # Also where it is known here what arrived: whoever takes it up after a crash does not know that.
                raise Unreachable(
                    str(fault),
                    permanent=False,
                    may_have_arrived=True,
                    retry_after=fault.retry_after,
                    limit=fault.limit,
                ) from None
        return last

    def _keep(self, key: tuple[str, str], begun: _Begun[P]) -> None:
        self._begun[key] = begun
        if len(self._begun) > _MOST_BEGUN:
            self._begun.popitem(last=False)
