"""A case opened on a Monday reminds its lead by e-mail, over a real mail server, for as long as nothing is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from adapters.delivering import wake_with
from adapters.mail.channel import Mail
from adapters.mail.server import mail_server
from adapters.settings import Settings, every_setting
from adapters.workplace import opened
from bot.cases.case import EventKind
from bot.casework import case_opening, casework
from bot.casework.casework import Desk
from bot.clock import LONDON
from bot.definitions import load_definitions
from bot.storage import Connection, cases, people
from bot.storage.people import Person
from tests.adapters.mail import post_office
from tests.delivering.office import AREA, Office

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


async def test_every_reminder_of_a_week_arrives_once_and_in_working_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with (
        post_office.opened() as post,
        opened(Settings(data_dir=tmp_path / "data"), load_definitions(AREA)) as exchange,
    ):
        settings = every_setting()(
            mail_host="127.0.0.1", mail_port=post.port, mail_security="none", mail_from="bot@example.gov.uk"
        )
        server = mail_server(settings)
        assert server is not None
        office = Office(exchange.database, exchange.keys, Mail(server, lambda: office.at))  # type: ignore[arg-type]
        office.watch._wake = wake_with(exchange)
        office.at = MONDAY
        lead = office.person("Ann", "mail:ann@example.gov.uk", roles=["lead"])
        office.person("Dee", "mail:dee@example.gov.uk", roles=["deputy"])
        office.person("Ada", "mail:ada@example.gov.uk", roles=["administrator"])

        def begin(connection: Connection) -> None:
            desk = Desk(connection, exchange.keys, exchange.definitions, office.at)
            casework.keep_area(desk)
            ann = people.read(connection, exchange.keys, lead)
            assert ann is not None
            case_opening.opened_by_hand(desk, ann, "B", "", date(2026, 11, 23), None)

        office.do(begin)
        arrived: list[tuple[datetime, str, str]] = []
        while office.at < MONDAY + timedelta(days=5):
            before = len(post.letters)
            await office.run()
            arrived += [(office.at, one.to[0], str(one.message["Subject"])) for one in post.letters[before:]]
            office.at += HALF_AN_HOUR
        nudges, outgoing = office.nudges(), office.outgoing()
    sent = {(one.person_id, one.clock, one.created_at) for one in nudges if one.status == "sent"}
    # What somebody would hear in another's place too, they hear once: it is said beside what is theirs.
    beside = [one for one in nudges if one.status != "sent"]
    assert {one.status for one in beside} <= {"cancelled"}, office.warned
    assert all((one.person_id, one.clock, one.created_at) in sent for one in beside)
    assert set(outgoing) == {"sent"}
    assert len(arrived) == len(outgoing) == len({one.message["Message-ID"] for one in post.letters})
    to_lead = [(at, subject) for at, to, subject in arrived if to == "ann@example.gov.uk"]
    assert to_lead[0][0] == MONDAY
    first = next(one for one in post.letters if one.to == ("ann@example.gov.uk",))
    assert first.plain.startswith("Case 26-001: ")
    assert {at.date() for at, _ in to_lead} >= {date(2026, 11, day) for day in (24, 25, 26, 27)}
    assert all(time(8, 30) <= at.astimezone(LONDON).time() < time(17, 30) for at, _, _ in arrived)
    assert len({(at, to) for at, to, _ in arrived}) == len(arrived), (
        "several for one person at one time are one message"
    )
    assert any("dee" in to for _, to, _ in arrived), "the deputy hears where nobody answers"
    assert office.warned == []


@pytest.mark.parametrize("act", ["acknowledged", "done"])
async def test_what_stood_on_a_page_alone_is_settled_once_somebody_acts_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: EventKind
) -> None:
    monkeypatch.chdir(tmp_path)
    with opened(Settings(data_dir=tmp_path / "data"), load_definitions(AREA)) as exchange:
        office = Office(exchange.database, exchange.keys)
        office.watch._wake = wake_with(exchange)
        office.at = MONDAY
        lead = office.person("Ann", "web:ann", roles=["lead"])
        other = office.person("Ada", "mail:ada@example.gov.uk", roles=["administrator"])

        def with_case(who: str, work: Callable[[Desk, Person], None]) -> None:
            def within(connection: Connection) -> None:
                person = people.read(connection, exchange.keys, who)
                assert person is not None
                work(Desk(connection, exchange.keys, exchange.definitions, office.at), person)

            office.do(within)

        def acts(desk: Desk, ann: Person) -> None:
            stored = cases.find(desk.connection, AREA, "26-001", lock=True)
            assert stored is not None
            casework.add(desk, stored, act, ann, on=date(2026, 11, 23) if act == "done" else None, clock=clock)

        day = date(2026, 11, 23)
        with_case(other, lambda desk, ada: case_opening.opened_by_hand(desk, ada, "B", "", day, None) and None)
        await office.run()
        clock = "new_case" if act == "acknowledged" else "protect_children"
        unreached = {one.clock for one in office.nudges() if one.status == "unreached"}
        assert unreached == {"new_case", "protect_children"}
        with_case(lead, acts)
        # What its owner does on a case shows that they have it as well.
        assert {one.clock for one in office.nudges() if one.status == "unreached"} == unreached - {clock, "new_case"}
