"""The list of cases: in order of urgency, only what somebody may see and asks for, and what nobody has heard of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.casework import casework
from bot.storage import cases, nudges

from .board_house import MONDAY, BoardHouse, board_in, words


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def headings(page: str) -> list[str]:
    """The urgencies of the page, in order."""
    found = re.findall(r'<h2[^>]*id="group-\d+">.*?</svg>(.*?) <span', page, re.DOTALL)
    return [one.strip() for one in found]


def refs(page: str) -> list[str]:
    """The cases of the page, in order."""
    return re.findall(r'<h3><a class="govuk-link" href="/board/case/([^"]+)"', page)


@pytest.fixture
def every_urgency(board: BoardHouse) -> dict[str, str]:
    """A case of each urgency, opened in another order."""
    board.clock.turn(days=-14)
    found = {
        "Later": board.opened(MONDAY - timedelta(days=14), MONDAY - timedelta(days=14), outcome="F"),
        "Late": board.opened(MONDAY - timedelta(days=14)),
    }
    for one in casework_clocks(board, found["Later"]):
        if one.rule.met_by == "done" and one.is_running:
            board.add(found["Later"], "done", clock=one.id, on=MONDAY - timedelta(days=14))
    board.add(found["Later"], "acknowledged", clock="new_case")
    board.add(found["Later"], "action agreed", values=(("due", "2027-02-23"),))
    board.clock.turn(days=14)
    found["Today"] = board.opened(MONDAY)
    found["No date yet"] = board.opened(None, outcome="B")
    board.add(found["No date yet"], "done", clock="protect_children", on=MONDAY)
    board.add(found["No date yet"], "acknowledged", clock="new_case")
    return found


def casework_clocks(board: BoardHouse, ref: str):  # type: ignore[no-untyped-def]
    return board.desk(lambda desk: casework.clocks(desk, casework.read(desk, board.stored_at(desk, ref))))


def test_cases_stand_in_order_of_urgency_each_told_by_a_word(board: BoardHouse, every_urgency: dict[str, str]) -> None:
    page = board["Lee"].get("/board").text
    assert headings(page) == ["Late", "Today", "No date yet", "Later"]
    assert refs(page) == [every_urgency[one] for one in headings(page)]
    assert "Late: Notify the Panel, due Mon 16 Nov 2026, 5 working days late." in words(page)
    assert "No date yet: Say which day the council became aware" in words(page)


def test_a_shape_stands_beside_each_word_and_is_not_read_out(board: BoardHouse, every_urgency: dict[str, str]) -> None:
    page = board["Lee"].get("/board").text
    shapes = re.findall(r'<svg class="app-shape[^"]*"[^>]*>', page)
    assert shapes
    assert all('aria-hidden="true"' in one for one in shapes)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Late", "Today", "No date yet", "Later"}),
        ("?late=yes", {"Late"}),
        ("?clock=notify_panel", {"Late", "Today"}),
        ("?clock=notify_panel&late=yes", {"Late"}),
        ("?clock=no_such_clock", set()),
        ("?owner=nobody", set()),
        ("?status=closed", set()),
        ("?status=nonsense", {"Late", "Today", "No date yet", "Later"}),
        ("?status=all", {"Late", "Today", "No date yet", "Later"}),
    ],
)
def test_only_what_is_asked_for_is_shown(
    board: BoardHouse, every_urgency: dict[str, str], query: str, expected: set[str]
) -> None:
    page = board["Lee"].get(f"/board{query}").text
    assert set(refs(page)) == {every_urgency[one] for one in expected}
    if not expected:
        assert "No case fits that." in page


def test_cases_can_be_had_by_owner(board: BoardHouse) -> None:
    first, second = board.opened(), board.opened()
    board.add(second, "reassigned", values=(("owner", board.ids["Dee"]),))
    page = board["Lee"].get("/board", params={"owner": board.ids["Dee"]}).text
    assert refs(page) == [second]
    assert refs(board["Lee"].get("/board", params={"owner": board.ids["Lee"]}).text) == [first]
    assert f'<option value="{board.ids["Dee"]}" selected>Dee</option>' in " ".join(page.split())


def test_a_closed_case_leaves_the_list_and_is_found_among_the_closed(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "closed", words="Opened twice.")
    assert refs(board["Lee"].get("/board").text) == []
    assert refs(board["Lee"].get("/board?status=closed").text) == [ref]


def test_the_areas_own_year_is_a_leads_to_see(board: BoardHouse) -> None:
    board.desk(casework.keep_area)
    assert "area" in refs(board["Lee"].get("/board").text)
    assert "area" not in refs(board["Pat"].get("/board").text)
    assert board["Lee"].get("/board/case/area").status_code == 200
    assert board["Pat"].get("/board/case/area").status_code == 404


def test_a_practitioner_sees_the_cases_they_opened_and_no_others_be_they_its_owner(board: BoardHouse) -> None:
    opened, had, other = board.opened(by="Pat"), board.opened(by="Olly"), board.opened()
    board.add(had, "reassigned", values=(("owner", board.ids["Pat"]),))
    page = board["Pat"].get("/board")
    assert set(refs(page.text)) == {opened}
    assert had not in page.text
    assert other not in page.text
    assert "The cases you opened or were told of." in page.text
    assert set(refs(board["Dee"].get("/board").text)) == {opened, had, other}


@pytest.mark.parametrize("name", ["Asha", "Cora"])
@pytest.mark.parametrize("path", ["/board", "/board/cases.csv", "/board/month/2026-11", "/board/deadlines.ics"])
def test_an_administrator_and_a_content_owner_see_no_case(board: BoardHouse, name: str, path: str) -> None:
    ref = board.opened()
    answer = board[name].get(path)
    assert (answer.status_code, ref in answer.text) == (403, False)
    assert board[name].get(f"/board/case/{ref}").status_code == 403


def test_a_look_at_a_list_is_one_entry_on_the_readers_own_record_and_none_on_the_cases(board: BoardHouse) -> None:
    first, second = board.opened(), board.opened()
    for path in ("/board", "/board/cases.csv", "/board/month/2026-11", "/board/deadlines.ics"):
        board["Lee"].get(path)
    assert board.own_record("Lee", "listed") == [
        "the list of cases: 2",
        "the list of cases as a file: 2",
        "the month 2026-11: 2",
        "the list of cases as a calendar: 2",
    ]
    assert board.looks(first) == board.looks(second) == []


def settle(board: BoardHouse, ref: str, status: str) -> None:
    ids = [one.id for one in board.nudges(ref) if one.clock]
    board.desk(lambda desk: nudges.settle(desk.connection, ids, status, desk.at))


def test_what_reached_nobody_stands_above_everything(board: BoardHouse) -> None:
    ref = board.opened()
    board.wake()
    settle(board, ref, "unreached")
    board.clock.turn(minutes=1)
    said = words(board["Lee"].get("/board").text)
    assert "Nobody has these reminders yet" in said
    assert "It could not be sent to anybody. For Lee, due Mon 23 Nov 2026, 09:00." in said


def test_what_is_on_its_way_is_not_alarmed_about_at_once_and_is_later(board: BoardHouse) -> None:
    board.opened()
    board.wake()
    assert "Nobody has these reminders yet" not in board["Lee"].get("/board").text
    board.clock.turn(minutes=15)
    assert "It has not been sent." in words(board["Lee"].get("/board").text)


def test_sent_is_never_called_read(board: BoardHouse) -> None:
    ref = board.opened()
    board.wake()
    settle(board, ref, "sent")
    board.clock.turn(hours=1)
    assert "Nobody has these reminders yet" not in board["Lee"].get("/board").text
    assert "Sent. Whether it was read is not known." in words(board["Lee"].get(f"/board/case/{ref}").text)


def test_a_practitioner_hears_of_no_reminder_of_a_case_that_is_not_theirs(board: BoardHouse) -> None:
    mine, other = board.opened(by="Pat"), board.opened()
    board.wake()
    for ref in (mine, other):
        settle(board, ref, "unreached")
    board.clock.turn(minutes=1)
    page = board["Pat"].get("/board").text
    assert f"Case {mine}" in page
    assert other not in page


def test_numbers_from_one_to_four_are_not_given(board: BoardHouse) -> None:
    for count in range(5):
        assert ("Open cases fewer than 5" in words(board["Lee"].get("/board").text)) == (count > 0), count
        board.opened()
    assert "Open cases 5" in words(board["Lee"].get("/board").text)
    assert "in numbers" not in board["Pat"].get("/board").text


def test_where_nobody_is_administrator_it_says_that_no_cases_are_kept(board: BoardHouse) -> None:
    board.house.revoke(board.ids["Asha"], "administrator")
    assert "Cases are not kept here yet" in board["Lee"].get("/board").text


def test_a_month_shows_what_is_due_as_a_picture_and_as_a_list(board: BoardHouse) -> None:
    ref = board.opened()
    page = board["Lee"].get("/board/month/2026-11").text
    assert f"Mon 30 Nov 2026: {ref} notify the Panel" in page
    assert f"Mon 30 Nov 2026 Case {ref} : notify the Panel" in words(page).replace("•", "")
    assert 'href="/board/month/2026-10"' in page
    assert 'href="/board/month/2026-12"' in page


def test_the_month_is_the_present_one_where_none_is_named(board: BoardHouse) -> None:
    assert board["Lee"].get("/board/month").url.path == "/board/month/2026-11"
    board.clock.turn(days=-60)
    assert board["Dee"].get("/board/month").url.path == "/board/month/2026-09"


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "26-11", "2017-12", "2100-01", "x", "2026-11-01"])
def test_what_is_no_month_is_not_there(board: BoardHouse, month: str) -> None:
    assert board["Lee"].get(f"/board/month/{month}").status_code == 404


@pytest.mark.parametrize(("month", "gone"), [("2018-01", "2017-12"), ("2099-12", "2100-01")])
def test_the_first_and_the_last_month_lead_no_further(board: BoardHouse, month: str, gone: str) -> None:
    page = board["Lee"].get(f"/board/month/{month}")
    assert page.status_code == 200
    assert gone not in page.text


def test_a_recorded_decision_is_found_and_has_nothing_to_do(board: BoardHouse) -> None:
    ref = board.opened(date(2026, 11, 23))
    stored = board.stored(ref)
    board.desk(lambda desk: cases.change(desk.connection, stored.id, status="recorded", wake_at=None))
    assert refs(board["Lee"].get("/board?status=recorded").text) == [ref]
    assert refs(board["Lee"].get("/board").text) == []


def test_what_is_counted_in_two_ways_is_asked_for_once(board: BoardHouse) -> None:
    ref = board.opened(MONDAY, MONDAY)
    page = board["Lee"].get("/board").text
    found = re.findall(r'<option value="(\w+)"[^>]*>\s*send the rapid review to the Panel', page, re.IGNORECASE)
    assert len(found) == 1
    names = ("rapid_review_from_notification", "rapid_review_from_awareness")
    pages = [words(board["Lee"].get(f"/board?clock={name}").text) for name in names]
    assert f"Case {ref}" in pages[0]
    assert pages[0] == pages[1]
