"""How long Teams is waited for while it waits itself: after about 15 seconds it brings the same again."""

from __future__ import annotations

from adapters.in_time import InTime

# A pause that fits is waited out: it is not certain that Teams brings again what was not taken, and it calls as often
# beside one that waits as it likes.
TEAMS = InTime("Teams", 10.0, pauses=10.0)
