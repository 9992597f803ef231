"""What the web page can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits

CAPABILITIES = Capabilities(
    title="Web page",
    limits=Limits(),
    private="always",
    groups="",
    only_one="",
    one_choice="radio buttons; over 10 a list to pick from",
    many_choices="boxes to tick",
    date="three fields for day, month and year, or typed",
    form="one page, with its errors beside the fields",
    card="a summary list",
    file_out="download",
    file_in="",
    link="a link",
    change_sent="",
    reminders="shown on the open page",
    identity="signing in, or a join code",
    arrives_by="the form, then a stream",
)
