"""An e-mail address is taken only where it is one, alone, and safe in a header and on a mail server's line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.mail_address import mail_address, named_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lead@example.gov.uk", "lead@example.gov.uk"),
        (" Lead.O'Brien+cases@Example.GOV.uk\n", "Lead.O'Brien+cases@example.gov.uk"),
        ("lead@bücher.example", "lead@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_read(typed, meant):
    assert mail_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lead",
        "@example.uk",
        "lead@",
        "lead@@example.uk",
        "a@b@example.uk",
        "lead@exa mple.uk",
        "lead@-example.uk",
        "lead@example..uk",
        "lead@example.uk.",
        ".lead@example.uk",
        "lead.@example.uk",
        '"two words"@example.uk',
        "Lead <lead@example.uk>",
        "lead@example.uk, other@example.uk",
        "lead@example.uk\r\nRCPT TO:<other@example.uk>",
        "lead@example.uk> SIZE=1",
        "léad@example.uk",
        "lead@[127.0.0.1]",
        f"{'a' * 65}@example.uk",
        f"lead@{'a.' * 130}uk",
        f"lead@{'a' * 64}.uk",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="e-mail address"):
        mail_address(typed)


@given(st.text())
def test_whatever_is_taken_is_one_word_of_ascii_with_one_at(typed):
    try:
        taken = mail_address(f"{typed}@example.uk")
    except ValueError:
        return
    assert taken.isascii()
    assert taken.count("@") == 1
    assert not set(taken) & set(' \r\n\t<>,;:"()[]\\')


@pytest.mark.parametrize(
    ("set_to", "meant"),
    [
        ("bot@b.uk", ("", "bot@b.uk")),
        ("Example’s bot <bot@b.uk>", ("Example’s bot", "bot@b.uk")),
        ('"Bot, of Example" <bot@b.uk>', ("Bot, of Example", "bot@b.uk")),
        ("<bot@b.uk>", ("", "bot@b.uk")),
    ],
)
def test_a_name_may_stand_before_an_address(set_to, meant):
    assert named_address(set_to) == meant


@pytest.mark.parametrize(
    "set_to", ["Bot <bot@b.uk> <x@b.uk>", "x@y.uk <bot@b.uk>", "Bot\r\nBcc: x <bot@b.uk>", "Bot <>"]
)
def test_a_name_that_hides_something_is_refused(set_to):
    with pytest.raises(ValueError, match="e-mail address"):
        named_address(set_to)
