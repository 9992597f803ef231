"""Several people and one bot: each types on an account of their own, letters are kept, and the clock is turned."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta

from adapters.terminal.show import lines
from bot.channel import Limits, Unreachable
from bot.exchange import Exchange
from bot.letters import Post
from bot.messages import Choices, Chosen, Reply, Said, Turn, Typed
from bot.people import roles
from bot.reply_text import to_text
from bot.storage import people, timeline
from bot.storage.families import PEOPLE
from bot.storage.people import Person, Role

from .talk import AT

AREA = "exampleshire"
URL = "https://bot.example.gov.uk"
_CODE = re.compile(r"\b[0-9B-DF-HJ-NP-TV-Z]{4}-[0-9B-DF-HJ-NP-TV-Z]{4}\b")


class Letterbox:
    """E-mail that goes nowhere. `refuses` is what is raised instead, once it is set."""

    name = "mail"
    limits = Limits()

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self.refuses: Unreachable | None = None

    async def limited_by(self, address: str) -> tuple[str, ...]:
        return (address,)

    async def send(self, address: str, reply: Reply) -> str:
        """Keeps the letter."""
        if self.refuses is not None:
            raise self.refuses
        self.letters.append((address, "\n".join(lines(reply, 1000))))
        return str(len(self.letters))


class Office:
    """The people at work. An account is written "slack:jo", a channel and an address."""

    def __init__(self, exchange: Exchange, *, has_mail: bool = True) -> None:
        self.exchange = exchange
        # However busy the machine is: otherwise the first answer may say that part of the bot is still starting.
        exchange.mind.loaded()
        self.box = Letterbox()
        exchange.post = Post(self.box, URL) if has_mail else Post()
        self.at: datetime = AT
        self.turns = 0

    def say(self, account: str, said: str | Said) -> str:
        """What the bot answers, as plain lines; what goes by e-mail has gone when this returns."""
        channel, _, address = account.partition(":")
        self.turns += 1
        self.at += timedelta(seconds=1)
        what = Typed(said) if isinstance(said, str) else said
        turn = Turn(channel, address, address, what, str(self.turns), self.at)

        async def taken() -> None:
            await self.exchange.take(turn)
            await self.exchange.post.settled()

        asyncio.run(taken())
        return self.newest(account)

    def newest(self, account: str) -> str:
        """The newest reply on an account."""
        return "\n".join(lines(self.reply(account), 1000))

    def reply(self, account: str) -> Reply:
        """The same as it was made."""
        channel, _, address = account.partition(":")
        found = asyncio.run(self.exchange.read(channel, address))[-1].reply
        assert found is not None
        return found

    def press(self, account: str, label: str) -> str:
        """Presses the newest button of this label."""
        for block in reversed(self.reply(account).blocks):
            if isinstance(block, Choices):
                ids = {option.label: option.id for option in block.options}
                return self.say(account, Chosen(block.prompt, (ids[label],)))
        raise AssertionError("there are no buttons")

    def later(self, **time: float) -> None:
        """Turns the clock."""
        self.at += timedelta(**time)

    def code(self, account: str) -> str:
        """The code for another account that this one is given."""
        return code_in(self.say(account, "join"))

    def mailed_code(self, account: str, mail: str) -> str:
        """The code that an address gets because this account says it is its own."""
        self.say(account, f"my work e-mail is {mail}")
        assert self.box.letters[-1][0] == mail
        return code_in(self.box.letters[-1][1])

    def hire(self, name: str, *held: str, account: str = "", mail: str = "") -> Person:
        """Somebody with roles, put there before the story begins."""

        def work(c) -> str:
            made = roles.add(c, self.exchange.keys, name, mail, self.at)
            if account:
                channel, _, address = account.partition(":")
                people.add_account(c, self.exchange.keys, made.id, channel, address, self.at)
            for role in held:
                people.grant(c, self.exchange.keys, made.id, Role(AREA, role), self.at, "")
            return made.id

        return self.read(self.exchange.database.run_now(work))

    def add_account(self, account: str, other: str) -> None:
        """One more account for whoever holds one."""
        channel, _, address = other.partition(":")
        who, keys = self.holder(account).id, self.exchange.keys
        self.exchange.database.run_now(lambda c: people.add_account(c, keys, who, channel, address, self.at))

    def read(self, person_id: str) -> Person:
        """Somebody as they are now."""
        found = self.exchange.database.run_now(lambda c: people.read(c, self.exchange.keys, person_id))
        assert found is not None
        return found

    def at_account(self, account: str) -> Person | None:
        """Who holds an account."""
        channel, _, address = account.partition(":")
        return self.exchange.database.run_now(lambda c: people.at_account(c, self.exchange.keys, channel, address))

    def holder(self, account: str) -> Person:
        """The same, where there has to be somebody."""
        found = self.at_account(account)
        assert found is not None
        return found

    def everyone(self) -> list[Person]:
        """All who are known."""
        return self.exchange.database.run_now(lambda c: people.read_all(c, self.exchange.keys))

    def kept_of(self, account: str) -> str:
        """All that is kept of a conversation, opened."""
        channel, _, address = account.partition(":")
        return "\n".join(
            f"{one.words} {to_text(one.reply) if one.reply else ''}"
            for one in asyncio.run(self.exchange.read(channel, address))
        )

    def history(self, person_id: str) -> list[str]:
        """The kinds of entries on somebody's own timeline."""
        run, keys = self.exchange.database.run_now, self.exchange.keys
        return [one.kind for one in run(lambda c: timeline.read(c, keys, person_id, family=PEOPLE))]


def code_in(text: str) -> str:
    """The code that a text gives."""
    found = _CODE.search(text)
    assert found is not None, text
    return found[0]
