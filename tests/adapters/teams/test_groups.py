"""With others present: only a mention is answered, with a private way on, and detail of a case in private alone."""

from __future__ import annotations

import pytest

from adapters.teams.in_time import TEAMS
from bot import wording_channels
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from tests.adapters.filtered import FILTERS

from .microsoft import TENANT, Json
from .person import GROUP, Person, among

DETAIL = "Kayleigh born 03/04/2019 NHS 943 476 5919 has bruises"


async def test_only_a_mention_is_answered_with_a_private_way_and_the_same_once(house):
    assert not await house.say("what is neglect?", conversation=among(GROUP))
    named = house.person().mentioning("what is neglect?")
    for _ in range(2):
        assert (await house.bring(named)).status_code == 200
    (said,) = house.api.said_in(GROUP)
    assert wording_channels.PRIVATE_WAY in said.read()


async def test_what_teams_wants_less_of_is_not_acknowledged_and_answered_once_when_it_is_brought_again(house):
    named = house.person().mentioning("what is neglect?")
    house.api.once = [(429, {"Retry-After": "12"})]
    assert [(await house.bring(named)).status_code for _ in range(3)] == [503, 200, 200]
    (said,) = house.api.said_in(GROUP)
    assert MAY_BE_REPEAT not in said.read()


async def test_a_pause_that_fits_is_waited_out_before_teams_is_answered(house):
    house.here.channel.client._pause = house._pause
    house.api.once = [(429, {"Retry-After": "9"})]
    assert (await house.person().mention("what is neglect?")).status_code == 200
    assert len(house.api.said_in(GROUP)) == 1


@pytest.mark.parametrize("spoils", FILTERS)
@pytest.mark.parametrize("said", ["what is neglect?", DETAIL])
async def test_what_a_filter_answered_for_teams_is_said_when_it_is_brought_again(house, spoils, said):
    named = house.person().mentioning(said)
    house.api.spoils = spoils
    assert (await house.bring(named)).status_code == 503
    house.api.spoils = ""
    assert (await house.bring(named)).status_code == 200


async def test_what_teams_is_slow_to_take_is_said_once_more_as_a_possible_repeat_and_no_more(house, monkeypatch):
    await house.person().mention("what is harm?")
    named = house.person().mentioning("what is neglect?")
    house.api.hangs = True
    with monkeypatch.context() as short:
        short.setattr(TEAMS, "seconds", 1.0)
        assert (await house.bring(named)).status_code == 503
    house.api.hangs = False
    assert [(await house.bring(named)).status_code for _ in range(2)] == [200, 200]
    assert [MAY_BE_REPEAT in one.read() for one in house.api.said_in(GROUP)] == [False, False, True]


async def test_detail_is_answered_in_private_and_where_that_cannot_be_without_a_word_of_it(house):
    person = house.person()
    await person.mention(DETAIL)
    assert wording_channels.GROUP_LIKE_DETAIL in house.api.said_in("a:alone-someone")[-1].read()
    assert not house.api.said_in(GROUP)
    house.api.opens_personal = False
    await person.mention(DETAIL)
    assert wording_channels.ANSWERED_IN_PRIVATE in house.api.said_in(GROUP)[-1].read()
    assert "Kayleigh" not in str(house.api.sent)


async def test_who_was_asked_to_come_is_told_what_to_do_whatever_they_say_there_after_999_and_once(house):
    person = house.person()
    house.api.opens_personal = False
    await person.mention(DETAIL)
    await person.type("he is strangling her right now")
    first, second = house.api.said_in(person.chat)
    assert "Phone 999 now" in first.read()
    assert wording_channels.CAME_FROM_DETAIL in second.read()
    await person.type("what is neglect?")
    assert wording_channels.CAME_FROM_DETAIL not in house.api.said_in(person.chat)[-1].read()


async def test_who_adds_the_app_because_they_were_asked_to_come_is_welcomed_with_what_to_do(house):
    house.api.opens_personal = False
    await house.person().mention(DETAIL)
    await house.person("29:other", "a:1other").open()
    assert wording_channels.CAME_FROM_DETAIL not in house.api.said_in("a:1other")[-1].read()
    await house.person().open()
    (told,) = house.api.said_in(house.person().chat)
    assert wording_channels.CAME_FROM_DETAIL in told.read()


async def test_what_is_changed_into_detail_is_heard_and_any_other_change_is_not(house):
    for words, heard in (("what is harm?", 0), (DETAIL, 1)):
        changed = house.person().mentioning(words)
        changed |= {"type": "messageUpdate", "channelData": {"eventType": "editMessage", "tenant": {"id": TENANT}}}
        assert (await house.bring(changed)).status_code == 200
        assert len(house.api.said_in("a:alone-someone")) == heard
    assert wording_channels.GROUP_LIKE_DETAIL in house.api.said_in("a:alone-someone")[-1].read()
    assert not house.api.said_in(GROUP)


def unseen(person: Person, words: str) -> Json:
    """The activity of a slash command in a group, which Teams shows to nobody else."""
    activity = person.activity(text=words, conversation=among(GROUP))
    return {**activity, "recipient": {**activity["recipient"], "isTargeted": True}}


async def test_what_was_asked_unseen_in_a_group_is_answered_to_that_person_alone_and_nothing_is_kept(house):
    person = house.person()
    for words in ("what is neglect?", DETAIL):
        assert (await house.bring(unseen(person, words))).status_code == 200
    answered, warned = house.api.said_in(GROUP)
    assert {answered.only, warned.only} == {person.id}
    assert "neglect" in answered.read().lower()
    assert wording_channels.GROUP_LIKE_DETAIL in warned.read()
    assert await house.exchange.read("teams", person.chat) == ()


async def test_where_teams_shows_nothing_to_one_alone_it_goes_to_their_own_chat_and_never_to_all(house):
    house.api.targets = False
    assert (await house.bring(unseen(house.person(), "what is neglect?"))).status_code == 200
    assert house.api.said_in(GROUP) == []
    assert "neglect" in house.api.said_in("a:alone-someone")[-1].read().lower()


PICTURE = {
    "contentType": "image/*",
    "contentUrl": "https://smba.trafficmanager.net/emea/v3/attachments/1/views/original",
}
FILE = {
    "contentType": "text/html",
    "content": '<p>x</p><attachment id="8a7c5ba7-4f2b-44e2-a3c1-0b6ab4a7c5de"></attachment>',
}
LOOKS = {"contentType": "text/html", "content": '<p>x</p><attachment id="1636475319930"></attachment>'}
QUOTED = {"id": "1636475319930", "contentType": "messageReference", "content": '{"messageId":"1636475319930"}'}


@pytest.mark.parametrize("attached", [PICTURE, FILE])
async def test_a_picture_or_file_with_a_mention_gets_its_sender_a_word_alone(house, attached):
    await house.person().mention("what is neglect?", attachments=[LOOKS, attached])
    assert wording_channels.GROUP_ATTACHED in house.api.said_in("a:alone-someone")[-1].read()


async def test_a_quoted_message_is_nothing_besides_words(house):
    await house.person().mention("what is neglect?", attachments=[LOOKS, QUOTED])
    assert not house.api.said_in("a:alone-someone")
    assert "neglect" in house.api.said_in(GROUP)[-1].read().lower()
