"""While somebody is signed in and after: how long, by which cookie, and whose the browser's conversation is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from adapters.web.browser import Browser
from bot.people import roles
from bot.storage import conversations, people
from bot.upkeep import Upkeep

from .client import Client, forms
from .house import AREA, PUBLIC, House, TurnedClock, house_in, is_in, sign_in_as
from .serving import served
from .strict_provider import CLIENT, SECRET, StrictProvider


def plant(client: Client, name: str, value: str) -> None:
    """Put a cookie into a browser, in place of the one it has."""
    client.cookies.delete(name) if name in client.cookies else None
    client.cookies.set(name, value, domain="127.0.0.1")


def sign_out(client: Client) -> str:
    return client.post("/sign-out", data=forms(client.get("/home").text)[0]).text


def address(client: Client) -> str:
    """Where the browser's conversation is kept."""
    return Browser(client.cookies["browser"], fresh=False, left=False).address


def conversation(house: House, at: str) -> str | None:
    """Which conversation is kept under an address."""
    found = house.exchange.database.run_now(lambda c: conversations.peek(c, house.exchange.keys, "web", at))
    return found.id if found else None


def forget_sessions(house: House) -> int:
    """What upkeep does every few seconds."""
    idle = timedelta(minutes=house.settings.session_idle_minutes)
    return asyncio.run(Upkeep(house.exchange).forget_sessions(house.clock(), idle))


def test_whoever_is_not_signed_in_comes_back_to_where_they_wanted_to_go(client: Client, ada: str) -> None:
    page = client.get("/home?a=b")
    assert page.url.params["to"] == "/home?a=b"
    form = forms(page.text)[0]
    assert form["to"] == "/home?a=b"
    assert str(client.post("/sign-in", data={**form, "who": ada}).url).endswith("/home?a=b")


def test_a_form_that_was_sent_too_late_is_come_back_to(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    house.clock.turn(minutes=30)
    for path, leads_to in (
        ("/board/open", "/board/open"),
        ("/board/calendar/end", "/board/calendar"),
        ("/people/1/give", "/people/1"),
        ("/sign-out", "/home"),
    ):
        assert forms(client.post(path, data={"csrf": "x"}).text)[0]["to"] == leads_to


@pytest.mark.parametrize(
    ("path", "pressed", "leads_to"),
    [
        ("/resume/code", {}, "/resume"),
        ("/chat/return", {}, "/chat"),
        ("/chat/link", {"start": "referral"}, "/chat?start=referral"),
        ("/chat/link", {"topic": "a-child-has-died"}, "/chat?topic=a-child-has-died"),
    ],
    ids=str,
)
def test_so_is_the_page_of_a_button_of_the_conversation(
    client: Client, house: House, ada: str, path: str, pressed: dict[str, str], leads_to: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    house.clock.turn(hours=1)
    form = next(one for one in forms(client.post(path, data={"csrf": "x", **pressed}).text) if "to" in one)
    assert form["to"] == leads_to
    page = client.post("/sign-in", data={**form, "who": ada})
    assert (page.status_code, page.url.raw_path.decode()) == (200, leads_to)


def test_whoever_wanted_a_document_comes_back_to_where_it_stands(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.begin()
    house.clock.turn(hours=1)
    page = client.get("/documents/referral-1.docx")
    assert page.url.path == "/sign-in"
    page = client.post("/sign-in", data={**forms(page.text)[0], "who": ada})
    assert (page.status_code, page.url.path) == (200, "/chat")


def test_after_half_an_hour_without_use_one_is_signed_out_and_told_so(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    for _ in range(4):
        house.clock.turn(minutes=29)
        assert is_in(client)
    house.clock.turn(minutes=30)
    page = client.get("/home")
    assert page.url.path == "/sign-in"
    assert "You were signed out. That happens after a while without use" in page.text


def test_after_eight_hours_one_is_signed_out_whatever_one_does(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    for _ in range(16):
        assert is_in(client)
        house.clock.turn(minutes=29, seconds=59)
    assert is_in(client)
    house.clock.turn(seconds=16)
    assert not is_in(client)


def test_how_long_is_a_setting(tmp_path: Path) -> None:
    with house_in(tmp_path, session_idle_minutes=5, session_hours=1) as house, house.client() as client:
        sign_in_as(client, house.register("Ada", "lead"))
        house.clock.turn(minutes=5)
        assert not is_in(client)


def test_signing_out_ends_it_for_good_even_for_whoever_kept_the_cookie(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    kept = client.cookies["session"]
    assert "You are signed out." in sign_out(client)
    assert not is_in(client)
    plant(client, "session", kept)
    assert not is_in(client)


def test_signing_out_is_done_by_a_form_only(client: Client, ada: str) -> None:
    sign_in_as(client, ada)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


def test_every_sign_in_has_another_cookie_and_ends_the_one_before(client: Client, house: House, ada: str) -> None:
    plant(client, "session", "planted-by-somebody-else")
    sign_in_as(client, ada)
    first = client.cookies["session"]
    assert first != "planted-by-somebody-else"
    with house.client() as other:
        form = forms(other.get("/sign-in").text)[0]
        plant(other, "session", first)
        assert is_in(other)
        other.post("/sign-in", data={**form, "who": ada})
        assert other.cookies["session"] != first
        assert is_in(other)
    assert not is_in(client)


@pytest.mark.parametrize("token", ["", "x", "é", "x" * 43, "x" * 5000, "../../etc/passwd", "a;b"])
def test_a_cookie_we_never_gave_is_nobodys(house: House, ada: str, token: str) -> None:
    with house.client() as client:
        answer = client.get("/home", headers={"Cookie": f"session={token}".encode()}, follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize("end", ["forgotten", "no role"])
def test_it_ends_at_once_for_whoever_is_forgotten_or_loses_their_last_role(
    client: Client, house: House, ada: str, end: str
) -> None:
    sign_in_as(client, ada)
    assert is_in(client)
    house.forget(ada) if end == "forgotten" else house.revoke(ada, "lead")
    assert not is_in(client)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
    ids=str,
)
def test_a_form_of_another_site_does_nothing(client: Client, ada: str, headers: dict[str, str]) -> None:
    sign_in_as(client, ada)
    form = forms(client.get("/home").text)[0]
    assert client.post("/sign-out", data=form, headers=headers).status_code == 403
    assert is_in(client)


def test_a_form_sent_after_the_session_ended_leads_to_signing_in(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    form = forms(client.get("/home").text)[0]
    house.clock.turn(hours=1)
    assert client.post("/sign-out", data=form).url.path == "/sign-in"


def test_by_https_the_cookies_are_of_this_host_alone_and_no_script_has_them(tmp_path: Path) -> None:
    provider = StrictProvider(TurnedClock())
    with served(provider.app) as issuer:
        provider.issuer, provider.redirects = issuer, {f"{PUBLIC}/sign-in/back"}
        service = {"oidc_issuer": issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        with house_in(tmp_path, public_url=PUBLIC, **service) as house, house.client() as client:
            house.register("Ada", "lead", mail="ada@example.gov.uk")
            sent = client.get("/sign-in/go", follow_redirects=False)
            back = httpx.get(sent.headers["location"]).headers["location"]
            answer = client.get(back, follow_redirects=False)
            assert answer.headers["location"] == "/home"
            for one in [*sent.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")]:
                assert one.startswith("__Host-"), one
                assert all(part in one for part in ("; HttpOnly", "; Path=/", "; SameSite=lax", "; Secure")), one
                assert "Domain" not in one
            assert is_in(client)


def test_the_conversation_goes_along_and_is_the_persons_while_they_are_signed_in(
    client: Client, house: House, ada: str
) -> None:
    client.say("refer")
    before, kept = address(client), conversation(house, address(client))
    sign_in_as(client, ada)
    assert house.accounts(ada, "web") == [address(client)]
    assert address(client) != before
    assert conversation(house, address(client)) == kept
    assert conversation(house, before) is None
    assert client.get("/chat").text.count("app-turn--you") == 1
    left = address(client)
    sign_out(client)
    assert house.accounts(ada, "web") == []
    assert (conversation(house, left), conversation(house, address(client))) == (kept, None)


ENDS: dict[str, Callable[[Client, House], object]] = {
    "signed out": lambda client, _: sign_out(client),
    "left alone": lambda _, house: house.clock.turn(hours=1),
    "its cookie is gone": lambda client, _: client.cookies.delete("session"),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("path", ["/", "/chat", "/resume", "/join"])
def test_once_somebody_is_signed_out_the_browser_shows_nothing_of_what_they_said(
    client: Client, house: House, ada: str, how: str, path: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    assert "app-turn--you" in client.get("/chat").text
    ENDS[how](client, house)
    page = client.get(path)
    assert page.status_code == 200
    assert "app-turn" not in page.text
    assert page.url.path == ({True: "/", False: "/sign-in"}[how == "signed out"] if path == "/chat" else path)
    assert client.get("/chat").url.path == "/"
    assert house.accounts(ada, "web") == []


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("where", ["here", "in another browser"])
def test_what_was_said_comes_back_with_the_next_sign_in(
    client: Client, house: House, ada: str, how: str, where: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    kept = conversation(house, address(client))
    ENDS[how](client, house)
    client.get("/chat")
    with house.client() as other:
        there = client if where == "here" else other
        sign_in_as(there, ada)
        assert conversation(house, address(there)) == kept
        assert there.get("/chat").text.count("app-turn--you") == 1


def test_what_somebody_else_said_does_not(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    sign_out(client)
    sign_in_as(client, house.register("Bo Deputy", "deputy"))
    assert client.get("/chat").url.path == "/"


def test_a_referral_begun_without_signing_in_goes_along_before_what_was_left(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    left = conversation(house, address(client))
    sign_out(client)
    client.say("what is a rapid review?")
    sign_in_as(client, ada)
    assert conversation(house, address(client)) == left
    sign_out(client)
    client.say("refer")
    begun = conversation(house, address(client))
    sign_in_as(client, ada)
    assert conversation(house, address(client)) == begun


def test_of_several_that_were_left_one_in_hand_comes_back_before_a_newer_one(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    in_hand = conversation(house, address(client))
    with house.client() as other:
        sign_in_as(other, ada)
        other.say("refer")
        newer = conversation(house, address(other))
        sign_out(client)
        house.clock.turn(minutes=1)
        sign_out(other)
        sign_in_as(other, ada)
        assert conversation(house, address(other)) == newer
        other.say("stop")
        other.say("1")
        sign_out(other)
        sign_in_as(other, ada)
        assert conversation(house, address(other)) == in_hand


def test_whoever_is_forgotten_takes_along_what_they_left(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    left = address(client)
    sign_out(client)
    whose, keys = house.person(ada), house.exchange.keys
    house.exchange.database.run_now(lambda c: roles.forget(c, keys, AREA, whose, house.clock()))
    assert conversation(house, left) is None


def test_whoever_looked_at_the_cookie_before_is_left_with_nothing(client: Client, house: House, ada: str) -> None:
    client.say("refer")
    with house.client() as thief:
        plant(thief, "browser", client.cookies["browser"])
        assert thief.get("/chat").url.path == "/chat"
        sign_in_as(client, ada)
        assert thief.get("/chat").url.path == "/"


def test_someone_known_by_this_browser_only_becomes_who_signs_in(client: Client, house: House, ada: str) -> None:
    client.say("refer")
    here = address(client)

    def work(connection):  # type: ignore[no-untyped-def]
        made = people.make(connection, house.exchange.keys, "", house.clock())
        people.add_account(connection, house.exchange.keys, made, "web", here, house.clock())
        return made

    unnamed = house.exchange.database.run_now(work)
    sign_in_as(client, ada)
    known = house.exchange.database.run_now(lambda c: people.known_as(c, house.exchange.keys, [unnamed]))
    assert known[unnamed].id == ada
    assert house.accounts(ada, "web") == [address(client)]


def test_on_a_shared_computer_the_next_one_does_not_get_the_conversation_of_the_one_before(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    hers = conversation(house, address(client))
    house.clock.turn(hours=1)
    bo = house.register("Bo Deputy", "deputy")
    sign_in_as(client, bo)
    assert house.accounts(ada, "web") == []
    assert house.accounts(bo, "web") == [address(client)]
    assert hers is not None
    assert conversation(house, address(client)) is None


def given_back(page: str) -> dict[str, str]:
    """The form that sends what was given back once more."""
    return next(one for one in forms(page) if "again" in one)


def test_words_sent_after_the_session_ended_are_given_back_and_stand_in_the_box_after_signing_in(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    form, kept = client.hidden(), conversation(house, address(client))
    house.clock.turn(hours=1)
    page = client.post("/chat", data={**form, "text": "a question of mine"})
    assert page.status_code == 403
    assert "a question of mine" in page.text
    assert page.text.index("If a child is in danger now, phone 999.") < page.text.index("a question of mine")
    assert "phone children&#39;s social care today" in page.text
    assert house.accounts(ada, "web") == []
    sign_in_as(client, ada)
    page = client.post("/chat", data=given_back(page.text))
    assert page.status_code == 409
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert 'value="a question of mine"' in page.text
    assert conversation(house, address(client)) == kept
    assert client.get("/chat").text.count("app-turn--you") == 0
    client.post("/chat", data={**client.hidden(), "text": "a question of mine"})
    assert client.get("/chat").text.count("app-turn--you") == 1


def test_words_given_back_are_shown_to_nobody_else_who_signs_in(client: Client, house: House, ada: str) -> None:
    bo = house.register("Bo Deputy", "deputy")
    sign_in_as(client, ada)
    client.begin()
    form = client.hidden()
    house.clock.turn(hours=1)
    page = client.post("/chat", data={**form, "text": "a question of mine"})
    sign_in_as(client, bo)
    page = client.post("/chat", data=given_back(page.text))
    assert "Nothing was recorded: somebody else typed that" in page.text
    for way in (None, ada):
        assert "a question of mine" not in re.sub("<input[^>]*>", "", page.text)
        sign_out(client) if way is None else sign_in_as(client, way)
        page = client.post("/chat", data=given_back(page.text))
    assert 'value="a question of mine"' in page.text
    assert "Nothing was recorded yet: you had been signed out." in page.text


def test_words_sent_from_a_tab_of_somebody_else_are_not_shown_to_whoever_is_signed_in_now(
    client: Client, house: House, ada: str
) -> None:
    """Nor do they stand in their box, from where they would be sent as theirs."""
    bo = house.register("Bo Deputy", "deputy")
    sign_in_as(client, ada)
    client.begin()
    form = client.hidden()
    sign_out(client)
    sign_in_as(client, bo)
    client.begin()
    page = client.post("/chat", data={**form, "text": "a question of mine"})
    for _ in range(2):
        assert page.status_code == 409
        assert "Nothing was recorded: somebody else typed that" in page.text
        assert "a question of mine" not in re.sub("<input[^>]*>", "", page.text)
        page = client.post("/chat", data=given_back(page.text))
    sign_out(client)
    sign_in_as(client, ada)
    page = client.post("/chat", data=given_back(page.text))
    assert 'value="a question of mine"' in page.text
    assert "app-turn--you" not in client.get("/chat").text


def test_they_can_be_sent_without_signing_in_too(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.begin()
    form = client.hidden()
    house.clock.turn(hours=1)
    page = client.post("/chat", data={**form, "text": "what is a rapid review?"})
    page = client.post("/chat", data=given_back(page.text))
    assert 'value="what is a rapid review?"' in page.text
    client.post("/chat", data={**client.hidden(), "text": "what is a rapid review?"})
    assert client.get("/chat").text.count("app-turn--you") == 1
    assert house.accounts(ada, "web") == []


@pytest.mark.parametrize("then", ["signed out", "signed in again"])
def test_words_sent_from_a_tab_left_open_meanwhile_stand_in_the_box(
    client: Client, house: House, ada: str, then: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    form = client.hidden()
    sign_out(client)
    if then == "signed in again":
        sign_in_as(client, ada)
    page = client.post("/chat", data={**form, "text": "a question of mine"})
    assert page.status_code == 403
    assert "a question of mine" in page.text
    page = client.post("/chat", data=given_back(page.text))
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert 'value="a question of mine"' in page.text
    assert "app-turn--you" not in client.get("/chat").text


def test_a_browser_that_keeps_no_cookie_is_told_so(client: Client) -> None:
    client.begin()
    form = client.hidden()
    client.cookies.clear()
    page = client.post("/chat", data={**form, "text": "a question of mine"})
    assert page.status_code == 403
    assert "your browser does not keep cookies" in page.text


def test_a_button_pressed_after_the_session_ended_leads_to_signing_in(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.begin()
    form = next(one for one in forms(client.get("/chat").text) if one.get("prompt") == "command")
    house.clock.turn(hours=1)
    page = client.post("/chat", data={**form, "choice": "refer"})
    assert (page.url.path, page.url.params["to"]) == ("/sign-in", "/chat")
    assert "Nothing was recorded: you were signed out before you pressed that." in page.text


def test_the_pages_script_is_told_to_send_it_as_a_browser_does_which_shows_what_became_of_it(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    form = {**client.hidden(), "text": "a question of mine"}
    house.clock.turn(hours=1)
    assert client.post("/chat", data=form, headers={"X-By-Stream": "1"}).status_code == 403
    assert "a question of mine" in client.post("/chat", data=form).text


def test_its_stream_ends_with_the_session(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.begin()
    house.clock.turn(hours=1)
    assert client.get("/chat/stream?after=0&mark=x").status_code == 204


def test_a_stream_that_an_open_page_takes_up_again_by_itself_is_no_use_of_the_session(
    client: Client, house: House
) -> None:
    sign_in_as(client, house.register("Lee", "lead"))
    house.clock.turn(minutes=20)
    assert client.get("/board/stream").status_code == 204
    house.clock.turn(minutes=20)
    assert client.get("/home").url.path == "/sign-in"


def test_neither_a_document_nor_a_code_is_given_to_whoever_sits_there_next(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    form, kept = client.hidden("/resume"), client.cookies["browser"]
    house.clock.turn(hours=1)
    assert client.get("/documents/referral-1.docx").url.path == "/sign-in"
    plant(client, "browser", kept)
    assert client.post("/resume/code", data=form).url.path == "/sign-in"


def test_a_browser_is_forgotten_once_its_session_has_ended_and_its_conversation_is_still_theirs(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    kept = conversation(house, address(client))
    for _ in range(3):
        with house.client() as other:
            sign_in_as(other, ada)
    assert len(house.accounts(ada, "web")) == 4
    house.clock.turn(hours=1)
    assert forget_sessions(house) == 4
    assert house.accounts(ada, "web") == []
    sign_in_as(client, ada)
    assert house.accounts(ada, "web") == [address(client)]
    assert conversation(house, address(client)) == kept


def test_the_next_one_does_not_get_it_even_where_the_browser_is_forgotten(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.begin()
    house.clock.turn(hours=1)
    forget_sessions(house)
    sign_in_as(client, house.register("Bo Deputy", "deputy"))
    assert conversation(house, address(client)) is None


def test_a_browser_whose_conversation_was_erased_is_forgotten(house: House) -> None:
    """Such as one that a code joined to somebody, without signing in."""
    pat = house.register("Pat", mail="pat@example.gov.uk")
    keys = house.exchange.keys
    house.exchange.database.run_now(lambda c: people.add_account(c, keys, pat, "web", "gone", house.clock()))
    house.exchange.database.run_now(lambda c: people.add_account(c, keys, pat, "web", "used", house.clock()))
    house.clock.turn(days=91)
    house.exchange.database.run_now(lambda c: conversations.load(c, keys, "web", "used", house.clock()))
    asyncio.run(Upkeep(house.exchange).tidy(house.clock(), timedelta(days=90)))
    assert house.accounts(pat, "web") == ["used"]
    assert house.accounts(pat, "mail") == ["pat@example.gov.uk"]


def test_losing_the_last_role_leaves_no_browser_behind(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    house.revoke(ada, "lead")
    assert house.accounts(ada, "web") == []


def test_talking_counts_as_use(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.begin()
    for _ in range(3):
        house.clock.turn(minutes=20)
        client.say("help")
    assert house.accounts(ada, "web") == [address(client)]
    assert is_in(client)


def test_the_conversation_stays_open_to_all_as_before(client: Client, ada: str) -> None:
    assert "What" in client.say("refer")
    assert client.get("/privacy").status_code == 200


def test_a_browser_that_is_taken_away_from_somebodys_accounts_is_signed_out(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    kept = conversation(house, address(client))
    with house.client() as other:
        sign_in_as(other, ada)
        other.say("remove an account")
        mark = re.search(r'value="(\w+)"[^>]*>\s*<label[^>]*>\s*The web page: another one', other.get("/chat").text)
        assert mark is not None
        other.post("/chat", data={**other.hidden(), "choice": mark.group(1)})
        assert "I no longer know you there: The web page: another one" in other.get("/chat").text
        assert is_in(other)
    assert not is_in(client)
    assert client.get("/board").url.path == "/sign-in"
    assert client.get("/chat").url.path in ("/", "/sign-in")
    sign_in_as(client, ada)
    assert conversation(house, address(client)) == kept
