"""What is being sent for long stays claimed meanwhile, and is sent once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.delivering.delivery import LEASE, Delivery
from bot.messages import Reply
from bot.storage import Connection, claims
from bot.storage.tables import outgoing
from tests.delivering.office import Office
from tests.delivering.stand_in import StandIn


class Slow(StandIn):
    """Takes longer than a claim lasts, while the watch of another process looks for claims that have run out."""

    def __init__(self, office: Office) -> None:
        super().__init__("chat")
        self._office = office
        self.given_back = 0

    async def send(self, address: str, reply: Reply) -> str:
        office = self._office
        for _ in range(4):
            office.at += LEASE - timedelta(seconds=1)
            while await office.database.run(self._until) < office.at + LEASE:
                pass
            self.given_back += await office.database.run(lambda c: claims.give_back(c, office.at, 10))
        return await super().send(address, reply)

    def _until(self, connection: Connection):
        return connection.execute(select(outgoing.c.lease_until)).scalar_one()


async def test_a_claim_is_renewed_while_it_is_being_sent(office: Office) -> None:
    person = office.person("P", "chat:1")
    office.case((person, "notify"))
    await office.watch._wake_cases(office.at)
    await office.watch._tell_people(office.at)
    slow = Slow(office)
    delivery = Delivery(
        office.database,
        office.keys,
        {"chat": slow},
        office.nudging,
        lambda: office.at,
        "one",
        office.watchers,
        renew_every=0.001,
    )
    await delivery.deliver(1, 0)
    assert slow.given_back == 0
    assert [one.is_said_to_be_a_repeat for one in slow.arrived] == [False]
    assert office.counted == [("chat", "sent")]


def test_after_a_minute_somebody_else_takes_up_what_the_dead_had() -> None:
    assert timedelta(minutes=1) >= LEASE
