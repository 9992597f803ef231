"""The few words that only Slack's own controls need."""

from __future__ import annotations

CHOOSE = "Please choose."
DONE = "Done"
TICK = "Tick each that applies, then press Done."
TICK_FIRST = "Tick at least one first, or type your answer."
DAY = "Choose a day"
DAY_FIRST = "Choose a day first, or type your answer."
CHOSEN = "✔ "
SENT = "✔ Sent"
NOT_OPENED = "If no window opened, press the button again, or type your answer here."
TAKE_NOT_OPENED = "If no window opened, use “Refer this message” again, or write to me here. I have kept nothing of it."
IN_PRIVATE = "I have answered you in a private message. Nobody else here sees it."
NOT_FETCHED = "That document is on the web page."
OPEN_FORM = "Write your answer"
FILL_IN = "Fill in the form"
ANSWER_TITLE = "Your answer"
FORM_TITLE = "Please fill in"
TAKE_TITLE = "Refer this in private"
TAKE_SUBMIT = "Send to the bot"
TAKE = "What happened, in general words"
TAKE_HELP = "Take out names and other details of a child. I answer you in a private message; nobody here sees it."
CANCEL = "Cancel"
NOTHING_WRITTEN = "Please write something."
INSTALLED = "The bot is now installed in {name}. You can close this page."
NOT_ON_LIST = (
    "This bot is only for workspaces that its administrator has named, and yours is not among them. "
    "Nothing was kept. Please ask its administrator."
)
ROTATING = (
    "Slack gave a key that soon ends. Nothing was kept. Its administrator can switch token rotation off "
    "in the app's pages."
)
NOT_ALLOWED = "You did not allow it, so nothing was installed. You can start again here:"
STATE_NO_LONGER = (
    "This page was used before, is more than ten minutes old, or belongs to another browser. "
    "Nothing was installed. Please start again here:"
)
NOT_CONFIRMED = "Slack did not confirm this, so nothing was installed. Please start again here:"
NOT_INSTALLED_NOW = "That did not work just now. Please wait a minute, and start again here:"
