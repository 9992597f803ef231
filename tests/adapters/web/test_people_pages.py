"""The pages for administrators: who has which role, giving and taking, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import wording_people
from bot.storage import people
from bot.storage.people import Role

from .board_house import board_in, words
from .client import Client, forms
from .house import AREA, House, sign_in_as


@pytest.fixture
def ada(house: House) -> str:
    return house.register("Ada Adams", "administrator")


@pytest.fixture
def client(house: House, ada: str) -> Iterator[Client]:
    """The administrator's browser."""
    with house.client() as browser:
        sign_in_as(browser, ada)
        yield browser


def csrf(client: Client) -> dict[str, str]:
    return {"csrf": client.hidden("/people")["csrf"]}


def adding(client: Client) -> dict[str, str]:
    """The hidden fields of the form to add somebody, as it is shown now."""
    return next(one for one in forms(client.get("/people").text) if "once" in one)


def roles_of(house: House, person_id: str) -> set[str]:
    return {role.role for role in house.person(person_id).roles}


def test_the_home_page_leads_administrators_and_nobody_else_to_it(house: House, client: Client) -> None:
    assert 'href="/people"' in client.get("/home").text
    with house.client() as other:
        assert 'href="/people"' not in sign_in_as(other, house.register("Jo", "lead")).text


def test_everyone_is_listed_with_roles_and_absence(house: House, client: Client) -> None:
    jo = house.register("Jo <Smith>", "lead", "scrutineer")
    away = (date(2026, 11, 20), date(2026, 11, 27))
    house.exchange.database.run_now(lambda c: people.set_away(c, house.exchange.keys, jo, [away], house.clock()))
    shown = client.get("/people").text
    assert "Jo &lt;Smith&gt;" in shown
    assert "lead, independent scrutineer (away until Friday 27 November 2026)" in shown
    assert "They are away until Friday 27 November 2026." in client.get(f"/people/{jo}").text


def test_somebody_typed_in_while_a_session_ended_is_given_back_and_added_once_it_is_sent_again(
    house: House, client: Client, ada: str
) -> None:
    typed = {"name": "Jo Smith", "email": "jo@a.gov.uk"}
    form = {**adding(client), **typed}
    house.clock.turn(hours=13)
    page = client.post("/people", data=form)
    assert "Jo Smith" in page.text
    assert page.status_code == 403
    sign_in_as(client, ada)
    given_back = {**typed, "once": form["once"], "again": "yes"}
    pages = [client.post("/people", data=given_back) for _ in range(2)]
    page = pages[0]
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert 'value="Jo Smith"' in page.text
    assert 'value="jo@a.gov.uk"' in page.text
    assert 'href="/people/' not in page.text.replace(f'href="/people/{ada}"', "")
    for one in pages:
        client.post("/people", data={**next(each for each in forms(one.text) if "once" in each), **typed})
    assert client.get("/people").text.count("Jo Smith") == 1


def test_a_form_sent_several_times_adds_one_person_and_the_next_form_another_of_the_same_name(client: Client) -> None:
    form = {**adding(client), "name": "Jo Smith"}
    assert client.post("/people", data=form).url.path.startswith("/people/")
    again = client.post("/people", data=form)
    assert again.url.path == "/people"
    assert "That form had been sent already. Nothing was done twice." in words(again.text)
    assert again.text.count("Jo Smith") == 1
    client.post("/people", data={**adding(client), "name": "Jo Smith"})
    assert client.get("/people").text.count("Jo Smith") == 2


def test_a_form_with_a_slip_can_be_sent_again_once_it_is_put_right(client: Client) -> None:
    form = {**adding(client), "name": "Jo Smith"}
    assert client.post("/people", data={**form, "email": "jo at work"}).status_code == 422
    assert client.post("/people", data={**form, "email": "jo@a.gov.uk"}).url.path.startswith("/people/")


def test_somebody_is_added_and_given_a_role_which_is_taken_again(house: House, client: Client) -> None:
    answer = client.post("/people", data={**adding(client), "name": " Jo  Smith ", "email": "Jo@a.gov.uk"})
    jo = answer.url.path.removeprefix("/people/")
    assert (house.person(jo).name, house.accounts(jo, "mail")) == ("Jo Smith", ["jo@a.gov.uk"])
    for role in ("lead", "delegated_partner"):
        client.post(f"/people/{jo}/give", data={**csrf(client), "role": role})
    assert roles_of(house, jo) == {"lead", "delegated_partner"}
    shown = client.post(f"/people/{jo}/take", data={**csrf(client), "role": "lead"}).text
    assert "Take away: delegated safeguarding partner" in shown
    assert roles_of(house, jo) == {"delegated_partner"}


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"name": "", "email": "x@a.gov.uk"}, "Please give a name"),
        ({"name": "Jo", "email": "jo at work"}, "that is not an e-mail address"),
        ({"name": "Jo", "email": "al@a.gov.uk"}, "al@a.gov.uk belongs to Al"),
    ],
)
def test_a_slip_is_said_and_what_was_typed_is_kept(
    house: House, client: Client, sent: dict[str, str], why: str
) -> None:
    house.register("Al", mail="al@a.gov.uk")
    answer = client.post("/people", data={**adding(client), **sent})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{sent["email"]}"' in answer.text
    assert answer.text.count('scope="row"') == 2


@pytest.mark.parametrize("role", ["", "king", "lead,deputy"])
def test_a_role_has_to_be_chosen(house: House, client: Client, role: str) -> None:
    jo = house.register("Jo")
    answer = client.post(f"/people/{jo}/give", data={**csrf(client), "role": role})
    assert (answer.status_code, "Choose a role" in answer.text) == (422, True)
    assert roles_of(house, jo) == set()


def test_nobody_gives_themselves_a_role_and_the_last_administrator_stays(
    house: House, client: Client, ada: str
) -> None:
    given = client.post(f"/people/{ada}/give", data={**csrf(client), "role": "lead"})
    taken = client.post(f"/people/{ada}/take", data={**csrf(client), "role": "administrator"})
    assert (given.status_code, wording_people.NOT_TO_ONESELF in given.text) == (422, True)
    assert (taken.status_code, wording_people.LAST_ADMINISTRATOR in taken.text) == (422, True)
    assert roles_of(house, ada) == {"administrator"}


def test_whoever_stopped_being_an_administrator_changes_nothing_more(house: House, client: Client, ada: str) -> None:
    jo, sent = house.register("Jo", "administrator"), {**csrf(client), "role": "lead"}
    house.exchange.database.run_now(
        lambda c: people.grant(c, house.exchange.keys, ada, Role(AREA, "practitioner"), house.clock(), "")
    )
    house.revoke(ada, "administrator")
    assert client.post(f"/people/{jo}/give", data=sent).status_code == 403
    assert client.get("/people").status_code == 403
    assert roles_of(house, jo) == {"administrator"}


@pytest.mark.parametrize("path", ["/people/nobody", "/people/nobody/give", "/people/nobody/take"])
def test_somebody_who_is_not_there_is_not_found(house: House, client: Client, path: str) -> None:
    if path.endswith("nobody"):
        assert client.get(path).status_code == 404
    else:
        assert client.post(path, data={**csrf(client), "role": "lead"}).status_code == 404


def test_whoever_takes_a_role_is_told_how_many_cases_went_on_and_nothing_of_them(tmp_path: Path) -> None:
    with board_in(tmp_path) as board:
        ref, asha = board.opened(), board["Asha"]
        page = asha.post(f"/people/{board.ids['Lee']}/take", data={**csrf(asha), "role": "lead"})
        assert page.status_code == 200
        assert "One open case that was theirs went to Dee, who is being told." in words(page.text)
        assert ref not in page.text
        assert board.case(ref).owner == board.ids["Dee"]
