"""Where in Teams something is said: a personal chat, or a person's message in a group chat or channel; pure."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

# What Microsoft makes these of. No character of a path or a query is among them, since they stand in an address.
_ID = re.compile(r"[A-Za-z0-9:_.@;=+%|~-]{1,600}")
_IN_GROUP = "{"


def is_id(value: object) -> bool:
    """Whether a value can be the id of a conversation, an activity or somebody."""
    return isinstance(value, str) and bool(_ID.fullmatch(value)) and ".." not in value


@dataclass(frozen=True)
class Reference:
    """What is needed besides a conversation's id to write to it: the service, the tenant, and who is who there."""

    service: str
    tenant: str
    bot: str
    person: str

    def written(self) -> str:
        """As text to be kept."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Reference:
        """The same again."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Place:
    """A conversation. In a group also how to reach it and the message that is answered: of that nothing is kept.

    `targeted` is whether Teams showed that message to nobody but the bot: nobody else is to see the answer either.
    """

    conversation: str
    group: Reference | None = None
    message: str = ""
    targeted: bool = False

    @property
    def is_private(self) -> bool:
        """Whether nobody else is there."""
        return self.group is None

    @property
    def address(self) -> str:
        """The place as an address."""
        return self.conversation if self.group is None else json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def at(cls, address: str) -> Place:
        """The place an address names. Raises ValueError where it names none."""
        if not address.startswith(_IN_GROUP):
            if not is_id(address):
                raise ValueError("this is no conversation")
            return cls(address)
        found = json.loads(address)
        return cls(found["conversation"], Reference(**found["group"]), found["message"], found["targeted"])
