"""What is said when a dialog goes on from an earlier decision, or is about a case."""

from __future__ import annotations

WHICH_DECISION = "Which decision is it about?"
NOTHING_TO_GO_ON_FROM = (
    "I have no decision of yours here to go on from. Type refer to begin with the incident itself. "
    "If you decided on another device, type resume and a code from it."
)
PRACTICE_NEWS = "Invent something new about it, and answer as if it had happened."
NOTHING_DIFFERENT = "Nothing has changed. The outcome, the steps and the dates are as they were."
OUTCOME_DIFFERENT = "The outcome has changed."
OUTCOME_THE_SAME = "The outcome is the same. What is different is below."


def goes_on_from(reference: str, title: str) -> str:
    """Says which decision this goes on from."""
    return f"This goes on from your decision {reference}: {title}. Your earlier answers stand; I ask only what is new."


def about_case(case: str) -> str:
    """Says which case a dialog is about."""
    return f"Case {case}."


def goes_by_another(case: str) -> str:
    """Says why something new is told where an answer was to be changed."""
    return f"Case {case} does not go by that decision any more, so I do not change it. Please tell me here what is new."


def put_with_another(case: str) -> str:
    """The same of a decision that was put with another case."""
    return f"Case {case} was put with another case, so I do not change its decision. Please tell me here what is new."
