"""Links into the conversation: opening one changes nothing, following it does what it says, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .board_house import words
from .client import Client, forms
from .house import House, house_in, sign_in_as

HOSTILE = "\"><script>alert(1)</script>'&{{ 7*7 }}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_in(tmp_path_factory.mktemp("house")) as made:
        yield made


def follow(client: Client, link: str, **changed: str) -> str:
    """Open a link and press its button; the words of the page that follows."""
    form = next(one for one in forms(client.get(link).text) if "once" in one)
    answer = client.post("/chat/link", data={**form, **changed})
    assert answer.url.path == "/chat", answer.text
    return words(answer.text)


def shown(client: Client) -> str:
    return words(client.get("/chat").text)


def rows(house: House) -> list[tuple[str, int]]:
    def work(connection) -> list[tuple[str, int]]:  # type: ignore[no-untyped-def]
        names = ("conversations", "addresses", "events", "outgoing", "people")
        there = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")}
        return [
            (name, connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar())
            for name in sorted(there.intersection(names))
        ]

    return house.exchange.database.run_now(work)


@pytest.mark.parametrize("link", ["start=referral", "start=nothing", "topic=a-child-has-died", "ask=Who decides?"])
def test_opening_a_link_changes_nothing(client: Client, house: House, link: str) -> None:
    before = rows(house)
    assert len(before) > 2
    client.get(f"/chat?{link}")
    assert rows(house) == before
    assert client.get("/chat").url.path == "/"


def test_every_dialog_begins_by_its_name(house: House) -> None:
    for name, flow in house.exchange.definitions.flows.items():
        with house.client() as client:
            page = client.get(f"/chat?start={name}")
            assert page.status_code == 200
            assert words(page.text).count(flow.title) >= 1
            assert "Nothing has begun yet" in words(page.text)
            came = follow(client, f"/chat?start={name}")
            assert "Please do not type names" in came
            assert ("Your answer" in came and flow.title in came) or flow.goes_on is not None


@pytest.mark.parametrize("name", ["review outcome", "rapid-review-outcome", "Rapid_Review_Outcome"])
def test_a_dialog_is_known_by_the_words_that_begin_it_too(client: Client, name: str) -> None:
    assert "After the rapid review" in words(client.get("/chat", params={"start": name}).text)


def test_what_is_under_way_is_said_and_kept(client: Client) -> None:
    client.say("serious incident")
    client.say("no")
    page = words(client.get("/chat?start=allegation").text)
    assert "You are in the middle of “A serious incident" in page
    assert "Your answers are kept" in page
    came = follow(client, "/chat?start=allegation")
    assert "An allegation against someone who works with children" in came
    assert "A serious incident" in words(client.say("resume"))


def test_the_same_dialog_can_be_carried_on_with_or_begun_anew(client: Client) -> None:
    client.say("serious incident")
    page = client.get("/chat?start=referral").text
    assert "Carry on with it now" in page
    assert "Begin a new one" in page


def test_a_link_means_the_real_thing_while_practising(client: Client) -> None:
    client.say("practice")
    assert "practice ends" in words(client.get("/chat?start=disagreement").text)
    follow(client, "/chat?start=disagreement")
    newest = client.get("/chat").text.rpartition('id="latest"')[2]
    assert "A professional disagreement" in newest
    assert "practi" not in newest.casefold()


def test_pressed_twice_it_begins_once(client: Client) -> None:
    form = next(one for one in forms(client.get("/chat?start=referral").text) if "once" in one)
    for _ in range(2):
        assert client.post("/chat/link", data=form).status_code == 200
    assert client.get("/chat").text.count("app-turn--you") == 1


def test_a_topic_is_answered_and_what_is_under_way_goes_on(client: Client, house: House) -> None:
    client.say("serious incident")
    title = house.exchange.definitions.library.topics["a-child-has-died"].title
    assert title in words(client.get("/chat?topic=a-child-has-died").text)
    came = follow(client, "/chat?topic=a-child-has-died")
    assert title in came
    assert "A serious incident" in words(client.say("where"))


def test_a_question_stands_in_the_box_and_can_be_changed(client: Client) -> None:
    assert ">Who tells Ofsted?</textarea>" in client.get("/chat", params={"ask": "Who tells Ofsted?"}).text
    assert "Ofsted" in follow(client, "/chat?ask=Who", ask="Who tells Ofsted?")


def test_a_links_question_is_never_taken_for_an_answer(client: Client) -> None:
    """The first question of the dialog can be answered with no."""
    client.say("serious incident")
    before = client.get("/chat").text.count("app-turn--you")
    follow(client, "/chat?ask=x", ask="no")
    assert client.get("/chat").text.count("app-turn--you") == before + 2
    assert "A serious incident" in words(client.say("resume"))


def test_an_empty_question_is_asked_for(client: Client) -> None:
    form = next(one for one in forms(client.get("/chat?ask=").text) if "once" in one)
    answer = client.post("/chat/link", data={**form, "ask": " "})
    assert answer.status_code == 422
    assert "Type your question" in answer.text


def test_danger_in_a_links_question_comes_first(client: Client) -> None:
    assert "Phone 999" in follow(client, "/chat?ask=x", ask="a man is hurting a child right now")


@pytest.mark.parametrize("link", ["start=nothing", "topic=a-child-has-dyed", "start=", "topic=refferral"])
def test_an_unknown_name_gets_a_page_with_what_there_is(client: Client, house: House, link: str) -> None:
    page = client.get(f"/chat?{link}")
    assert page.status_code == 404
    assert "That link leads nowhere" in page.text
    assert all(f"/chat?start={name}" in page.text for name in house.exchange.definitions.flows)
    assert page.text.count("/chat?topic=") >= len(house.exchange.definitions.library.topics)


def test_a_misspelt_topic_is_offered_first(client: Client) -> None:
    page = client.get("/chat?topic=a-child-has-dyed").text
    assert page.index("/chat?topic=a-child-has-died") < page.index("What you can begin here")


@pytest.mark.parametrize("kind", ["start", "topic", "ask"])
def test_what_a_link_says_is_escaped(client: Client, kind: str) -> None:
    page = client.get("/chat", params={kind: HOSTILE}).text
    assert "<script>alert" not in page
    assert kind != "ask" or "&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;{{ 7*7 }}</textarea>" in page


@pytest.mark.parametrize(("link", "status"), [("ask=a&ask=b", 400), (f"ask={'x' * 501}", 413)])
def test_what_no_link_of_ours_says_is_turned_away(client: Client, link: str, status: int) -> None:
    assert client.get(f"/chat?{link}").status_code == status


def test_without_its_token_nothing_is_begun(client: Client) -> None:
    form = next(one for one in forms(client.get("/chat?start=referral").text) if "once" in one)
    assert client.post("/chat/link", data={**form, "csrf": "other"}).status_code == 403
    assert client.get("/chat").url.path == "/"


def test_after_exit_a_link_shows_nothing_of_the_conversation(client: Client) -> None:
    client.say("serious incident")
    client.cookies.set("left", "yes")
    assert "in the middle of" not in client.get("/chat?start=allegation").text


def test_a_link_outlives_a_session_that_ended(client: Client, house: House) -> None:
    sign_in_as(client, house.register("Ada", "lead"))
    client.begin()
    house.clock.turn(hours=1)
    page = client.get("/chat?start=referral")
    assert page.url.query == b"start=referral"
    assert "Nothing has begun yet" in page.text
    assert "A serious incident" in follow(client, "/chat?start=referral")


def test_signing_in_leads_back_to_a_link(client: Client, house: House) -> None:
    back = sign_in_as(client, house.register("Bea", "lead"), "/chat?start=referral")
    assert (back.url.path, back.url.query) == ("/chat", b"start=referral")


def test_a_cases_link_leads_through_signing_in_and_back(client: Client, house: House) -> None:
    lead = house.register("Cy", "lead")
    asked = client.get("/board/case/26-014")
    assert asked.url.path == "/sign-in"
    form = next(one for one in forms(asked.text) if "to" in one)
    assert form["to"] == "/board/case/26-014"
    back = client.post("/sign-in", data={**form, "who": lead})
    assert back.url.path == "/board/case/26-014"
