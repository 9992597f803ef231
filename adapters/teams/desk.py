"""Takes what Teams brings: each activity is handled before it is acknowledged, and a button is answered at once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from adapters.beside import Beside
from adapters.stamps import DRAWN, Rewriting, stamp
from adapters.teams import wording_teams
from adapters.teams.channel import NAME
from adapters.teams.client import CARD, Client
from adapters.teams.files import handed_over
from adapters.teams.form_again import form_again
from adapters.teams.in_time import TEAMS
from adapters.teams.invited import Invited
from adapters.teams.parse import Activity, Consent, Press, Spoken, parse
from adapters.teams.place import Reference
from adapters.teams.render import plain
from adapters.teams.stamp import stamped, stamped_apart
from bot import wording, wording_channels, wording_controls
from bot.button_tokens import ButtonTokens, Pressed, apart, asks_a_day
from bot.channel import Unreachable
from bot.clock import Clock
from bot.decisions.documents import Document
from bot.exchange import Exchange
from bot.messages import COMMAND, Began, Chosen, File, Filled, Form, Reply, Said, Text, Turn
from bot.refused import refusal
from bot.storage import Connection, events, references
from bot.took import COUNTED, Took

_MOST_KNOWN = 5000
_MOST_TICKED = 40
Answer = dict[str, Any] | None
"""What an invoke is answered with; None where nothing is waited for."""


class References:
    """How to reach each personal chat: kept sealed with its conversation, the newest at hand."""

    def __init__(self, exchange: Exchange, clock: Clock) -> None:
        self._exchange = exchange
        self._clock = clock
        self._known: OrderedDict[str, Reference] = OrderedDict()

    async def keep(self, address: str, reference: Reference) -> None:
        """Keep how to reach an address, where that is not what is kept already."""
        await self._exchange.database.run(self.keeping(address, reference))
        self.have_at_hand(address, reference)

    def keeping(self, address: str, reference: Reference) -> Callable[[Connection], None]:
        """What keeps it, as a part of somebody else's transaction."""

        def work(connection: Connection) -> None:
            keys, written = self._exchange.keys, reference.written()
            if references.find(connection, keys, NAME, address) != written:
                references.keep(connection, keys, NAME, address, written, self._clock())

        return work

    def have_at_hand(self, address: str, reference: Reference) -> None:
        """It need not be looked up where it is wanted next."""
        self._known[address] = reference
        self._known.move_to_end(address)
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    async def find(self, address: str) -> Reference | None:
        """How to reach an address; None where nobody spoke there."""
        if address in self._known:
            return self._known[address]
        keys = self._exchange.keys
        found = await self._exchange.database.run(lambda c: references.find(c, keys, NAME, address))
        return None if found is None else Reference.of(found)


class Desk:
    """Brings activities to the exchange."""

    def __init__(self, client: Client, exchange: Exchange, known: References, invited: Invited, clock: Clock) -> None:
        self._client = client
        self._invited = invited
        self._exchange = exchange
        self._known = known
        self._clock = clock
        self._beside = Beside(exchange)
        self._rewriting = Rewriting(exchange, NAME)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, payload: dict[str, Any]) -> Answer:
        """Handle one activity; the same again changes nothing. Raises Malformed; Unreachable or DatabaseTrouble."""
        found = parse(payload, self._clock())
        if found is None:
            return None
        # What is kept first takes longer for some than for others: turns must not overtake one another meanwhile.
        async with self._turns.setdefault(found.place.address, asyncio.Lock()):
            return await self._handled(found)

    async def _handled(self, found: Spoken | Press | Consent) -> Answer:
        if isinstance(found, Press):
            return await self._pressed(found)
        if found.place.is_private:
            await self._known.keep(found.place.address, found.reference)
        if isinstance(found, Consent):
            return await self._agreed(found)
        if found.place.is_private and found.reference in self._invited:
            await self._welcomed(found)
        else:
            await self._exchange.take(self._turn(found, found.said, found.event))
        return None

    async def _welcomed(self, found: Spoken) -> None:
        """Whoever was asked to come is told what to do; what they said is answered before, since it may be danger."""
        begins = isinstance(found.said, Began)
        if not begins:
            await self._exchange.take(self._turn(found, found.said, found.event))
        said = Began(keeps=True, from_detail=True)
        await self._exchange.take(self._turn(found, said, found.event if begins else f"invited:{found.event}"))
        self._invited.came(found.reference)

    async def settled(self) -> None:
        """Wait until what was begun beside the answers is done."""
        await self._beside.settled()

    def _turn(self, found: Activity, said: Said, event: str, delivery: str = "") -> Turn:
        at = found.at if isinstance(found, Spoken) else self._clock()
        return Turn(NAME, found.place.address, found.person, said, event, at, found.place.is_private, delivery)

    async def _pressed(self, press: Press) -> Answer:
        if not press.place.is_private:
            return _told(wording_channels.NO_LONGER)
        chosen = dict(press.given).get(press.list, "") if press.list else ""
        token = press.token or chosen
        if not token:
            return _told(wording_controls.CHOOSE_FIRST)
        address = press.place.address

        def at_once(found: Pressed) -> Turn | None:
            said = found.said
            return self._pressing(press, found, token, said) if isinstance(said, Chosen) and said.ids else None

        keeping = self._known.keeping(address, press.reference)
        found, took = await self._exchange.press(NAME, address, token, at_once, keeping)
        self._known.have_at_hand(address, press.reference)
        if found is None or found.reply is None:
            return _told(wording_channels.NO_LONGER)
        meant = await self._meant(press, found, chosen)
        if isinstance(meant, str):
            return _told(meant)
        said, label = meant
        turn = self._pressing(press, found, token, said)
        if isinstance(said, Filled) and press.answers and (why := await self._refusal(turn, found.reply, said)):
            token_of = ButtonTokens(self._exchange.keys, NAME, address, found.reply.key).token
            return _shown(form_again(found.reply, said, why, token_of))
        took = took or await self._exchange.take(turn)
        if took is Took.AGAIN and not await self._exchange.is_taken(NAME, address, turn.event):
            # Brought before while it could not be done here, it used nothing up.
            took = Took.OFF
        return await self._became(press, found, took, label)

    def _pressing(self, press: Press, found: Pressed, token: str, said: Said) -> Turn:
        """The turn that a press is, by which its button is used up, unless it only shows something."""
        delivery = f"press:{press.id}" if press.id else ""
        event = found.event(token, delivery)
        return self._turn(press, said, event, delivery or event)

    async def _became(self, press: Press, found: Pressed, took: Took, label: str) -> Answer:
        """What a press is answered with, by what became of it; the message itself is rewritten besides."""
        assert found.reply is not None
        if took in (Took.OFF, Took.NOT_HERE) or (took is Took.REFUSED and found.only_shows):
            return _told(wording_channels.NOT_DONE)
        if found.only_shows:
            return _told(wording_controls.ANSWERED)
        self._rewriting.name(press.token, took, label)
        if press.card and took in DRAWN:
            self._beside.begin_after_replies(partial(self._rewritten, press, found))
        if took is Took.USED:
            return _told(wording_channels.USED)
        # What counted needs no looking up.
        return _shown(await self._card(press, found, [stamp(took, label)] if took in COUNTED else []))

    async def _refusal(self, turn: Turn, reply: Reply, said: Filled) -> tuple[Text, ...]:
        """Why a form is not taken, to be said on it; nothing where it is, or where a message says it better."""
        why = await refusal(self._exchange, turn)
        forms = [one for one in reply.blocks if isinstance(one, Form) and one.id == said.form]
        # With a day that is asked for no longer nothing written is lost: the message says what is asked now.
        is_lost = not all(asks_a_day(one) for one in forms)
        return why if is_lost or Text.of(wording.STALE) not in why else ()

    async def _meant(self, press: Press, found: Pressed, chosen: str) -> tuple[Said, str] | str:
        """What a press says, with its words; or why it says nothing yet, in words for whoever pressed."""
        said = found.said
        if isinstance(said, Chosen) and not said.ids:
            ticked = await self._ticked(press, chosen)
            if not ticked:
                return wording_controls.TICK_FIRST
            ids = tuple(id_ for one in ticked for id_ in _ids(one.said))
            return Chosen(said.prompt, ids), ", ".join(one.label for one in ticked)
        if isinstance(said, Filled):
            filled = _filled(said, found, press)
            is_empty = not any(value.strip() for _, value in filled.values)
            return wording_controls.FILL_FIRST if is_empty else (filled, "")
        return said, found.label

    async def _ticked(self, press: Press, chosen: str) -> list[Pressed]:
        tokens = [one for one in chosen.split(",") if one][:_MOST_TICKED]
        found = [await self._exchange.meant(NAME, press.place.address, one) for one in tokens]
        return [one for one in found if one is not None and one.toggle]

    async def _card(self, press: Press, found: Pressed, became: Sequence[str] = ()) -> dict[str, Any]:
        """The card that was pressed with what became of it, by now where that is not given; of parts, of each apart."""
        reply, address = found.reply, press.place.address
        assert reply is not None
        token_of = ButtonTokens(self._exchange.keys, NAME, address, reply.key).token
        if apart(reply):
            return stamped_apart(reply, token_of, found.said, await self._rewriting.parts(address, reply))
        if not became:
            became = [stamp(one.took, one.label) for one in await self._rewriting.uses(address, reply)]
        return stamped(reply, token_of, found.said, became or [wording_controls.ANSWERED])

    async def _rewritten(self, press: Press, found: Pressed) -> None:
        """Keep that card in the message itself, with what has become of it by then."""
        conversation = press.place.conversation
        async with self._rewriting.in_turn(f"{conversation} {press.card}"):
            card = await self._card(press, found)
            await self._client.rewrite(press.reference, conversation, press.card, card, wording_controls.ANSWERED)

    async def _agreed(self, consent: Consent) -> Answer:
        """A document is saved where Teams says, if the person agreed; the same answer again changes nothing.

        It is saved before that is noted, so that a crash in between makes it saved again, and never not at all.
        """
        event = _consent_event(consent)
        is_noted = await self._exchange.database.run(lambda c: events.is_noted(c, event, ""))
        if consent.place.is_private and not is_noted:
            with TEAMS.at_once():
                await self._saved(consent)
            await self._exchange.database.run(lambda c: events.first_time(c, event, "", self._clock()))
        return {}

    async def _saved(self, consent: Consent) -> None:
        if not consent.accepted:
            await self._say(consent, plain(wording_controls.FILE_DECLINED))
            return
        written = await self._exchange.document(NAME, consent.place.address, consent.key)
        if written is None:
            await self._say(consent, plain(wording_controls.NOT_FETCHED))
            return
        try:
            attachment = await handed_over(self._client, consent, written)
        except Unreachable as fault:
            if not fault.permanent:
                # It is not certain that Teams brings again what it asked and was refused.
                await self._not_saved(consent, written, perhaps=fault.may_have_arrived)
                return
            await self._say(consent, plain(wording_controls.NOT_FETCHED))
            return
        await self._client.write(consent.reference, consent.place.conversation, attachment, wording_teams.FILE_KEPT)

    async def _not_saved(self, consent: Consent, written: Document, *, perhaps: bool) -> None:
        turn = self._turn(consent, Chosen(COMMAND, ("document",)), _consent_event(consent))
        document = File(written.name, written.media_type, consent.key)
        await self._exchange.not_handed_over(turn, document, perhaps=perhaps)

    async def _say(self, to: Activity, card: dict[str, Any]) -> None:
        attachment = {"content_type": CARD, "content": card}
        await self._client.write(to.reference, to.place.conversation, attachment, wording_controls.ANSWERED)


def _consent_event(consent: Consent) -> str:
    # Teams' own ids are told apart within a conversation alone.
    return f"{NAME}:consent:{consent.place.conversation} {consent.id}"


def _shown(card: dict[str, Any]) -> Answer:
    """A card in place of the one that was used, for whoever used it."""
    return {"statusCode": 200, "type": CARD, "value": card}


def _told(words: str) -> Answer:
    """A few words over the card, which stays as it is."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}


def _ids(said: Said) -> tuple[str, ...]:
    return said.ids if isinstance(said, Chosen) else ()


def _filled(said: Filled, found: Pressed, press: Press) -> Filled:
    """What was typed in each field of the form, and nothing else that came along."""
    given = dict(press.given)
    blocks = found.reply.blocks if found.reply is not None else ()
    forms = [one for one in blocks if isinstance(one, Form) and one.id == said.form]
    return Filled(said.form, tuple((field.id, given.get(field.id, "")) for form in forms for field in form.fields))
