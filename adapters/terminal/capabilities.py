"""What the terminal can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits

CAPABILITIES = Capabilities(
    title="Terminal",
    limits=Limits(),
    private="always",
    groups="",
    only_one="",
    one_choice="a numbered list; the number or the words are typed",
    many_choices="a numbered list; numbers are typed",
    date="typed, and read back where it is not clear",
    form="one question at a time",
    card="label and value, a line each",
    file_out="saved in the folder it was started in",
    file_in="",
    link="the address on its line",
    change_sent="",
    reminders="shown at the next turn",
    identity="a join code",
    arrives_by="the prompt, or a pipe",
)
