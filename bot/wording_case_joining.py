"""What is said of a decision that is to be put with the case it belongs to: which, whether, and what came of it."""

from __future__ import annotations

TO_JOIN = "Put it with the case it belongs to, or say why it belongs to none. No clock runs for it until then."
TO_JOIN_LISTED = "on record, to be put with the case it belongs to"
JOIN_IT, SET_ASIDE = "Join it to an earlier case", "It belongs to no earlier case"
WHICH_CASE = "Which case does it belong to?"
MOVED_THERE = "What has moved there:"
NONE_TO_JOIN = (
    "There is no earlier case here that it could be put with. A lead can open one from the notification: on the board, "
    "choose “Open a case”. I will go on asking until it is with its case."
)
NOTHING_TO_JOIN = "Nothing waits here to be joined to an earlier case."
SET_ASIDE_WHY = "Why is it put with no earlier case? In a few words, without a child's details."
NOTHING_TO_SET_ASIDE = "Nothing is to be put with an earlier case here."


def joins(ref: str) -> str:
    """A decision about an incident that has been notified before."""
    return f"This is on record as case {ref}. The lead can join it to the case it belongs to."


def set_aside(ref: str) -> str:
    """A decision that is put with no earlier case."""
    return f"Noted. Case {ref} stays on record by itself, and I will not ask again."


def joined(ref: str, to: str) -> str:
    """A decision that was put with the case it belongs to."""
    return f"Case {ref} is with case {to} now, and its decision can be read there."


def counts_as_well(ref: str, outcome: str) -> str:
    """Beside the decision that a case goes by: what one that was put with it says of the same incident."""
    return f". By case {ref}, which was put with it, this counts as well: {outcome}"


def open_it_first(ref: str) -> str:
    """A closed case to which a decision brings what it does not have."""
    return f"Case {ref} is closed, and this brings what it does not have yet. Please open it again first, then join it."


def changed_by_joining(ref: str, what: str) -> str:
    """To whoever has a case with which a decision was put."""
    return f"Case {ref} was changed: another decision was put with it. {what} Say “case {ref}” to see it."


def changed_by_unjoining(ref: str, what: str) -> str:
    """To whoever has a case from which a decision was taken away again."""
    return f"Case {ref} was changed: a decision put with it was taken away again. {what} Say “case {ref}” to see it."
