"""With others present: general guidance only, nothing asked, nothing kept, and a private way on."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot import in_a_group, wording_channels, wording_people
from bot.channel import Unreachable
from bot.exchange import Exchange
from bot.messages import Attached, Choices, Edited, Form, Text, Turn, Typed
from bot.reply_text import to_text
from bot.shown_codes import shown_in
from bot.storage import tables
from bot.took import Took

from .carried import Carried
from .office import Office
from .talk import AT

GROUP = "C1"


@pytest.fixture
def group(exchange: Exchange) -> Carried:
    exchange.mind.loaded()
    exchange.carrier = carried = Carried()
    return carried


@pytest.fixture
def noticed(exchange: Exchange) -> list[str]:
    """The channels of groups in which something looked like detail."""
    found: list[str] = []
    exchange.noticed = found.append
    return found


def turn(words: str, event: str = "e1") -> Turn:
    return Turn("slack", GROUP, "U1", Typed(words), event, AT, private=False)


async def rows(exchange: Exchange) -> dict[str, int]:
    def work(connection) -> dict[str, int]:
        return {one.name: len(connection.execute(one.select()).all()) for one in tables.metadata.sorted_tables}

    return await exchange.database.run(work)


WORDS = (
    "what is a rapid review?",
    "refer",
    "practice",
    "my cases",
    "a baby has died and we think the parents shook him",
    "her name is Kylie Blenkinsop and she lives at 14 Acacia Avenue",
    "he is strangling her right now",
    "hello",
    "join BCDF-GHJK",
    "",
    "resume BCDF-GHJK",
    "document",
    "A girl in my class, Emily Jones born 3/4/2015, has bruises",
)


@pytest.mark.parametrize("words", WORDS)
async def test_whatever_is_said_nothing_is_asked_and_only_its_key_is_kept(exchange, group, words):
    before = await rows(exchange)
    assert await exchange.take(turn(words)) is Took.UP
    after = await rows(exchange)
    assert {name for name in after if after[name] != before[name]} == {"events"}
    assert group.said
    for _, address, reply in group.said:
        assert address == GROUP
        assert reply.private_way
        assert "phone 999" in to_text(reply).casefold()
        assert not [one for one in reply.blocks if isinstance(one, Choices | Form)]
        assert not reply.shortcuts


async def test_a_question_is_answered_for_everyone(exchange, group):
    await exchange.take(turn("what is a rapid review?"))
    reply = group.said[0][2]
    assert reply.audience == "everyone"
    assert "rapid review" in to_text(reply).casefold()
    assert Text.of(wording_channels.GROUP_MORE_IN_PRIVATE, tone="note") in reply.blocks


@pytest.mark.parametrize("words", [WORDS[4], WORDS[5]])
async def test_what_looks_like_detail_gets_a_private_word_is_counted_and_not_quoted(exchange, group, noticed, words):
    await exchange.take(turn(words))
    reply = group.said[0][2]
    assert reply.audience == "only"
    assert noticed == ["slack"]
    assert not [one for one in ("Kylie", "Acacia", "shook", "parents") if one in to_text(reply)]


@pytest.mark.parametrize(
    "words",
    [
        "When a child tells you about abuse",
        "the child has recovered?",
        "what do i say to a child who tells me about abuse",
    ],
)
async def test_a_title_or_question_of_ours_is_answered_for_everyone_however_near_danger_it_sounds(
    exchange, group, words
):
    await exchange.take(turn(words))
    ((_, _, reply),) = group.said
    assert reply.audience == "everyone"
    assert Text.of(wording_channels.GROUP_MORE_IN_PRIVATE, tone="note") in reply.blocks


@pytest.mark.parametrize(
    "words",
    [
        "KB in my class has a bruise",
        "a 3 year old died on Tuesday in Elmbridge after being left in the bath, do we notify?",
        "A 3 year old in our nursery died on Tuesday after being left in the bath. Do we have to notify?",
        "17 year old care leaver found hanged in his flat this morning, who notifies",
        "Our foster carer was arrested last night for assault on the twins, who tells the LADO?",
        "JS (dob 2015) drowned, who leads the rapid review?",
        "LB died, do we notify",
        "sibling of the boy who died at Hill Top nursery last week is with grandparents, is a rapid review needed",
        "police have arrested the father of the dead baby, does this change the notification",
        "child protection plan for the 3 kids at number 42 ended in May, can it be reopened",
        "the family in flat 12 have moved to Leeds, which council notifies?",
        "Does the death of the 14 year old on the A57 count as a serious incident?",
        "one of our year 10s overdosed at the weekend who do we tell",
        "foster child placed with us from Kent has run away twice this week",
    ],
)
async def test_what_is_told_beside_a_question_gets_the_private_word_alone_and_is_counted(
    exchange, group, noticed, words
):
    await exchange.take(turn(words))
    assert [reply.audience for _, _, reply in group.said][-1] == "only"
    assert wording_channels.GROUP_LIKE_DETAIL in to_text(group.said[-1][2])
    assert noticed == ["slack"]


async def test_danger_gets_999_first_and_for_everyone(exchange, group):
    await exchange.take(turn(WORDS[6]))
    reply = group.said[0][2]
    assert reply.audience == "everyone"
    assert "Phone 999 now" in to_text(reply)


@pytest.mark.parametrize("words", ["He is hitting her right now and she is bleeding", WORDS[6]])
async def test_danger_that_is_told_gets_999_for_everyone_and_a_private_word_and_is_counted(
    exchange, group, noticed, words
):
    await exchange.take(turn(words))
    (public, alone) = (reply for _, _, reply in group.said)
    assert (public.audience, alone.audience) == ("everyone", "only")
    assert to_text(public).index("Phone 999 now") < to_text(public).index(wording_channels.GROUP_WRITE_NOTHING)
    assert wording_channels.GROUP_LIKE_DETAIL in to_text(alone)
    assert noticed == ["slack"]


@pytest.mark.parametrize(
    "words",
    [
        "is a child under 1 with a bruise a worry?",
        "what should we do when a baby dies",
        "is it abuse if a parent hits a child?",
        "what do I do if a child has bruises?",
        "I'm new here, what is a rapid review?",
        "do we need the parents' consent to refer?",
        "who do we tell today if a child dies?",
        "how quickly must the LA notify when a child has died?",
        "the RR is late, what is the deadline for a rapid review?",
        "what did Working Together change this year?",
        "when does a looked after child's death have to be notified?",
        "My school wants to know who notifies the Panel",
    ],
)
async def test_a_question_about_children_as_such_is_answered_for_everyone_and_nothing_is_to_be_deleted(
    exchange, group, noticed, words
):
    await exchange.take(turn(words))
    ((_, _, reply),) = group.said
    assert reply.audience == "everyone"
    assert wording_channels.GROUP_ONLY_GENERAL not in to_text(reply)
    assert noticed == []


@pytest.mark.parametrize(
    "words",
    [
        "my pupil has bruises, is that a worry?",
        "what do I do about the baby with a bruise?",
        "is a child who was shaken last night a worry?",
        "A girl in year 4 has bruises, is that a worry?",
    ],
)
async def test_a_question_about_somebody_is_for_its_writer_alone(exchange, group, words):
    await exchange.take(turn(words))
    assert [reply.audience for _, _, reply in group.said][-1] == "only"
    assert wording_channels.GROUP_LIKE_DETAIL in to_text(group.said[-1][2])


@pytest.mark.parametrize(
    ("words", "audiences"),
    [
        ("what is a rapid review?", []),
        ("her name is Kylie Blenkinsop", ["only"]),
        (WORDS[6], ["everyone", "only"]),
        ("what do I do if a child has bruises?", ["everyone"]),
        ("", []),
    ],
)
async def test_a_changed_message_is_answered_only_where_it_tells_of_somebody(exchange, group, words, audiences):
    await exchange.take(replace(turn(""), said=Edited(words)))
    assert [reply.audience for _, _, reply in group.said] == audiences


@pytest.mark.parametrize(
    ("words", "audiences"),
    [("", ["only"]), ("what is a rapid review?", ["everyone", "only"]), ("Jayden Smith's bruises", ["only"])],
)
async def test_a_picture_gets_a_private_word_whatever_is_written_beside_it(exchange, group, noticed, words, audiences):
    await exchange.take(replace(turn(""), said=Attached(words)))
    assert [reply.audience for _, _, reply in group.said] == audiences
    assert "delete it there" in to_text(group.said[-1][2])
    assert noticed == ["slack"]


async def test_danger_with_a_name_gets_999_for_everyone_and_a_private_word_and_is_counted(exchange, group, noticed):
    await exchange.take(turn(WORDS[-1]))
    (public, alone) = (reply for _, _, reply in group.said)
    assert (public.audience, alone.audience) == ("everyone", "only")
    assert "Phone 999 now" in to_text(public)
    assert wording_channels.GROUP_LIKE_DETAIL in to_text(alone)
    assert "Emily" not in to_text(public) + to_text(alone)
    assert noticed == ["slack"]


@pytest.mark.parametrize("saying", ["join {}", "{}", "here is my code: {}.", "https://bot.example.gov.uk/join/{}"])
def test_a_join_code_that_a_group_has_seen_is_good_for_nobody_and_its_writer_hears_so_alone(on_sqlite, saying):
    office, carried = Office(on_sqlite), Carried()
    code = office.code("slack:jo")
    on_sqlite.carrier, on_sqlite.sent_on = carried, frozenset()
    asyncio.run(on_sqlite.take(turn(saying.format(code))))
    reply = carried.said[-1][2]
    assert reply.audience == "only"
    assert wording_channels.GROUP_CODE in to_text(reply)
    assert code not in "".join(to_text(one) for _, _, one in carried.said)
    assert wording_people.CODE_WRONG in office.say("web:thief", f"join {code.lower()}")


@pytest.mark.parametrize(
    "saying",
    ["{}", "join {}", "/start {}", "/start  {}", "/join {}", "/foo {}", "{} /start", "use {}"],
)
async def test_round_a_code_there_is_nothing_to_answer(exchange, group, saying):
    await exchange.take(turn(saying.format("BCDF-GHJK")))
    assert [reply.audience for _, _, reply in group.said] == ["only"]
    assert wording_channels.GROUP_CODE in to_text(group.said[0][2])


@pytest.mark.parametrize("saying", ["what is a LADO? {}", "{} what is a rapid review?", "he is strangling her {}"])
async def test_what_is_asked_or_told_beside_a_code_is_answered(exchange, group, saying):
    await exchange.take(turn(saying.format("BCDF-GHJK")))
    assert "everyone" in [reply.audience for _, _, reply in group.said]
    assert wording_channels.GROUP_CODE in to_text(group.said[-1][2])


async def test_a_resume_code_that_a_group_has_seen_leads_nobody_on(exchange, group):
    code = await exchange.resume_code("web", "hers", AT)
    await exchange.take(turn(f"resume {code}"))
    assert [reply.audience for _, _, reply in group.said] == ["only"]
    assert not await exchange.redeem("web", "another", code, AT)


@pytest.mark.parametrize("words", ["my work e-mail", "phone 2345 6789", "the code of practice", "QQ345678C-9"])
def test_words_and_numbers_that_are_no_code_are_not_taken_for_one(words):
    assert shown_in(words) == ()


async def test_a_redelivery_is_answered_once_and_what_could_not_be_said_is_said_the_next_time(exchange, group):
    group.refuses = Unreachable("busy", permanent=False)
    with pytest.raises(Unreachable):
        await exchange.take(turn("what is a rapid review?"))
    group.refuses = None
    assert await exchange.take(turn("what is a rapid review?")) is Took.UP
    assert await exchange.take(turn("what is a rapid review?")) is Took.AGAIN
    assert len(group.said) == 1


@pytest.mark.parametrize("words", ["What do I do, a child is being strangled?", "what is a rapid review?"])
async def test_where_the_bot_may_not_speak_to_all_whoever_asked_is_answered_alone(exchange, group, words):
    group.takes_only = "only"
    assert await exchange.take(turn(words)) is Took.UP
    said = [reply for _, _, reply in group.said]
    assert said
    assert {one.audience for one in said} == {"only"}
    assert any("999" in to_text(one) for one in said)


@pytest.mark.parametrize("words", ["Can you check case 26-014?", "what happens in case 26-014 now?"])
async def test_a_case_that_is_named_is_not_spoken_of_and_a_private_way_is_shown(exchange, group, words):
    await exchange.take(turn(words))
    assert [reply for _, _, reply in group.said] == list(in_a_group._ONLY_GENERAL)
