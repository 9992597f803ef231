"""The Slack channel: brings replies to people in direct messages, in a channel's thread, or to one person alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from adapters.parts import Parts
from adapters.slack import in_time
from adapters.slack.capabilities import CAPABILITIES
from adapters.slack.client import Client
from adapters.slack.place import Place
from adapters.slack.render import Message, Payload, escaped, render
from adapters.slack.rich import blocks
from adapters.slack.workspace import Workspace
from adapters.styled_words import words
from bot import wording_channels, wording_controls
from bot.button_tokens import ButtonTokens
from bot.channel import Unreachable
from bot.decisions.documents import Document as Written
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import Reply, Text
from bot.storage import KeyRing

NAME = "slack"
_WRITING = "chat.postMessage"
Fetch = Callable[[str, str, str], Awaitable[Written | None]]
"""A document of a conversation, by channel, address and key."""
_REPEATED = Text.of(MAY_BE_REPEAT, tone="note")


class Slack:
    """Reaches people by Slack. An address is a `Place`'s; the platform's id is the last message's time stamp."""

    name = NAME
    limits = CAPABILITIES.limits

    def __init__(self, client: Client, keys: KeyRing, fetch: Fetch) -> None:
        self.client = client
        self._keys = keys
        self._fetch = fetch
        self._parts: Parts[Payload] = Parts()

    def render(self, address: str, reply: Reply) -> tuple[Payload, ...]:
        """The messages a reply is sent as. Their buttons are good for this address and this reply's key alone."""
        return render(reply, ButtonTokens(self._keys, NAME, address, reply.key).token)

    async def send(self, address: str, reply: Reply) -> str:
        """Send a reply and return the id of its last message. Raises Unreachable.

        Where a part of it arrived and the next did not for now, it may have arrived.
        """
        try:
            place = Place.at(address)
        except ValueError:
            raise Unreachable("this is no place in Slack", permanent=True) from None
        try:
            return await self._sent(place, reply)
        except Unreachable as fault:
            if fault.limit is not None:
                fault.limit = f"{fault.limit} in {place.team}"
            raise

    async def limited_by(self, address: str) -> tuple[str, ...]:
        """Where it is said; and Slack keeps count of each method in each workspace, of which all use this one."""
        place = Place.at(address)
        return f"{place.team}/{place.channel or place.person}", f"{_WRITING} in {place.team}"

    async def _sent(self, place: Place, reply: Reply) -> str:
        there = await self.client.of(place.team)
        if place.is_private:
            return await self._in_private(there, place, reply)
        # What is said in a channel is kept nowhere, so it is said before Slack is answered, or Slack brings it again.
        with in_time.at_once():
            if reply.audience == "everyone":
                return await self._send_all(there, place.channel, place, reply, self.render(place.address, reply))
            return await self._to_one(there, place, reply)

    async def say_to_one(self, place: Place, channel: str, said: str) -> None:
        """A short word that only one person sees, where they are. Raises Unreachable."""
        there = await self.client.of(place.team)
        await there.write_to_one(channel, place.person, _short(said), place.thread)

    async def say_in_private(self, place: Place, said: str) -> None:
        """A short word in somebody's direct messages, from wherever they are. Raises Unreachable."""
        there = await self.client.of(place.team)
        await there.write(await there.direct(place.person), _short(said), "", 0)

    async def _in_private(self, there: Workspace, place: Place, reply: Reply) -> str:
        channel = await there.direct(place.person)
        # What stands in a thread is not among a channel's newest messages, so it is not looked for.
        is_repeated = _REPEATED in reply.blocks[:1] and not reply.thread
        if is_repeated and (stamp := await self._arrived(there, channel, reply)):
            return stamp
        here = replace(place, thread=reply.thread)
        return await self._send_all(there, channel, here, reply, self.render(place.address, reply))

    async def _arrived(self, there: Workspace, channel: str, reply: Reply) -> str:
        """The id of the last message of a reply that arrived whole though nobody said so; empty where it did not."""
        parts: dict[int, str] = {}
        with suppress(Unreachable):
            parts = await there.arrived(channel, reply.key)
        before = render(replace(reply, blocks=reply.blocks[1:]), lambda _: "")
        # Documents go first, so they have arrived too.
        wanted = sum(isinstance(one, Message) for one in before)
        return parts[max(parts)] if parts and len(parts) == wanted else ""

    async def _to_one(self, there: Workspace, place: Place, reply: Reply) -> str:
        """Only for one person in a channel; where that cannot be shown there, in their direct messages."""
        payloads = self.render(place.address, reply)
        sent = ""
        try:
            for one in payloads:
                if isinstance(one, Message):
                    sent = await there.write_to_one(place.channel, place.person, one, place.thread)
        except Unreachable as fault:
            if fault.permanent:
                return await self._elsewhere(there, place, reply)
            if fault.retry_after is None or sent:
                raise
            # Slack counts each way by itself: what is to wait by this one may go by the other now.
            try:
                return await self._in_private(there, place.private, reply)
            except Unreachable:
                raise fault from None
        return sent

    async def _elsewhere(self, there: Workspace, place: Place, reply: Reply) -> str:
        """In their direct messages; where that cannot be either, all are told where to ask, and nothing more."""
        try:
            return await self._in_private(there, place.private, reply)
        except Unreachable as fault:
            if not fault.permanent:
                raise
        return await there.write(place.channel, _short(wording_channels.NO_WAY_TO_TELL), reply.key, 0, place.thread)

    async def _send_all(
        self, there: Workspace, channel: str, place: Place, reply: Reply, payloads: tuple[Payload, ...]
    ) -> str:
        async def send(part: int, payload: Payload) -> str:
            return await self._send_one(there, channel, place, payload, reply.key, part)

        return await self._parts.sent(place.address, reply, payloads, send)

    async def _send_one(
        self, there: Workspace, channel: str, place: Place, payload: Payload, key: str, part: int
    ) -> str:
        if isinstance(payload, Message):
            return await there.write(channel, payload, key, part, place.thread)
        written = await self._fetch(NAME, place.address, payload.key)
        if written is None:
            message = _short(f"{payload.name}: {wording_controls.NOT_FETCHED}")
            return await there.write(channel, message, key, part, place.thread)
        return await there.hand_over(channel, payload.name, written.content, place.thread)


def _short(said: str) -> Message:
    return Message(escaped(said), tuple(blocks(words(said))))
