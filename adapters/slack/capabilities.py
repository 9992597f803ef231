"""What Slack can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits, Rate

CAPABILITIES = Capabilities(
    title="Slack",
    # About one a second, and short bursts pass: https://docs.slack.dev/apis/web-api/rate-limits (chat.postMessage).
    limits=Limits(text=11_000, options=100, conversation=(Rate(20, 20),)),
    private="a direct message",
    groups="general guidance in the thread where it is mentioned; the slash command is answered in private",
    only_one="a message that only that person sees, else a direct message",
    one_choice="buttons",
    many_choices="checkboxes, and Done",
    date="a date picker, with buttons for today and yesterday; or typed",
    form="one question at a time, typed or written in a window",
    card="a heading, and label and value, a line each",
    file_out="a document in the direct message",
    file_in="",
    link="a link on its words",
    change_sent="buttons go once used, and what was chosen stands in their place",
    reminders="sent, where the area has switched cases on for Slack",
    identity="a join code, typed",
    arrives_by="signed HTTP requests, or a socket that the bot opens",
    needs="slack_bolt",
    long_text="a new block after 2900 characters; another message after 11000 characters or 45 blocks",
    secret_shapes=(r"\bx(?:ox[a-z]|app)-[\w-]+",),
    loggers=("slack_bolt", "slack_sdk"),
)
