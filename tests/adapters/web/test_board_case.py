"""One case's page: everything on record of it, for those it concerns, each look put on record itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.casework import casework
from bot.casework.casework import Desk
from bot.decisions.sample_record import sample_records
from bot.record import to_json
from bot.storage import cases, nudges, timeline
from bot.storage.families import CASES

from .board_house import MONDAY, BoardHouse, board_in, day, words


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def with_decision(board: BoardHouse, ref: str, at: int = 0) -> str:
    """The same case with a decision of the referral kept; the decision's reference."""
    record = sample_records(board.house.exchange.definitions.flows["referral"])[at]

    def work(desk) -> None:  # type: ignore[no-untyped-def]
        decision = record.decision
        cases.add_decision(
            desk.connection,
            desk.keys,
            board.stored_at(desk, ref).id,
            desk.at,
            flow=record.flow,
            outcome=decision.outcome,
            rules_version=decision.rules_version,
            body=to_json(record),
        )

    board.desk(work)
    return f"{record.reference}-{record.version}"


def test_a_case_shows_its_facts_its_clocks_and_why_each_date_is_what_it_is(board: BoardHouse) -> None:
    ref = board.opened()
    said = words(board["Lee"].get(f"/board/case/{ref}").text)
    for expected in (
        "Status Open",
        "Owner Lee",
        "Council became aware Mon 23 Nov 2026",
        "Notify the Panel This week: aim for Fri 27 Nov 2026, latest Mon 30 Nov 2026",
        "Counted from Mon 23 Nov 2026, the day the council became aware.",
        "5 working days. Counted: Tue 24 to Fri 27 Nov (days 1 to 4), Mon 30 Nov (day 5). Not counted: the weekend.",
        "Opened; the council became aware on Mon 23 Nov 2026",
        "Mon 23 Nov 2026, 09:00, Lee.",
    ):
        assert expected in said, expected


def test_its_clocks_are_drawn_along_time(board: BoardHouse) -> None:
    ref = board.opened()
    page = board["Lee"].get(f"/board/case/{ref}").text
    assert "<title>Notify the Panel: from Mon 23 Nov 2026, deadline Mon 30 Nov 2026, running</title>" in page


@pytest.mark.parametrize(("name", "status"), [("Lee", 200), ("Dee", 200), ("Pat", 200), ("Olly", 404), ("Asha", 403)])
def test_a_case_is_seen_by_those_it_concerns_only(board: BoardHouse, name: str, status: int) -> None:
    ref = board.opened(by="Pat")
    answer = board[name].get(f"/board/case/{ref}")
    assert answer.status_code == status
    assert ("Notify the Panel" in answer.text) == (status == 200)


def test_of_a_case_that_is_not_theirs_nobody_learns_that_there_is_one(board: BoardHouse) -> None:
    ref = board.opened()
    there, none = (board["Olly"].get(f"/board/case/{one}").text for one in (ref, "26-999"))
    assert re.sub(r'value="[^"]+"', "", there) == re.sub(r'value="[^"]+"', "", none)


@pytest.mark.parametrize("ref", ["26-999", "x", "26-1", "26-001'--", "26-0010000000000"])
def test_a_case_there_is_none_of_is_not_there(board: BoardHouse, ref: str) -> None:
    board.opened()
    assert board["Lee"].get(f"/board/case/{ref}").status_code == 404


def test_every_look_is_on_record_and_shown_apart_from_what_happened(board: BoardHouse) -> None:
    ref = board.opened(by="Pat")
    for name in ("Lee", "Dee", "Lee", "Pat"):
        board[name].get(f"/board/case/{ref}")
    board["Dee"].get(f"/board/case/{ref}/noted")
    board["Olly"].get(f"/board/case/{ref}")
    assert board.looks(ref) == ["Lee", "Dee", "Lee", "Pat", "Dee"]
    said = words(board["Lee"].get(f"/board/case/{ref}").text)
    assert "Who looked at this case (6) Mon 23 Nov 2026, 09:00, Lee" in said
    happened = said.partition("What has happened")[2].partition("Who looked")[0]
    assert "Dee" not in happened
    stored = board.stored(ref)
    assert board.desk(lambda desk: timeline.verify(desk.connection, stored.id, CASES)) is None


def test_whoever_opened_a_case_adds_notes_and_does_nothing_else(board: BoardHouse) -> None:
    ref = board.opened(by="Pat")
    page = board["Pat"].get(f"/board/case/{ref}").text
    links = set(re.findall(rf'(?:href|action)="/board/case/{ref}/([a-z-]+)', page))
    assert links == {"noted"}
    assert board["Pat"].get(f"/board/case/{ref}/notified").status_code == 403
    assert board["Pat"].get(f"/board/case/{ref}/noted").status_code == 200


def test_words_on_record_are_for_those_who_may_act_and_for_whoever_wrote_them(board: BoardHouse) -> None:
    ref = board.opened(by="Pat")
    board.add(ref, "noted", words="The lead's own note.")
    board.add(ref, "noted", by="Pat", words="A note of mine.")
    for name, sees in (("Lee", True), ("Dee", True), ("Pat", False)):
        page = board[name].get(f"/board/case/{ref}").text
        assert ("own note." in page) == sees, name
        assert "A note of mine." in page


def test_what_was_taken_back_stays_and_says_so(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "other areas told", on=MONDAY)
    entry = str(board.case(ref).events[-1].seq)
    assert f"taken-back?entry={entry}" in board["Lee"].get(f"/board/case/{ref}").text
    board.add(ref, "taken back", values=(("event", entry),), words="It was the other case.")
    page = board["Lee"].get(f"/board/case/{ref}").text
    assert (
        "<del>The partners, and other areas that need to know, were told on Mon 23 Nov 2026</del> (taken back)" in page
    )
    assert f"taken-back?entry={entry}" not in page


def test_only_what_can_make_sense_now_is_offered(board: BoardHouse) -> None:
    ref = board.opened()

    def offered() -> set[str]:
        page = board["Lee"].get(f"/board/case/{ref}").text
        listed = page.partition("Something else")[2].partition("Along time")[0]
        return set(re.findall(rf'href="/board/case/{ref}/([a-z-]+)"', listed))

    first = offered()
    assert {"partner-decision", "notified", "closed", "hold-placed", "reassigned", "noted"} <= first
    assert not {"rapid-review-sent", "published", "hold-lifted", "reopened", "plan-moved", "action-audited"} & first
    board.add(ref, "notified", on=MONDAY)
    board.add(ref, "hold placed", words="The inquest.")
    board.add(ref, "action agreed", values=(("due", "2027-01-29"),))
    assert {"rapid-review-sent", "review-decided", "hold-lifted", "action-audited"} <= offered()
    board.add(ref, "closed", words="Opened twice.")
    assert offered() == {"reopened", "noted", "hold-lifted"}


def test_an_answer_is_said_beside_its_clock_while_it_holds(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "acknowledged", clock="notify_panel")
    assert "Somebody has it; asked again on Tue 24 Nov 2026." in words(board["Dee"].get(f"/board/case/{ref}").text)
    assert "You have it; asked again on Tue 24 Nov 2026." in words(board["Lee"].get(f"/board/case/{ref}").text)
    board.clock.turn(days=1)
    assert "You have it" not in words(board["Lee"].get(f"/board/case/{ref}").text)


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("html", b"<!DOCTYPE html>"), ("txt", b"")])
def test_a_decisions_document_is_built_from_what_is_stored(board: BoardHouse, kind: str, begins: bytes) -> None:
    ref = board.opened()
    name = with_decision(board, ref)
    page = board["Lee"].get(f"/board/case/{ref}").text
    assert f'href="/board/case/{ref}/decisions/1.{kind}"' in page
    before = len(board.looks(ref))
    answer = board["Lee"].get(f"/board/case/{ref}/decisions/1.{kind}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}.{kind}"
    assert answer.content.lstrip().startswith(begins)
    text = ZipFile(BytesIO(answer.content)).read("word/document.xml") if kind == "docx" else answer.content
    assert name.rpartition("-")[0].encode() in text
    assert len(board.looks(ref)) == before + 1


def test_a_document_is_named_by_the_title_and_version_that_stand_over_it(board: BoardHouse) -> None:
    ref = board.opened()
    with_decision(board, ref)
    with_decision(board, ref, at=1)
    said = words(board["Lee"].get(f"/board/case/{ref}").text)
    named = re.findall(
        r"\(([^()]*, version \d+)\) Confirmed .*?Document: Word of [^()]* \(([^()]*, version \d+)\)", said
    )
    assert len(named) == 2
    assert all(over == under for over, under in named)


@pytest.mark.parametrize("name", ["2.docx", "0.docx", "1.pdf", "x", "1.docx.exe", "-1.txt"])
def test_a_document_there_is_none_of_is_not_there(board: BoardHouse, name: str) -> None:
    ref = board.opened()
    with_decision(board, ref)
    assert board["Lee"].get(f"/board/case/{ref}/decisions/{name}").status_code == 404


def test_a_document_is_for_those_who_may_see_its_case(board: BoardHouse) -> None:
    ref = board.opened()
    with_decision(board, ref)
    assert board["Olly"].get(f"/board/case/{ref}/decisions/1.txt").status_code == 404
    assert board["Asha"].get(f"/board/case/{ref}/decisions/1.txt").status_code == 403


def test_a_case_about_to_be_erased_says_when_and_what_stops_it(board: BoardHouse) -> None:
    ref = board.opened()
    stored, on = board.stored(ref), board.clock() + timedelta(days=30)
    board.desk(lambda desk: cases.change(desk.connection, stored.id, purge_at=on))
    assert "Its text will be erased on Wed 23 Dec 2026" in words(board["Lee"].get(f"/board/case/{ref}").text)


def test_somebody_forgotten_leaves_no_name_on_record(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "noted", by="Dee", words="A note.")
    board.house.forget(board.ids["Dee"])
    said = words(board["Lee"].get(f"/board/case/{ref}").text)
    assert "somebody who is not registered any more" in said
    assert "Dee" not in said


def test_what_the_area_owes_every_year_is_done_here_too(board: BoardHouse) -> None:
    board.desk(casework.keep_area)
    path = "/board/case/area/done?clock=yearly_report"
    assert "Publish the yearly report" in words(board["Lee"].get("/board/case/area").text)
    page = board.send("Lee", path, **day(MONDAY))
    assert "Done: publish the yearly report on Mon 23 Nov 2026. It is on record." in words(page.text)
    assert "Publish the yearly report: latest was Thu 30 Sep 2027, now Sat 30 Sep 2028." in words(page.text)


def test_to_have_a_case_is_not_enough_without_a_role_that_has_cases(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "reassigned", values=(("owner", board.ids["Pat"]),))
    assert board["Pat"].get(f"/board/case/{ref}").status_code == 404
    assert board["Pat"].get(f"/board/case/{ref}/notified").status_code == 404


def test_whoever_a_duty_was_passed_up_to_says_on_its_page_that_they_have_it_and_nothing_more(board: BoardHouse) -> None:
    ref = board.opened()
    board.ids["Rob"] = board.house.register("Rob", "director")
    assert board["Rob"].get(f"/board/case/{ref}").status_code == 404

    def passed_up(desk: Desk) -> None:
        nudges.note(
            desk.connection,
            board.stored_at(desk, ref).id,
            "notify_panel||2026-11-30|day 4 at 14:00|director",
            desk.at,
            clock="notify_panel",
            kind="tell",
            post="director",
            person_id=board.ids["Rob"],
            line=f"Case {ref}: notify the Panel.",
            due_at=desk.at,
        )

    board.desk(passed_up)
    page = board["Rob"].get(f"/board/case/{ref}")
    assert page.status_code == 200
    assert "I have it" in words(page.text)
    assert "Put off" not in words(page.text)
    assert board["Rob"].get(f"/board/case/{ref}/notified?clock=notify_panel").status_code == 200
    assert board["Rob"].get(f"/board/case/{ref}/noted").status_code == 200
    for kind in ("reassigned", "closed", "notified", "hold-placed"):
        assert board["Rob"].get(f"/board/case/{ref}/{kind}").status_code in (403, 404), kind
    assert f"/board/case/{ref}" in board["Rob"].get("/board").text


def test_whose_action_it_is_answers_that_on_its_page_and_puts_it_off_and_nothing_else(board: BoardHouse) -> None:
    ref = board.opened()
    board.ids["Sue"] = board.house.register("Sue", "scrutineer")
    board.add(ref, "action agreed", values=(("due", "2026-12-04"), ("owner", board.ids["Sue"])))
    board.add(ref, "action agreed", values=(("due", "2026-12-04"), ("owner", board.ids["Lee"])))
    board.wake()
    page = board["Sue"].get(f"/board/case/{ref}").text
    assert set(re.findall(rf'href="/board/case/{ref}/([a-z-]+\?clock=[^"]+)"', page)) == {
        *("done?clock=action_due%3A1", "snoozed?clock=action_due%3A1"),
        *("action-audited?clock=action_audit%3A1", "snoozed?clock=action_audit%3A1"),
    }
    assert page.count(">I have it<") == 2
    for kind, clock in (("done", "action_due:2"), ("acknowledged", "notify_panel"), ("snoozed", "tell_partners")):
        assert board["Sue"].get(f"/board/case/{ref}/{kind}?clock={clock}").status_code in (403, 404), kind
    address = f"/board/case/{ref}/action-audited?clock=action_audit:1"
    assert board.send("Sue", address, action="2", words="It is in use.").status_code == 403
    board.send("Sue", f"/board/case/{ref}/snoozed?clock=action_due:1", words="The trainer is ill.")
    assert (board.case(ref).events[-1].kind, board.case(ref).events[-1].by) == ("snoozed", board.ids["Sue"])
