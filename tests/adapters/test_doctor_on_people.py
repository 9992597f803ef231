"""`bot doctor` says who is missing: an administrator, a lead, a way to reach the lead, a deputy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from adapters.doctor_on_people import ALL_AWAY, LEADS_AWAY, NO_ADMINISTRATOR, NO_DEPUTY, NO_LEAD, NO_WAY, missing, notes
from bot.storage import people
from bot.storage.people import Role
from tests.adapters.web.house import AREA, house_in

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_it_names_what_is_missing_until_nothing_is(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:

        def found() -> list[str]:
            return house.exchange.database.run_now(lambda c: missing(c, AREA, AT.date()))

        assert found() == [NO_ADMINISTRATOR]
        house.register("Ada", "administrator", mail="ada@example.gov.uk")
        assert found() == [NO_LEAD, NO_DEPUTY]
        lee = house.register("Lee", "lead")
        assert found() == [NO_WAY, NO_DEPUTY]
        keys, run = house.exchange.keys, house.exchange.database.run_now
        run(lambda c: people.add_account(c, keys, lee, "mail", "lee@example.gov.uk", AT))
        assert found() == [NO_DEPUTY]
        run(lambda c: people.grant(c, keys, lee, Role(AREA, "deputy"), AT, ""))
        assert found() == []
        run(lambda c: people.set_away(c, keys, lee, [(AT.date(), AT.date())], AT))
        assert found() == [ALL_AWAY]
        dee = house.register("Dee", "deputy", mail="dee@example.gov.uk")
        assert dee
        assert found() == []
        assert run(lambda c: notes(c, AREA, AT.date())) == [LEADS_AWAY]
