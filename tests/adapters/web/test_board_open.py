"""Opening a case by hand: outcomes in words, days, no free text but a reason, and once however often it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import cases

from .board_house import AREA, MONDAY, BoardHouse, board_in, day, hidden, words

PATH = "/board/open"
LONG_AGO = MONDAY - timedelta(days=28)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def refs(board: BoardHouse) -> list[str]:
    return board.desk(lambda desk: [one.ref for one in cases.listed(desk.connection, AREA)])


def test_a_lead_opens_a_case_and_its_clocks_run(board: BoardHouse) -> None:
    sent = {"outcome": "B", "add_ons-CDR": "yes", **day(MONDAY, "aware"), **day(MONDAY, "notified")}
    page = board.send("Dee", PATH, **sent)
    assert page.url.path == "/board/case/26-001"
    case = board.case("26-001")
    assert (case.outcome, case.add_ons, case.aware_on, case.notified_on) == ("B", {"CDR"}, MONDAY, MONDAY)
    assert case.owner == board.ids["Lee"], "the lead on duty has it"
    assert "Check that the child death overview panel has been told" in words(page.text)


def test_days_may_be_left_out_while_they_are_not_known(board: BoardHouse) -> None:
    page = board.send("Lee", PATH, outcome="H")
    assert "Which day did the council become aware? No date yet" in words(page.text)


def test_outcomes_are_chosen_in_words_and_only_those_that_open_a_case(board: BoardHouse) -> None:
    page = board["Lee"].get(PATH).text
    assert page.count('name="outcome"') == 9
    assert "A care leaver under 18 died: the council should notify" in page
    assert "Likely notifiable: it happened in our area" in page
    assert page.count("<textarea") == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "A"}, "outcome"),
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": "B", **day(MONDAY + timedelta(days=1), "aware")}, "aware-day"),
        ({"outcome": "B", "aware-day": "32", "aware-month": "1", "aware-year": "2026"}, "aware-day"),
        ({"outcome": "B", **day(MONDAY, "aware"), **day(LONG_AGO, "notified")}, "notified-day"),
        ({"outcome": "B", **day(LONG_AGO, "aware"), **day(MONDAY, "notified")}, "words"),
        ({"outcome": "B", "words": "Sarah Jenkins was away"}, "words"),
    ],
    ids=str,
)
def test_a_slip_is_said_at_its_field_and_nothing_is_opened(board: BoardHouse, sent: dict[str, str], field: str) -> None:
    page = board.send("Lee", PATH, **sent)
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.text
    assert f'id="{field}"' in page.text
    assert refs(board) == []


def test_a_late_notification_is_taken_with_its_reason(board: BoardHouse) -> None:
    late = {"outcome": "B", **day(LONG_AGO, "aware"), **day(MONDAY, "notified"), "words": "It was decided late."}
    assert board.send("Lee", PATH, **late).url.path == "/board/case/26-001"
    assert board.case("26-001").late_reason == "It was decided late."


def test_a_form_sent_twice_opens_one_case(board: BoardHouse) -> None:
    form = {**hidden(board["Lee"].get(PATH).text, PATH), "outcome": "B"}
    board["Lee"].post(PATH, data=form)
    again = board["Lee"].post(PATH, data=form)
    assert "That form had been sent already. Nothing was done twice." in words(again.text)
    assert refs(board) == ["26-001"]


def test_a_form_that_was_refused_can_be_sent_again(board: BoardHouse) -> None:
    late = {"outcome": "B", **day(LONG_AGO, "aware"), **day(MONDAY, "notified")}
    form = {**hidden(board["Lee"].get(PATH).text, PATH), **late}
    assert board["Lee"].post(PATH, data=form).status_code == 422
    assert board["Lee"].post(PATH, data={**form, "words": "It was decided late."}).status_code == 200
    assert refs(board) == ["26-001"]


@pytest.mark.parametrize("name", ["Pat", "Asha", "Cora"])
def test_nobody_but_a_lead_or_deputy_opens_one(board: BoardHouse, name: str) -> None:
    assert board[name].get(PATH).status_code == 403


def test_where_nobody_is_administrator_none_is_opened(board: BoardHouse) -> None:
    board.house.revoke(board.ids["Asha"], "administrator")
    page = board.send("Lee", PATH, outcome="B")
    assert "Cases are not kept here" in words(page.text)
    assert refs(board) == []
