"""The few words that only Teams' own controls need."""

from __future__ import annotations

CHOOSE = "Continue"
CHOOSE_ONE = "Choose one:"
TICK = "Tick all that apply:"
CHOOSE_FIRST = "Choose an answer first, or type it."
TICK_FIRST = "Tick at least one first, or type your answer."
FILL_FIRST = "Fill in the field first, or type your answer."
CHOSEN = "✔ "
SENT = "✔ Sent"
NOTICE = "The safeguarding bot has answered."
FILE_WHAT = "A document for your records. Teams saves it to your own OneDrive."
FILE_KEPT = "The document is in your OneDrive."
FILE_DECLINED = "The document was not saved. You can open it on the web page."
NOT_FETCHED = "That document is on the web page."
