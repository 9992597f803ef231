"""What is on record, day by day: of cases for leads, of people for administrators; and questions without an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.casework.casework import Desk
from bot.messages import Turn, Typed
from bot.people import joining
from bot.storage import conversations, people, questions
from bot.storage.people import Role

from .board_house import AREA, MONDAY, BoardHouse, board_in, words

QUESTION = "notify panel deadline"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def test_a_day_shows_what_was_done_and_looked_at_and_by_whom(board: BoardHouse) -> None:
    ref = board.opened(by="Pat")
    board["Dee"].get("/board")
    board["Dee"].get(f"/board/case/{ref}")
    board.add(ref, "noted", words="Not to be seen in a list.")
    page = board["Lee"].get("/board/audit").text
    said = words(page)
    for expected in (
        f"Case {ref} : Opened; the council became aware on Mon 23 Nov 2026 09:00, Pat",
        f"Case {ref} : Looked at the case 09:00, Dee",
        "Looked at the list of cases: 1 09:00, Dee",
        f"Case {ref} : A note was added 09:00, Lee",
    ):
        assert expected in said, expected
    assert "Not to be seen" not in page


def test_a_day_says_which_council_notified_the_panel(board: BoardHouse) -> None:
    for outcome, said in (("B", "The Panel was notified on"), ("D", "The other council notified the Panel on")):
        board.add(board.opened(outcome=outcome), "notified", on=MONDAY)
        assert said in words(board["Lee"].get("/board/audit").text)


def test_a_day_says_what_was_taken_back(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "notified", on=MONDAY)
    entry = str(board.case(ref).events[-1].seq)
    board.add(ref, "taken back", values=(("event", entry),), words="It was the other case.")
    page = words(board["Lee"].get("/board/audit").text)
    assert "Taken back: “The Panel was notified on Mon 23 Nov 2026”" in page


def test_another_day_is_asked_for_in_words_or_by_links(board: BoardHouse) -> None:
    ref = board.opened()
    board.clock.turn(days=1)
    assert "Nothing is on record for that day." in board["Lee"].get("/board/audit").text
    for asked in ("2026-11-23", "yesterday", "23/11/2026", "23 Nov"):
        page = board["Lee"].get("/board/audit", params={"day": asked}).text
        assert f"Case {ref}" in words(page), asked
        assert 'href="/board/audit?day=2026-11-22"' in page
        assert 'href="/board/audit?day=2026-11-24"' in page


@pytest.mark.parametrize("asked", ["tomorrow", "x", "31/2/2026", "2017-01-01", "9999-12-31", "0001-01-01", "x" * 5000])
def test_what_is_no_day_that_was_is_said_at_the_field(board: BoardHouse, asked: str) -> None:
    for name, path in (("Lee", "/board/audit"), ("Asha", "/board/roles")):
        answer = board[name].get(path, params={"day": asked})
        assert (answer.status_code, '<a href="#day">' in answer.text) == (422, True)


def test_a_day_begins_and_ends_in_london(board: BoardHouse) -> None:
    board.clock.at = board.clock.at.replace(month=7, day=1, hour=23, minute=30)
    ref = board.opened(None)
    board.clock.turn(hours=1)
    at = {day: board["Lee"].get("/board/audit", params={"day": day}).text for day in ("2026-07-01", "2026-07-02")}
    assert {day: f"Case {ref}" in words(page) for day, page in at.items()} == {"2026-07-01": False, "2026-07-02": True}


def test_an_administrator_sees_roles_and_sign_ins_and_no_case(board: BoardHouse) -> None:
    ref = board.opened()
    board["Lee"].get("/board")
    board["Lee"].get(f"/board/case/{ref}")
    keys = board.house.exchange.keys
    role = Role(AREA, "deputy")
    board.desk(lambda desk: people.grant(desk.connection, keys, board.ids["Pat"], role, desk.at, board.ids["Asha"]))
    board.desk(lambda desk: people.add_account(desk.connection, keys, board.ids["Pat"], "slack", "U1", desk.at))
    page = board["Asha"].get("/board/roles").text
    said = words(page)
    assert "Signed in 09:00, Lee" in said
    assert "Joined an account: Slack 09:00, Pat" in said
    assert said.count("Joined an account") == 1, "a browser is none"
    assert "Was given a role: deputy lead (by Asha) 09:00, Pat" in said
    assert ref not in page
    assert "list of cases" not in page


def test_what_somebody_did_and_that_they_were_erased_stays_on_record_without_their_name(board: BoardHouse) -> None:
    keys = board.house.exchange.keys
    board["Dee"].get("/board")
    role = Role(AREA, "practitioner")
    board.desk(lambda desk: people.grant(desk.connection, keys, board.ids["Dee"], role, desk.at, board.ids["Asha"]))
    before = {
        path: words(board[name].get(path).text) for name, path in (("Lee", "/board/audit"), ("Asha", "/board/roles"))
    }
    board.desk(lambda desk: people.forget(desk.connection, keys, board.ids["Dee"], desk.at))
    lists = words(board["Lee"].get("/board/audit").text)
    roles = words(board["Asha"].get("/board/roles").text)
    assert lists.count("Looked at") == before["/board/audit"].count("Looked at") > 0
    assert "Looked at a list of cases 09:00, somebody who is not registered any more" in lists
    for said in ("Was given a role", "Signed in"):
        assert roles.count(said) == before["/board/roles"].count(said) > 0
    assert "Was given a role 09:00, somebody who is not registered any more" in roles
    assert "Who they are was erased (by the command line) 09:00, somebody who is not registered any more" in roles
    assert "Dee" not in lists + roles


def test_a_browser_that_was_joined_by_a_code_is_listed(board: BoardHouse) -> None:
    keys = board.house.exchange.keys

    def join(desk: Desk) -> None:
        person = board.ids["Pat"]
        people.add_account(desk.connection, keys, person, "slack", "U1", desk.at)
        code = joining.code_for(desk.connection, keys, ("slack", "U1"), desk.at)
        joining.confirm(desk.connection, keys, ("web", "a browser"), code, desk.at)

    board.desk(join)
    said = words(board["Asha"].get("/board/roles").text)
    assert "Joined a browser by a code: whoever uses it is taken for them 09:00, Pat" in said


@pytest.mark.parametrize("name", ["Lee", "Dee", "Pat", "Cora"])
def test_roles_and_sign_ins_are_for_administrators_only(board: BoardHouse, name: str) -> None:
    assert board[name].get("/board/roles").status_code == 403


@pytest.mark.parametrize("name", ["Asha", "Pat", "Cora"])
def test_who_did_what_with_cases_is_for_leads_only(board: BoardHouse, name: str) -> None:
    assert board[name].get("/board/audit").status_code == 403


def test_another_areas_people_are_not_shown(board: BoardHouse) -> None:
    elsewhere = board.house.register("Elsie Elsewhere", "lead", area="elsewhere")
    keys = board.house.exchange.keys
    board.desk(lambda desk: people.note(desk.connection, keys, elsewhere, desk.at, "listed", "the list of cases: 3"))
    assert "Elsie" not in board["Asha"].get("/board/roles").text
    assert "Elsie" not in board["Lee"].get("/board/audit").text


def queue(board: BoardHouse, *masked: str) -> None:
    """Let questions wait for an answer."""

    def work(desk) -> None:  # type: ignore[no-untyped-def]
        for number, words_ in enumerate(masked, 1):
            stored = conversations.load(desk.connection, desk.keys, "web", f"asker {number}", desk.at)
            questions.record(
                desk.connection, stored.id, 1, desk.at, channel="web", address="a", route="unsure", topic="", line="{}"
            )
            questions.queue(desk.connection, desk.keys, stored.id, words_)

    board.desk(work)


@pytest.mark.parametrize("name", ["Lee", "Dee", "Cora"])
def test_questions_without_an_answer_stand_together_with_those_like_them(board: BoardHouse, name: str) -> None:
    queue(board, QUESTION, QUESTION, "court anonymity rules")
    said = words(board[name].get("/board/questions").text)
    assert "3 questions without a good answer, in 2 groups." in said
    assert f"Asked 2 times, first on Mon 23 Nov 2026 {QUESTION} {QUESTION}" in said


def test_of_a_question_nobody_learns_who_asked(board: BoardHouse) -> None:
    queue(board, QUESTION)
    assert "asker 1" not in board["Cora"].get("/board/questions").text


def test_answers_past_their_review_date_are_named_with_their_owners(board: BoardHouse) -> None:
    topics = board.house.exchange.definitions.library.topics.values()
    first = min(topics, key=lambda topic: topic.review_by)
    board.clock.at = board.clock.at.replace(year=first.review_by.year + 1)
    assert first.title in words(board["Cora"].get("/board/questions").text)


@pytest.mark.parametrize("name", ["Asha", "Pat"])
def test_questions_are_for_leads_and_content_owners(board: BoardHouse, name: str) -> None:
    assert board[name].get("/board/questions").status_code == 403


def test_a_question_asked_in_the_conversation_comes_to_the_page(board: BoardHouse) -> None:
    """The whole way: it is not answered, and it waits."""
    asked = Turn("slack", "U1", "U1", Typed("what colour is the form for the moon"), "e1", board.clock())
    asyncio.run(board.house.exchange.take(asked))
    said = words(board["Cora"].get("/board/questions").text)
    assert "1 question without a good answer, in 1 group." in said
