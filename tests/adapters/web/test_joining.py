"""Join codes on the page: opening shows, and only the button spends."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import wording_joining, wording_people
from bot.letters import Post
from bot.people import joining
from bot.storage import people

from .client import Client, forms
from .house import House, sign_in_as

# What Slack's and Outlook's programs send when they open a link for a preview, or to look for harm.
PREVIEWERS = ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Mozilla/5.0 (compatible; SkypeUriPreview)")


def code_of(house: House, person_id: str) -> str:
    """A code for another account of somebody, as they get it on Slack."""

    def work(connection) -> str:
        if people.at_account(connection, house.exchange.keys, "slack", person_id) is None:
            people.add_account(connection, house.exchange.keys, person_id, "slack", person_id, house.clock())
        return joining.code_for(connection, house.exchange.keys, ("slack", person_id), house.clock())

    return house.exchange.database.run_now(work)


def mailed(house: House, mail: str, asker: str = "U1") -> str:
    """The code sent to an address at the wish of somebody on Slack."""
    run, keys = house.exchange.database.run_now, house.exchange.keys
    letter = run(lambda c: joining.letter_to(c, keys, ("slack", asker), mail, "", house.clock()))
    return next(
        word for word in str(letter.reply.blocks[0]).replace(".", " ").split() if len(word) == 9 and "-" in word
    )


def confirm(client: Client, code: str) -> str:
    """Presses the button of a code's page."""
    answer = client.post(f"/join/{code}", data=client.hidden(f"/join/{code}"))
    return answer.text


def test_opening_a_link_any_number_of_times_shows_and_spends_nothing(house: House) -> None:
    jo = house.register("Jo Smith", "lead")
    code = code_of(house, jo)
    for agent in PREVIEWERS * 4:
        with house.client() as previewer:
            seen = previewer.get(f"/join/{code}", headers={"user-agent": agent})
            assert seen.status_code == 200
            assert "given out on Slack, to J… S…" in seen.text
            assert "Jo Smith" not in seen.text
            assert previewer.request("HEAD", f"/join/{code}").status_code == 200
    with house.client() as client:
        client.get(f"/join/{code}")
        assert house.accounts(jo, "web") == []
        assert "Done" in confirm(client, code)
        assert len(house.accounts(jo, "web")) == 1
        assert wording_people.CODE_WRONG in client.get(f"/join/{code}").text


def test_a_code_can_be_typed_and_is_shown_first(house: House) -> None:
    jo = house.register("Jo Smith")
    with house.client() as client:
        assert "Type the code you were given" in client.post("/join", data=client.hidden("/join")).text
        code = code_of(house, jo)
        shown = client.post("/join", data={**client.hidden("/join"), "code": f" {code.lower().replace('-', ' ')} "})
        assert "Yes, both are mine" in shown.text
        assert house.accounts(jo, "web") == []
        assert "Done" in confirm(client, code)
        assert len(house.accounts(jo, "web")) == 1


def test_a_wrong_code_is_said_kindly_and_counted(house: House) -> None:
    jo = house.register("Jo Smith")
    with house.client() as client:
        for number in range(5):
            answer = client.get(f"/join/BCDF-222{number + 2}")
            assert (answer.status_code, wording_people.CODE_WRONG in answer.text) == (422, True)
        code = code_of(house, jo)
        assert wording_people.CODE_WRONG in client.get(f"/join/{code}").text
        house.clock.turn(minutes=15)
        assert "Yes, both are mine" in client.get(f"/join/{code_of(house, jo)}").text


def test_a_code_is_over_after_a_quarter_of_an_hour(house: House) -> None:
    jo = house.register("Jo Smith")
    code = code_of(house, jo)
    with house.client() as client:
        form = client.hidden(f"/join/{code}")
        house.clock.turn(minutes=15)
        answer = client.post(f"/join/{code}", data=form)
        assert (answer.status_code, wording_people.CODE_WRONG in answer.text) == (422, True)
        assert house.accounts(jo, "web") == []


@pytest.mark.parametrize("form", [{"other": "x"}, {"csrf": "x"}])
def test_only_the_pages_own_form_joins(house: House, form: dict[str, str]) -> None:
    jo = house.register("Jo Smith")
    code = code_of(house, jo)
    with house.client() as client:
        client.get(f"/join/{code}")
        assert client.post(f"/join/{code}", data=form).status_code == 403
        whole = client.hidden(f"/join/{code}")
        assert client.post(f"/join/{code}", data=whole, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert house.accounts(jo, "web") == []


def test_an_address_that_is_nobodys_yet_is_confirmed_from_its_link(house: House) -> None:
    code = mailed(house, "jo@a.gov.uk")
    with house.client() as client:
        assert "Someone on Slack asked me to note j…@a.gov.uk" in client.get(f"/join/{code}").text
        assert "Done" in confirm(client, code)
    found = house.exchange.database.run_now(lambda c: people.at_account(c, house.exchange.keys, "slack", "U1"))
    assert found is not None
    assert house.accounts(found.id, "mail") == ["jo@a.gov.uk"]
    assert house.accounts(found.id, "web") == []


def test_an_address_of_somebody_with_a_role_is_not_handed_over_by_a_link(house: House) -> None:
    jo = house.register("Jo Smith", "lead", mail="jo@a.gov.uk")
    code = mailed(house, "jo@a.gov.uk", "stranger")
    with house.client() as client:
        answer = client.get(f"/join/{code}")
        assert (answer.status_code, "say the code where you asked for it, on Slack" in answer.text) == (422, True)
    assert house.accounts(jo, "slack") == []


def test_of_two_browsers_at_once_one_is_joined(house: House) -> None:
    jo = house.register("Jo Smith")
    code = code_of(house, jo)
    with house.client() as one, house.client() as two, ThreadPoolExecutor(2) as both:
        forms = [client.hidden(f"/join/{code}") for client in (one, two)]
        pairs = zip((one, two), forms, strict=True)
        answers = both.map(lambda pair: pair[0].post(f"/join/{code}", data=pair[1]).status_code, pairs)
        assert sorted(answers) == [200, 422]
    assert len(house.accounts(jo, "web")) == 1


def test_hostile_codes_are_shown_as_text(house: House) -> None:
    with house.client() as client:
        for code in ("%3Cscript%3E", "x" * 5000, "%00", "..%2F..", "%F0%9F%92%A9", "done/", "'"):
            answer = client.get(f"/join/{code}")
            assert answer.status_code in {200, 404, 422}
            assert "<script>" not in answer.text.replace('<script src="/static/page.js" defer></script>', "")


def test_a_code_from_the_page_by_e_mail_is_typed_in_the_conversation(house: House) -> None:
    """From the first word to the confirmed address, in one browser."""
    from tests.bot.office import Letterbox, code_in

    box = Letterbox()
    house.exchange.post = Post(box)
    with house.client() as client:
        assert "sending a code to j…@a.gov.uk" in client.say("my work e-mail is jo@a.gov.uk")
        asyncio.run(house.exchange.post.settled())
        assert wording_joining.MAIL_CONFIRMED in client.say(code_in(box.letters[0][1]))


@pytest.mark.parametrize("how", ["out", "ended"])
def test_that_a_join_ends_with_signing_out_is_said_there_and_a_code_joins_again(house: House, how: str) -> None:
    jo = house.register("Jo Smith", "lead")
    with house.client() as client:
        confirm(client, code_of(house, jo))
        sign_in_as(client, jo)
        if how == "out":
            page = client.post("/sign-out", data=forms(client.get("/home").text)[0])
        else:
            house.clock.turn(minutes=house.settings.session_idle_minutes)
            page = client.get("/home")
        assert "If you had joined this browser to yourself with a code, join it again." in page.text
        assert house.accounts(jo, "web") == []
        client.begin()
        assert "I do not know whose account this is" in client.say("my accounts")
        assert "Done" in confirm(client, code_of(house, jo))
        assert len(house.accounts(jo, "web")) == 1
        assert "I know you as Jo Smith" in client.say("my accounts")
