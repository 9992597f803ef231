"""Plays a transcript in which several people speak to one bot, each on an account of their own, and letters go out.

`@ hired Jo Smith, slack:jo, jo@a.gov.uk, lead` makes somebody known: a name, and after it an account, an e-mail
address and roles in any order. `@ at slack:jo` is where what follows is typed or pressed. `@ the letter` shows the
newest e-mail. `<code>` stands for the newest code the bot gave, wherever it gave it.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet

from adapters.terminal.show import lines
from bot.clock import LONDON
from bot.definitions import Definitions, load_definitions
from bot.exchange import Exchange
from bot.people.roles import ALL
from bot.storage import Database, KeyRing
from tests.bot.office import Office
from tests.storage.empty import furnish

from .script import BrokenTranscript, Step, code_in, steps_of, written

_CLOCK = re.compile(r"(?P<weekday>[A-Z][a-z]{2}) (?P<moment>\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2})")


@cache
def _definitions() -> Definitions:
    return load_definitions("exampleshire")


def played_people(text: str) -> str:
    """The transcript's text with the bot's lines as they are said now. Raises BrokenTranscript."""
    with TemporaryDirectory() as folder:
        database = Database.open("", furnish(Path(folder)))
        try:
            keys = KeyRing.from_keys([Fernet.generate_key().decode()])
            return written(_Play(Office(Exchange(database, keys, _definitions()))).run(steps_of(text)))
        finally:
            database.close()


class _Play:
    """One playing of one transcript."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._account = ""
        self._code = ""

    def run(self, steps: tuple[Step, ...]) -> list[Step | list[str]]:
        """Each step, followed by what the bot says to it."""
        said: list[Step | list[str]] = []
        for step in steps:
            shown = self._done(step)
            said += [step, shown] if shown else [step]
            self._code = code_in(shown) or self._code
        return said

    def _done(self, step: Step) -> list[str]:
        if step.kind == "why":
            return []
        if step.kind == "typed":
            self._office.say(self._account, step.text.replace("<code>", self._code))
            return self._newest()
        verb, _, rest = step.text.partition(" ")
        if clock := _CLOCK.fullmatch(step.text):
            self._turn(clock["weekday"], clock["moment"])
        elif verb == "at":
            self._account = rest
        elif verb == "press":
            self._office.press(self._account, rest)
            return self._newest()
        elif verb == "hired":
            self._hire([part.strip() for part in rest.split(",")])
        elif step.text == "the letter":
            address, letter = self._office.box.letters[-1]
            return [f"To: {address}", "", *letter.splitlines()]
        else:
            raise BrokenTranscript(f"{step}: there is no such direction")
        return []

    def _newest(self) -> list[str]:
        return lines(self._office.reply(self._account))

    def _turn(self, weekday: str, moment: str) -> None:
        now = datetime.strptime(moment, "%d %b %Y %H:%M").replace(tzinfo=LONDON)
        if f"{now:%a}" != weekday:
            raise BrokenTranscript(f"{moment}: that day is a {now:%A}")
        self._office.at = now

    def _hire(self, parts: list[str]) -> None:
        name, *others = parts
        roles = [part.replace(" ", "_") for part in others if part.replace(" ", "_") in ALL]
        account = next((part for part in others if ":" in part), "")
        mail = next((part for part in others if "@" in part), "")
        self._office.hire(name, *roles, account=account, mail=mail)
