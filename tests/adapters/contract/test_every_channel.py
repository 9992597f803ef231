"""A reply reaches a person whole and as it was meant, by every channel; and each says the same of a failure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters import channel_folders
from bot import wording_controls
from bot.channel import Unreachable
from bot.delivering.pauses import Pauses
from bot.messages import (
    Anchor,
    Block,
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
from tests.bot.talk import AT

from .channel_parts import parts
from .platform import Platform

GUIDANCE = "https://www.gov.uk/guidance/report-a-serious-child-safeguarding-incident"
TEXT = Text.of("Tell the Panel ", Bold("within five working days"), ".\n\nRead ", Anchor("the guidance", GUIDANCE), ".")
LIST = Text.of("Tell also:", Bullets(("Ofsted", Anchor("the Panel", GUIDANCE))))
CARD = Card("Dates", (("Aim", "Friday 27 November"), ("Latest", "Monday 30 November")), (Link("Guidance", GUIDANCE),))
CHOICES = Choices(
    "duty",
    "Is it done?",
    (Option("done", "Done"), Option("seen", "I have seen it", "lapses tomorrow")),
    help="Any time.",
)
SEVERAL = Choices(
    "several", "Which of these?", (Option("press", "The press is asking"), Option("police", "The police")), many=True
)
DAY = Form("day", "When was it?", (Field("on", "Day", "date", "For example 27/11"),))
FORM = Form(
    "when", "When was it done?", (Field("on", "Day", "date", "For example 27/11"), Field("note", "Why late", "long"))
)

SHORT_CUTS = tuple(Option(f"short-{number}", f"Short cut {number}") for number in range(16))
MANY = 200
"""Options of a prompt where no number is too many."""

# On the page, help opens under what is asked, and a date's three fields stand before the box for words.
ON_THE_PAGE = {
    "Is it done?": ["Is it done?", "Done", "I have seen it", "lapses tomorrow", "Any time."],
    "When was it done?": ["When was it done?", "Day", "Why late", "For example 27/11"],
}


def test_every_channel_has_its_platform_in_its_own_folder():
    assert set(parts("platform", "platform")) == set(channel_folders.names())


async def arrived(platform: Platform, *blocks: Block, key: str = "1") -> str:
    """What a person reads of the blocks, whichever messages they came in, with single spaces."""
    before = len(platform.read())
    await platform.channel.send(platform.address, Reply(blocks, key=key))
    return " ".join(" ".join(platform.read()[before:]).split())


def assert_in_order(words: list[str], said: str) -> None:
    place = 0
    for one in words:
        assert one in said[place:], f"{one!r} is missing, or not in its place, in {said!r}"
        place = said.index(one, place) + len(one)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (TEXT, ["Tell the Panel within five working days.", "Read the guidance", GUIDANCE]),
        (LIST, ["Tell also:", "Ofsted", "the Panel", GUIDANCE]),
        (CARD, ["Dates", "Aim", "Friday 27 November", "Latest", "Monday 30 November", "Guidance", GUIDANCE]),
        (CHOICES, ["Is it done?", "Any time.", "Done", "I have seen it", "lapses tomorrow"]),
        (SEVERAL, ["Which of these?", "The press is asking", "The police"]),
        (DAY, ["When was it?", "27/11"]),
        (FORM, ["When was it done?", "Day", "For example 27/11", "Why late"]),
        (File("decision.docx", "application/msword", "k.docx"), ["decision.docx"]),
        (Link("Open case 26-014", GUIDANCE), ["Open case 26-014", GUIDANCE]),
    ],
    ids=["text", "list", "card", "choices", "several choices", "date", "form", "file", "link"],
)
async def test_every_word_of_a_block_arrives_in_its_order(platform, block, words):
    said = await arrived(platform, block)
    assert_in_order(ON_THE_PAGE.get(words[0], words) if platform.channel.name == "web" else words, said)


@pytest.mark.parametrize("many", [False, True], ids=["one", "several"])
async def test_as_many_options_as_are_declared_arrive_with_their_controls_and_more_in_words(platform, many):
    """What the matrix says is most is taken by the platform, beside the most short cuts; one more loses none."""
    most = platform.channel.limits.options
    for count in [most, most + 1, 4 * most] if most else [MANY]:
        options = tuple(Option(f"o{number}", f"Duty {number} of {count}", "") for number in range(count))
        reply = Reply((Choices("which", "Which?", options, many=many),), key=str(count), shortcuts=SHORT_CUTS)
        before = len(platform.read())
        await platform.channel.send(platform.address, reply)
        said = " ".join(" ".join(platform.read()[before:]).split())
        assert_in_order([one.label for one in options], said)
        is_to_be_typed = (wording_controls.TYPE_NUMBERS if many else wording_controls.TYPE_NUMBER) in said
        assert is_to_be_typed == bool(most and count > most)


async def test_blocks_arrive_in_their_order_and_waiting_says_nothing(platform):
    said = await arrived(platform, Wait(), Text.of("One."), CARD, Wait(), Text.of("Two."), CHOICES)
    assert_in_order(["One.", "Dates", "Two.", "Is it done?"], said)


async def test_a_long_text_loses_no_word(platform):
    words = [f"word{number}" for number in range(3000)]
    paragraphs = ["\n\n".join(" ".join(words[at : at + 50]) for at in range(0, len(words), 50)), "x" * 5000]
    said = await arrived(platform, *(Text.of(paragraph) for paragraph in paragraphs))
    assert_in_order(words, said)
    assert "x" * 1000 in said


@pytest.mark.parametrize(
    "words",
    [
        "<b>bold</b> &amp; <script>alert(1)</script>",
        "*not bold* _nor this_ ~nor that~ `code` [label](https://example.org)",
        "<!channel> <@U123> @everyone <at>you</at> <https://example.org|label>",
        "Zoë O’Connor: naïve — “quoted” 家 👩‍👧 £5",
        "{{ 7 * 7 }} {% raw %} ${7} %s %(name)s {0}",
        "https://evil.example/a www.evil.example #tag /start tg://resolve?domain=x",
    ],
)
async def test_what_people_type_arrives_as_they_typed_it(platform, words):
    for number, block in enumerate((Text.of(f"It says: {words}"), Card("Note", (("It says", words),)))):
        assert words in await arrived(platform, block, key=str(number))


async def test_what_people_type_is_never_obeyed(platform):
    """Neither line ends, nor a platform's own commands, nor control characters make of one message something else."""
    typed = (
        "one\r\n.\r\nMAIL FROM:<x@example.org>\r\nBcc: x@example.org\r\n\r\n\x00\x07\x1b[31mtwo\x1b[0m\u202ethree\ud800"
    )
    said = await arrived(
        platform, Text.of(typed), Card(typed, ((typed, typed),)), Choices("c", typed, (Option("a", typed),))
    )
    assert len(platform.read()) == 1
    assert_in_order(["one", "two", "three", "one", "two", "three"], said)
    assert not set(said) & set("\x00\x07\x1b\u202e\ud800")


async def test_each_message_has_an_id_of_its_own(platform):
    ids = [await platform.channel.send(platform.address, Reply((TEXT,), key=key)) for key in ("1", "2", "3")]
    assert len({*ids, ""}) == 4


@pytest.mark.parametrize(
    ("how", "permanent", "may_have_arrived"),
    [("for good", True, False), ("for now", False, False), ("no answer", False, True)],
)
async def test_a_failure_says_whether_to_try_again_and_whether_it_may_have_arrived(
    refusing, how, permanent, may_have_arrived
):
    refusing.refuse(how)
    with pytest.raises(Unreachable) as refused:
        await refusing.channel.send(refusing.address, Reply((TEXT,), key="1"))
    assert (refused.value.permanent, refused.value.may_have_arrived) == (permanent, may_have_arrived)
    assert str(refused.value)


async def test_a_time_to_wait_is_kept_where_the_platform_keeps_its_limit_and_nowhere_else(refusing):
    channel, pauses, wanted = refusing.channel, Pauses(), timedelta(minutes=5)
    refusing.refuse("for now")
    with pytest.raises(Unreachable) as refused:
        await channel.send(refusing.address, Reply((TEXT,), key="1"))
    here, elsewhere = [await channel.limited_by(one) for one in (refusing.address, refusing.elsewhere)]
    assert here[0] != elsewhere[0]
    assert refused.value.retry_after == (wanted if refusing.says_how_long else None)
    pauses.refused(here, refused.value, AT)
    assert (pauses.until(here, "one", AT), pauses.until(elsewhere, "other", AT)) == (
        AT + wanted if refusing.says_how_long else None,
        None,
    )


async def test_after_a_failure_the_next_one_goes(refusing):
    for how in ("for now", "no answer"):
        refusing.refuse(how)
        with pytest.raises(Unreachable):
            await refusing.channel.send(refusing.address, Reply((TEXT,), key=how))
    refusing.refuse(None)
    assert "Tell the Panel" in await arrived(refusing, TEXT, key="after")
