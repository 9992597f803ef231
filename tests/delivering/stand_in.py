"""A stand-in channel: it keeps what arrived, and fails as it is told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channel import Limits, Unreachable
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import Choices, Reply, Text


@dataclass(frozen=True)
class Arrived:
    """One message that arrived somewhere."""

    address: str
    reply: Reply

    @property
    def lines(self) -> list[str]:
        """What it says, a line for each block."""
        return [lines_of(block) for block in self.reply.blocks]

    @property
    def is_said_to_be_a_repeat(self) -> bool:
        return MAY_BE_REPEAT in self.lines


@dataclass
class StandIn:
    """`faults` are raised one after another, the last for ever if `broken`; `deaf` addresses refuse for good.

    A `busy` address refuses once, with how long to wait. Its limits are its own, its workspace's (after the @) and all.
    """

    name: str = "chat"
    faults: list[Unreachable | Exception] = field(default_factory=list)
    broken: Unreachable | None = None
    deaf: set[str] = field(default_factory=set)
    busy: dict[str, timedelta] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    arrived: list[Arrived] = field(default_factory=list)
    tries: int = 0

    async def limited_by(self, address: str) -> tuple[str, ...]:
        return (address, *address.split("@")[1:], self.name)

    async def send(self, address: str, reply: Reply) -> str:
        self.tries += 1
        fault = self.faults.pop(0) if self.faults else self.broken
        if address in self.deaf:
            fault = Unreachable("no such address", permanent=True)
        if (wanted := self.busy.pop(address, None)) is not None:
            fault = Unreachable("busy", permanent=False, retry_after=wanted)
        if fault is None or getattr(fault, "may_have_arrived", False):
            self.arrived.append(Arrived(address, reply))
        if fault is not None:
            raise fault
        return f"{self.name}-{len(self.arrived)}"

    @property
    def keys(self) -> Counter[str]:
        """How often each message arrived."""
        return Counter(one.reply.key for one in self.arrived)

    @property
    def said(self) -> list[tuple[str, list[str]]]:
        return [(one.address, one.lines) for one in self.arrived]


def lines_of(block: object) -> str:
    if isinstance(block, Text):
        return "".join(str(run) for run in block.runs)
    assert isinstance(block, Choices)
    return block.text


def later(*, may_have_arrived: bool = False) -> Unreachable:
    return Unreachable("busy", permanent=False, may_have_arrived=may_have_arrived)


def never() -> Unreachable:
    return Unreachable("gone", permanent=True)


def all_lines(arrived: Iterable[Arrived]) -> Counter[str]:
    """How often each line arrived, notes left out."""
    return Counter(lines_of(block) for one in arrived for block in one.reply.blocks if isinstance(block, Choices))
