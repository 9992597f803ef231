"""The calendar that follows deadlines: a secret address for one person, ended at will, and with what they may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar

from adapters.web.security import HEADERS
from bot.storage import people
from bot.storage.people import Role

from .board_house import AREA, MONDAY, BoardHouse, board_in, words

PATH = "/board/calendar"
NOWHERE = "/calendar/" + "x" * 43 + ".ics"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def begun(board: BoardHouse, name: str) -> str:
    """A link made by somebody; its path."""
    page = board.send(name, PATH).text
    found = re.search(r'id="address">http://127\.0\.0\.1:8080(/calendar/[\w-]{43}\.ics)<', page)
    assert found, words(page)
    return found[1]


def followed(board: BoardHouse, path: str) -> httpx.Response:
    """What a calendar is given that knows nothing but the link."""
    with board.house.client() as calendar:
        return calendar.get(path)


def refs(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200
    return {str(one["summary"]).split(":")[0] for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_calendar_follows_by_the_link_alone_and_is_shown_references_and_duties_only(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    answer = followed(board, begun(board, "Lee"))
    assert refs(answer) == {f"Case {ref}"}
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "set-cookie" not in answer.headers
    assert b"Lee" not in answer.content


def test_it_follows_what_changes(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    path = begun(board, "Lee")
    board.add(ref, "closed", words="Opened twice.")
    assert refs(followed(board, path)) == set()


def test_a_practitioners_link_gives_only_the_cases_they_opened_or_have(board: BoardHouse) -> None:
    mine = board.opened(by="Pat")
    board.opened()
    assert refs(followed(board, begun(board, "Pat"))) == {f"Case {mine}"}


def test_the_link_is_shown_once_and_can_be_ended(board: BoardHouse) -> None:
    path = begun(board, "Lee")
    page = board["Lee"].get(PATH).text
    assert path not in page
    assert "You have had a link since Mon 23 Nov 2026, 09:00. No calendar has asked yet." in words(page)
    followed(board, path)
    assert "A calendar last looked on Mon 23 Nov 2026." in words(board["Lee"].get(PATH).text)
    form = {"csrf": re.search(r'name="csrf" value="([^"]+)"', page.partition("/board/calendar/end")[2])[1]}  # type: ignore[index]
    assert "You have no link." in words(board["Lee"].post(f"{PATH}/end", data=form).text)
    assert followed(board, path).status_code == 404


def test_a_new_link_ends_the_one_before(board: BoardHouse) -> None:
    first, second = begun(board, "Lee"), begun(board, "Lee")
    assert (followed(board, first).status_code, followed(board, second).status_code) == (404, 200)


def test_ones_own_link_ends_nobody_elses(board: BoardHouse) -> None:
    lees, dees = begun(board, "Lee"), begun(board, "Dee")
    assert (followed(board, lees).status_code, followed(board, dees).status_code) == (200, 200)


def test_it_ends_with_the_role_and_does_not_come_back_with_it(board: BoardHouse) -> None:
    path = begun(board, "Lee")
    board.house.revoke(board.ids["Lee"], "lead")
    assert followed(board, path).status_code == 404
    role, keys = Role(AREA, "lead"), board.house.exchange.keys
    board.desk(lambda desk: people.grant(desk.connection, keys, board.ids["Lee"], role, desk.at, ""))
    assert followed(board, path).status_code == 404


def test_it_ends_with_its_person(board: BoardHouse) -> None:
    path = begun(board, "Dee")
    board.house.forget(board.ids["Dee"])
    assert followed(board, path).status_code == 404


@pytest.mark.parametrize(
    "path", [NOWHERE, "/calendar/x", "/calendar/.ics", "/calendar/%00", "/calendar/" + "y" * 3000, "/calendar/é.ics"]
)
def test_any_other_address_is_plainly_not_there(board: BoardHouse, path: str) -> None:
    begun(board, "Lee")
    answer = followed(board, path)
    assert (answer.status_code, answer.text) == (404, "There is nothing here.\n")
    assert answer.headers["cache-control"] == "no-store"


def test_it_is_made_by_a_form_of_the_page_only(board: BoardHouse) -> None:
    assert board["Lee"].post(PATH, data={"csrf": "made-up"}).status_code == 403
    assert "You have no link." in words(board["Lee"].get(PATH).text)


@pytest.mark.parametrize("name", ["Asha", "Cora"])
def test_whoever_sees_no_case_has_no_link(board: BoardHouse, name: str) -> None:
    assert board[name].get(PATH).status_code == 403


def test_being_followed_is_on_its_persons_record_once_a_day(board: BoardHouse) -> None:
    path = begun(board, "Lee")
    for _ in range(4):
        followed(board, path)
        board.clock.turn(hours=3)
    assert board.own_record("Lee", "listed") == ["the deadlines by a calendar that follows them"]
    board.clock.at = board.clock.at + timedelta(days=1)
    followed(board, path)
    assert len(board.own_record("Lee", "listed")) == 2
