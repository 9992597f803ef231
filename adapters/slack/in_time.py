"""How long Slack is waited for while it waits itself: what it brings has to be acknowledged within three seconds."""

from __future__ import annotations

from adapters.in_time import InTime

# Of Slack's three seconds; the turn itself takes its part, and so does the way there and back.
SLACK = InTime("Slack", 2.0, pauses=0)
answering, at_once, left, asked = SLACK.answering, SLACK.at_once, SLACK.left, SLACK.asked
