"""What is said where a review cannot be recorded in a case, or not yet."""

from __future__ import annotations

GIVE_REVIEW_DAY = "Give the day they decided"
REVIEW_DAY = "the day of the decision to hold a local review"
REVIEW_DAY_KNOWN = "That day is on record already. To put it right, record the decision again with the right day."

ANOTHERS_REVIEW = (
    "The other council’s area leads the rapid review, so its partners decide whether there is a local review. "
    "What they decide can be kept here as a note."
)
NOTIFICATION_FIRST = "A rapid review follows a notification. Please record the notification first."


def review_day_missing(ref: str) -> str:
    """The partners decided to hold a local review, and on which day was not said."""
    return (
        "The day the partners decided is not known yet, so none of the review's deadlines is counted: its six months "
        f"may end sooner than six months from today. Please find it out: choose “{GIVE_REVIEW_DAY}”, or say “record "
        f"{ref}”. I ask for it each working morning until then."
    )
