"""Every address, tried for a case that there is: by every role, who opened it, who was told of it, and nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import httpx
import pytest
from starlette.routing import Route

from adapters.web.access import access_of
from adapters.web.browser import signed
from adapters.web.entrance import door_of
from adapters.web.site import Site
from bot.casework.case_forms import NEEDS, slug
from bot.storage import Connection, cases, timeline
from bot.storage import people as stored
from bot.storage.families import CASES
from bot.storage.people_tables import POSTS, ROLES
from tests.bot.case_office import AREA, Office

from .client import Client
from .house import House, house_in, sign_in_as

REF = "26-001"
OWNER = "Lena Ward"
OPENER, TOLD, ELSEWHERE, NOBODY = "whoever opened it", "a director who was told", "a lead elsewhere", "nobody"
WHO = (NOBODY, ELSEWHERE, *ROLES, *POSTS, OPENER, TOLD)
SEE = frozenset({"lead", "deputy", OPENER, TOLD})
ACT = frozenset({"lead", "deputy"})
# What a form may record for those who see a case and do not act on it.
THEIRS = {OPENER: {"noted"}, TOLD: {"noted", "acknowledged", "notified"}}
LISTS = {"/board", "/board/cases.csv", "/board/month/{month}", "/board/deadlines.ics"}
RECORDS = {"/board/audit"}
# What only a case's own page, or the document of its decision, has in it.
CONTENT = (OWNER, "Likely notifiable", "Panel", "23 Nov")
# What stands in an address for what it names; each is of this case where there is such a thing.
NAMED = {"ref": REF, "name": "1.txt", "month": "2026-11"}
KINDS = tuple(map(slug, NEEDS))


@dataclass
class Tried:
    """The house with one case, and a browser for each who tries."""

    house: House
    browsers: dict[str, Client]

    def ask(self, who: str, method: str, path: str, *, kind: str = "noted") -> httpx.Response:
        """Ask for an address as somebody, with the session's own token where a form has one."""
        named = {**NAMED, "kind": kind}
        filled = "/".join(named.get(part[1:-1], "none") if part[:1] == "{" else part for part in path.split("/"))
        client = self.browsers[who]
        about = {"clock": "notify_panel"} if "{kind}" in path else {}
        if method == "GET":
            return client.get(filled, params=about, follow_redirects=False)
        form = {"csrf": self._token(client), "words": "A note.", **about}
        return client.post(filled, data=form, follow_redirects=False)

    def chain(self) -> int:
        """How many entries the case's record has, looks and all."""

        def work(connection: Connection) -> int:
            found = cases.find(connection, AREA, REF)
            assert found is not None
            return len(timeline.read(connection, self.house.exchange.keys, found.id, family=CASES))

        return self.house.exchange.database.run_now(work)

    def _token(self, client: Client) -> str:
        site = Site(self.house.exchange.keys.mac("web", "what the page's forms carry"))
        door = door_of(self.house.exchange, self.house.settings, site, self.house.clock)
        return signed(door.site, "session csrf", client.cookies.get("session", ""))


async def _made(office: Office) -> None:
    """A case that came from a decision, and of which a director was told before the others had their posts."""
    await office.join(OWNER, "lead")
    await office.join("deputy", "deputy")
    await office.join("administrator", "administrator")
    await office.join(TOLD, "director")
    await office.join(OPENER, "practitioner")
    await office.decides(OPENER, aware_on="16 November 2026")
    while not any(who == TOLD for who, _ in await office.woken()):
        office.at += timedelta(hours=6)
        assert office.at.day < 30, "the director never heard"
    for role in (*ROLES, *POSTS):
        if role not in office.ids:
            await office.join(role, role)
    await office.join(ELSEWHERE, "practitioner")


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    with house_in(tmp_path_factory.mktemp("case")) as house:
        office = Office(house.exchange)
        asyncio.run(_made(office))
        house.clock.at = office.at
        role = stored.Role("elsewhere", "lead")
        house.exchange.database.run_now(
            lambda c: stored.grant(c, house.exchange.keys, office.ids[ELSEWHERE], role, office.at, "")
        )
        browsers = {who: house.client() for who in WHO}
        for who in set(WHO) - {NOBODY}:
            assert sign_in_as(browsers[who], office.ids[who]).status_code == 200
        for browser in browsers.values():
            # They have left the conversation, whose stream would otherwise stay open for news.
            browser.cookies.set("left", "yes")
        yield Tried(house, browsers)
        for browser in browsers.values():
            browser.__exit__(None, None, None)


@pytest.mark.parametrize("who", WHO)
def test_the_case_stands_on_no_page_but_theirs_who_may_see_it(tried: Tried, who: str) -> None:
    shown = {path for path in addresses(tried, "GET", of_the_case=False) if REF in tried.ask(who, "GET", path).text}
    assert shown == (LISTS if who in SEE else set()) | (RECORDS if who in ACT else set())


@pytest.mark.parametrize("who", WHO)
def test_the_cases_own_pages_are_shown_to_those_who_may_see_it_and_say_nothing_to_others(
    tried: Tried, who: str
) -> None:
    before = tried.chain()
    pages = addresses(tried, "GET", of_the_case=True)
    assert len(pages) >= 3
    for path in pages:
        answer = tried.ask(who, "GET", path)
        assert answer.status_code == (200 if who in SEE else refusal(tried, who)), path
        said = [words for words in CONTENT if words in answer.text]
        assert said == [] if who not in SEE else said or "{kind}" in path, path
    # Each page that was shown is on record as a look.
    assert (tried.chain() == before) is (who not in SEE)


@pytest.mark.parametrize("who", WHO)
def test_each_form_of_the_case_is_for_those_who_may_record_that(tried: Tried, who: str) -> None:
    forms = [path for path in addresses(tried, "POST", of_the_case=True) if "{kind}" in path]
    assert len(forms) == 1
    for path, kind in product(forms, KINDS):
        before = tried.chain()
        sent = tried.ask(who, "POST", path, kind=kind)
        if who in ACT or kind in THEIRS.get(who, ()):
            # It is shown once more: the case was never as this form says it was seen.
            assert sent.status_code == 422, kind
            assert tried.ask(who, "GET", path, kind=kind).status_code == 200, kind
            continue
        refused = 403 if who in SEE else refusal(tried, who)
        assert sent.status_code == (403 if who == NOBODY else refused), kind
        assert [words for words in CONTENT if words in sent.text] == [], kind
        assert tried.ask(who, "GET", path, kind=kind).status_code == refused, kind
        assert tried.chain() == before, kind


def addresses(tried: Tried, method: str, *, of_the_case: bool) -> list[str]:
    """The addresses of the application with a method: those that name a case, or all others."""
    ruled = (one for one in tried.house.app.routes if isinstance(one, Route) and access_of(one) is not None)
    return [one.path for one in ruled if method in (one.methods or ()) and ("{ref}" in one.path) is of_the_case]


def refusal(tried: Tried, who: str) -> int:
    """How somebody is turned away from a case: to sign in, from the board, or as if there were no such case."""
    if who == NOBODY:
        return 303
    return 403 if who in ("administrator", "content_owner") else 404
