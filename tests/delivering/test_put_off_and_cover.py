"""Snoozes, leave and purging with a turned clock: nothing goes silent past its deadline, and others cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.cases.case import NotPossible
from bot.channel import Unreachable
from bot.storage import Database, KeyRing, people
from knowledge.area_values import Retention
from tests.delivering.real_office import MONDAY, RealOffice

FRIDAY, DUE = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)


@pytest.fixture
def work(db: Database, keys: KeyRing) -> RealOffice:
    return RealOffice(db, keys)


def said_to(work: RealOffice, who: str, words: str) -> list[str]:
    return [line for one in work.chat.arrived if one.address == who for line in one.lines if words in line]


def snooze(work: RealOffice, until: date) -> None:
    work.act("snoozed", clock="notify_panel", words="Waiting.", values=(("until", until.isoformat()),))


async def test_a_snooze_ends_with_the_deadline_and_what_is_late_is_said(work: RealOffice) -> None:
    work.open()
    work.at = FRIDAY
    await work.run()
    snooze(work, DUE.date())
    work.at = DUE
    with pytest.raises(NotPossible, match="cannot be put off"):
        snooze(work, DUE.date() + timedelta(days=1))
    before = len(said_to(work, "ann", "notify the Panel"))
    await work.turn(DUE + timedelta(days=1), timedelta(hours=1))
    after = said_to(work, "ann", "notify the Panel")[before:]
    assert any("Due today" in line for line in after)
    assert any("1 working day late" in line for line in after)


async def test_whoever_stands_in_hears_what_falls_in_an_absence(work: RealOffice) -> None:
    work.do(lambda c: people.set_away(c, work.keys, work.ann, [(date(2026, 11, 25), date(2026, 11, 27))], work.at))
    work.open()
    await work.turn(MONDAY + timedelta(hours=2))
    mine = len(said_to(work, "ann", "Case 26-001"))
    work.at = datetime.fromisoformat("2026-11-25T09:00:00+00:00")
    await work.turn(work.at + timedelta(hours=3))
    assert said_to(work, "dee", "notify the Panel")
    assert len(said_to(work, "ann", "Case 26-001")) == mine


async def test_what_reaches_nobody_goes_on_to_the_administrator_and_stays_in_sight(work: RealOffice) -> None:
    away = Unreachable("no such address", permanent=True)
    work.open(by=work.ada)
    work.chat.deaf, work.mail.broken = {"ann", "dee"}, away
    await work.turn(MONDAY + timedelta(hours=2))
    assert [one for one in work.chat.arrived if one.address == "ada" and "26-001" in " ".join(one.lines)]
    assert {one.status for one in work.nudges() if one.clock == "new_case"} == {"unreached"}
    assert work.differences() == []


async def test_a_purge_is_said_to_the_lead_before_it_is_done(work: RealOffice) -> None:
    area = replace(work.exchange.definitions.area, retention=Retention(closed_cases_months=12, notice_days=14))
    work.exchange.definitions = replace(work.exchange.definitions, area=area)
    work.open()
    work.act("closed", words="Over.")
    work.at = MONDAY + timedelta(days=367)
    assert work.tidy().planned == 1
    await work.run()
    (line,) = said_to(work, "ann", "will be erased on")
    assert line.startswith("Case 26-001: ")
    assert work.differences() == []
    work.at += timedelta(days=15)
    assert work.tidy().erased == 1
    assert work.differences() == []
