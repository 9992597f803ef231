"""With others present: only a mention is answered, with a private way on, and detail of a case in private alone."""

from __future__ import annotations

from bot import wording_channels

from .person import GROUP, among

DETAIL = "Kayleigh born 03/04/2019 NHS 943 476 5919 has bruises"


async def test_only_a_mention_is_answered_with_a_private_way_and_the_same_once(house):
    assert not await house.say("what is neglect?", conversation=among(GROUP))
    named = house.person().mentioning("what is neglect?")
    for _ in range(2):
        assert (await house.bring(named)).status_code == 200
    (said,) = house.api.said_in(GROUP)
    assert wording_channels.PRIVATE_WAY in said.read()


async def test_detail_is_answered_in_private_and_where_that_cannot_be_without_a_word_of_it(house):
    person = house.person()
    await person.mention(DETAIL)
    assert wording_channels.GROUP_LIKE_DETAIL in house.api.said_in("a:alone-someone")[-1].read()
    assert not house.api.said_in(GROUP)
    house.api.opens_personal = False
    await person.mention(DETAIL)
    assert wording_channels.ANSWERED_IN_PRIVATE in house.api.said_in(GROUP)[-1].read()
    assert "Kayleigh" not in str(house.api.sent)
