"""What is said where a review cannot be recorded in a case, or not yet."""

from __future__ import annotations

ANOTHERS_REVIEW = (
    "The other council’s area leads the rapid review, so its partners decide whether there is a local review. "
    "What they decide can be kept here as a note."
)
NOTIFICATION_FIRST = "A rapid review follows a notification. Please record the notification first."
