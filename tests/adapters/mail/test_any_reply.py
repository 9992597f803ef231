"""Whatever a reply says, its e-mail says it, twice over and the same; nothing of it is obeyed, fetched or lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from adapters.mail.parts import Facts, Heading, Items, Paragraph, Words, parts
from adapters.mail.plain import plain
from adapters.mail.render import subject
from bot import wording_mail
from bot.messages import Card, Reply, Text

from .reading import PUBLIC, Page, content, received, rendered
from .replies import REPLY, TYPED

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
}


@given(REPLY)
def test_any_reply_is_received_as_it_was_rendered(reply):
    """The plain text comes through all encodings as it went in, and nothing becomes a header or a part."""
    message = received(reply)
    shown = plain((*parts(reply, PUBLIC), Paragraph(((Words(wording_mail.NOT_READ),),))))
    assert content(message, "plain") == shown
    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert not message.defects


@given(REPLY)
def test_any_reply_goes_through_any_mail_server(reply):
    """Seven bits, short lines, and no line end that some servers read in another way than others."""
    raw = rendered(reply).as_bytes()
    assert raw.isascii()
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@given(REPLY)
def test_the_page_says_what_the_plain_text_says(reply):
    shown = parts(reply, PUBLIC)
    message = received(reply)
    said, plainly = Page(content(message, "html")).said, "".join(content(message, "plain").split())
    for part in shown:
        if isinstance(part, Heading):
            words = [part.text]
        elif isinstance(part, Facts):
            words = [one for pair in part.pairs for one in pair]
        elif isinstance(part, Items):
            words = [one.text for one in part.items]
        else:
            assert isinstance(part, Paragraph)
            words = [one.text for line in part.lines for one in line]
        for one in words:
            assert "".join(one.split()) in said
            assert "".join(one.split()) in plainly


@given(REPLY, st.sampled_from(["", PUBLIC]))
def test_no_page_fetches_or_runs_anything(reply, public_url):
    page = Page(content(received(reply, public_url), "html"))
    assert page.tags <= set("html head meta title style body main footer h1 h2 p br ul li dl dt dd a strong".split())
    assert all(link.startswith(("https:", "http:", "mailto:", "tel:")) for link in page.links)


@given(TYPED, TYPED)
def test_what_a_person_types_comes_back_out_of_both_forms(label, value):
    message = received(Reply((Card("Note", ((label, value),)),)))
    kept = "".join(value.encode("utf-8", "ignore").decode().split())
    kept = re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", kept)
    assert kept in "".join(content(message, "plain").split())
    assert kept in Page(content(message, "html")).said


@given(TYPED, TYPED, TYPED)
def test_no_words_make_a_subject_of_two_lines_or_more_than_it_may_hold(first, duty, more):
    reply = Reply((Text.of(f"Case 26-014: {duty}. {more}"), Text.of(first)))
    for shown in (subject(reply), subject(Reply((Text.of(first),)))):
        assert shown == " ".join(shown.split())
        assert len(shown) < 100
        assert shown.startswith("Case ") or shown == wording_mail.SUBJECT
