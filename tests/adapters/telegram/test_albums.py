"""Photos that were sent together are answered once, and no word that came with any of them is lost."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot import wording_channels

PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
DANGER = "he is strangling her right now"


def album(house, *captions: str, group: str = "13456789012345678") -> list[dict]:
    """The updates by which an album is brought: one photo for each caption, which may be empty."""
    phone = house.phone()
    said = [{**phone.message(house.at), **PHOTO, "media_group_id": group} for _ in captions]
    captioned = [{**one, "caption": words} if words else one for one, words in zip(said, captions, strict=True)]
    return [phone.update("message", one) for one in captioned]


async def brought(house, *updates: dict) -> list[str]:
    """What is said because of them, each brought again once all have been."""
    before = len(house.api.messages)
    for one in (*updates, *updates):
        assert (await house.bring(one)).status_code == 200
    return [one.text for one in house.api.messages[before:]]


@pytest.mark.parametrize("captions", [("", "", ""), ("what is a rapid review?", "", "")])
async def test_an_album_is_answered_once(house, captions):
    assert len(await brought(house, *album(house, *captions))) == 1


async def test_an_album_after_another_is_answered_too(house):
    both = [*album(house, "", ""), *album(house, "", "", group="2")]
    said = await brought(house, *both)
    assert [wording_channels.ATTACHED in one for one in said] == [True, True]


@pytest.mark.parametrize("at", [0, 1, 2])
async def test_danger_under_any_photo_of_an_album_is_answered(house, at):
    said = await brought(house, *album(house, *(DANGER if number == at else "" for number in range(3))))
    assert ["Phone 999 now" in one for one in said].count(True) == 1


async def test_words_under_two_photos_are_both_answered(house):
    said = await brought(house, *album(house, "what is a rapid review?", DANGER))
    assert [("rapid review" in one.casefold(), "Phone 999 now" in one) for one in said] == [
        (True, False),
        (False, True),
    ]


async def test_photos_of_an_album_that_come_at_one_instant_are_answered_once_with_danger(house):
    updates = album(house, "", "", DANGER, "")
    await asyncio.gather(*(house.post(json.dumps(one).encode()) for one in updates))
    await house.settled()
    said = [one.text for one in house.api.messages]
    assert ["Phone 999 now" in one for one in said].count(True) == 1
    assert len(said) <= 2
