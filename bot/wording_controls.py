"""The bot's own sentences on a channel's controls: buttons, boxes to tick, days, windows, documents and commands."""

from __future__ import annotations

from bot.wording import LINE_999, whom_to_phone
from knowledge.area import Area

CHOOSE = "Please choose."
CHOOSE_ONE = "Choose one:"
CHOOSE_FIRST = "Choose an answer first, or type it."
CONTINUE = "Continue"
DONE = "Done"
TICK_ALL = "Tick all that apply:"
TICK_THEN_DONE = "Tick each that applies, then press Done."
TYPE_NUMBER = "Type the number of one, or its words."
TYPE_NUMBERS = "Type the number of each that applies, such as 1, 3."
TICK_FIRST = "Tick at least one first, or type your answer."
DAY = "Choose a day"
DAY_FIRST = "Choose a day first, or type your answer."
CHOSEN = "✔ "
SENT = "✔ Sent"

WRITE_ANSWER = "Write your answer"
FILL_IN = "Fill in the form"
FILL_FIRST = "Fill in the field first, or type your answer."
NOTHING_WRITTEN = "Please write something."
ANSWER_TITLE = "Your answer"
FORM_TITLE = "Please fill in"
CANCEL = "Cancel"
NOT_OPENED = "If no window opened, press the button again, or type your answer here."

TAKE_TITLE = "Refer this in private"
TAKE_SUBMIT = "Send to the bot"
TAKE = "What happened, in general words"
TAKE_HELP = "Take out names and other details of a child. I answer you in a private message; nobody here sees it."
TAKE_NOT_OPENED = f"If no window opened, use “{TAKE_TITLE}” again, or write to me here. I have kept nothing of it."
TAKEN_BEFORE = f"That came before, and I answer it in a direct message. Write anything more to me there. {LINE_999}"


def in_private(area: Area) -> str:
    """To whoever spoke from a channel; true also where the platform lets the bot write to nobody by itself."""
    return (
        f"{whom_to_phone(area)}\n"
        "My answer goes to your direct messages with me: nobody else here sees it. "
        "If nothing comes there, I could not write to you: open a direct message with me and write it again."
    )


ANSWERED = "The safeguarding bot has answered."
REMINDS = "The safeguarding bot has a reminder for you."

NOT_FETCHED = "That document could not be brought here now. Say “document” to have it again."
FILE_NOT_SAVED = "The document was not saved: the place where your files are kept does not take it now."
FILE_PERHAPS_NOT_SAVED = (
    "The document may not have been saved: the place where your files are kept gave me no clear answer."
)
FILE_AGAIN = "I have asked you about it again. If that does not work, say “document” in a while."
FILE_DECLINED = "The document was not saved. Say “document” to have it again."

COMMANDS = (
    ("start", "Begin, or see where you are"),
    ("help", "What you can say"),
    ("menu", "The ways to begin"),
    ("refer", "A serious incident"),
    ("stop", "Stop for now"),
    ("resume", "Carry on"),
)
"""What a platform's own menu of commands offers."""
