"""The Teams channel: sends replies to personal chats, and answers in group chats and channels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from adapters.parts import Parts
from adapters.teams import wording_teams
from adapters.teams.capabilities import CAPABILITIES
from adapters.teams.client import CARD, Client
from adapters.teams.in_time import TEAMS
from adapters.teams.invited import Invited
from adapters.teams.place import Place, Reference
from adapters.teams.render import Document, Payload, Shown, plain, render
from bot import wording_channels, wording_controls
from bot.button_tokens import ButtonTokens
from bot.channel import Unreachable
from bot.decisions.documents import Document as Written
from bot.messages import Reply
from bot.storage import KeyRing

NAME = "teams"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
Fetch = Callable[[str, str, str], Awaitable[Written | None]]
"""A document of a conversation, by channel, address and key."""
FindReference = Callable[[str], Awaitable[Reference | None]]
"""How to reach a personal chat, by its address."""


class Teams:
    """Reaches people by Teams. An address is a `Place`'s; the platform's id is the last message's."""

    name = NAME
    limits = CAPABILITIES.limits

    def __init__(self, client: Client, keys: KeyRing, fetch: Fetch, reference: FindReference, app_id: str) -> None:
        self.client = client
        self.invited = Invited()
        self._keys = keys
        self._fetch = fetch
        self._parts: Parts[Payload] = Parts()
        self._reference = reference
        self._private_link = f"https://teams.microsoft.com/l/chat/0/0?users={quote(f'28:{app_id}', safe='')}"
        # Teams puts these words in the box, and the person sends them:
        # https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-teams
        self._asking_link = f"{self._private_link}&message={quote(wording_channels.ASK_ABOUT_DETAIL, safe='')}"

    async def send(self, address: str, reply: Reply) -> str:
        """Send a reply and return the id of its last message. Raises Unreachable.

        Where a part of it arrived and the next did not for now, it may have arrived.
        """
        try:
            place = Place.at(address)
        except (ValueError, KeyError, TypeError):
            raise Unreachable("this is no conversation", permanent=True) from None
        if place.group is None:
            to = await self._reference(address)
            if to is None:
                raise Unreachable("it is not known how to reach this conversation", permanent=True)
            return await self._send_all(to, place.conversation, reply, self._rendered(address, reply))
        # What is said among others is kept nowhere, so it is said before Teams is answered, or Teams brings it again.
        with TEAMS.at_once():
            return await self._sent(place, place.group, reply)

    async def limited_by(self, address: str) -> tuple[str, ...]:
        """The conversation, within all that the bot says in its tenant."""
        place = Place.at(address)
        to = place.group or await self._reference(address)
        return place.conversation, to.tenant if to is not None else NAME

    async def _sent(self, place: Place, group: Reference, reply: Reply) -> str:
        if place.targeted:
            return await self._to_one(place, group, reply)
        if reply.audience == "everyone":
            payloads = self._rendered(place.address, reply, self._private_link)
            return await self._send_all(group, place.conversation, reply, payloads)
        return await self._in_private(place, group, reply)

    def _rendered(self, address: str, reply: Reply, private_link: str = "") -> tuple[Payload, ...]:
        """The messages a reply is sent as. Their buttons are good for this address and this reply's key alone."""
        return render(reply, ButtonTokens(self._keys, NAME, address, reply.key).token, private_link)

    async def _to_one(self, place: Place, group: Reference, reply: Reply) -> str:
        """Shown in the group to the one who asked unseen there; where Teams cannot do that, said in their own chat."""
        cards = [one for one in self._rendered(place.address, reply, self._private_link) if isinstance(one, Shown)]
        sent = ""
        try:
            for card in cards:
                attachment = {"content_type": CARD, "content": card.card}
                sent = await self.client.write_to_one(group, place.conversation, attachment, card.summary)
        except Unreachable as fault:
            if not fault.permanent:
                raise
            own = await self.client.personal_chat(group)
            return await self._send_all(group, own, reply, self._rendered(own, reply))
        return sent

    async def _in_private(self, place: Place, group: Reference, reply: Reply) -> str:
        """What is for one person of a group goes to their own chat; there is no telling the group instead."""
        try:
            own = await self.client.personal_chat(group)
            return await self._send_all(group, own, reply, self._rendered(own, reply))
        except Unreachable as fault:
            if not fault.permanent:
                raise
        words = reply.private_way or wording_channels.PRIVATE_WAY
        card = plain(wording_channels.ANSWERED_IN_PRIVATE)
        card["body"].append(
            {
                "type": "ActionSet",
                "actions": [{"type": "Action.OpenUrl", "title": words, "url": self._asking_link}],
            }
        )
        self.invited.add(group)
        return await self._send_one(group, place.conversation, Shown(card, wording_controls.ANSWERED))

    async def _send_all(self, to: Reference, conversation: str, reply: Reply, payloads: tuple[Payload, ...]) -> str:
        async def send(_: int, payload: Payload) -> str:
            return await self._send_one(to, conversation, payload)

        return await self._parts.sent(conversation, reply, payloads, send)

    async def _send_one(self, to: Reference, conversation: str, payload: Payload) -> str:
        if isinstance(payload, Shown):
            attachment = {"content_type": CARD, "content": payload.card}
            return await self.client.write(to, conversation, attachment, payload.summary)
        return await self._offered(to, conversation, payload)

    async def _offered(self, to: Reference, conversation: str, document: Document) -> str:
        """Ask whether to save a document: Teams takes no file from a bot otherwise."""
        written = await self._fetch(NAME, conversation, document.key)
        if written is None:
            card = plain(f"{document.name}: {wording_controls.NOT_FETCHED}")
            return await self.client.write(to, conversation, {"content_type": CARD, "content": card}, document.name)
        context = {"key": document.key, "name": document.name}
        content = {
            "description": wording_teams.FILE_WHAT,
            "sizeInBytes": len(written.content),
            "acceptContext": context,
            "declineContext": context,
        }
        attachment = {"content_type": CONSENT, "name": document.name, "content": content}
        return await self.client.write(to, conversation, attachment, wording_controls.ANSWERED)
