"""A case goes by one decision: its card shows that, and something new goes on from it, however it is told."""

from __future__ import annotations

from datetime import date

import pytest

from bot import wording_agreeing, wording_case_news, wording_going_on
from bot.exchange import Exchange

from .case_office import DEE, LEE, Office, corrects, staffed, states, tells, words
from .made_once import made_once

DIED = {"role": "la_children", "what_is_new": "died"}
NOT_ABUSE = {"what_is_new": "abuse", "maltreatment": "no", "known_to_services": "no"}
PRESS = {"what_is_new": "besides", "flags": "media"}


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def tells_plainly(office: Office, name: str, **answers: str) -> str:
    """What is answered to something new that names no case."""
    await office.says(name, "new information")
    return words(await office.answers_out(name, answers))


def owed(clocks: dict[str, str]) -> set[str]:
    """Which duties run."""
    return {name for name, state in clocks.items() if state == "running"}


@pytest.mark.parametrize("press", [False, True])
async def test_what_pat_tells_later_leaves_what_a_lead_told_as_it_is(office: Office, press: bool) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", **DIED)
    before = owed(await states(office))
    assert "tell_cdop" in before
    if press:
        await office.presses("Pat", "Something new has come up")
        reply = words(await office.answers_out("Pat", PRESS))
    else:
        reply = await tells_plainly(office, "Pat", **PRESS)
    assert "would end" not in reply
    assert wording_agreeing.STAYS_UNTIL_A_LEAD not in reply
    case = await office.case()
    assert case.to_agree is None
    assert case.decisions[-1].event.value("about") == "besides"
    assert before <= owed(await states(office))


async def test_what_a_lead_ended_does_not_run_again(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", role="la_children", **NOT_ABUSE)
    assert "notify_panel" not in owed(await states(office))
    begun = words(await office.says("Pat", "new information"))
    assert "Case 26-001." in begun
    await office.answers_out("Pat", PRESS)
    assert "notify_panel" not in owed(await states(office))


async def test_what_does_not_hold_is_not_told_again_with_something_else(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await office.says("Lee", "keep 26-001", "The scan shows a fracture.")
    before = owed(await states(office))
    reply = await tells_plainly(office, "Pat", **PRESS)
    assert wording_agreeing.STAYS_UNTIL_A_LEAD not in reply
    assert (await office.case()).to_agree is None
    assert before <= owed(await states(office))


async def test_what_a_lead_made_of_it_stands(office: Office) -> None:
    await office.decides("Pat", maltreatment="unsure")
    await tells(office, "Lee", role="la_children", what_is_new="abuse", maltreatment="known")
    assert (await office.case()).outcome == "B"
    await tells_plainly(office, "Pat", **PRESS)
    case = await office.case()
    assert (case.outcome, case.to_agree) == ("B", None)


@pytest.mark.parametrize("command", ["change", "back"])
async def test_an_answer_is_not_changed_of_what_the_case_does_not_go_by_any_more(office: Office, command: str) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", **DIED)
    before = owed(await states(office))
    assert wording_going_on.goes_by_another("26-001") in words(await office.says("Pat", command))
    assert wording_agreeing.STAYS_UNTIL_A_LEAD not in words(await office.answers_out("Pat", PRESS))
    case = await office.case()
    assert (case.decisions[-1].event.value("about"), case.to_agree) == ("besides", None)
    assert before <= owed(await states(office))


async def test_what_does_not_hold_is_not_changed_but_what_waits_is(office: Office) -> None:
    await office.decides("Pat")
    assert "Which answer" in words(await office.says("Pat", "change"))
    await office.says("Pat", "back")
    await tells(office, "Pat", **NOT_ABUSE)
    another = wording_going_on.goes_by_another("26-001")
    assert another not in words(await office.says("Pat", "change"))
    await office.says("Pat", "back")
    await office.says("Lee", "keep 26-001", "The scan shows a fracture.")
    assert another in words(await office.says("Pat", "change"))


async def test_of_one_case_only_the_newest_decision_is_gone_on_from(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", **DIED)
    await tells_plainly(office, "Pat", **PRESS)
    assert "What is new" in words(await office.says("Pat", "new information", "no", "ok"))
    await office.answers_out("Pat", {"what_is_new": "referred"})
    case = await office.case()
    assert (case.decisions[-1].event.value("about"), case.to_agree) == ("referred", None)


async def test_once_a_lead_agrees_news_goes_on_from_what_was_agreed_to(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await tells(office, "Lee", role="la_children", **PRESS)
    await office.says("Lee", "agree 26-001", "1", "The scan shows a medical cause.")
    before = owed(await states(office))
    assert "notify_panel" not in before
    await tells_plainly(office, "Pat", what_is_new="referred")
    assert "notify_panel" not in owed(await states(office))


async def test_the_card_shows_the_decision_in_force_after_a_disagreement(office: Office) -> None:
    await office.decides("Pat")
    before = words(await office.says("Pat", "case 26-001"))
    assert "Decision: Likely notifiable: it happened in our area" in before
    because = before[before.index("Why it was decided so") :].partition("What happened")[0].partition("To be done")[0]
    await office.says("Pat", "disagreement 26-001")
    await office.answers_out("Pat", {})
    for who in ("Pat", "Lee"):
        card = words(await office.says(who, "case 26-001"))
        assert "Decision: Likely notifiable: it happened in our area" in card
        assert because in card


async def test_what_is_decided_anew_counts_from_the_day_that_was_put_right(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await corrects(office, "Lee", "18 November 2026")
    for name, answers in (("Pat", PRESS), ("Lee", {"role": "la_children", **PRESS})):
        reply = await tells(office, name, **answers)
        assert "latest Wed 25 Nov 2026" in reply
        assert "Day the council first knew: Fri 20 Nov 2026 → Wed 18 Nov 2026" in reply or name == "Lee"
        assert "latest Fri 27 Nov 2026" not in reply.replace("latest Fri 27 Nov 2026 → ", "")


async def test_a_changed_answer_says_from_which_days_the_case_counts(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await corrects(office, "Lee", "18 November 2026")
    await office.woken()
    assert "Noted" in words(await office.says("Lee", "we notified the panel yesterday"))
    await office.says("Pat", "change", "Where they normally live", "2")
    reply = words(await office.answers_out("Pat", {}))
    assert "latest Fri 27 Nov 2026" in reply  # by what Pat knew
    assert wording_case_news.counted_from_awareness(date(2026, 11, 18)) in reply
    assert wording_case_news.notified_on_record(date(2026, 11, 22), theirs=False) in reply
    assert (await office.case()).aware_on == date(2026, 11, 18)


async def test_changing_what_was_put_with_another_case_tells_that_one_what_is_new(office: Office) -> None:
    await office.decides("Pat")
    sent = {"role": "la_children", "sin_sent": "yes", "aware_on": "20 November 2026"}
    await office.decides("Pat", notified_on="20 November 2026", **sent)
    await office.says("Lee", "join 26-002", "26-001")
    assert wording_going_on.put_with_another("26-002") in words(await office.says("Pat", "change"))
    await office.answers_out("Pat", {"what_is_new": "died", "care": "none_or_previously_known"})
    assert "tell_cdop" in owed(await states(office))
    assert owed(await states(office, "26-002")) == set()
