"""What waits to be sent to whoever has a case goes to whoever has it next: nobody is told of what is another's."""

from __future__ import annotations

from datetime import timedelta

from bot.casework import casework
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.messages import Reply, Text
from bot.reply_text import to_text
from bot.storage import cases, conversations, nudges, outbox, timeline

from .case_office import AREA, DEE, LEE, Office, staffed, words
from .made_once import made_once

PANEL = "notify the Panel. Aim"


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def noted(office: Office) -> None:
    """Notes what is owed two days on, all that was before having been sent, and leaves it to be sent."""
    for _ in range(2):
        await office.woken()
        office.at += timedelta(hours=23.5)

    def work(desk: Desk) -> None:
        for stored in cases.to_wake(desk.connection, desk.at, 100):
            casework.wake(desk, stored)

    await office.desk(work)


async def in_a_message(office: Office, name: str) -> int:
    """Puts what waits for somebody into one message that is not sent yet; its id."""

    def work(desk: Desk) -> object:
        theirs = nudges.take(desk.connection, office.ids[name], desk.at)
        place = conversations.load(desk.connection, desk.keys, "slack", name, desk.at).id
        seq = timeline.append(desk.connection, desk.keys, place, desk.at, "nudges", "")
        reply = to_text(Reply((Text.of("Reminders."),)))
        sent = outbox.put(
            desk.connection,
            desk.keys,
            place,
            channel="slack",
            address=name,
            body=reply,
            at=desk.at,
            key=str(seq),
            audience="person",
        )
        nudges.hand(desk.connection, [one.id for one in theirs], sent, ["slack"])
        return sent

    found = await office.desk(work)
    assert isinstance(found, int)
    return found


async def handed_over(office: Office) -> None:
    await office.says("Lee", "reassign 26-001")
    assert "Dee has case 26-001 now" in words(await office.presses("Lee", "Dee"))


async def still_waits(office: Office, message: int) -> bool:
    return bool(await office.desk(lambda desk: outbox.waiting_among(desk.connection, [message])))


async def test_what_waits_for_the_old_owner_goes_to_the_new_one_once(office: Office) -> None:
    await office.decides("Pat")
    await noted(office)
    before = [line for who, line in await office.woken_all() if who == "Lee"]
    assert before
    await handed_over(office)
    waiting = await office.woken_all()
    assert not any(who == "Lee" for who, _ in waiting)
    (duty,) = (line for line in before if PANEL in line)
    assert [line for who, line in waiting if who == "Dee" and PANEL in line] == [duty]


async def test_a_message_that_was_not_sent_yet_is_called_back(office: Office) -> None:
    await office.decides("Pat")
    await noted(office)
    message = await in_a_message(office, "Lee")
    assert await still_waits(office, message)
    await handed_over(office)
    assert not await still_waits(office, message)
    assert any(who == "Dee" and PANEL in line for who, line in await office.woken_all())


async def test_one_that_carries_another_case_too_still_goes_without_this_one(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat")
    await noted(office)
    message = await in_a_message(office, "Lee")
    await handed_over(office)
    assert await still_waits(office, message)

    def carried(desk: Desk) -> object:
        return {one.key for one in nudges.in_message(desk.connection, message) if one.status == "handed"}

    def of_the_other(desk: Desk) -> object:
        other = cases.find(desk.connection, AREA, "26-002")
        assert other is not None
        every = nudges.of_case(desk.connection, other.id, ("handed",))
        return {one.key for one in every if one.person_id == office.ids["Lee"]}

    assert await office.desk(carried) == await office.desk(of_the_other) != set()


async def test_there_and_back_again_loses_nothing(office: Office) -> None:
    await office.decides("Pat")
    await noted(office)
    await handed_over(office)
    await office.says("Dee", "reassign 26-001")
    await office.presses("Dee", "Lee")
    await handed_over(office)
    assert [who for who, line in await office.woken_all() if PANEL in line] == ["Dee"]


async def test_whoever_loses_the_role_is_sent_nothing_that_was_put_in_a_message_before(office: Office) -> None:
    await office.decides("Pat")
    await noted(office)
    message = await in_a_message(office, "Lee")
    await office.says("Asha", "take lead from Lee")
    await office.presses("Asha", "Yes")
    assert not await still_waits(office, message)
    assert any(who == "Dee" and PANEL in line for who, line in await office.woken_all())


async def test_who_is_reminded_of_a_duty_already_is_not_reminded_twice(office: Office) -> None:
    await office.decides("Pat")
    await noted(office)
    late = "hold the partners' decision meeting"
    assert [who for who, line in await office.woken_all() if late in line] == ["Lee", "Dee"]
    await handed_over(office)
    assert [who for who, line in await office.woken_all() if late in line] == ["Dee"]
