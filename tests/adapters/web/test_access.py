"""Every address of the application, tried as nobody and as every role: each says who may use it, and keeps to it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.access import ANYONE, Access, access_of, route
from adapters.web.browser import signed
from adapters.web.door import Door
from adapters.web.entrance import door_of
from adapters.web.fields import Sent
from adapters.web.security import HEADERS
from adapters.web.site import Site
from adapters.web.visitor import Visitor
from bot.storage import people as stored
from bot.storage.people_tables import POSTS, ROLES

from .client import Client
from .house import House, house_in, sign_in_as

EVERY = (*ROLES, *POSTS)
NOBODY = "nobody"
# What stands in an address in place of what it names; most likely there is no such thing.
NAMED = "none"
# What comes of a form of another session that is shown once more: the form, or that there is no such case.
SHOWN_ONCE_MORE = {"/sign-out": 409, "/people": 422, "/board/open": 422, "/board/case/{ref}/{kind}": 404}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_in(tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture(scope="module")
def people(house: House) -> Iterator[dict[str, Client]]:
    """A browser for each role, signed in; and one for nobody."""
    made = {NOBODY: house.client()}
    for role in EVERY:
        made[role] = house.client()
        assert sign_in_as(made[role], house.register(role, role)).status_code == 200
    for client in made.values():
        # They have left the conversation, whose stream would otherwise stay open for news.
        client.cookies.set("left", "yes")
    yield made
    for client in made.values():
        client.__exit__(None, None, None)


def ruled(house: House) -> list[tuple[Route, Access]]:
    return [
        (one, access) for one in house.app.routes if isinstance(one, Route) and (access := access_of(one)) is not None
    ]


def test_every_route_says_who_may_use_it(house: House) -> None:
    """A new one is made with `door.get`, `door.post`, or `route(…, ANYONE, …)`."""
    silent = [one for one in house.app.routes if access_of(one) is None]
    assert [_files(one) for one in silent] == ["/static"], silent


def test_a_route_names_only_roles_there_are(house: House) -> None:
    assert [(one.path, access.roles - set(EVERY)) for one, access in ruled(house) if access.roles - set(EVERY)] == []


@pytest.mark.parametrize("who", [NOBODY, *EVERY])
def test_every_route_admits_those_it_says_and_no_others(house: House, people: dict[str, Client], who: str) -> None:
    for one, access in ruled(house):
        for method in sorted((one.methods or set()) - {"HEAD"}):
            _let_in(house, people, who)
            answer = _ask(house, people[who], method, one.path, with_token=True)
            where = f"{method} {one.path} as {who}: {answer.status_code}"
            assert answer.status_code < 500, where
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, where
            if access.signed_in and who == NOBODY:
                assert answer.headers["location"].startswith("/sign-in?"), where
            elif access.signed_in and access.roles and who not in access.roles:
                assert answer.status_code == 403, where
                assert "This page is for others" in answer.text, where
            elif access.signed_in:
                assert answer.status_code != 403, where
                assert not answer.headers.get("location", "").startswith("/sign-in?to"), where
    _let_in(house, people, who)


@pytest.mark.parametrize("who", EVERY)
def test_no_form_is_taken_without_the_sessions_own_token(house: House, people: dict[str, Client], who: str) -> None:
    for one, access in ruled(house):
        if access.signed_in and "POST" in (one.methods or ()):
            answer = _ask(house, people[who], "POST", one.path, with_token=False).status_code
            is_theirs = not access.roles or who in access.roles
            assert answer == (SHOWN_ONCE_MORE.get(one.path, 403) if is_theirs else 403), one.path


def test_the_guard_admits_a_role_in_this_area_only_and_hands_the_person_and_the_form_over(
    house: House, people: dict[str, Client]
) -> None:
    """The same table, for a page that is for leads and deputies, as the board's are."""
    handed: list[str] = []
    app, door = house.app, _door(house)

    async def show(_: Request, visitor: Visitor) -> Response:
        return PlainTextResponse(visitor.name)

    async def do(_: Request, visitor: Visitor, sent: Sent) -> Response:
        handed.append(f"{visitor.name} {sorted(sent)}")
        return PlainTextResponse("done")

    made: list[BaseRoute] = [
        door.get("/for-leads", show, roles=("lead", "deputy")),
        door.post("/do", do, roles=["lead"]),
    ]
    app.router.routes.extend(made)
    try:
        seen = {who: people[who].get("/for-leads", follow_redirects=False).status_code for who in people}
        assert seen == {**dict.fromkeys(EVERY, 403), NOBODY: 303, "lead": 200, "deputy": 200}
        done = {who: _ask(house, people[who], "POST", "/do", with_token=True).status_code for who in people}
        assert done == {**dict.fromkeys(EVERY, 403), NOBODY: 303, "lead": 200}
        assert handed == ["lead ['csrf']"]
        elsewhere = house.register("Lead elsewhere", "practitioner")
        _grant_elsewhere(house, elsewhere)
        with house.client() as other:
            # Gone back to all the same: it is a page of ours, and says itself whom it is for.
            answer = sign_in_as(other, elsewhere, "/for-leads")
            assert (answer.url.path, answer.status_code) == ("/for-leads", 403)
    finally:
        for one in made:
            app.router.routes.remove(one)


def test_a_route_that_says_nothing_is_noticed() -> None:
    async def bare(_: Request) -> Response:
        return PlainTextResponse("")

    assert access_of(Route("/x", bare)) is None


def test_a_public_route_says_so(house: House) -> None:
    async def bare(_: Request) -> Response:
        return PlainTextResponse("")

    assert access_of(route("GET", "/x", ANYONE, bare, _door(house).site)) == ANYONE


def _ask(house: House, client: Client, method: str, path: str, *, with_token: bool) -> httpx.Response:
    filled = "/".join(NAMED if part.startswith("{") else part for part in path.split("/"))
    token = signed(_door(house).site, "session csrf", client.cookies.get("session", ""))
    form = {"csrf": token} if with_token else {"csrf": "made-up"}
    return client.request(method, filled, follow_redirects=False, **({"data": form} if method == "POST" else {}))


def _let_in(house: House, people: dict[str, Client], who: str) -> None:
    """Come in again where signing out was what was tried before."""
    client = people[who]
    if who != NOBODY and "session" not in client.cookies:
        everyone = house.exchange.database.run_now(lambda c: stored.read_all(c, house.exchange.keys))
        sign_in_as(client, next(one.id for one in everyone if one.name == who))


def _grant_elsewhere(house: House, person_id: str) -> None:
    role = stored.Role("elsewhere", "lead")
    house.exchange.database.run_now(lambda c: stored.grant(c, house.exchange.keys, person_id, role, house.clock(), ""))


def _door(house: House) -> Door:
    site = Site(house.exchange.keys.mac("web", "what the page's forms carry"))
    return door_of(house.exchange, house.settings, site, house.clock)


def _files(one: BaseRoute) -> str:
    assert isinstance(one, Mount)
    app: object = one.app
    while not isinstance(app, StaticFiles):
        app = getattr(app, "app", None) or getattr(app, "_app")  # noqa: B009 - what wraps it keeps it under either
    return one.path
