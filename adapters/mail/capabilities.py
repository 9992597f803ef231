"""What e-mail can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits

CAPABILITIES = Capabilities(
    title="E-mail",
    limits=Limits(),
    private="always",
    groups="",
    only_one="",
    one_choice="named in words; answered on the web page",
    many_choices="named in words; answered on the web page",
    date="answered on the web page",
    form="answered on the web page",
    card="labels and values",
    file_out="a link to the web page",
    file_in="",
    link="a link, written out too",
    change_sent="",
    reminders="sent",
    identity="a code sent there and typed back",
    arrives_by="replies are not read",
)
