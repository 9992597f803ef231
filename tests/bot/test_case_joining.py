"""A decision put with the case it belongs to brings its days and what it owes there, and can be taken away again."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot import wording_case_joining
from bot.casework import board_acts, case_file, casework
from bot.casework.board_acts import About
from bot.casework.casework import Desk
from bot.casework.kept_decisions import records_of
from bot.exchange import Exchange
from bot.storage import cases
from bot.storage import people as stored_people

from .case_office import AREA, FIRST, Office, corrects, states, words
from .made_once import made_once
from .test_case_news import FROM_NOTIFICATION

SENT = {"sin_sent": "yes", "role": "la_children", "aware_on": "15 December 2026", "notified_on": "22 December 2026"}
AWARE, NOTIFIED, JOINED_ON = date(2026, 12, 15), date(2026, 12, 22), datetime(2026, 12, 23, 10, 0, tzinfo=UTC)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = Office(on_sqlite, at=JOINED_ON)
    await made.join("Asha", "administrator")
    await made.join("Lee", "lead")
    await made.join("Pat")
    await made.join("Nina")
    return made


async def joins(office: Office, **first: str) -> str:
    """A case, and a decision that its incident was notified before, which is put with it."""
    await office.decides("Pat", **first)
    await office.decides("Nina", **SENT)
    await office.says("Lee", "join 26-002")
    return words(await office.says("Lee", "26-001"))


async def taken_back(office: Office, why: str = "It belongs to another case.") -> object:
    """What comes of taking the joining back on the board."""
    seq = next(str(one.seq) for one in reversed((await office.case("26-002")).standing) if one.kind == "joined")
    seen = str((await office.case("26-002")).events[-1].seq)

    def work(desk: Desk) -> object:
        lee = stored_people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        return board_acts.do(desk, lee, About("26-002", "taken back", entry=seq), {"words": why}, seen)

    return await office.desk(work)


async def test_a_case_without_days_gets_them_and_its_clocks_run(office: Office) -> None:
    reply = await joins(office, la_aware="no")
    case = await office.case()
    assert (case.aware_on, case.notified_on) == (AWARE, NOTIFIED)
    after = await states(office)
    assert (after["notify_panel"], after["tell_partners"]) == ("met", "running")
    assert {after[name] for name in (FROM_NOTIFICATION, "rapid_review_launch", "agency_summaries")} == {"running"}
    assert "What has moved there: " in reply
    assert "Start the rapid review, secure records and ask the agencies: runs now" in reply
    card = words(await office.says("Lee", "case 26-001"))
    assert "The Panel was notified on Tue 22 Dec 2026, from case 26-002" in card
    assert "Joined to it case 26-002" in card.replace(":", "")


async def test_days_on_record_stand_but_of_two_days_of_awareness_the_earlier_counts(office: Office) -> None:
    await office.decides("Pat", aware_on="14 December 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.says("Lee", "18 December 2026")
    await office.decides("Nina", **SENT)
    await office.says("Lee", "join 26-002", "26-001")
    case = await office.case()
    assert (case.aware_on, case.notified_on) == (date(2026, 12, 14), date(2026, 12, 18))
    assert [one.kind for one in case.events[-2:]] == ["notified", "noted"]
    await office.decides("Nina", **{**SENT, "aware_on": "11 December 2026"})
    await office.says("Lee", "join 26-003", "26-001")
    assert (await office.case()).aware_on == date(2026, 12, 11)


async def test_what_the_decision_owes_beside_is_owed_there_too(office: Office) -> None:
    await office.decides("Pat", la_aware="no", place="other_english_area")
    await office.decides("Nina", **SENT, effect="died", care="none_or_previously_known")
    await office.says("Lee", "join 26-002", "26-001")
    after = await states(office)
    assert (after["written_confirmation"], after[FROM_NOTIFICATION], after["tell_cdop"]) == ("running",) * 3
    assert (await office.case()).outcome == "B"


async def test_the_owner_hears_where_somebody_else_joins_it(office: Office) -> None:
    await office.join("Dee", "deputy")
    await office.decides("Pat", la_aware="no")
    await office.decides("Nina", **SENT)
    await office.says("Dee", "join 26-002", "26-001")
    told = [line for who, line in await office.woken_all() if who == "Lee" and "another decision was put with" in line]
    assert len(told) == 1
    assert "Start the rapid review" in told[0]


async def test_a_wrong_join_is_taken_back_with_all_that_it_had_brought_and_done_right(office: Office) -> None:
    await office.decides("Pat", la_aware="no")
    before = await states(office)
    await office.decides("Pat", la_aware="no", place="outside_england")
    await office.decides("Nina", **SENT)
    await office.says("Lee", "join 26-003", "26-001")
    assert (await states(office)) != before
    seq = next(str(one.seq) for one in (await office.case("26-003")).events if one.kind == "joined")

    def undone(desk: Desk) -> object:
        lee = stored_people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        file = case_file.open_file(desk, lee, "26-003")
        assert file is not None
        assert int(seq) in [one.seq for one in file.timeline if one.can_be_taken_back]
        about = About("26-003", "taken back", entry=seq)
        refused = board_acts.do(desk, lee, about, {"words": ""}, file.seen)
        done = board_acts.do(desk, lee, about, {"words": "It belongs to the other one."}, file.seen)
        return refused, done

    refused, done = await office.desk(undone)  # type: ignore[misc]
    assert isinstance(refused, board_acts.Asking)
    assert isinstance(done, board_acts.Done)
    case = await office.case()
    assert (case.aware_on, case.notified_on) == (None, None)
    # What its owner did, though it is taken back, shows that they have it.
    assert await states(office) == before | {"new_case": "met"}
    assert (await office.case("26-003")).to_join
    assert "Joined to it" not in words(await office.says("Lee", "case 26-001"))
    await office.says("Lee", "join 26-003", "26-002")
    assert (await office.case("26-002")).notified_on == NOTIFIED

    def kept(desk: Desk) -> object:
        found = {}
        for ref in ("26-001", "26-002"):
            stored = cases.find(desk.connection, AREA, ref)
            assert stored is not None
            records = records_of(desk, stored, casework.read(desk, stored))
            found[ref] = [one.decision.outcome for one in records]
        return found

    assert await office.desk(kept) == {"26-001": ["B"], "26-002": ["C", "R"]}


async def test_what_was_recorded_there_by_hand_since_stands_when_a_joining_is_taken_back(office: Office) -> None:
    await joins(office, la_aware="no")
    await corrects(office, "Lee", "14 December 2026")
    assert isinstance(await taken_back(office), board_acts.Done)
    case = await office.case()
    assert (case.aware_on, case.notified_on) == (date(2026, 12, 14), None)


async def test_a_closed_case_is_opened_again_before_it_gets_what_it_does_not_have(office: Office) -> None:
    await office.decides("Pat", la_aware="no")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "Opened twice.", "yes")
    await office.decides("Nina", **SENT)
    reply = words(await office.says("Lee", "join 26-002"))
    assert "council aware a day not known yet, closed" in reply
    assert "Please open it again first" in words(await office.says("Lee", "26-001"))
    assert (await office.case("26-002")).to_join


async def test_each_case_to_join_is_told_apart_and_what_was_joined_says_to_which(office: Office) -> None:
    office.at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    await office.decides("Pat")
    office.at = JOINED_ON
    await office.decides("Nina", **SENT)
    assert FIRST in words(await office.says("Lee", "join 26-002"))
    await office.presses("Lee", FIRST)
    card = words(await office.says("Lee", "case 26-002"))
    assert "It was put with its case: case 26-001" in card


async def test_until_it_is_joined_it_is_listed_and_says_what_is_to_be_done(office: Office) -> None:
    await office.decides("Nina", **SENT)
    assert "26-001: on record, to be put with the case it belongs to" in words(await office.says("Lee", "my cases"))
    card = words(await office.says("Lee", "case 26-001"))
    assert "Put it with the case it belongs to, or say why it belongs to none." in card


async def test_news_of_a_joined_decision_goes_to_its_case(office: Office) -> None:
    await joins(office, la_aware="no")
    await office.says("Nina", "new information")
    died = {"what_is_new": "died", "care": "none_or_previously_known"}
    reply = words(await office.answers_out("Nina", died))
    assert "Case 26-002 is with another case" in reply
    assert "26-001" not in reply
    assert (await states(office))["tell_cdop"] == "running"
    assert any("child death overview panel has been told: runs now" in line for _, line in await office.woken_all())


async def test_a_decision_put_with_a_case_is_not_its_opener_s_to_read(office: Office) -> None:
    await joins(office)

    def seen(desk: Desk) -> object:
        found = {}
        for name in ("Lee", "Pat", "Nina"):
            person = stored_people.read(desk.connection, desk.keys, office.ids[name])
            assert person is not None
            for ref in ("26-001", "26-002"):
                file = case_file.open_file(desk, person, ref)
                found[name, ref] = None if file is None else (len(file.decisions), "Joined to it" in dict(file.facts))
        return found

    assert await office.desk(seen) == {
        ("Lee", "26-001"): (2, True),
        ("Pat", "26-001"): (1, True),
        ("Nina", "26-001"): None,
        ("Lee", "26-002"): (1, False),
        ("Pat", "26-002"): None,
        ("Nina", "26-002"): (1, False),
    }


async def test_what_is_new_goes_on_from_the_opener_s_own_decision_not_from_one_put_with_it(office: Office) -> None:
    await joins(office)
    begun = words(await office.says("Pat", "new information 26-001"))
    assert "version 1: Likely notifiable: it happened in our area." in begun
    assert "Already notified" not in begun
    await office.answers_out("Pat", {"what_is_new": "died"})
    assert (await office.case()).events[-1].kind == "decision corrected"
    assert "version 1: Already notified" in words(await office.says("Nina", "menu", "new information 26-002"))


async def test_the_card_shows_the_case_s_own_decision_to_all_also_once_something_was_told_of_the_other(
    office: Office,
) -> None:
    await joins(office)
    await office.says("Nina", "new information")
    await office.answers_out("Nina", {"what_is_new": "besides", "flags": "media"})
    shown = words(await office.says("Pat", "case 26-001"))
    assert "Decision: Likely notifiable: it happened in our area" in shown
    assert "Already notified" not in shown
    assert "Already notified" not in words(await office.says("Pat", "new information 26-001"))


async def test_of_a_case_of_its_own_it_is_said_that_nothing_waits_to_be_joined(office: Office) -> None:
    await office.decides("Pat")
    for _ in range(2):
        assert wording_case_joining.NOTHING_TO_JOIN in words(await office.says("Lee", "join 26-001"))
        await office.says("Pat", "menu")
        await office.decides("Pat")


async def test_the_card_says_that_what_was_put_with_it_counts_beside_its_own_decision(office: Office) -> None:
    await joins(office, maltreatment="unsure")
    assert (await office.case()).outcome == "B"
    shown = words(await office.says("Lee", "case 26-001"))
    said = wording_case_joining.counts_as_well("26-002", "Likely notifiable: it happened in our area")
    assert said in shown
    await taken_back(office)
    assert said not in words(await office.says("Lee", "case 26-001"))


async def test_nothing_is_said_of_it_where_both_come_to_the_same(office: Office) -> None:
    await joins(office)
    assert "this counts as well" not in words(await office.says("Lee", "case 26-001"))
