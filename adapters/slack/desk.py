"""Takes what Slack brings: each payload is handled in its one transaction before it is acknowledged."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from adapters.beside import Beside
from adapters.slack import in_time, modal
from adapters.slack.channel import NAME, Slack
from adapters.slack.parse import Home, Pointed, Press, Spoken, Submitted, day_first, parse
from adapters.slack.place import DIRECT, Place
from adapters.slack.render import DONE, ON_DAY, OPEN, PRIVATE, Message, bears, escaped, page, read
from adapters.slack.stamp import stamped, stamped_apart
from adapters.slack.workspace import Workspace
from adapters.stamps import DRAWN, Rewriting
from bot import at_home, wording_channels, wording_controls
from bot.allowed_here import said_where_off
from bot.button_tokens import ButtonTokens, Pressed, apart, event_of
from bot.channel import Unreachable
from bot.clock import Clock
from bot.exchange import Exchange
from bot.messages import COMMAND, Began, Chosen, Filled, Form, Reply, Said, Turn, Typed
from bot.public_only import is_public_only
from bot.refused import refusal
from bot.took import Took


@dataclass(frozen=True)
class Refusal:
    """Why a press says nothing yet: words for the person who pressed."""

    words: str


class Desk:
    """Between Slack and the exchange."""

    def __init__(self, slack: Slack, exchange: Exchange, clock: Clock) -> None:
        self._slack = slack
        self._exchange = exchange
        self._clock = clock
        self._beside = Beside(exchange)
        self._rewriting = Rewriting(exchange, NAME)

    async def take(self, payload: dict[str, Any], there: Workspace) -> dict[str, Any] | None:
        """Handle one payload of a workspace and return what Slack is answered; the same again changes nothing.

        Raises Unreachable or DatabaseTrouble where Slack should bring it again, and Malformed where it never should.
        """
        found = parse(payload, await there.me(), self._clock())
        if isinstance(found, Spoken):
            return await self._spoken(found, there)
        if isinstance(found, Press):
            await self._pressed(found, there)
        if isinstance(found, Pointed):
            await self._pointed(found, there)
        if isinstance(found, Home):
            # It is read before Slack is answered: where that cannot be, Slack brings this again.
            shown = await self._page(found.place)
            self._beside.begin(partial(there.show_page, found.place.person, shown))
        if isinstance(found, Submitted):
            return await self._submitted(found, there)
        return None

    async def settled(self) -> None:
        """Wait until what was begun beside the answers is done."""
        await self._beside.settled()

    async def _spoken(self, found: Spoken, there: Workspace) -> dict[str, Any] | None:
        place = found.place
        if found.is_first_only and await self._exchange.read(NAME, place.address):
            return None
        turn = Turn(NAME, place.address, place.private.address, found.said, found.event, found.at, place.is_private)
        await self._exchange.take(replace(turn, thread=place.thread if place.is_private else ""))
        if not found.is_command or await self._is_direct(found, there):
            return None
        return {"response_type": "ephemeral", "text": escaped(self._in_private())}

    def _in_private(self) -> str:
        return wording_controls.in_private(self._exchange.definitions.area)

    async def _is_direct(self, found: Spoken, there: Workspace) -> bool:
        """Whether a command was given in its person's direct messages with the app, as far as is known in time."""
        if not found.channel.startswith(DIRECT):
            return False
        with suppress(Unreachable), in_time.at_once():
            return found.channel == await there.direct(found.place.person)
        return False

    async def _pointed(self, found: Pointed, there: Workspace) -> None:
        """A window with the words of a message that was pointed at; none where nothing comes of what happened."""
        exchange, address = self._exchange, found.place.address
        if NAME in exchange.switches.off or is_public_only(exchange.definitions.area, NAME):
            said, event = Chosen(COMMAND, ("referral",)), f"pointed:{found.trigger}"
            await exchange.take(Turn(NAME, address, address, said, event, self._clock()))
            return
        try:
            with in_time.at_once():
                await there.open_window(found.trigger, modal.taking(found.text))
        except Unreachable:
            self._beside.begin(partial(self._slack.say_in_private, found.place, wording_controls.TAKE_NOT_OPENED))

    async def _page(self, place: Place) -> dict[str, Any]:
        """What somebody's page shows now."""
        exchange = self._exchange
        blocks = said_where_off(exchange.definitions.area, exchange.switches)
        if NAME not in exchange.switches.off:
            blocks = await exchange.database.run(
                lambda c: at_home.shown(c, exchange.keys, exchange.definitions, NAME, place.address, self._clock())
            )
        return page(blocks)

    async def _pressed(self, press: Press, there: Workspace) -> None:
        if press.kind == PRIVATE:
            await self._carried_on_in_private(press)
            return

        def at_once(found: Pressed) -> Turn | None:
            plain = press.kind not in {ON_DAY, DONE} and isinstance(found.said, Chosen)
            return self._pressing(press, found, found.said) if plain else None

        found, took = await self._exchange.press(NAME, press.place.address, press.token, at_once)
        if found is None:
            self._say(press, wording_channels.NO_LONGER)
            return
        if press.kind == OPEN and isinstance(found.said, Filled):
            await self._open(press, _form(found, found.said.form), there)
            return
        meant = await self._meant(press, found)
        if isinstance(meant, Refusal):
            self._say(press, meant.words)
            return
        said, label = meant
        took = took or await self._exchange.take(self._pressing(press, found, said))
        self._rewriting.name(press.token, took, label)
        if took in DRAWN and not found.only_shows:
            self._beside.begin_after_replies(partial(self._stamp, press, found, there))
        if took is Took.USED:
            self._say(press, wording_channels.USED)

    def _pressing(self, press: Press, found: Pressed, said: Said) -> Turn:
        """The turn that a press is, by which its button is used up, unless it only shows something."""
        address, delivery = press.place.address, f"press:{press.trigger}"
        event = found.event(press.token, delivery)
        return Turn(NAME, address, address, said, event, self._clock(), True, delivery, press.place.thread)

    async def _open(self, press: Press, form: Form, there: Workspace) -> None:
        """Open the window of a form, unless it was filled in already."""
        if await self._exchange.is_taken(NAME, press.place.address, event_of(press.token)):
            self._say(press, wording_channels.USED)
            return
        try:
            # A trigger lasts three seconds, so the window is opened before the press is acknowledged.
            window = modal.answering(form, press.token, press.channel, press.stamp, press.place.thread)
            with in_time.at_once():
                await there.open_window(press.trigger, window)
        except Unreachable:
            self._say(press, wording_controls.NOT_OPENED)

    async def _submitted(self, sent: Submitted, there: Workspace) -> dict[str, Any] | None:
        """What was written in a window is said in private; what is wrong with it stands on its field."""
        values = tuple((field, value.strip()) for field, value in sent.values)
        if empty := [field for field, value in values if not value]:
            return modal.refused(wording_controls.NOTHING_WRITTEN, empty)
        address, is_form, first = sent.place.address, sent.window == modal.ANSWER, values[0][0]
        said: Said = Typed("\n".join(value for _, value in values))
        event, delivery, found = sent.event, sent.delivery, None
        if is_form:
            found = await self._exchange.meant(NAME, address, sent.token)
            if found is None or not isinstance(found.said, Filled):
                return modal.refused(wording_channels.NO_LONGER, [first])
            said, event, delivery = Filled(found.said.form, values), event_of(sent.token), sent.delivery
        turn = Turn(NAME, address, address, said, event, self._clock(), True, delivery, sent.place.thread)
        if why := await refusal(self._exchange, turn):
            # Which of several fields it is about is not known: it stands on the first.
            return modal.refused(" ".join(read(one) for one in why), [first])
        took = await self._exchange.take(turn)
        if found is not None and took in DRAWN:
            self._beside.begin_after_replies(partial(self._stamp, sent, found, there))
        used = wording_channels.USED if is_form else wording_controls.TAKEN_BEFORE
        return modal.refused(used, [first]) if took is Took.USED else None

    async def _meant(self, press: Press, found: Pressed) -> tuple[Said, str] | Refusal:
        """What a press says, with its words; or why it says nothing yet."""
        said = found.said
        if press.kind == ON_DAY and isinstance(said, Filled):
            day = day_first(press.day)
            fields = [field.id for field in _form(found, said.form).fields]
            return (Filled(said.form, ((fields[0], day),)), day) if day else Refusal(wording_controls.DAY_FIRST)
        if press.kind == DONE and isinstance(said, Chosen):
            ticked = await self._ticked(press, said.prompt)
            if not ticked:
                return Refusal(wording_controls.TICK_FIRST)
            ids = tuple(id_ for one in ticked if isinstance(one.said, Chosen) for id_ in one.said.ids)
            return Chosen(said.prompt, ids), ", ".join(one.label for one in ticked)
        return said, found.label

    async def _ticked(self, press: Press, prompt: str) -> list[Pressed]:
        """What is ticked in the message under a prompt."""
        found = [await self._exchange.meant(NAME, press.place.address, one) for one in press.ticked]
        return [
            one
            for one in found
            if one is not None and one.toggle and isinstance(one.said, Chosen) and one.said.prompt == prompt
        ]

    async def _carried_on_in_private(self, press: Press) -> None:
        address = press.place.address
        turn = Turn(NAME, address, address, Began(keeps=True), f"private:{press.trigger}", self._clock())
        await self._exchange.take(turn)
        self._say(press, self._in_private())

    def _say(self, press: Press, words: str) -> None:
        if press.channel:
            self._beside.begin(partial(self._slack.say_to_one, press.place, press.channel, words))

    async def _stamp(self, at: Press | Submitted, found: Pressed, there: Workspace) -> None:
        """Show what has become of a message by now, in the place of its buttons or of each part's."""
        if not (at.channel and at.stamp and found.reply is not None) or (isinstance(at, Press) and at.is_fleeting):
            return
        async with self._rewriting.in_turn(f"{at.channel} {at.stamp}"):
            shown = await self._drawn(at, found, found.reply)
            if shown is not None:
                await there.rewrite(at.channel, at.stamp, shown)

    async def _drawn(self, at: Press | Submitted, found: Pressed, reply: Reply) -> Message | None:
        address = at.place.address
        if apart(reply):
            if not (isinstance(at, Press) and at.message):
                return None
            return stamped_apart(at.message, await self._rewriting.parts(address, reply))
        uses = await self._rewriting.uses(address, reply)
        # What is brought along may be stamped already, and a window brings nothing: it is drawn anew.
        token = ButtonTokens(self._exchange.keys, NAME, address, reply.key).token(found.said)
        drawn = (one for one in self._slack.render(address, reply) if isinstance(one, Message))
        shown = next((one for one in drawn if bears(one, token)), None)
        return stamped(shown, uses) if shown is not None and uses else None


def _form(found: Pressed, id_: str) -> Form:
    """The form that a button belongs to."""
    assert found.reply is not None
    return next(block for block in found.reply.blocks if isinstance(block, Form) and block.id == id_)
