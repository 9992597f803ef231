"""A nudge reaches its person through one account after another, then somebody else, and is never lost from sight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.delivering.nudge_buttons import read_button
from bot.delivering.wording_delivery import MAY_BE_REPEAT, beside, instead_of, reached_nobody
from bot.messages import Choices
from bot.reply_text import from_text
from bot.storage import conversations, nudges, outbox, people
from bot.storage.tables import outgoing
from tests.delivering.office import AREA, NOON, Office
from tests.delivering.stand_in import all_lines, later, never


async def test_several_for_one_person_are_one_message_with_buttons_for_each(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    first, second = office.case((ann, "notify_panel")), office.case((ann, "tell_partners"), (ann, "notify_panel"))
    await office.run()
    assert office.chat.said == [
        ("ann", ["Case 26-001: notify_panel.", "Case 26-002: tell_partners.", "Case 26-002: notify_panel."])
    ]
    pressed = [
        (found.act, found.ref, found.clock)
        for block in office.chat.arrived[0].reply.blocks
        if isinstance(block, Choices)
        for option in block.options
        if (found := read_button(option.id)) is not None
    ]
    acts = ["done", "acknowledge", "snooze", "reassign", "why"]
    about = [(first.ref, "notify_panel"), (second.ref, "tell_partners"), (second.ref, "notify_panel")]
    assert pressed == [(act, *each) for each in about for act in acts]
    assert office.mail.arrived == []
    assert {one.status for one in office.nudges()} == {"sent"}
    await office.run(minutes=5)
    assert len(office.chat.arrived) == 1


async def test_of_several_about_one_clock_only_the_newest_is_said(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    office.case((ann, "notify_panel|day 2"), (ann, "notify_panel|day 3"), (ann, "tell_partners"))
    await office.run()
    assert office.chat.arrived[0].lines == ["Case 26-001: notify_panel|day 3.", "Case 26-001: tell_partners."]
    assert {one.status for one in office.nudges()} == {"sent"}


async def test_what_is_refused_goes_to_the_next_account_then_by_mail_then_to_the_deputy(office: Office) -> None:
    ann = office.person("Ann", "mail:ann@b.uk", "chat:old", "chat:new")
    office.person("Dee", "chat:dee", roles=["deputy"])
    office.case((ann, "notify_panel"))
    office.chat.deaf = {"old", "new"}
    office.mail.deaf = {"ann@b.uk"}
    await office.run(minutes=1)
    assert (office.chat.tries, office.mail.tries) == (3, 1)
    assert office.chat.said == [("dee", [instead_of("Ann"), "Case 26-001: notify_panel."])]
    assert office.statuses() == {"notify_panel": "sent"}
    assert office.outgoing() == ["failed", "failed", "failed", "sent"]
    failing = office.do(lambda c: people.read(c, office.keys, ann))
    assert failing is not None
    assert all(one.failing_since for one in failing.accounts)


async def test_a_busy_channel_is_tried_again_and_the_message_is_not_called_a_repeat(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"))
    office.chat.faults = [later(), later()]
    await office.run(minutes=10)
    assert office.chat.said == [("ann", ["Case 26-001: notify_panel."])]
    assert office.mail.arrived == []
    assert office.counted == [("chat", "tried again"), ("chat", "tried again"), ("chat", "sent")]


@pytest.mark.parametrize(("sort", "within"), [("nudge", 79), ("today", 9)])
async def test_what_cannot_wait_long_goes_another_way_soon(office: Office, sort: str, within: int) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"), kind=sort)
    office.chat.broken = later()
    await office.run(minutes=within - 2)
    assert office.mail.arrived == []
    await office.run(minutes=3)
    assert office.mail.said == [("ann@b.uk", ["Case 26-001: notify_panel."])]


async def test_an_account_that_was_failing_gets_one_try_and_is_well_again_once_it_works(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.do(lambda c: people.mark_account(c, "chat", "ann", NOON - timedelta(days=1)))
    office.case((ann, "notify_panel"))
    office.chat.faults = [later()]
    await office.run()
    assert office.mail.said == [("ann@b.uk", ["Case 26-001: notify_panel."])]
    office.case((ann, "tell_partners"))
    await office.run()
    assert office.chat.said == [("ann", ["Case 26-002: tell_partners."])]
    person = office.do(lambda c: people.read(c, office.keys, ann))
    assert person is not None
    assert [one.failing_since for one in person.accounts] == [None, None]


async def test_what_may_have_arrived_is_said_again_as_maybe_a_repeat(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    office.case((ann, "notify_panel"))
    office.chat.faults = [later(may_have_arrived=True)]
    await office.run(minutes=2)
    assert office.chat.said == [
        ("ann", ["Case 26-001: notify_panel."]),
        ("ann", [MAY_BE_REPEAT, "Case 26-001: notify_panel."]),
    ]
    assert len(office.chat.keys) == 1
    assert office.statuses() == {"notify_panel": "sent"}


async def test_a_fault_inside_a_channel_does_not_leave_a_nudge_where_nobody_looks(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"), kind="today")
    office.chat.faults = [ZeroDivisionError("a slip") for _ in range(9)]
    await office.run(minutes=9)
    assert office.mail.said == [("ann@b.uk", ["Case 26-001: notify_panel."])]
    assert office.outgoing() == ["unknown", "sent"]
    assert office.warned == ["Message 1 did not go by chat: the channel failed: ZeroDivisionError"]


async def test_a_page_is_shown_it_but_reaches_nobody_so_the_deputy_hears_too(office: Office) -> None:
    ann = office.person("Ann", "web:ann", "terminal:ann")
    office.person("Dee", "chat:dee", "web:dee", roles=["deputy"])
    office.case((ann, "notify_panel"))
    await office.run()
    for channel in ("web", "terminal"):
        [shown] = office.page(channel, "ann")
        assert (shown.key, [one.label for one in shown.shortcuts][:2]) == ("nudges", ["Done", "I have it"])
    assert office.chat.said == [("dee", [beside("Ann"), "Case 26-001: notify_panel."])]
    assert len(office.page("web", "dee")) == 1
    # Three pages, and whoever has another page open as one of the two people.
    assert len(office.news) == 3 + 2
    assert ann in office.news
    assert office.statuses() == {"notify_panel": "sent"}


async def test_a_page_whose_session_has_ended_is_no_way_to_anybody(office: Office) -> None:
    ann = office.person("Ann", "web:left", "web:here")
    office.person("Dee", "chat:dee", roles=["deputy"])
    office.signed_in(ann, "left")
    office.at += timedelta(minutes=30)
    office.signed_in(ann, "here")
    office.case((ann, "notify_panel"))
    await office.run()
    assert (len(office.page("web", "left")), len(office.page("web", "here"))) == (0, 1)
    office.at += timedelta(minutes=30)
    office.case((ann, "tell_partners"))
    await office.run()
    assert (len(office.page("web", "left")), len(office.page("web", "here"))) == (0, 1)
    assert office.chat.said == [
        ("dee", [beside("Ann"), "Case 26-001: notify_panel."]),
        ("dee", [instead_of("Ann"), "Case 26-002: tell_partners."]),
    ]


async def test_what_reached_nobody_is_shown_once_its_person_has_signed_in_again(office: Office) -> None:
    ann = office.person("Ann", "web:first", roles=["lead"])
    office.signed_in(ann, "first")
    office.case((ann, "notify_panel"))
    await office.run()
    assert office.statuses() == {"notify_panel": "unreached"}
    office.at += timedelta(hours=2)
    await office.run()
    assert office.statuses() == {"notify_panel": "unreached"}
    office.signed_in(ann, "again")
    office.do(lambda c: people.add_account(c, office.keys, ann, "web", "again", office.at))
    office.at += timedelta(minutes=11)
    await office.run()
    assert (len(office.page("web", "first")), len(office.page("web", "again"))) == (1, 1)


async def test_what_reaches_nobody_stays_in_sight_and_administrators_hear_a_reference_alone(office: Office) -> None:
    ann = office.person("Ann", "web:ann", roles=["lead"])
    office.person("Dee", "chat:dee", roles=["deputy"])
    office.person("Ada", "mail:ada@b.uk", roles=["administrator"])
    office.case((ann, "notify_panel"), (ann, "tell_partners"))
    office.chat.deaf = {"dee"}
    await office.run(minutes=1)
    alarm = reached_nobody("26-001")
    assert office.mail.said == [("ada@b.uk", [alarm])]
    assert office.statuses() == {"notify_panel": "unreached", "tell_partners": "unreached", alarm: "sent"}
    assert len(office.page("web", "ann")) == 1
    assert [one.key for one in office.do(lambda c: nudges.unsettled(c, AREA, office.at))] == [
        "notify_panel",
        "tell_partners",
    ]
    office.case((ann, "notify_panel"))
    await office.run()
    assert office.mail.said[1:] == [("ada@b.uk", [reached_nobody("26-002")])]


async def test_what_nobody_could_be_sent_is_tried_again_once_a_way_works(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "web:ann")
    office.case((ann, "notify_panel"), kind="today")
    office.chat.broken = later()
    await office.run(minutes=10)
    assert office.statuses() == {"notify_panel": "unreached"}
    office.chat.broken = None
    await office.run(minutes=55)
    assert office.chat.arrived == []
    office.at += timedelta(minutes=10)
    await office.run()
    assert office.chat.said == [("ann", ["Case 26-001: notify_panel."])]
    assert office.statuses() == {"notify_panel": "sent"}
    assert len(office.page("web", "ann")) == 1


async def test_what_waits_for_nobody_goes_to_the_deputy_who_is_not_away(office: Office) -> None:
    office.person("Gone", "chat:gone", roles=["deputy"], away=(date(2026, 3, 1), date(2026, 3, 9)))
    office.person("Here", "chat:here", roles=["deputy"])
    office.case((None, "notify_panel"))
    await office.run()
    assert office.chat.said == [("here", ["Case 26-001: notify_panel."])]


async def test_whoever_was_forgotten_has_someone_else_told(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    office.person("Dee", "chat:dee", roles=["deputy"])
    office.case((ann, "notify_panel"))
    office.do(lambda c: people.forget(c, office.keys, ann, office.at))
    await office.run()
    assert office.chat.said == [("dee", [instead_of(""), "Case 26-001: notify_panel."])]


async def test_a_message_whose_conversation_was_forgotten_is_put_together_again(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"))
    office.chat.faults = [later()]
    await office.run()
    place = office.do(lambda c: conversations.peek(c, office.keys, "chat", "ann"))
    assert place is not None
    office.do(lambda c: conversations.forget(c, place.id, office.at))
    office.do(lambda c: conversations.delete(c, place.id))
    await office.run(minutes=1)
    assert office.mail.said == [("ann@b.uk", ["Case 26-001: notify_panel."])]


async def test_a_spoilt_message_is_put_together_again_for_the_next_account(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"))
    office.chat.faults = [later()]
    await office.run()
    office.do(lambda c: c.execute(update(outgoing).values(body=b"spoilt")) and None)
    await office.run(minutes=2)
    assert office.mail.said == [("ann@b.uk", ["Case 26-001: notify_panel."])]


async def test_what_was_done_meanwhile_is_not_said_and_the_rest_is(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    office.case((ann, "notify_panel"), (ann, "tell_partners"), (ann, "help_review"))
    office.chat.faults = [later(), later()]
    await office.run()
    settle = lambda keys: office.do(  # noqa: E731
        lambda c: nudges.settle(c, [one.id for one in office_rows if one.key in keys], "cancelled", office.at)
    )
    office_rows = office.nudges()
    settle({"tell_partners"})
    await office.run(minutes=5)
    assert office.chat.said == [("ann", ["Case 26-001: notify_panel.", "Case 26-001: help_review."])]
    # What its buttons are found by is what was sent.
    (there,) = office.do(lambda c: c.execute(select(outgoing.c.conversation_id)).scalars().all())
    (kept,) = office.do(lambda c: list(outbox.newest(c, office.keys, there, 1)))
    assert from_text(kept.body).blocks == office.chat.arrived[0].reply.blocks
    office.case((ann, "notify_panel"))
    office.chat.faults = [later()]
    await office.run()
    office_rows = office.nudges()[3:]
    settle({"notify_panel"})
    await office.run(minutes=5)
    assert len(office.chat.arrived) == 1
    assert office.outgoing() == ["sent", "cancelled"]


async def test_what_could_not_go_in_working_time_waits_for_the_next_morning_unless_it_is_due_today(
    office: Office,
) -> None:
    ann = office.person("Ann", "chat:ann")
    friday_evening = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
    office.at = friday_evening
    office.case((ann, "notify_panel"))
    office.case((ann, "tell_partners"), kind="today")
    await office.watch._wake_cases(office.at)
    office.at = friday_evening + timedelta(hours=5)
    await office.run()
    assert office.chat.said == [("ann", ["Case 26-002: tell_partners."])]
    office.at = datetime(2026, 3, 9, 8, 29, tzinfo=UTC)
    await office.run()
    assert len(office.chat.arrived) == 1
    await office.run(minutes=1)
    assert all_lines(office.chat.arrived) == {"Case 26-001: notify_panel.": 1, "Case 26-002: tell_partners.": 1}


async def test_a_permanent_fault_is_not_told_with_the_address(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    office.case((ann, "notify_panel"))
    office.chat.faults = [never()]
    await office.run()
    assert office.warned == ["Message 1 did not go by chat: an address was refused"]
