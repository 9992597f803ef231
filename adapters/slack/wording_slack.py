"""The few words that only Slack's own controls need."""

from __future__ import annotations

CHOOSE = "Please choose."
DONE = "Done"
TICK = "Tick each that applies, then press Done."
TICK_FIRST = "Tick at least one first, or type your answer."
DAY = "Choose a day"
DAY_FIRST = "Choose a day first, or type your answer."
CHOSEN = "✔ "
IN_PRIVATE = "I have answered you in a private message. Nobody else here sees it."
NOT_FETCHED = "That document is on the web page."
