"""The Telegram channel: sends replies, and brings what people say and press to the exchange."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from adapters.beside import Beside
from adapters.parts import Parts
from adapters.stamps import DRAWN, Rewriting, stamp
from adapters.styled_words import strong, words
from adapters.telegram.album import Albums
from adapters.telegram.capabilities import CAPABILITIES
from adapters.telegram.client import Client
from adapters.telegram.entities import fits, inert
from adapters.telegram.in_time import TELEGRAM
from adapters.telegram.own_links import GOV_UK
from adapters.telegram.parse import HELLO, MESSAGE, Malformed, Me, Press, Spoken, is_id, parse
from adapters.telegram.place import NOBODY, Place
from adapters.telegram.render import Button, Document, Message, Payload, render
from adapters.telegram.ticks import Ticks, token_of
from bot import wording_channels, wording_controls
from bot.button_tokens import ButtonTokens, Pressed, apart
from bot.channel import Unreachable
from bot.clock import Clock
from bot.decisions.documents import Document as Written
from bot.exchange import Exchange
from bot.messages import Chosen, Reply, Said, Turn
from bot.storage import KeyRing
from bot.took import Took
from bot.used_buttons import Use

NAME = "telegram"
_GROUPS = frozenset({"group", "supergroup"})
Fetch = Callable[[str, str, str], Awaitable[Written | None]]
"""A document of a conversation, by channel, address and key."""


class Telegram:
    """Reaches people by Telegram. An address is a `Place`'s; the platform's id is the last message's."""

    name = NAME
    limits = CAPABILITIES.limits

    def __init__(self, client: Client, keys: KeyRing, fetch: Fetch, own: Mapping[str, str] = GOV_UK) -> None:
        self.client = client
        self.own = own
        self._keys = keys
        self._fetch = fetch
        self._parts: Parts[Payload] = Parts()

    def render(self, address: str, reply: Reply, private_link: str = "") -> tuple[Payload, ...]:
        """The messages a reply is sent as. Their buttons are good for this address and this reply's key alone."""
        return render(reply, ButtonTokens(self._keys, NAME, address, reply.key).token, private_link, self.own)

    async def send(self, address: str, reply: Reply) -> str:
        """Send a reply and return the id of its last message. Raises Unreachable.

        Where a part of it arrived and the next did not for now, it may have arrived.
        """
        try:
            place = Place.at(address)
        except ValueError:
            raise Unreachable("this is no chat", permanent=True) from None
        if place.is_private:
            return await self._send_all(place, reply, self.render(address, reply))
        # What is said in a group is kept nowhere, so it is said before Telegram is answered, or brings it again.
        with TELEGRAM.at_once():
            if reply.audience == "everyone":
                return await self._send_all(place, reply, self.render(address, reply, await self._private_link()))
            return await self._in_private(place, reply)

    async def limited_by(self, address: str) -> tuple[str, ...]:
        """The chat, within all that the bot says."""
        return str(Place.at(address).chat), NAME

    async def _in_private(self, place: Place, reply: Reply) -> str:
        """What is for one person of a group goes to their own chat; there is no telling the group instead.

        Where there is no way to them, the group is told only that there is something to be said, and where to ask.
        """
        assert place.person is not None
        if place.person != NOBODY:
            own = Place(place.person)
            try:
                return await self._send_all(own, reply, self.render(own.address, reply))
            except Unreachable as fault:
                if not fault.permanent:
                    raise
        button = Button(reply.private_way or wording_channels.PRIVATE_WAY, url=await self._private_link(MESSAGE))
        message = Message(words(wording_channels.ANSWERED_IN_PRIVATE), ((button,),))
        return await self._send_one(place, message)

    async def _send_all(self, place: Place, reply: Reply, payloads: tuple[Payload, ...]) -> str:
        async def send(_: int, payload: Payload) -> str:
            return await self._send_one(place, payload)

        return await self._parts.sent(place.address, reply, payloads, send)

    async def _send_one(self, place: Place, payload: Payload) -> str:
        if isinstance(payload, Message):
            return await self.client.write(place, payload)
        written = await self._fetch(NAME, place.address, payload.key)
        if written is None:
            said = f"{payload.name}: {wording_controls.NOT_FETCHED}"
            return await self.client.write(place, Message(words(said)))
        return await self.client.hand_over(place, Document(payload.name, payload.media_type, payload.key), written)

    async def _private_link(self, brings: str = HELLO) -> str:
        return f"https://t.me/{(await self.client.me()).username}?start={brings}"


@dataclass(frozen=True)
class Told:
    """What a press is answered with, so that the button no longer waits: words in a small window, or none."""

    query: str
    words: str = ""

    @property
    def as_call(self) -> dict[str, Any]:
        """The call, as the webhook's own answer may carry one; what comes of it is then not told.

        https://core.telegram.org/bots/api#making-requests-when-getting-updates
        A request of its own took a tenth of a turn.
        """
        words = {"text": self.words, "show_alert": True} if self.words else {}
        return {"method": "answerCallbackQuery", "callback_query_id": self.query, **words}


class Desk:
    """Takes what Telegram brings: each update is handled before it is acknowledged."""

    def __init__(self, telegram: Telegram, exchange: Exchange, clock: Clock) -> None:
        self._client = telegram.client
        self._own = telegram.own
        self._exchange = exchange
        self._clock = clock
        self._ticks = Ticks(lambda chat, message, rows: telegram.client.rewrite(chat, message, None, rows))
        self._albums = Albums(exchange)
        self._beside = Beside(exchange)
        self._rewriting = Rewriting(exchange, NAME)
        self._render = telegram.render

    async def take(self, payload: dict[str, Any]) -> Told | None:
        """Handle one update and return what a press is answered with; the same again changes nothing.

        Raises Unreachable or DatabaseTrouble where Telegram should bring it again, and Malformed.
        """
        found = parse(payload, await self._who(payload), self._clock())
        if isinstance(found, Spoken):
            turn = Turn(
                NAME, found.place.address, found.person, found.said, found.event, found.at, found.place.is_private
            )
            await (self._albums.take(turn, found.album) if found.album else self._exchange.take(turn))
        if not isinstance(found, Press):
            return None
        async with self._ticks.in_order(found):
            return await self._pressed(found)

    def answer(self, told: Told) -> None:
        """Answer a press by a request of its own, where there is no webhook whose answer could carry it."""
        self._beside.begin(partial(self._client.answer, told.query, told.words))

    async def settled(self) -> None:
        """Wait until what was begun beside the answers is done."""
        await self._beside.settled()

    async def _who(self, payload: dict[str, Any]) -> Me:
        """Who the bot is; asked only where that matters, so that a private chat waits for nothing. Raises Malformed."""
        message = payload.get("message") or payload.get("edited_message")
        chat = message.get("chat") if isinstance(message, dict) else None
        if not isinstance(message, dict) or not isinstance(chat, dict):
            return Me(0, "")
        kind = chat.get("type")
        if not isinstance(kind, str | None):
            raise Malformed
        if kind not in _GROUPS:
            return Me(0, "")
        text, group = message.get("text") or message.get("caption"), chat.get("id")
        with TELEGRAM.at_once():
            if isinstance(text, str) and "/" in text and isinstance(group, int) and is_id(group):
                return await self._client.me_in(group)
            return await self._client.me()

    async def _pressed(self, press: Press) -> Told:
        if not press.place.is_private:
            return Told(press.query, wording_channels.NO_LONGER)

        def at_once(found: Pressed) -> Turn | None:
            plain = isinstance(found.said, Chosen) and found.said.ids and not found.toggle
            return self._pressing(press, found, found.said) if plain else None

        found, took = await self._exchange.press(NAME, press.place.address, press.token, at_once)
        if found is None:
            return Told(press.query, wording_channels.NO_LONGER)
        if found.toggle:
            if not self._ticks.turn(press):
                return Told(press.query, wording_channels.USED if press.message else wording_channels.BOXES_NO_LONGER)
            self._beside.begin(partial(self._ticks.show, press))
            return Told(press.query)
        return await self._said(press, found, took)

    def _pressing(self, press: Press, found: Pressed, said: Said) -> Turn:
        """The turn that a press is, by which its button is used up, unless it only shows something."""
        address, delivery = press.place.address, f"press:{press.query}"
        event = found.event(press.token, delivery)
        return Turn(NAME, address, str(press.place.chat), said, event, self._clock(), delivery=delivery)

    async def _said(self, press: Press, found: Pressed, took: Took | None) -> Told:
        said: Said = found.said
        label = found.label
        if isinstance(said, Chosen) and not said.ids:
            tokens = self._ticks.ticked(press)
            ticked = await self._all_meant(press, tokens or [])
            if not ticked:
                lacking = wording_channels.BOXES_NO_LONGER if tokens is None else wording_controls.TICK_FIRST
                return Told(press.query, lacking)
            said = Chosen(said.prompt, tuple(id_ for one in ticked for id_ in _ids(one.said)))
            label = ", ".join(one.label for one in ticked)
        took = took or await self._exchange.take(self._pressing(press, found, said))
        self._rewriting.name(press.token, took, label)
        if took in DRAWN and found.reply is not None and not found.only_shows:
            if took is not Took.AGAIN and not apart(found.reply):
                self._ticks.close(press)
            self._beside.begin_after_replies(partial(self._stamped, press, found, found.reply))
        return Told(press.query, wording_channels.USED if took is Took.USED else "")

    async def _all_meant(self, press: Press, tokens: Sequence[str]) -> list[Pressed]:
        """What the boxes stand for that are ticked."""
        found = [await self._exchange.meant(NAME, press.place.address, one) for one in tokens]
        return [one for one in found if one is not None and one.toggle]

    async def _stamped(self, press: Press, found: Pressed, reply: Reply) -> None:
        """The message, or the message of one reminder, drawn anew, with what became of its buttons in their place.

        Where that does not fit, it is only without them.
        """
        address = press.place.address
        async with self._rewriting.in_turn(f"{press.place.chat} {press.under}"), self._ticks.at_rest(press):
            became = [stamp(one.took, one.label) for one in await self._uses(press, reply)]
            token = ButtonTokens(self._exchange.keys, NAME, address, reply.key).token(found.said)
            drawn = (one for one in self._render(address, reply) if isinstance(one, Message))
            shown = next((one for one in drawn if token in map(token_of, chain(*one.buttons))), None)
            if shown is None or not became:
                return
            text = inert(shown.text + words("\n\n") + strong("\n".join(became)), self._own)
            await self._client.rewrite(press.place.chat, press.under, text if fits(text) else None, ())

    async def _uses(self, press: Press, reply: Reply) -> list[Use]:
        """What is to be said of the message that was pressed, by what is on record now."""
        address = press.place.address
        if not apart(reply):
            return await self._rewriting.uses(address, reply)
        parts = await self._rewriting.parts(address, reply)
        return [one for part in parts if press.token in part.tokens for one in part.uses]


def _ids(said: Said) -> tuple[str, ...]:
    return said.ids if isinstance(said, Chosen) else ()
