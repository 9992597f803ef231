"""Any reply there can be, for properties that have to hold of every e-mail."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.messages import (
    Anchor,
    Bold,
    Bullets,
    Card,
    Choices,
    Field,
    File,
    Form,
    Link,
    Option,
    Reply,
    Text,
    Wait,
)

# Every letter there is, with what mail is made of and what breaks it coming often.
TYPED = st.text(
    st.characters(codec=None) | st.sampled_from("\r\n\t .=?<>&:;,@\"'\x00\x85\u2028\u202e\ud800é家"), max_size=40
) | st.sampled_from(
    [
        "Bcc: x@example.uk\r\n",
        "\r\n.\r\n",
        "x" * 3000,
        "=?utf-8?q?x?=",
        "<img src=//e.uk>",
        "Case 26-014: notify the Panel.",
    ]
)
URL = (
    st.sampled_from(["https://a.uk/b?c=d&e", "/cases/26-014", "javascript:alert(1)", "//e.uk", "mailto:a@b.uk", ""])
    | TYPED
)
ANCHOR = st.builds(Anchor, TYPED, URL)
BULLETS = st.builds(Bullets, st.lists(TYPED | ANCHOR, max_size=3).map(tuple))
TONE = st.sampled_from(["plain", "emergency", "note", "problem"])
TEXT = st.builds(Text, st.lists(TYPED | st.builds(Bold, TYPED) | ANCHOR | BULLETS, max_size=4).map(tuple), TONE)
LINK = st.builds(Link, TYPED, URL)
CARD = st.builds(
    Card, TYPED, st.lists(st.tuples(TYPED, TYPED), max_size=3).map(tuple), st.lists(LINK, max_size=2).map(tuple)
)
OPTION = st.builds(Option, st.just("a"), TYPED, TYPED)
CHOICES = st.builds(Choices, st.just("c"), TYPED, st.lists(OPTION, max_size=4).map(tuple), st.booleans(), TYPED)
FIELD = st.builds(Field, st.just("f"), TYPED, st.sampled_from(["text", "long", "date"]), TYPED)
FORM = st.builds(Form, st.just("f"), TYPED, st.lists(FIELD, max_size=3).map(tuple))
FILE = st.builds(File, TYPED, st.just("application/pdf"), st.just("k.pdf"))
BLOCK = TEXT | CARD | CHOICES | FORM | FILE | LINK | st.just(Wait())
REPLY = st.builds(Reply, st.lists(BLOCK, max_size=4).map(tuple), key=TYPED)
