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
HARMED = {"outcome": "B", "died": "nobody"}
CHILD_DEATH_PANEL = "Check that the child death overview panel has been told"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def refs(board: BoardHouse) -> list[str]:
    return board.desk(lambda desk: [one.ref for one in cases.listed(desk.connection, AREA)])


def test_a_lead_opens_a_case_and_its_clocks_run(board: BoardHouse) -> None:
    sent = {"outcome": "B", "died": "child", "care": "none_or_previously_known", **day(MONDAY, "aware")}
    sent |= day(MONDAY, "notified")
    page = board.send("Dee", PATH, **sent)
    assert page.url.path == "/board/case/26-001"
    case = board.case("26-001")
    assert (case.outcome, case.add_ons, case.aware_on, case.notified_on) == ("B", {"CDR"}, MONDAY, MONDAY)
    assert case.owner == board.ids["Lee"], "the lead on duty has it"
    assert CHILD_DEATH_PANEL in words(page.text)


@pytest.mark.parametrize(
    "sent",
    [
        {"outcome": "F", "care": "lac_ours"},
        {"outcome": "F", "care": "unsure"},
        {"outcome": "GH"},
        {"outcome": "H", "died": "child", "care": "unsure"},
        {"outcome": "D", "died": "child", "care": "none_or_previously_known"},
    ],
    ids=str,
)
def test_a_death_under_18_is_told_to_the_child_death_overview_panel_without_a_tick(
    board: BoardHouse, sent: dict[str, str]
) -> None:
    page = board.send("Lee", PATH, **sent, **day(MONDAY, "aware"))
    assert "CDR" in board.case("26-001").add_ons
    assert CHILD_DEATH_PANEL in words(page.text)


@pytest.mark.parametrize(
    "sent", [HARMED, {"outcome": "G"}, {"outcome": "K"}, {"outcome": "H", "died": "adult", "care": "unsure"}], ids=str
)
def test_nothing_else_is(board: BoardHouse, sent: dict[str, str]) -> None:
    page = board.send("Lee", PATH, **sent, **day(MONDAY, "aware"))
    assert "CDR" not in board.case("26-001").add_ons
    assert CHILD_DEATH_PANEL not in words(page.text)


@pytest.mark.parametrize(
    ("care", "brings", "asks"),
    [
        ("lac_ours", {"CDR", "F+"}, "Notify the Secretary of State and Ofsted (looked-after child)"),
        ("lac_other", {"CDR", "F+"}, "Tell the Secretary of State and Ofsted of the death, unless the responsible"),
        ("care_leaver", {"CDR", "G2"}, "Notify the Secretary of State and Ofsted (care leaver)"),
        ("unsure", {"CDR", "FQ", "GQ"}, "Notify the Secretary of State and Ofsted if a looked-after child or a care"),
        ("none_or_previously_known", {"CDR"}, "Notify the Panel"),
    ],
)
def test_whose_care_a_child_who_died_was_in_brings_what_it_brings_in_a_decision(
    board: BoardHouse, care: str, brings: set[str], asks: str
) -> None:
    page = board.send("Lee", PATH, outcome="B", died="child", care=care, **day(MONDAY, "aware"))
    assert board.case("26-001").add_ons == brings
    assert asks in words(page.text)


def test_of_a_death_in_another_councils_care_it_was_that_council_that_notified(board: BoardHouse) -> None:
    days = {**day(LONG_AGO, "aware"), **day(MONDAY, "notified")}
    page = board.send("Lee", PATH, outcome="F", care="lac_other", **days)
    assert "The council responsible for the child, not ours, notified" in words(page.text)
    case = board.case("26-001")
    assert case.fact("responsible council notified") is not None
    assert (case.notified, case.death_notified) == (None, None)


def test_until_it_has_ours_stands_in_for_it(board: BoardHouse) -> None:
    page = board.send("Lee", PATH, outcome="F", care="lac_other", **day(MONDAY, "aware"))
    assert "unless the responsible council confirms in writing that it has" in words(page.text)
    assert "Record that the council responsible for the child notified" in words(page.text)


@pytest.mark.parametrize("outcome", ["F", "GH", "G"])
def test_a_death_that_the_panel_is_not_told_of_is_asked_and_kept_as_what_it_is(board: BoardHouse, outcome: str) -> None:
    asked = words(board["Lee"].get(PATH).text)
    assert "When was the notification sent?" in asked
    assert "for a death that only the Secretary of State and Ofsted are told of, to them" in asked
    assert "When was the Panel notified?" not in asked
    sent = {"outcome": outcome, "care": "lac_ours" if outcome == "F" else ""}
    board.send("Lee", PATH, **sent, **day(MONDAY, "aware"), **day(MONDAY, "notified"))
    case = board.case("26-001")
    assert (case.notified, case.death_notified is not None) == (None, True)


@pytest.mark.parametrize(
    ("sent", "asks"),
    [
        ({"outcome": "HF", "died": "child", "care": "unsure"}, "if a looked-after child or a care leaver has died"),
        ({"outcome": "HG", "died": "adult", "care": "unsure"}, "if a care leaver has died"),
        ({"outcome": "HL"}, "Notify the Secretary of State and Ofsted (care leaver)"),
    ],
    ids=str,
)
def test_what_is_not_clear_runs_the_clocks_of_what_it_may_be(
    board: BoardHouse, sent: dict[str, str], asks: str
) -> None:
    page = board.send("Lee", PATH, **sent, **day(MONDAY, "aware"))
    assert board.case("26-001").events[0].value("outcome") == sent["outcome"]
    assert asks in words(page.text)


def test_days_may_be_left_out_while_they_are_not_known(board: BoardHouse) -> None:
    page = board.send("Lee", PATH, outcome="H", died="unsure")
    assert "Which day did the council become aware? No date yet" in words(page.text)


def test_outcomes_are_chosen_in_words_and_only_those_that_open_a_case(board: BoardHouse) -> None:
    page = board["Lee"].get(PATH).text
    assert page.count('name="outcome"') == 12
    assert "A care leaver under 18 died: the council should notify" in page
    assert "Likely notifiable: it happened in our area" in page
    assert page.count("<textarea") == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "A"}, "outcome"),
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": "B"}, "died"),
        ({"outcome": "B", "died": "adult", "care": "unsure"}, "died"),
        ({"outcome": "F", "died": "nobody"}, "died"),
        ({"outcome": "G", "died": "child"}, "died"),
        ({"outcome": "K", "died": "child"}, "died"),
        ({"outcome": "B", "died": "child"}, "care"),
        ({"outcome": "F"}, "care"),
        ({"outcome": "F", "care": "care_leaver"}, "care"),
        ({**HARMED, **day(MONDAY + timedelta(days=1), "aware")}, "aware-day"),
        ({**HARMED, "aware-day": "32", "aware-month": "1", "aware-year": "2026"}, "aware-day"),
        ({**HARMED, **day(MONDAY, "aware"), **day(LONG_AGO, "notified")}, "notified-day"),
        ({**HARMED, **day(LONG_AGO, "aware"), **day(MONDAY, "notified")}, "words"),
        ({**HARMED, "words": "Sarah Jenkins was away"}, "words"),
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
    late = {**HARMED, **day(LONG_AGO, "aware"), **day(MONDAY, "notified"), "words": "It was decided late."}
    assert board.send("Lee", PATH, **late).url.path == "/board/case/26-001"
    assert board.case("26-001").late_reason == "It was decided late."


def test_a_form_sent_twice_opens_one_case(board: BoardHouse) -> None:
    form = {**hidden(board["Lee"].get(PATH).text, PATH), **HARMED}
    board["Lee"].post(PATH, data=form)
    again = board["Lee"].post(PATH, data=form)
    assert "That form had been sent already. Nothing was done twice." in words(again.text)
    assert refs(board) == ["26-001"]


def test_a_form_that_was_refused_can_be_sent_again(board: BoardHouse) -> None:
    late = {**HARMED, **day(LONG_AGO, "aware"), **day(MONDAY, "notified")}
    form = {**hidden(board["Lee"].get(PATH).text, PATH), **late}
    assert board["Lee"].post(PATH, data=form).status_code == 422
    assert board["Lee"].post(PATH, data={**form, "words": "It was decided late."}).status_code == 200
    assert refs(board) == ["26-001"]


@pytest.mark.parametrize("name", ["Pat", "Asha", "Cora"])
def test_nobody_but_a_lead_or_deputy_opens_one(board: BoardHouse, name: str) -> None:
    assert board[name].get(PATH).status_code == 403


def test_where_nobody_is_administrator_none_is_opened(board: BoardHouse) -> None:
    board.house.revoke(board.ids["Asha"], "administrator")
    page = board.send("Lee", PATH, **HARMED)
    assert "Cases are not kept here" in words(page.text)
    assert refs(board) == []
