"""`bot doctor` on Teams: Microsoft's answers, the address, the package, and the page where each is mended."""

from __future__ import annotations

from adapters.teams.check import AZURE, check

from .house import settings_for
from .microsoft import microsoft


async def test_it_makes_the_package_and_names_the_page_for_the_endpoint(tmp_path):
    with microsoft() as api:
        found = await check(settings_for(api.url, tmp_path, public_url="https://nobody.invalid"))
        here = await check(settings_for(api.url, tmp_path))
    assert [one.well for one in found] == [True, True, False, None, True, None]
    assert [one.page for one in found if "endpoint" in one.text] == [AZURE]
    assert "nobody.invalid" in found[2].text
    assert [one.well for one in here if "package" in one.text] == [None]


async def test_an_application_that_is_not_named_in_whole_gets_no_package(tmp_path):
    with microsoft() as api:
        found = await check(
            settings_for(api.url, tmp_path, public_url="https://nobody.invalid", teams_app_id="half-a-name")
        )
    assert any(one.well is False and "BOT_TEAMS_APP_ID" in one.text for one in found)
