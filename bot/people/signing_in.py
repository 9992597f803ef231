"""Who comes in by the web page: sessions begun, found and ended, and whose conversation a browser's is meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot import state
from bot.storage import Connection, Database, KeyRing, conversations, events, identities, joining, people, sessions
from bot.storage.identities import Identity, Stranger
from bot.storage.people import Person
from bot.storage.sessions import WEB, Session

How = Literal["oidc", "local"]


@dataclass(frozen=True)
class Visit:
    """Someone signed in."""

    person: Person
    session: Session


@dataclass(frozen=True)
class Arrival:
    """The browser that somebody signs in with.

    `earlier` is the cookie of a session that it has already, empty for none. `here` is where its conversation is kept,
    `to` where it is kept from now on: an address that nobody can have known before. `joined`: its conversation became
    somebody's when they signed in.
    """

    earlier: str
    here: str
    to: str
    joined: bool = False


@dataclass(frozen=True)
class Gone:
    """Somebody who was signed in with a browser and is not any more: who, empty where that is not known.

    `cleared`: there was a conversation in it, to which it leads no more.
    """

    whose: str
    cleared: bool


@dataclass(frozen=True)
class Entered:
    """Somebody who has just signed in: the value of their cookie.

    `cleared`: there was a conversation in their browser that is somebody else's, to which it leads no more.
    """

    token: str
    cleared: bool


class Doorkeeper:
    """The sessions of one area's people, over one database."""

    def __init__(self, database: Database, keys: KeyRing, area: str, idle: timedelta, whole: timedelta) -> None:
        self.area = area
        self._database = database
        self._keys = keys
        self._idle = idle
        self._whole = whole

    async def visit(self, token: str, at: datetime, *, uses: bool = True) -> Visit | None:
        """Who is signed in with a cookie; None for nobody, or for someone who holds no role here any more.

        It keeps the session going, unless it is no use of it by `uses`: a page that asks by itself is none.
        """

        def work(connection: Connection) -> Visit | None:
            session = sessions.find(connection, self._keys, token, at, self._idle, uses=uses)
            person = people.read(connection, self._keys, session.person_id) if session else None
            return Visit(person, session) if session and person and self.belongs(person) else None

        return await self._database.run(work)

    async def recognise(self, identity: Identity, at: datetime) -> Person | Stranger | Literal["no role"]:
        """Who may sign in with an identity, or why nobody may."""

        def work(connection: Connection) -> Person | Stranger | Literal["no role"]:
            found = identities.recognise(connection, self._keys, identity, at)
            return found if isinstance(found, str) or self.belongs(found) else "no role"

        return await self._database.run(work)

    async def first_time(self, state: str, at: datetime) -> bool:
        """Whether somebody comes back from an attempt to sign in for the first time."""
        return await self._database.run(lambda c: events.first_time(c, f"sign-in|{state}", "", at))

    async def registered(self) -> list[Person]:
        """Everyone who holds a role here, in the order of their names."""
        everyone = await self._database.run(lambda connection: people.read_all(connection, self._keys))
        return sorted(filter(self.belongs, everyone), key=lambda person: person.name.casefold())

    async def sign_in(self, person_id: str, how: How, arrival: Arrival, at: datetime) -> Entered:
        """Begin a session, which ends the browser's earlier one. Raises Forgotten.

        The browser's conversation is the person's until the session ends. Where nothing was begun in it, or they left
        it there with nothing in hand, theirs is one that they left, in whichever browser that was: the newest with
        something in hand, or else the newest.
        """

        def work(connection: Connection) -> Entered:
            before = sessions.last_in(connection, arrival.here)
            if arrival.earlier:
                sessions.end(connection, self._keys, arrival.earlier, at)
            sessions.end_in(connection, arrival.here)
            cleared = self._bring_along(connection, person_id, arrival, before, at)
            token = sessions.begin(connection, self._keys, person_id, how, at, self._whole, address=arrival.to)
            return Entered(token, cleared)

        return await self._database.run(work)

    async def sign_out(self, token: str, here: str, at: datetime) -> None:
        """End a session. The conversation stays where it is: it is theirs again once they sign in."""

        def work(connection: Connection) -> None:
            sessions.end(connection, self._keys, token, at)
            self._let_go(connection, here, at)

        await self._database.run(work)

    async def let_go(self, here: str, at: datetime) -> Gone:
        """Let a browser be nobody any more, because the session that made it somebody ended, or its cookie is gone."""

        def work(connection: Connection) -> Gone:
            was_said = conversations.id_at(connection, WEB, here) is not None
            sessions.end_in(connection, here)
            self._let_go(connection, here, at)
            return Gone(sessions.last_in(connection, here) or "", was_said)

        return await self._database.run(work)

    async def bring_back(self, token: str, here: str, at: datetime) -> None:
        """Lead a browser to what its person left elsewhere, where nothing is begun in it.

        It is for when a code has just shown them to be somebody else too, whose conversations are theirs by that.
        """

        def work(connection: Connection) -> None:
            session = sessions.find(connection, self._keys, token, at, self._idle, uses=False)
            if session is None or sessions.last_in(connection, here) != session.person_id:
                return
            left = self._newest_left(connection, session.person_id, at)
            if left and _has_begun(connection, self._keys, left) and not _has_begun(connection, self._keys, here):
                sessions.put_by(connection, self._keys, session.person_id, WEB, here, at, sessions.LED_AWAY)
                conversations.move(connection, WEB, left, here)

        await self._database.run(work)

    async def failed(self, source: str, at: datetime) -> None:
        """Count that signing in failed from somewhere."""
        await self._database.run(lambda connection: sessions.note_failure(connection, self._keys, source, at))

    async def must_wait(self, source: str, at: datetime) -> bool:
        """Whether signing in failed so often from there that it has to wait."""
        return await self._database.run(lambda c: sessions.too_many_failures(c, self._keys, source, at))

    def belongs(self, person: Person) -> bool:
        """Whether someone holds any role or post in this area."""
        return any(role.area == self.area for role in person.roles)

    def _bring_along(
        self, connection: Connection, person_id: str, arrival: Arrival, before: str | None, at: datetime
    ) -> bool:
        """Make the browser's conversation the person's; `before` is who was signed in there last.

        Whether there was one that is somebody else's.
        """
        is_cleared = False
        holder = people.at_account(connection, self._keys, WEB, arrival.here)
        if holder is not None:
            is_anothers = holder.id != person_id and not _is_known_here_only(holder, arrival.here)
        else:
            is_anothers = arrival.joined and before != person_id
        if is_anothers:
            # A shared computer: what the one before said stays theirs, and no browser leads there any more.
            is_cleared = conversations.id_at(connection, WEB, arrival.here) is not None
            self._let_go(connection, arrival.here, at)
            kept = self._newest_left(connection, person_id, at)
        else:
            if holder is not None and holder.id != person_id:
                joining.join(connection, self._keys, person_id, holder.id, at)
            people.remove_account(connection, self._keys, person_id, WEB, arrival.here, at)
            kept = self._own(connection, person_id, arrival.here, at)
        if kept:
            # Under another address, because somebody may have looked at this browser's cookie before.
            conversations.move(connection, WEB, kept, arrival.to)
        people.add_account(connection, self._keys, person_id, WEB, arrival.to, at)
        return is_cleared

    def _own(self, connection: Connection, person_id: str, here: str, at: datetime) -> str:
        """Where the conversation is that becomes theirs in a browser that is nobody else's."""
        was_in = sessions.last_in(connection, here) == person_id
        stays = _is_in_hand if was_in else _has_begun
        newest = here if stays(connection, self._keys, here) else self._newest_left(connection, person_id, at)
        if newest not in (here, "") and not was_in:
            sessions.put_by(connection, self._keys, person_id, WEB, here, at, sessions.LED_AWAY)
        return newest or here

    def _newest_left(self, connection: Connection, person_id: str, at: datetime) -> str:
        """Where the newest conversation is that somebody left, one with something in hand first; empty for none."""
        left = sessions.left(connection, person_id, at, self._idle)
        return next((one for one in left if _is_in_hand(connection, self._keys, one)), left[0] if left else "")

    def _let_go(self, connection: Connection, here: str, at: datetime) -> None:
        holder = people.at_account(connection, self._keys, WEB, here)
        if holder is not None:
            people.remove_account(connection, self._keys, holder.id, WEB, here, at)
            if sessions.last_in(connection, here) != holder.id:
                # They joined it by a code: nothing else says whose the conversation is.
                sessions.put_by(connection, self._keys, holder.id, WEB, here, at, sessions.LEFT)


def _has_begun(connection: Connection, keys: KeyRing, here: str) -> bool:
    """Whether anything was begun in a browser's conversation that would be missed: a referral above all."""
    return _kept(connection, keys, here).dialogs_started > 0


def _is_in_hand(connection: Connection, keys: KeyRing, here: str) -> bool:
    """Whether somebody is in the middle of something in a browser's conversation."""
    kept = _kept(connection, keys, here)
    return kept.dialog is not None or bool(kept.aside)


def _kept(connection: Connection, keys: KeyRing, here: str) -> state.State:
    """What a browser's conversation remembers."""
    stored = conversations.peek(connection, keys, WEB, here)
    return state.from_json(stored.state) if stored is not None else state.State()


def _is_known_here_only(person: Person, here: str) -> bool:
    """Whether all that is known of someone is this browser: whoever signs in with it now is that person."""
    return not person.roles and [(one.channel, one.address) for one in person.accounts] == [(WEB, here)]
