"""The few words that only Telegram's own controls need."""

from __future__ import annotations

CHOOSE = "Please choose:"
DONE = "Done"
TICK = "Tick each that applies, then press Done."
TICK_FIRST = "Tick at least one first, or type your answer."
CHOSEN = "✔ "
NOT_FETCHED = "That document is on the web page."
COMMANDS = (
    ("start", "Begin, or see where you are"),
    ("help", "What you can say"),
    ("menu", "The ways to begin"),
    ("refer", "A serious incident"),
    ("stop", "Stop for now"),
    ("resume", "Carry on"),
)
PUBLIC_COMMANDS = tuple(one for one in COMMANDS if one[0] in {"start", "help", "menu"})
