"""What Telegram can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits, Rate

CAPABILITIES = Capabilities(
    title="Telegram",
    # About one a second in a chat, with short bursts, and 30 in all: https://core.telegram.org/bots/faq
    limits=Limits(text=4096, options=80, conversation=(Rate(20, 20),), app=(Rate(30, 1),)),
    private="a private chat",
    groups="general guidance where it is spoken to by name, by command or in reply",
    only_one="the private chat, if that person has begun one; else a button to it",
    one_choice="one button a row; over 8 a numbered list and a button for each number",
    many_choices="buttons that tick and untick, and Done",
    date="typed, with buttons for today and yesterday",
    form="one question at a time",
    card="label and value, a line each",
    file_out="a document in the chat",
    file_in="",
    link="a link on its words",
    change_sent="buttons go once used, and what was chosen stands in their place",
    reminders="sent, where the area has switched cases on for Telegram",
    identity="a join code, typed or opened as a link; Telegram itself vouches for nobody",
    arrives_by="webhook, or polling",
    needs="telegram",
    long_text="another message after 4096 characters",
    # Its token is part of every address.
    secret_shapes=(r"\bbot\d+:[\w-]+", r"\b\d{6,}:[A-Za-z0-9_-]{30,}"),
    loggers=("telegram",),
)
