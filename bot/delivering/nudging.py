"""Brings waiting nudges to people: one message at a time, through one account after another, then to someone else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cases import reminders
from bot.cases.posts import person_in
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from bot.delivering import wording_delivery
from bot.delivering.digests import DIGEST
from bot.delivering.nudge_message import ALARM, NUDGES, Line, Said, message, notice
from bot.delivering.routes import pages, ways
from bot.delivering.tried import Marks, afresh, is_only_on_a_page, passed_over, people_passed_over
from bot.messages import Reply
from bot.reply_text import to_text
from bot.storage import Connection, KeyRing, conversations, delivering, nudges, outbox, people, sessions, timeline
from bot.storage.cases import AREA_REF
from bot.storage.nudges import Noted
from bot.storage.people import Account, Person

AT_ANY_HOUR = reminders.AT_ANY_HOUR | {ALARM}
"""The kinds whose sending never waits for working time."""
BEGUN = timedelta(hours=3)
"""What was noted, because its moment had come, is brought to its person for so long after working time has ended."""
TRY_AGAIN = timedelta(hours=1)
"""How long after it was given up, in working time, what reached nobody is tried again."""
_LOOK_FOR_IT_EVERY = timedelta(minutes=10)
STAND_INS = ("deputy", "lead")
ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Told:
    """What telling came to: who has news, a person and conversations of theirs, and whether others have to hear now."""

    news: tuple[str, ...] = ()
    passed_on: bool = False


Saying = Callable[[Connection, Sequence[Noted], datetime], Sequence[Said]]
"""Says each of some nudges as things stand at a moment."""


def _as_noted(_connection: Connection, noted: Sequence[Noted], _at: datetime) -> list[Said]:
    return [Said(one.line) for one in noted]


class Nudging:
    """What happens to a nudge between being noted and being sent.

    `carried` names the channels that can send; after `idle` without use a session on the page has ended; `said` puts a
    nudge into the words of the moment.
    """

    def __init__(
        self,
        keys: KeyRing,
        carried: Collection[str],
        working: WorkingTime,
        idle: timedelta,
        said: Saying = _as_noted,
    ) -> None:
        self._keys = keys
        self._carried = frozenset(carried)
        self._working = working
        self._idle = idle
        self._marks = Marks(keys)
        self._said = said

    def tell(self, connection: Connection, person_id: str, at: datetime) -> Told:
        """Put what waits for a person and is due into one message for the next account to try, or pass it on.

        What may not be sent at this hour waits for the next working morning.
        """
        waiting = delivering.waiting(connection, person_id, at)
        if early := [one.id for one in waiting if not self._may_go(one, at)]:
            delivering.put_off(connection, early, self._working.next_open(at))
        person = people.read(connection, self._keys, person_id)
        # Conversations before nudges, as a turn that settles a nudge locks them: otherwise the two could lock up.
        seen = self._pages(connection, person, at)
        places = self._places(connection, person, waiting, seen, at)
        mine = [one for one in nudges.take(connection, person_id, at) if self._may_go(one, at)]
        if not mine:
            return Told()
        news, mine = self._shown(connection, seen, mine, places, at)
        lost = self._sent(connection, person, mine, places, at)
        self._pass_on(connection, lost, at)
        return Told((person_id, *news), passed_on=bool(lost))

    def goes_by(self, channel: str) -> bool:
        """Whether nudges are sent on a channel."""
        return channel in self._carried

    def next_way(self, connection: Connection, noted: Sequence[Noted]) -> None:
        """Let nudges wait again, because the account they were sent to did not take them."""
        for one in noted:
            nudges.pass_on(connection, [one.id], one.person_id, one.tried)

    def adopt(self, connection: Connection, at: datetime, limit: int) -> int:
        """Find somebody for what waits for nobody; how much that was."""
        found = delivering.for_nobody(connection, at, limit)
        self._pass_on(connection, found, at)
        return len(found)

    def rescue(self, connection: Connection, limit: int) -> int:
        """Let what is in a message that came to nothing wait again; how much that was."""
        found = delivering.came_to_nothing(connection, limit)
        self.next_way(connection, found)
        return len(found)

    def try_again(self, connection: Connection, at: datetime, limit: int) -> int:
        """Begin again, hour by hour in working time, with what reached nobody; how much that was.

        What stands on every page that its person sees, and was never sent for want of an account, is left: it would
        only be the same again.
        """
        is_open = self._working.is_open(at)
        if not is_open or not delivering.claim_turn(connection, "try again", at, at - _LOOK_FOR_IT_EVERY):
            return 0
        given_up = delivering.out_of_reach(connection, at - TRY_AGAIN, limit)
        found = [one for one in given_up if one.kind != DIGEST and self._may_be_otherwise(connection, one, at)]
        for one in found:
            nudges.pass_on(connection, [one.id], one.person_id, afresh(one.tried))
        return len(found)

    def next_open(self, at: datetime) -> datetime:
        """A moment itself where it lies in working time, else the next opening."""
        return self._working.next_open(at)

    def said_again(self, connection: Connection, noted: Sequence[Noted], at: datetime) -> Reply:
        """The message for nudges that are in one already, where not all that it carried is to be said any more."""
        # The last mark is that of the message itself.
        return message(self._lines(connection, [replace(one, tried=one.tried[:-1]) for one in noted], at))

    def is_out_of_date(self, connection: Connection, noted: Sequence[Noted], at: datetime) -> bool:
        """Whether any of these would be said in other words now than when it was put into its message."""
        said = self._said(connection, noted, at)
        return any(now.line != one.line for now, one in zip(said, noted, strict=True))

    def _may_go(self, one: Noted, at: datetime) -> bool:
        return one.kind in AT_ANY_HOUR or at - one.created_at < BEGUN or self._working.is_open(at)

    def _may_be_otherwise(self, connection: Connection, one: Noted, at: datetime) -> bool:
        if not is_only_on_a_page(one.tried):
            return True
        person = people.read(connection, self._keys, one.person_id) if one.person_id else None
        seen = self._pages(connection, person, at)
        return any(self._marks.shown(page) not in one.tried for page in seen)

    def _pages(self, connection: Connection, person: Person | None, at: datetime) -> tuple[Account, ...]:
        """The pages somebody sees: not those in which their session has ended."""
        if person is None:
            return ()
        return pages(person, sessions.left_behind(connection, person.id, at, self._idle))

    def _places(
        self,
        connection: Connection,
        person: Person | None,
        waiting: Sequence[Noted],
        seen: Sequence[Account],
        at: datetime,
    ) -> dict[Account, str]:
        if person is None:
            return {}
        wanted = {self._way(person, one) for one in waiting} | set(seen)
        ordered = sorted((one for one in wanted if one), key=lambda one: (one.channel, one.address))
        return {one: self._place(connection, one, at) for one in ordered}

    def _place(self, connection: Connection, account: Account, at: datetime) -> str:
        return conversations.load(connection, self._keys, account.channel, account.address, at).id

    def _way(self, person: Person, one: Noted) -> Account | None:
        untried = (each for each in ways(person, self._carried) if self._marks.sent(each) not in one.tried)
        return next(untried, None)

    def _shown(
        self,
        connection: Connection,
        seen: Sequence[Account],
        mine: Sequence[Noted],
        places: dict[Account, str],
        at: datetime,
    ) -> tuple[tuple[str, ...], list[Noted]]:
        """Puts a notice on each page the person sees that has none yet. Nobody is reached by that."""
        news, mine = [], list(mine)
        for page in seen:
            mark = self._marks.shown(page)
            if new := [one for one in mine if mark not in one.tried]:
                reply = notice(self._lines(connection, new, at))
                self._put(connection, places[page], page, reply, at, said=True)
                news.append(places[page])
                mine = [replace(one, tried=(*one.tried, mark)) if one in new else one for one in mine]
        return tuple(news), mine

    def _sent(
        self,
        connection: Connection,
        person: Person | None,
        mine: Iterable[Noted],
        places: dict[Account, str],
        at: datetime,
    ) -> list[Noted]:
        """Puts each nudge into the message for its next account; those for which there is none are given back."""
        parcels: dict[Account | None, list[Noted]] = defaultdict(list)
        for one in mine:
            parcels[self._way(person, one) if person else None].append(one)
        lost = parcels.pop(None, [])
        for account, parcel in parcels.items():
            assert account is not None
            place = places.get(account) or self._place(connection, account, at)
            sent = self._put(connection, place, account, message(self._lines(connection, parcel, at)), at)
            for one in parcel:
                nudges.hand(connection, [one.id], sent, (*one.tried, self._marks.sent(account)))
        return lost

    def _put(
        self, connection: Connection, place: str, account: Account, reply: Reply, at: datetime, *, said: bool = False
    ) -> int:
        seq = timeline.append(connection, self._keys, place, at, NUDGES, "")
        return outbox.put(
            connection,
            self._keys,
            place,
            channel=account.channel,
            address=account.address,
            body=to_text(reply),
            at=at,
            key=str(seq),
            audience=reply.audience,
            said=said,
        )

    def _pass_on(self, connection: Connection, lost: Sequence[Noted], at: datetime) -> None:
        """Lets others have what its person could not be sent: the deputy, then the lead, then administrators hear."""
        places = delivering.refs(connection, {one.case_id for one in lost})
        for one in lost:
            tried = one.tried if one.person_id is None else (*one.tried, passed_over(one.person_id))
            area, ref = places[one.case_id]
            # What came of what somebody told is for them alone.
            is_duty = one.kind not in (ALARM, DIGEST) and (one.clock or not person_in(one.post))
            other = self._stand_in(connection, area, tried, at) if is_duty else None
            nudges.pass_on(connection, [one.id], other or next(iter(people_passed_over(tried)), None), tried)
            if other is None:
                nudges.settle(connection, [one.id], "unreached", at)
                if is_duty:
                    self._alarm(connection, one, area, ref, at)

    def _stand_in(self, connection: Connection, area: str, tried: Sequence[str], at: datetime) -> str | None:
        """Who hears instead: somebody who is not away, if there is one."""
        today = london_date(at)
        held = [person for role in STAND_INS for person in people.holders(connection, self._keys, area, role)]
        left = [person for person in held if person.id not in people_passed_over(tried)]
        return next((person.id for person in sorted(left, key=lambda one: one.is_away(today))), None)

    def _alarm(self, connection: Connection, one: Noted, area: str, ref: str, at: datetime) -> None:
        """Tells every administrator, once a day for each case, by its reference alone."""
        line = wording_delivery.AREA_REACHED_NOBODY if ref == AREA_REF else wording_delivery.reached_nobody(ref)
        if not any(people.anyone(connection, area, role) for role in STAND_INS):
            line = wording_delivery.NOBODY_THERE
        for person in people.holders(connection, self._keys, area, ADMINISTRATOR):
            nudges.note(
                connection,
                one.case_id,
                f"reached nobody|{london_date(at)}|{person.id}",
                at,
                clock="",
                kind=ALARM,
                post=ADMINISTRATOR,
                person_id=person.id,
                line=line,
                due_at=at,
            )

    def _lines(self, connection: Connection, noted: Sequence[Noted], at: datetime) -> list[Line]:
        places = delivering.refs(connection, {one.case_id for one in noted})
        lines = []
        for one, said in zip(noted, self._said(connection, noted, at), strict=True):
            if said.line != one.line:
                nudges.reword(connection, one.id, said.line)
            note = self._note(connection, one) or said.before
            lines.append(Line(replace(one, line=said.line), places[one.case_id][1], note, said.acts))
        return sorted(lines, key=lambda line: (line.note, line.noted.due_at, line.ref, line.noted.id))

    def _note(self, connection: Connection, one: Noted) -> str:
        """Whom it was for at first, where that is somebody else."""
        first = next(iter(people_passed_over(one.tried)), None)
        if first is None or first == one.person_id:
            return ""
        person = people.read(connection, self._keys, first)
        said = wording_delivery.beside if is_only_on_a_page(one.tried) else wording_delivery.instead_of
        return said(person.name if person else "")
