"""The bot's own sentences in an e-mail."""

from __future__ import annotations

from bot.wording import LINE_999

SENDER = "Safeguarding bot"
# Shown on a locked telephone, so it says nothing.
SUBJECT = "A message from the Safeguarding bot"
REMINDER = "something to do by a date"
# What begins a duty that would tell whom somebody had to be told of, and what stands in the subject for it.
CHECKS = "check that "
CHECK_WHO_KNOWS = "check who has been told"
UNNAMED = frozenset({REMINDER, CHECK_WHO_KNOWS})
# A duty with one of these words tells whoever sees the subject what has happened, so it stands in the e-mail alone.
TELLING = ("death", "died", "designated officer", "lado", "police", "abuse", "harm", "unborn", "family")
CHOOSE = "You can choose:"
FILL_IN = "It asks for:"
ANSWER = "To answer, open your conversation"
_ELSEWHERE = "open the bot where you usually use it. If you use it nowhere yet, ask whoever runs it for its address."
ANSWER_ELSEWHERE = f"To answer, {_ELSEWHERE}"
FETCH = "To get it, open your conversation"
FETCH_ELSEWHERE = f"To get it, {_ELSEWHERE}"
NOT_READ = f"Nobody reads replies to this e-mail. {LINE_999}"
TEST = "This is a test e-mail from the Safeguarding bot. You need do nothing. If you can read it, e-mail works."


def and_more(others: int) -> str:
    """What follows the first duty where a message tells of several."""
    return f", and {others} more"


def case_link(ref: str) -> str:
    """The words that lead to a case's page, or to that of the area's own duties."""
    return "Sign in and open the area's duties" if ref == "area" else f"Sign in and open case {ref}"
