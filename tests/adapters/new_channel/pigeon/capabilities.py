"""What a carrier pigeon can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits

CAPABILITIES = Capabilities(
    title="Carrier pigeon",
    called="pigeon post",
    limits=Limits(text=4000),
    private="always",
    groups="",
    only_one="",
    one_choice="written down",
    many_choices="written down",
    date="written down",
    form="one question at a time",
    card="label and value, a line each",
    file_out="",
    file_in="",
    link="written out",
    change_sent="",
    reminders="sent, where the area has switched cases on for pigeons",
    identity="a join code",
    arrives_by="signed by the ring on its leg",
    secret_shapes=(r"\bring-\w+",),
)
