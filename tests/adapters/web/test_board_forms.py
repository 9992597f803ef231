"""What is recorded of a case by its forms: each says what moved, and each slip is said at its field, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.web.board_view import first_field
from bot import wording_cases
from bot.cases.case import EventKind
from bot.cases.case_event import DAY_UNKNOWN
from bot.casework import wording_board
from bot.casework.case_forms import NEEDS, People, form_of, slug
from bot.definitions import Definitions
from bot.storage import nudges

from .board_house import MONDAY, BoardHouse, board_in, day, hidden, words
from .house import sign_in_as

FRIDAY = MONDAY - timedelta(days=3)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def problem(page: str) -> tuple[str, str]:
    """The first problem of a page's summary, and the field it leads to."""
    summary = page.partition('id="problems"')[2].partition("</ul>")[0]
    link = summary.partition('<a href="#')[2]
    return words(f"<main>{link.partition('>')[2].partition('</a>')[0]}</main>"), link.partition('"')[0]


def test_what_is_recorded_says_what_moved(board: BoardHouse) -> None:
    ref = board.opened(FRIDAY)
    page = board.send("Lee", f"/board/case/{ref}/notified", **day(MONDAY))
    assert page.url.path == f"/board/case/{ref}"
    said = words(page.text)
    assert "The Panel was notified. It is on record." in said
    assert "Notify the Panel: done Mon 23 Nov 2026." in said
    assert "Start the rapid review, secure records and ask the agencies: runs now, latest Tue 24 Nov 2026." in said
    assert board.case(ref).notified_on == MONDAY


def test_another_councils_notification_is_named_so_and_never_late(board: BoardHouse) -> None:
    ref = board.opened(MONDAY, outcome="D")
    page = words(board["Lee"].get(f"/board/case/{ref}").text)
    assert wording_board.RECORD_OTHER_NOTIFIED in page
    assert wording_board.RECORD["notified"] not in page
    form = words(board["Lee"].get(f"/board/case/{ref}/notified").text)
    assert wording_board.RECORD_OTHER_NOTIFIED in form
    assert wording_board.WHY_LATE not in form
    said = words(board.send("Lee", f"/board/case/{ref}/notified", **day(MONDAY)).text)
    assert "The other council notified the Panel. It is on record." in said


@pytest.mark.parametrize(("outcome", "said"), [("D", "the other council notifies the Panel"), ("HG", "18 or over")])
def test_a_decision_to_notify_says_what_it_means_where_no_clock_of_ours_begins(
    board: BoardHouse, outcome: str, said: str
) -> None:
    ref = board.opened(MONDAY, outcome=outcome)
    page = words(board.send("Lee", f"/board/case/{ref}/partner-decision", decision="notify", **day(MONDAY)).text)
    assert "begins by this: by what is on record" in page
    assert said in page


def test_a_corrected_day_moves_what_was_counted_from_it(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    page = board.send("Lee", f"/board/case/{ref}/awareness-corrected", **day(FRIDAY))
    assert "Notify the Panel: latest was Mon 30 Nov 2026, now Fri 27 Nov 2026." in words(page.text)


def test_the_day_of_a_review_that_is_missing_is_asked_for_and_given_on_the_board(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    board.add(ref, "notified", on=MONDAY)
    board.add(ref, "review decided", words="There is more to learn.", values=(("decision", "yes"), DAY_UNKNOWN))
    assert "Say which day the partners decided on a local review" in words(board["Lee"].get("/board").text)
    page = board["Lee"].get(f"/board/case/{ref}")
    assert wording_cases.REVIEW_WHEN in words(page.text)
    assert f"/board/case/{ref}/review-decided" in page.text
    fields = {"decision": "yes", "words": "There is more to learn.", **day(MONDAY)}
    said = words(board.send("Lee", f"/board/case/{ref}/review-decided", **fields).text)
    assert wording_cases.REVIEW_WHEN not in said
    assert board.case(ref).review_decided_on == MONDAY


def test_what_an_event_moved_can_be_seen_again_later(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    moved = board.send("Lee", f"/board/case/{ref}/awareness-corrected", **day(FRIDAY)).url
    board.add(ref, "notified", on=MONDAY)
    board.clock.turn(days=2)
    assert "now Fri 27 Nov 2026" in words(board["Dee"].get(str(moved)).text)


def test_a_late_notification_asks_why_at_its_field_and_keeps_the_day(board: BoardHouse) -> None:
    board.clock.turn(days=-14)
    ref = board.opened(MONDAY - timedelta(days=14))
    board.clock.turn(days=14)
    path = f"/board/case/{ref}/notified"
    page = board.send("Lee", path, **day(MONDAY))
    assert page.status_code == 422
    assert problem(page.text) == ("This is late. Please say why in a few words, without a child's details.", "words")
    assert 'value="23"' in page.text
    assert "<title>Error:" in page.text
    sent = {**hidden(page.text, path), **day(MONDAY), "words": "The meeting was held late because of leave."}
    assert "on record" in words(board["Lee"].post(path, data=sent).text)
    assert board.case(ref).late_reason == "The meeting was held late because of leave."


def test_acknowledging_is_one_press_and_says_until_when_it_holds(board: BoardHouse) -> None:
    ref = board.opened()
    page = board["Lee"].get(f"/board/case/{ref}").text
    action = f"/board/case/{ref}/acknowledged"
    form = next(one for n in range(9) if (one := hidden(page, action, n))["clock"] == "notify_panel")
    answer = board["Lee"].post(action, data=form)
    assert "You are asked again on the morning of Tue 24 Nov 2026" in words(answer.text)
    assert board.case(ref).events[-1].clock == "notify_panel"


def test_a_snooze_wants_a_reason_and_says_that_the_deadline_stays(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/snoozed?clock=notify_panel"
    assert problem(board.send("Lee", path).text) == ("Say it in a few words", "words")
    page = board.send("Lee", path, words="Waiting for the hospital.")
    assert "The reminder comes again on Tue 24 Nov 2026. The deadline has not moved." in words(page.text)
    assert "Put off until Tue 24 Nov 2026." in words(page.text)


def test_a_snooze_never_goes_past_the_deadline(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/snoozed?clock=protect_children"
    page = board.send("Lee", path, words="Tomorrow.")
    assert problem(page.text)[0] == "This is due by Mon 23 Nov 2026, so it cannot be put off to Tue 24 Nov 2026."
    assert "Tomorrow." in page.text


def test_a_case_is_handed_to_a_lead_or_deputy_who_is_here(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/reassigned"
    page = board["Lee"].get(path).text
    assert (">Dee<" in " ".join(page.split()).replace("> ", ">").replace(" <", "<"), "Pat" in page) == (True, False)
    assert problem(board.send("Lee", path).text) == ("Choose one of these", "owner")
    assert problem(board.send("Lee", path, owner=board.ids["Pat"]).text)[1] == "owner"
    said = words(board.send("Lee", path, owner=board.ids["Dee"]).text)
    assert "Dee has it now, with everything on record, and is being told." in said
    assert board.case(ref).owner == board.ids["Dee"]


def test_with_nobody_else_to_hand_it_to_the_form_says_so(board: BoardHouse) -> None:
    ref = board.opened()
    board.house.revoke(board.ids["Dee"], "deputy")
    assert "Nobody else is registered as lead or deputy here." in board["Lee"].get(f"/board/case/{ref}/reassigned").text


def test_a_case_is_closed_and_opened_again(board: BoardHouse) -> None:
    ref = board.opened()
    page = board.send("Lee", f"/board/case/{ref}/closed")
    assert problem(page.text)[0].startswith("These are not done yet: ")
    assert board.send("Lee", f"/board/case/{ref}/closed", words="Opened twice.").status_code == 200
    assert board.stored(ref).status == "closed"
    board.send("Lee", f"/board/case/{ref}/reopened", words="It was not the same.")
    assert board.stored(ref).status == "open"


def test_a_case_moves_to_the_clocks_of_today_and_what_that_moves_is_said_before_and_after(
    board: BoardHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = board.opened()
    plan = board.house.exchange.definitions.plan
    rules = tuple(
        replace(rule, within=replace(rule.within, count=3)) if rule.name == "notify_panel" and rule.within else rule
        for rule in plan.rules
    )
    newer: Definitions = replace(board.house.exchange.definitions, plan=replace(plan, version="newer", rules=rules))
    monkeypatch.setattr(board.house.exchange, "definitions", newer)
    would = "Notify the Panel: latest was Mon 30 Nov 2026, now Thu 26 Nov 2026."
    assert would in words(board["Lee"].get(f"/board/case/{ref}/plan-moved").text)
    page = board.send("Lee", f"/board/case/{ref}/plan-moved")
    assert would in words(page.text)
    assert "the table of newer" in words(page.text)
    again = board.send("Lee", f"/board/case/{ref}/plan-moved")
    assert problem(again.text)[0] == "This case follows the present clocks already."


def test_an_entry_is_taken_back_with_a_reason(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "notified", on=MONDAY)
    entry = board.case(ref).events[-1].seq
    path = f"/board/case/{ref}/taken-back?entry={entry}"
    assert "The Panel was notified on Mon 23 Nov 2026" in words(board["Lee"].get(path).text)
    assert problem(board.send("Lee", path).text)[1] == "words"
    page = board.send("Lee", path, words="It was the other case.")
    assert "Notify the Panel: runs now, latest Mon 30 Nov 2026." in words(page.text)
    assert board.case(ref).notified_on is None


def test_an_action_is_agreed_looked_at_and_its_impact_recorded(board: BoardHouse) -> None:
    ref = board.opened()
    due = day(date(2027, 2, 26), "due")
    said = {"words": "Train the staff.", "review": "3 months", "owner": board.ids["Dee"]}
    board.send("Lee", f"/board/case/{ref}/action-agreed", **due, **said)
    action = board.case(ref).actions[0]
    assert (action.due_on, str(action.every), action.owner) == (date(2027, 2, 26), "3 months", board.ids["Dee"])
    board.send("Lee", f"/board/case/{ref}/action-audited", action="1", words="On its way.")
    board.send("Lee", f"/board/case/{ref}/impact-recorded", action="1", words="Staff ask earlier.")
    assert board.case(ref).actions[0].impact is not None


def test_an_action_that_need_not_be_looked_at_is_not_audited(board: BoardHouse) -> None:
    ref = board.opened()
    said = {"words": "Train the staff.", "review": "none"}
    board.send("Lee", f"/board/case/{ref}/action-agreed", **day(date(2027, 2, 26), "due"), **said)
    page = words(board["Lee"].get(f"/board/case/{ref}").text)
    assert "Complete action 1" in page
    assert "Audit action 1" not in page


def test_what_stays_as_it_is_when_nothing_is_chosen_is_said(board: BoardHouse) -> None:
    ref = board.opened()
    said = {"words": "Train the staff.", "review": "none", "owner": board.ids["Dee"]}
    path = f"/board/case/{ref}/action"
    assert "Nobody in particular" in board["Lee"].get(f"{path}-agreed").text
    board.send("Lee", f"{path}-agreed", **day(date(2027, 2, 26), "due"), **said)
    form = board["Lee"].get(f"{path}-changed").text
    assert wording_cases.AS_IT_IS in form
    assert "Nobody in particular" not in form
    board.send("Lee", f"{path}-changed", **day(date(2027, 3, 5), "due"), action="1", words="It takes longer.")
    assert board.case(ref).actions[0].owner == board.ids["Dee"]


def test_on_a_page_that_is_stale_nothing_is_recorded_and_nothing_is_lost(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/notified"
    mine = {**hidden(board["Lee"].get(path).text, path), **day(MONDAY), "words": "My reason, typed with care."}
    board.send("Dee", f"/board/case/{ref}/noted", words="Spoke to the unit.")
    page = board["Lee"].post(path, data=mine)
    assert page.status_code == 409
    said = words(page.text)
    assert "This case has changed since you opened the page." in said
    assert "What is new Mon 23 Nov 2026: A note was added (Dee)" in said
    assert board.case(ref).notified_on is None
    assert "My reason, typed with care." in page.text
    again = {**hidden(page.text, path), **day(MONDAY), "words": "My reason, typed with care."}
    assert board["Lee"].post(path, data=again).url.path == f"/board/case/{ref}"
    assert board.case(ref).notified_on == MONDAY


def signed_out(board: BoardHouse, how: str) -> None:
    if how == "its cookie is gone":
        board["Lee"].cookies.delete("session")
    else:
        board.clock.turn(hours=1)


@pytest.mark.parametrize("how", ["its cookie is gone", "it was left alone"])
def test_what_was_typed_while_a_session_ended_stands_in_the_form_after_signing_in(board: BoardHouse, how: str) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/notified"
    mine = {**hidden(board["Lee"].get(path).text, path), **day(MONDAY), "words": "My <reason>,\ntyped with care."}
    signed_out(board, how)
    page = board["Lee"].post(path, data=mine)
    assert (page.status_code, page.url.path, page.url.query) == (403, path, b"")
    assert "Nothing was recorded: you were signed out" in page.text
    assert "My &lt;reason&gt;,<br>typed with care." in page.text
    assert not any("reason" in value for value in board["Lee"].cookies.values())
    kept = hidden(page.text, path)
    assert "csrf" not in kept
    # Not signed in yet: the same page.
    assert "Nothing was recorded: you were signed out" in board["Lee"].post(path, data=kept).text
    board.sign_in_again("Lee")
    assert board.case(ref).notified_on is None
    page = board["Lee"].post(path, data=kept)
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert "My &lt;reason&gt;,\ntyped with care." in page.text
    assert board.case(ref).notified_on is None
    again = {**hidden(page.text, path), **day(MONDAY), "words": "My reason."}
    assert board["Lee"].post(path, data=again).url.path == f"/board/case/{ref}"
    assert board.case(ref).notified_on == MONDAY


def test_so_does_what_was_typed_to_open_a_case(board: BoardHouse) -> None:
    path = "/board/open"
    mine = {**hidden(board["Lee"].get(path).text, path), **day(MONDAY, "aware"), "outcome": "B", "died": "nobody"}
    signed_out(board, "its cookie is gone")
    kept = hidden(board["Lee"].post(path, data=mine).text, path)
    board.sign_in_again("Lee")
    page = board["Lee"].post(path, data=kept).text
    assert "Nothing was recorded yet: you had been signed out." in page
    assert 'value="2026"' in page
    # Given back twice, and sent twice, it opens one case.
    for given_back in (page, board["Lee"].post(path, data=kept).text):
        mine |= hidden(given_back, path)
        board["Lee"].post(path, data=mine)
    assert board.case("26-001").aware_on == MONDAY
    assert board["Lee"].get("/board/case/26-002").status_code == 404


def test_so_does_what_was_sent_after_signing_in_in_another_tab(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/noted"
    mine = {**hidden(board["Lee"].get(path).text, path), "words": "Spoke to the unit, at length."}
    signed_out(board, "it was left alone")
    board.sign_in_again("Lee")
    page = board["Lee"].post(path, data=mine)
    assert page.status_code == 409
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert "Spoke to the unit, at length." in page.text
    assert "Spoke to the unit, at length." not in [one.words for one in board.case(ref).events]
    again = {**hidden(page.text, path), "words": "Spoke to the unit, at length."}
    assert board["Lee"].post(path, data=again).url.path == f"/board/case/{ref}"
    assert [one.words for one in board.case(ref).events].count("Spoke to the unit, at length.") == 1


@pytest.mark.parametrize("kind", ["noted", "open"])
@pytest.mark.parametrize("how", ["sent by the next one", "given back, and gone on with by the next one"])
def test_what_one_typed_is_not_shown_to_the_next_one_and_waits_for_them(board: BoardHouse, kind: str, how: str) -> None:
    ref, lee = board.opened(), board["Lee"]
    path = "/board/open" if kind == "open" else f"/board/case/{ref}/noted"
    mine = {**hidden(lee.get(path).text, path), "words": "Spoke to the unit, at length."}
    signed_out(board, "it was left alone")
    if how != "sent by the next one":
        mine = hidden(lee.post(path, data=mine).text, path)
    sign_in_as(lee, board.ids["Dee"])
    page = lee.post(path, data=mine)
    assert page.status_code == 409
    assert "Nothing was recorded: somebody else typed that" in page.text
    assert "at length." not in words(page.text)
    signed_out(board, "it was left alone")
    page = lee.post(path, data=hidden(page.text, path))
    assert "at length." not in words(page.text)
    sign_in_as(lee, board.ids["Cora"])
    page = lee.post(path, data=hidden(page.text, path))
    assert "Nothing was recorded: somebody else typed that" in page.text
    assert "at length." not in words(page.text)
    signed_out(board, "it was left alone")
    board.sign_in_again("Lee")
    page = lee.post(path, data=hidden(page.text, path))
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert "Spoke to the unit, at length." in page.text
    assert "Spoke to the unit, at length." not in [one.words for one in board.case(ref).events]


def test_what_was_typed_while_a_role_ended_is_given_back(board: BoardHouse) -> None:
    ref, lee = board.opened(), board["Lee"]
    path = f"/board/case/{ref}/noted"
    mine = {**hidden(lee.get(path).text, path), "words": "Spoke to the unit, at length."}
    board.house.grant(board.ids["Lee"], "content_owner")
    board.house.revoke(board.ids["Lee"], "lead")
    page = lee.post(path, data=mine)
    assert page.status_code == 403
    assert "Spoke to the unit, at length." in page.text
    assert "Spoke to the unit, at length." not in [one.words for one in board.case(ref).events]


def test_so_does_a_case_to_be_opened_that_was_sent_after_signing_in_in_another_tab(board: BoardHouse) -> None:
    path = "/board/open"
    mine = {**hidden(board["Lee"].get(path).text, path), **day(MONDAY, "aware"), "outcome": "B", "died": "nobody"}
    signed_out(board, "it was left alone")
    board.sign_in_again("Lee")
    page = board["Lee"].post(path, data=mine)
    assert (page.status_code, page.url.path) == (422, path)
    assert "Nothing was recorded yet: you had been signed out." in page.text
    assert 'value="2026"' in page.text
    assert "26-001" not in board["Lee"].get("/board").text


def test_what_was_only_pressed_while_a_session_ended_is_said_not_to_be_recorded(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/acknowledged"
    form = hidden(board["Lee"].get(path, params={"clock": "notify_panel"}).text, path)
    signed_out(board, "its cookie is gone")
    page = board["Lee"].post(path, data=form)
    assert page.url.path == "/sign-in"
    assert "Nothing was recorded: you were signed out before you pressed that." in page.text
    assert page.url.params["to"] == f"{path}?clock=notify_panel"


@pytest.mark.parametrize("sent", [{"again": "yes"}, {"csrf": "made-up"}], ids=str)
def test_a_form_of_another_site_is_not_shown_again(sent: dict[str, str], board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/noted"
    sent = {**sent, "words": "Not typed here."}
    page = board["Lee"].post(path, data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert "Not typed here." not in page.text


def test_a_form_sent_twice_records_once(board: BoardHouse) -> None:
    ref = board.opened()
    path = f"/board/case/{ref}/noted"
    form = {**hidden(board["Lee"].get(path).text, path), "words": "Once."}
    assert [board["Lee"].post(path, data=form).status_code for _ in range(2)] == [200, 409]
    assert [one.words for one in board.case(ref).events].count("Once.") == 1


@pytest.mark.parametrize(
    ("kind", "identifying"),
    [("noted", "Call her mother Sarah Jenkins on 07700 900123"), ("closed", "Lives at 12 Mill Lane, S70 2AB")],
)
def test_what_could_identify_somebody_is_caught_and_not_kept(board: BoardHouse, kind: str, identifying: str) -> None:
    ref = board.opened()
    page = board.send("Lee", f"/board/case/{ref}/{kind}", words=identifying)
    assert page.status_code == 422
    text, field = problem(page.text)
    assert text.startswith("It looks as if that has ")
    assert field == "words"
    assert "removed]" in page.text
    for part in ("Sarah", "07700", "Mill Lane", "S70"):
        assert part not in page.text
    assert len(board.case(ref).events) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Please fill in the day, month and year"),
        ({"day-day": "31", "day-month": "2", "day-year": "2026"}, ""),
        ({"day-day": "x", "day-month": "2", "day-year": "2026"}, "Please check the day"),
        ({"day-day": "1", "day-month": "13", "day-year": "2026"}, "Please check the month"),
        ({"day-day": "1", "day-month": "2", "day-year": "20261"}, "Please check the year"),
        (day(MONDAY + timedelta(days=1)), "That day has not come yet"),
        (day(date(2017, 12, 31)), "I can only take dates from 2018 on"),
        (day(FRIDAY), "The council became aware on Mon 23 Nov 2026"),
    ],
    ids=str,
)
def test_a_day_that_cannot_be_is_said_at_its_field(board: BoardHouse, fields: dict[str, str], expected: str) -> None:
    ref = board.opened()
    page = board.send("Lee", f"/board/case/{ref}/notified", **fields)
    text, field = problem(page.text)
    assert text.startswith(expected)
    assert (page.status_code, field) == (422, "day-day")
    assert len(board.case(ref).events) == 1


def test_a_day_long_ago_is_taken_once_it_is_sent_again(board: BoardHouse) -> None:
    ref = board.opened(None)
    path, long_ago = f"/board/case/{ref}/awareness-corrected", day(date(2025, 3, 3))
    page = board.send("Lee", path, **long_ago)
    assert "is a year ago or more" in problem(page.text)[0]
    other = {**hidden(page.text, path), **day(date(2025, 3, 4))}
    assert board["Lee"].post(path, data=other).status_code == 422
    assert board["Lee"].post(path, data={**hidden(page.text, path), **long_ago}).status_code == 200
    assert board.case(ref).aware_on == date(2025, 3, 3)


def test_words_that_tell_of_danger_are_recorded_and_answered_with_999_first(board: BoardHouse) -> None:
    ref = board.opened()
    page = board.send("Lee", f"/board/case/{ref}/noted", words="he is hitting the baby right now")
    assert "Phone 999 now" in words(page.text)
    assert len(board.case(ref).events) == 2


@pytest.mark.parametrize("kind", NEEDS, ids=slug)
def test_every_form_can_be_looked_at_and_says_each_slip_at_a_field_it_has(board: BoardHouse, kind: EventKind) -> None:
    ref = board.opened()
    board.add(ref, "notified", on=MONDAY)
    board.add(ref, "action agreed", values=(("due", "2027-01-29"),))
    path = f"/board/case/{ref}/{slug(kind)}"
    before = len(board.case(ref).events)
    page = board.send("Lee", path)
    if page.url.path != path:
        assert len(board.case(ref).events) == before + 1
        return
    assert page.status_code == 422
    form = form_of(kind, board.case(ref), People((("x", "X"),), (("x", "X"),)))
    assert problem(page.text)[1] in {"form", *(first_field(one) for one in form.blanks)}
    assert f'id="{problem(page.text)[1]}"' in page.text
    assert len(board.case(ref).events) == before


@pytest.mark.parametrize("kind", ["nonsense", "opened", "read", "noted%00"])
def test_what_no_form_records_is_not_there(board: BoardHouse, kind: str) -> None:
    ref = board.opened()
    assert board["Lee"].get(f"/board/case/{ref}/{kind}").status_code == 404


@pytest.mark.parametrize("field", ["clock", "entry", "seen", "action", "decision"])
def test_a_form_with_nonsense_in_it_records_nothing(board: BoardHouse, field: str) -> None:
    ref = board.opened()
    for kind in ("done", "snoozed", "taken-back", "partner-decision", "action-audited"):
        path = f"/board/case/{ref}/{kind}"
        form = {**hidden(board["Lee"].get(path).text, path), **day(MONDAY), "words": "Some words."}
        for value in ("", "nonsense", "x" * 5000, "-1", "999999999999999999999", "é", "\x00"):
            answer = board["Lee"].post(path, data={**form, field: value})
            assert answer.status_code in (409, 422), (kind, value)
    assert len(board.case(ref).events) == 1


def test_whoever_has_a_case_hears_of_a_note_made_on_the_board(board: BoardHouse) -> None:
    ref = board.opened()
    board.send("Dee", f"/board/case/{ref}/noted", words="Spoke to the unit.")
    stored = board.stored(ref)
    noted = board.desk(lambda desk: nudges.of_case(desk.connection, stored.id, ("waiting",)))
    told = [(one.person_id, one.line) for one in noted if one.kind == "changed"]
    assert told == [(board.ids["Lee"], wording_cases.note_added(ref))]
