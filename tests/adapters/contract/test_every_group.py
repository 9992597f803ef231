"""In a group nobody who tells of danger is left without 999, on every platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.channel_folders import capabilities
from bot import wording_channels
from bot.delivering.wording_delivery import MAY_BE_REPEAT

from .channel_parts import parts
from .group import Group
from .incoming import bring

SOFT = "he hit her and she is bleeding"
NAMED = "A girl in my class, Emily Jones born 3/4/2015, has bruises"


GROUPS = parts("group", "group")


def test_every_channel_that_says_it_answers_in_groups_is_tried_in_one():
    assert set(GROUPS) == {name for name, one in capabilities().items() if one.groups}


@pytest.fixture(params=GROUPS)
async def group(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Group]:
    async with GROUPS[request.param](tmp_path) as one:
        yield one


async def ask(group: Group, words: str) -> None:
    one = group.asking(words)
    assert (await group.house.posted(one.body, one.headers)).status_code == 200


async def test_what_a_platform_failed_at_is_brought_again_and_said_as_what_may_be_a_repeat(group):
    one = group.asking(SOFT)
    group.fail_once()
    assert (await group.house.posted(one.body, one.headers)).status_code == 503
    assert group.seen_by_all() + group.seen_by_one() == []
    assert group.house.warned
    assert "bleeding" not in "".join(group.house.warned)
    for _ in range(2):
        assert (await group.house.posted(one.body, one.headers)).status_code == 200
    (said,) = group.seen_by_all() + group.seen_by_one()
    assert "999" in said
    assert MAY_BE_REPEAT in said


async def test_an_answer_to_all_that_arrived_is_not_said_again_for_a_word_to_its_writer_that_did_not(group):
    one, statuses = group.asking(NAMED), []
    for fails_after in (0, 1, 0, None):
        if fails_after is not None:
            group.fail_once(fails_after)
        statuses.append((await group.house.posted(one.body, one.headers)).status_code)
    assert statuses == [503, 503, 503, 200]
    (public,), (alone,) = group.seen_by_all(), group.seen_by_one()
    assert MAY_BE_REPEAT in public
    assert wording_channels.GROUP_LIKE_DETAIL in alone


async def test_danger_with_a_name_gets_999_before_all_and_a_word_to_its_writer_alone(group):
    await ask(group, NAMED)
    (public,), (alone,) = group.seen_by_all(), group.seen_by_one()
    assert "Phone 999 now" in public
    assert wording_channels.GROUP_LIKE_DETAIL in alone
    assert "Emily" not in public + alone


@pytest.mark.parametrize("words", [SOFT, NAMED])
async def test_who_cannot_be_reached_alone_reads_999_and_what_not_to_write_and_no_word_of_theirs(group, words):
    group.close_private()
    await ask(group, words)
    said = group.seen_by_all() + group.seen_by_one()
    assert all("999" in one for one in said)
    assert "delete" in "".join(said)
    assert not [one for one in said for word in ("bleeding", "Emily", "bruises") if word in one]


async def test_who_follows_the_way_that_all_see_is_told_alone_what_to_do_about_what_they_wrote(group):
    group.close_private()
    await ask(group, NAMED)
    way = group.following()
    if way is None:
        assert wording_channels.NO_WAY_TO_TELL.splitlines()[-1] in " ".join(group.seen_by_all()[-1].split())
        return
    group.open_private()
    before = len(group.seen_by_one())
    assert (await bring(group, way)).status_code == 200
    told = group.seen_by_one()[before:]
    assert wording_channels.CAME_FROM_DETAIL in " ".join(told)
    assert [one for one in told for word in ("Emily", "bruises") if word in one] == []
