"""The bot's own sentences on a channel's controls: buttons, boxes to tick, days, windows, documents and commands."""

from __future__ import annotations

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
TAKE_NOT_OPENED = "If no window opened, use “Refer this message” again, or write to me here. I have kept nothing of it."
IN_PRIVATE = "I have answered you in a private message. Nobody else here sees it."
ANSWERED = "The safeguarding bot has answered."

NOT_FETCHED = "That document is on the web page."
FILE_DECLINED = "The document was not saved. You can open it on the web page."

COMMANDS = (
    ("start", "Begin, or see where you are"),
    ("help", "What you can say"),
    ("menu", "The ways to begin"),
    ("refer", "A serious incident"),
    ("stop", "Stop for now"),
    ("resume", "Carry on"),
)
"""What a platform's own menu of commands offers."""
