"""The work of `bot people`, each a transaction of its own, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot import wording_people
from bot.absence_desk import checked_absence
from bot.account_commands import ROLE_WORDS
from bot.clock import london_date
from bot.people import absences, people, roles
from bot.people.handing_on import HandedOn
from bot.people.roles import NotAllowed
from bot.people.work_mail import kept_address
from bot.role_desk import handed_words
from bot.storage import Connection, Database, KeyRing, join_codes
from bot.storage import people as stored
from bot.storage.people import Person, Role
from dialogs.answers import InvalidAnswer
from dialogs.date_words import spoken
from knowledge.area import Area

_COLUMNS = ("NAME", "ROLES", "ACCOUNTS", "AWAY", "ID")
_ID_SHOWN = 8


def check_new(name: str, mail: str) -> None:
    """See that somebody new has a name, and an address fit to be kept if any is given. Raises NotAllowed."""
    if not roles.named(name):
        raise NotAllowed(wording_people.NO_NAME)
    _address(mail)


class PeopleDesk:
    """Works on the people of one area at one moment. Everything raises NotAllowed, in words for the administrator."""

    def __init__(self, database: Database, keys: KeyRing, area: Area, at: datetime) -> None:
        self._run = database.run_now
        self._keys = keys
        self._area = area
        self._at = at

    def first_administrator(self, name: str, mail: str) -> str:
        """Makes the first administrator."""

        def work(connection: Connection) -> Person:
            address = _address(mail)
            return roles.first_administrator(connection, self._keys, self._area.key, name, address, self._at)

        made = self._run(work)
        return (
            f"{people.label(made)} is the first administrator of {self._area.name} and can give roles: in the "
            f"conversation (people), here (bot people grant), or signed in on the web page. {self._how_to_join(made)}"
        )

    def add(self, name: str, mail: str, names: Sequence[str], by: str) -> str:
        """Adds somebody, with roles if any are given."""

        def work(connection: Connection) -> Person:
            giver = self._giver(connection, by) if names else None
            made = roles.add(connection, self._keys, name, _address(mail), self._at)
            for one in names:
                assert giver is not None
                roles.give(connection, self._keys, giver, made, self._role(one), self._at)
            return self._found(connection, made.id)

        made = self._run(work)
        held = wording_people.listed([wording_people.a_role(one) for one in self._held(made)])
        return f"{people.label(made)} is added{f', as {held}' if held else ''}. {self._how_to_join(made)}"

    def table(self) -> Iterator[str]:
        """Everyone, a line each."""
        everyone = self._run(lambda connection: stored.read_all(connection, self._keys))
        if not everyone:
            yield "Nobody yet. Begin with: bot people first-administrator NAME --email ADDRESS"
            return
        rows = [_COLUMNS, *(self._row(one) for one in sorted(everyone, key=lambda one: people.label(one).casefold()))]
        widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
        for row in rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

    def grant(self, person: str, name: str, by: str) -> str:
        """Gives a role."""

        def work(connection: Connection) -> tuple[Person, bool]:
            role, giver = self._role(name), self._giver(connection, by)
            to = self._found(connection, person)
            return to, roles.give(connection, self._keys, giver, to, role, self._at)

        to, is_new = self._run(work)
        say = wording_people.given if is_new else wording_people.had_it
        return say(people.label(to), self._role(name).role)

    def revoke(self, person: str, name: str, by: str) -> str:
        """Takes a role away."""

        def work(connection: Connection) -> tuple[Person, HandedOn | None]:
            role, giver = self._role(name), self._giver(connection, by)
            whose = self._found(connection, person)
            return whose, roles.take(connection, self._keys, giver, whose, role, self._at)

        whose, handed = self._run(work)
        say = wording_people.taken if handed is not None else wording_people.lacks_it
        return f"{say(people.label(whose), self._role(name).role)} {handed_words(handed)}".strip()

    def away(self, person: str, days: tuple[date, date] | None) -> str:
        """Notes when somebody is away, or that they are not."""
        absence = self._checked(days) if days else None

        def work(connection: Connection) -> tuple[Person, Sequence[absences.Days]]:
            found, today = self._found(connection, person), london_date(self._at)
            noted = absences.to_come(found.absences, today)
            ended = absences.ends_with_a_return(noted, today)
            stand = absences.with_one_more(noted, absence, today) if absence else [d for d in noted if d not in ended]
            stored.set_away(connection, self._keys, found.id, stand, self._at)
            return found, stand

        found, stand = self._run(work)
        label = people.label(found)
        away = wording_people.listed([f"from {spoken(first)} to {spoken(last)}" for first, last in stand])
        if absence:
            return f"{label} is away {away}."
        return f"{label} is here." + (f" Still noted: away {away}." if away else "")

    def rename(self, person: str, name: str) -> str:
        """Gives somebody another name."""
        new = roles.named(name)
        if not new:
            raise NotAllowed(wording_people.NO_NAME)

        def work(connection: Connection) -> None:
            found = self._found(connection, person)
            stored.rename(connection, self._keys, found.id, new, self._at)

        self._run(work)
        return f"They are called {new} now."

    def join_code(self, person: str) -> str:
        """Makes a code for somebody."""

        def work(connection: Connection) -> tuple[str, Person]:
            found = self._found(connection, person)
            return join_codes.for_person(connection, self._keys, found.id, "", "", self._at), found

        code, found = self._run(work)
        return (
            f"{people.label(found)} says to the bot, on an account of their own: join {code}\n"
            "It works once, for 15 minutes. Whoever has it becomes them to the bot: hand it to nobody else."
        )

    def label(self, person: str) -> str:
        """What somebody is called."""
        return people.label(self._run(lambda connection: self._found(connection, person)))

    def forget(self, person: str) -> str:
        """Erases who somebody is."""

        def work(connection: Connection) -> None:
            roles.forget(connection, self._keys, self._area.key, self._found(connection, person), self._at)

        self._run(work)
        return "They are forgotten. What they did stays on record without their name."

    def _found(self, connection: Connection, text: str) -> Person:
        found = people.find(connection, self._keys, text)
        if not found:
            raise NotAllowed(f"nobody is known as {text}; `bot people list` names everyone")
        if len(found) > 1:
            named = "; ".join(f"{people.label(one)} ({one.id[:_ID_SHOWN]})" for one in found)
            raise NotAllowed(f"several people are meant by {text}; give the id of one: {named}")
        return found[0]

    def _giver(self, connection: Connection, by: str) -> Person:
        """The administrator who acts: the one who is named, or the only one there is."""
        if by:
            return self._found(connection, by)
        there = stored.holders(connection, self._keys, self._area.key, roles.ADMINISTRATOR)
        if not there:
            raise NotAllowed("there is no administrator yet; begin with: bot people first-administrator NAME")
        if len(there) > 1:
            names = wording_people.listed([people.label(one) for one in there])
            raise NotAllowed(f"say which administrator does this, with --by: {names}")
        return there[0]

    def _role(self, name: str) -> Role:
        words = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
        if words not in ROLE_WORDS:
            raise NotAllowed(wording_people.no_such_role(name))
        return Role(self._area.key, ROLE_WORDS[words])

    def _held(self, person: Person) -> list[str]:
        return [role for role in roles.ALL if person.has(self._area.key, role)]

    def _row(self, person: Person) -> tuple[str, ...]:
        held = ", ".join(wording_people.role(role) for role in self._held(person))
        reached = ", ".join(
            one.address if one.channel == people.MAIL else wording_people.channel(one.channel)
            for one in person.accounts
        )
        noted = absences.to_come(person.absences, london_date(self._at))
        gone = ", ".join(f"{first} to {last}" for first, last in noted)
        return (people.label(person), held or "-", reached or "-", gone or "-", person.id[:_ID_SHOWN])

    def _checked(self, days: tuple[date, date]) -> tuple[date, date]:
        try:
            return checked_absence(days, london_date(self._at))
        except InvalidAnswer as why:
            raise NotAllowed(why.message) from None

    def _how_to_join(self, person: Person) -> str:
        if any(one.channel == people.MAIL for one in person.accounts):
            return "They sign in with that e-mail address, or say “my work e-mail” to the bot."
        return f"To let them in: bot people join-code {person.id[:_ID_SHOWN]}"


def _address(mail: str) -> str:
    try:
        return kept_address(mail) if mail else ""
    except ValueError as why:
        raise NotAllowed(str(why)) from None
