"""Whoever a duty is passed up to may see its case from then on, and every button they are given works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import case_desk, wording_cases
from bot.case_step import CaseAsk
from bot.casework import board_reading
from bot.delivering.nudge_buttons import read_button
from bot.messages import Choices, Text
from bot.storage import Connection, Database, KeyRing, cases, joining, people
from tests.delivering.office import AREA
from tests.delivering.real_office import MONDAY, REF, RealOffice
from tests.delivering.stand_in import Arrived

DEADLINE = timedelta(days=7)


@pytest.fixture
def work(db: Database, keys: KeyRing) -> RealOffice:
    work = RealOffice(db, keys)
    work.dan = work.person("Dan", "chat:dan", roles=["director"])  # type: ignore[attr-defined]
    work.lou = work.person("Lou", "chat:lou", roles=["scrutineer"])  # type: ignore[attr-defined]
    return work


def to(work: RealOffice, address: str, since: int = 0) -> list[Arrived]:
    return [one for one in work.chat.arrived[since:] if one.address == address]


def asked(arrived: list[Arrived]) -> Iterator[Choices]:
    for one in arrived:
        yield from (block for block in one.reply.blocks if isinstance(block, Choices))


def pressed(work: RealOffice, who: str, ask: CaseAsk) -> object:
    def work_(connection: Connection) -> object:
        person = people.read(connection, work.keys, who)
        return case_desk._done(work.desk(connection), person, ask, None)  # type: ignore[arg-type]

    return work.do(work_)


def may_see(work: RealOffice, who: str) -> bool:
    def work_(connection: Connection) -> bool:
        person = people.read(connection, work.keys, who)
        assert person is not None
        return board_reading.find(work.desk(connection), person, REF) is not None

    return work.do(work_)


async def test_a_director_who_hears_can_see_the_case_and_say_that_they_have_it(work: RealOffice) -> None:
    work.open()
    await work.run()
    assert not may_see(work, work.dan)  # type: ignore[attr-defined]
    unknown = Text.of(f"Case {REF}. {wording_cases.NO_SUCH_CASE}", tone="problem")
    assert pressed(work, work.dan, CaseAsk("case", REF)) == [unknown]  # type: ignore[attr-defined]
    await work.turn(MONDAY + DEADLINE, step=timedelta(hours=5))
    (line, *_) = [one for one in asked(to(work, "dan")) if "notify the Panel" in one.text]
    assert "The case is Ann's." in line.text
    assert [one.label for one in line.options] == ["I have it", "Done", "Why this date"]
    assert may_see(work, work.dan)  # type: ignore[attr-defined]
    assert not may_see(work, work.lou)  # type: ignore[attr-defined]
    assert cases.PASSED_UP in work.kinds()
    for option in line.options:
        button = read_button(option.id)
        assert button is not None
        came = pressed(work, work.dan, CaseAsk(button.act, button.ref, button.clock))  # type: ignore[attr-defined]
        assert "problem" not in repr(came)
        assert wording_cases.NOT_YOURS not in repr(came)
        assert wording_cases.NO_SUCH_CASE not in repr(came)
    assert "acknowledged" in work.kinds()
    refused = pressed(work, work.dan, CaseAsk("reassign", REF))  # type: ignore[attr-defined]
    assert refused == [Text.of(f"Case {REF}. {wording_cases.NOT_YOURS}", tone="problem")]
    assert work.differences() == []


async def test_the_case_is_theirs_to_see_only_while_they_hold_the_post(work: RealOffice) -> None:
    work.open()
    await work.turn(MONDAY + DEADLINE, step=timedelta(hours=5))
    assert may_see(work, work.dan)  # type: ignore[attr-defined]
    work.do(lambda c: people.revoke(c, work.keys, work.dan, people.Role(AREA, "director"), work.at, ""))  # type: ignore[attr-defined]
    assert not may_see(work, work.dan)  # type: ignore[attr-defined]


async def test_every_button_of_a_week_and_a_half_works(work: RealOffice) -> None:
    """Each is pressed by whoever was given it, at once: nothing is offered that is then refused."""
    work.open()
    who = {"ann": work.ann, "dee": work.dee, "dan": work.dan, "lou": work.lou}  # type: ignore[attr-defined]
    seen = 0
    while work.at < MONDAY + timedelta(days=11):
        await work.run()
        for one in work.chat.arrived[seen:]:
            for option in [each for choices in asked([one]) for each in choices.options]:
                button = read_button(option.id)
                if button is None or button.act not in ("snooze", "why", "reassign", "done"):
                    continue
                came = pressed(work, who[one.address], CaseAsk(button.act, button.ref, button.clock))
                assert "problem" not in repr(came), (one.address, option.id, came)
        seen = len(work.chat.arrived)
        work.at += timedelta(hours=4)
    assert seen > 10


async def test_whoever_hears_on_their_page_alone_can_see_the_case_and_say_that_they_have_it(
    db: Database, keys: KeyRing
) -> None:
    work = RealOffice(db, keys)
    dan = work.person("Dan", "web:dan", roles=["director"])
    lou = work.person("Lou", "web:lou", roles=["scrutineer"])
    work.open()
    while cases.PASSED_UP not in work.kinds():
        assert work.at < MONDAY + DEADLINE
        await work.run()
        work.at += timedelta(hours=2)
    assert may_see(work, dan)
    await work.turn(work.at + timedelta(hours=1))
    assert "Dan" in repr([one.reply for one in to(work, "dee")]), (
        "it went on to the deputy, who is told whom it was for"
    )
    assert may_see(work, dan)
    assert not may_see(work, lou)
    assert wording_cases.NO_SUCH_CASE not in repr(pressed(work, dan, CaseAsk("case", REF)))
    at_work = work.person("Dan at work", "chat:dan")
    work.do(lambda c: joining.join(c, work.keys, at_work, dan, work.at))
    assert may_see(work, at_work), "once their accounts are one it stays theirs to see"
    work.do(lambda c: people.revoke(c, work.keys, at_work, people.Role(AREA, "director"), work.at, ""))
    assert not may_see(work, at_work)


async def test_whose_action_it_is_can_put_it_off_by_a_button_that_works(work: RealOffice) -> None:
    work.open()
    lou = work.lou  # type: ignore[attr-defined]
    due = (work.at.date() + timedelta(days=11)).isoformat()
    work.act("action agreed", words="To brief the staff.", values=(("due", due), ("owner", lou)))
    await work.run()
    (line,) = [one for one in asked(to(work, "lou")) if "complete action 1" in one.text]
    assert [one.label for one in line.options] == ["I have it", "Done", "Remind me later", "Why this date"]
    for option in line.options:
        button = read_button(option.id)
        assert button is not None
        assert "problem" not in repr(pressed(work, lou, CaseAsk(button.act, button.ref, button.clock)))


async def test_whoever_is_given_an_action_hears_at_once_and_sees_no_case_by_that(work: RealOffice) -> None:
    work.open()
    lou = work.lou  # type: ignore[attr-defined]
    due = (work.at.date() + timedelta(days=40)).isoformat()
    gives = CaseAsk("record", REF, given=(("event", "action agreed"), ("words", "To brief the staff."), ("due", due)))
    pressed(work, work.ann, gives.having("review", "none").having("owner", lou))
    await work.run()
    (line,) = [line for one in to(work, "lou") for line in one.lines if "complete action 1" in line]
    assert "It is yours now" in line
    assert not may_see(work, lou)
    assert "To brief the staff." in repr(pressed(work, lou, CaseAsk("case", REF)))
    assert work.differences() == []
    await work.turn(work.at + timedelta(days=29), step=timedelta(hours=12))
    reminded = [one.text for one in asked(to(work, "lou"))]
    assert any("complete action 1. Latest" in one for one in reminded)
