"""What would change a decision is never said further than the questions asked."""

from __future__ import annotations

from itertools import islice

from dialogs.flows import referral
from dialogs.walk import Said, possible_answers, walk
from dialogs.what_changes import what_would_change

FLOW = referral.flow()
HARMED_NO_ABUSE = {
    "danger_now": "no",
    "no_names": "ready",
    "role": "education",
    "referral_made": "yes",
    "age_at_event": "under_18",
    "effect": "serious",
    "maltreatment": "no",
    "known_to_services": "no",
    "when": "recent",
    "flags": "none",
}


def said(answers: dict[str, str]) -> tuple[Said, ...]:
    return tuple(Said(name, answer) for name, answer in answers.items())


def test_an_answer_that_opens_a_deciding_question_leads_to_more_questions() -> None:
    """Had the child died, care would be asked, and it decides between F, G, H and I."""
    changes = what_would_change(FLOW, said(HARMED_NO_ABUSE))
    assert {change.outcome for change in changes if change.input == "effect" and "died" in change.answers} == {""}


def test_an_answer_that_opens_nothing_leads_to_its_outcome() -> None:
    changes = what_would_change(FLOW, said(HARMED_NO_ABUSE))
    assert {change.outcome for change in changes if change.input == "effect" and "near_miss" in change.answers} == {"J"}


def test_a_family_that_was_known_would_change_it() -> None:
    changes = what_would_change(FLOW, said({**HARMED_NO_ABUSE, "place": "our_area"}))
    assert {change.outcome for change in changes if change.input == "known_to_services"} == {"H"}


def test_a_dialog_that_stopped_early_has_nothing_that_would_change_it() -> None:
    assert what_would_change(FLOW, (Said("danger_now", "yes"),)) == ()


def test_every_outcome_named_is_where_that_answer_leads_whatever_else_is_asked() -> None:
    """For each claim, every way of answering the questions it opens ends in the outcome named."""
    for change in what_would_change(FLOW, said(HARMED_NO_ABUSE)):
        for answer in change.answers if change.outcome else ():
            begun = (*said(HARMED_NO_ABUSE), Said(change.input, answer))
            ends = {FLOW.table.first_row(walk(FLOW, end).facts).code for end in islice(_ends(begun), 500)}
            assert ends == {change.outcome}


def _ends(begun: tuple[Said, ...]):  # type: ignore[no-untyped-def]
    stack = [begun]
    while stack:
        here = stack.pop()
        following = walk(FLOW, here).next
        if following is None:
            yield here
        else:
            stack += [(*here, Said(following.name, answer)) for answer in possible_answers(following)]
