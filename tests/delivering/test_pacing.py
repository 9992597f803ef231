"""What is sent keeps to what a platform takes in a while: in one conversation, and of reminders in all of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Limits, Rate
from bot.delivering.pacing import MANY, Pace
from tests.delivering.office import Office
from tests.delivering.test_replies import says

LIMITS = Limits(conversation=(Rate(3, 1), Rate(4, 2)), app=(Rate(5, 1),))
ASKED = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 0.5), st.booleans()), max_size=60)


def keeps_to(moments: list[float], rate: Rate) -> bool:
    pairs = zip(moments, moments[rate.most :], strict=False)
    return all(later - earlier > rate.seconds - 1e-6 for earlier, later in pairs)


@given(ASKED)
def test_no_conversation_and_no_reminder_goes_faster_than_the_platform_takes(
    asked: list[tuple[str, float, bool]],
) -> None:
    pace, at = Pace(LIMITS), 100.0
    there: dict[str, list[float]] = {}
    reminders: list[float] = []
    for where, later, is_reply in asked:
        # In a conversation one thing is sent after the other.
        at = max([at + later, *there.get(where, [])[-1:]])
        goes = at + pace.wait(where, at, is_reply=is_reply)
        there.setdefault(where, []).append(goes)
        if not is_reply:
            reminders.append(goes)
    for moments in there.values():
        assert all(earlier <= later for earlier, later in pairwise(moments))
        assert all(keeps_to(moments, rate) for rate in LIMITS.conversation)
    assert all(keeps_to(sorted(reminders), rate) for rate in LIMITS.app)


def test_what_is_within_the_rates_waits_for_nothing() -> None:
    pace = Pace(LIMITS)
    assert [pace.wait("a", 100 + number / 2, is_reply=False) for number in range(9)] == [0.0] * 9


def test_a_reply_does_not_wait_for_what_reminders_have_used_up() -> None:
    pace = Pace(LIMITS)
    assert [pace.wait(str(number), 100, is_reply=False) for number in range(6)] == [0, 0, 0, 0, 0, 1]
    assert pace.wait("somebody", 100, is_reply=True) == 0


def test_without_rates_nothing_waits_and_nothing_is_kept() -> None:
    pace = Pace(Limits())
    assert [pace.wait("a", 100, is_reply=False) for _ in range(50)] == [0] * 50
    assert pace._went == {}


def test_a_clock_that_is_put_back_holds_nothing_up() -> None:
    pace = Pace(LIMITS)
    for _ in range(3):
        pace.wait("a", 10_000, is_reply=True)
    assert pace.wait("a", 100, is_reply=True) == 0


def test_what_counts_no_more_is_forgotten() -> None:
    pace = Pace(LIMITS)
    for number in range(3 * MANY):
        pace.wait(str(number), 100 + number, is_reply=True)
    assert len(pace._went) <= MANY + 2


@pytest.mark.parametrize(("said", "waited"), [(2, 0), (3, 1), (6, 4)])
async def test_replies_in_one_conversation_are_spread(office: Office, said: int, waited: int) -> None:
    office.chat.limits = Limits(conversation=(Rate(2, 60),))
    says(office, *(f"line {number}" for number in range(said)))
    await office.run()
    assert [line for one in office.chat.arrived for line in one.lines] == [f"line {number}" for number in range(said)]
    assert len(office.paused) == waited
    assert all(0 < one <= 60 * (said // 2) for one in office.paused)
