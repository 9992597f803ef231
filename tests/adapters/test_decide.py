"""Laws of every decision that other programs are given, over every combination of the answers that decide."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.decide import answerer
from bot.definitions import load_definitions
from dialogs.table import BADGES, WHO

TODAY = date(2026, 11, 23)
ROLES = ("la_children", "la_other", "police", "icb_health", "education", "provider", "vcs", "partnership_unit")
COUNCIL = ("la_children", "la_other")


@pytest.fixture(scope="module")
def table():
    return load_definitions("exampleshire").flows["referral"].table


@pytest.fixture(scope="module")
def decide():
    return answerer(load_definitions("exampleshire"), lambda: TODAY)


def test_every_duty_of_all_9600_combinations_names_a_known_doer_and_known_badges(decide, table):
    count = 0
    for number, answers in enumerate(table.combinations()):
        # One role for each combination, shifted by one at every eighth so that no answer always meets the same one.
        role = ROLES[(number + number // 8) % len(ROLES)]
        decision = decide({**answers, "role": role, "danger_now": "no"})
        count += 1
        assert decision["title"]
        assert all(decision["reasons"])
        for duty in decision["duties"]:
            assert duty["who"] in WHO
            assert duty["badge"] in BADGES
            assert duty["deadline_badge"] in BADGES
            assert duty["does"]
            assert duty["to"]
            assert (duty["aim_for"] is None) == (duty["latest"] is None)
            assert duty["latest"] is None or duty["counted_from"]["on"] is not None
    assert count == 9600


@pytest.mark.parametrize("la_aware", ["no", "unsure"])
def test_no_date_is_given_where_the_council_does_not_know_unless_it_is_the_council_that_asks(decide, table, la_aware):
    for number, answers in enumerate(table.combinations()):
        role = ROLES[number % len(ROLES)]
        given = {**answers, "role": role, "danger_now": "no", "la_aware": la_aware, "aware_on": "2026-11-02"}
        for duty in decide(given)["duties"]:
            if role in COUNCIL or duty["counted_from"] is None:
                continue
            assert (duty["aim_for"], duty["latest"]) == (None, None)
            assert duty["counted_from"]["on"] is None


def test_someone_of_the_council_is_the_council_knowing_today(decide):
    answers = {"age_at_event": "under_18", "effect": "died", "maltreatment": "known", "place": "our_area"}
    answers |= {"residence": "our_area", "care": "none_or_previously_known", "role": "la_other", "danger_now": "no"}
    starts = {duty["counted_from"]["on"] for duty in decide(answers)["duties"] if duty["counted_from"]}
    assert "2026-11-23" in starts


def test_danger_comes_before_every_other_answer(decide, table):
    for number, answers in enumerate(table.combinations()):
        if number % 37 == 0:
            for danger in ("yes", "unsure"):
                assert decide({**answers, "role": ROLES[number % 8], "danger_now": danger})["outcome"] == "A"


def test_an_invented_areas_numbers_are_in_no_danger_answer(decide):
    answers = dict.fromkeys(("age_at_event", "effect", "maltreatment", "place", "residence", "care"), "unsure")
    given = str(decide({**answers, "role": "public", "danger_now": "yes"}))
    assert "01632" not in given
    assert "999" in given
