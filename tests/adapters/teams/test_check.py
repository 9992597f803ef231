"""`bot doctor` on Teams: Microsoft's answers, the address, the package, and the page where each is mended."""

from __future__ import annotations

from pydantic import SecretStr

from adapters.teams.check import AZURE, ENTRA, check

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


async def test_where_nothing_answers_for_a_token_the_setting_is_named_and_no_page_that_cannot_mend_it(tmp_path):
    with microsoft() as api:
        found = await check(settings_for(api.url, tmp_path, teams_authority_url="http://127.0.0.1:1"))
    [fault] = [one for one in found if "token" in one.text]
    assert (fault.well, fault.page) == (False, "")
    assert "BOT_TEAMS_AUTHORITY_URL" in fault.text


async def test_where_the_bot_is_not_known_its_tenant_is_named_too(tmp_path):
    with microsoft() as api:
        found = await check(settings_for(api.url, tmp_path, teams_client_secret=SecretStr("another")))
    assert [(one.page, "tenant" in one.text) for one in found if "does not know the bot" in one.text] == [(ENTRA, True)]


async def test_it_says_how_many_tenants_people_may_use_it_besides_its_own(tmp_path):
    with microsoft() as api:
        for named, said in (((), ""), (("partner",), " and of 1 other"), (("partner", "p2"), " and of 2 others")):
            found = await check(settings_for(api.url, tmp_path, teams_tenants=named))
            assert f"people of its own tenant{said} may use it" in [one.text for one in found]
