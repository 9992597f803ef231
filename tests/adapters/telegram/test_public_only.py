"""Until an area switches more on, Telegram gives public information only; and it can be switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.workplace import opened
from bot import wording_channels
from bot.storage import decisions

from .house import House, area, settings_for

WAYS_IN = (
    "refer",
    "3",
    "protect",
    "allegation",
    "practice",
    "resume",
    "resume BCDF-GHJK",
    "code",
    "my cases",
    "case 26-014",
    "new information",
    "review outcome",
    "disagreement",
    "people",
    "give lead to Ann Archer",
    "document",
)


def last(phone):
    return phone.api.in_chat(phone.chat)[-1]


@pytest.mark.parametrize("words", WAYS_IN)
async def test_no_way_leads_to_a_dialog_or_a_case(public, words):
    phone = public.phone()
    await phone.type("/start", public.at)
    assert "referral" not in last(phone).read()
    await phone.type(words, public.at)
    for _ in range(3):
        said = last(phone).read()
        assert "How old" not in said
        assert "questions left" not in said
        labels = [one["text"] for row in last(phone).keyboard for one in row]
        if not labels:
            break
        await phone.press(last(phone), labels[0])

    def kept(connection) -> list[object]:
        stored = connection.exec_driver_sql("SELECT id FROM conversations").scalars().all()
        return [
            one for each in stored for one in decisions.read(connection, public.exchange.keys, each, practice=False)
        ]

    assert await public.exchange.database.run(kept) == []


async def test_a_question_is_answered_and_danger_gets_999(public):
    phone = public.phone()
    await phone.type("what is a rapid review?", public.at)
    assert "rapid review" in last(phone).text.casefold()
    await phone.type("he is strangling her right now", public.at)
    assert "Phone 999 now" in last(phone).text


async def test_what_is_not_for_here_says_who_to_phone_and_where_to_go(public):
    phone = public.phone()
    await phone.type("refer", public.at)
    said = last(phone).read()
    assert wording_channels.NOT_HERE in said
    assert "999" in said
    assert "http://127.0.0.1:8080" in said


async def test_switched_off_it_says_so_with_999_and_takes_nothing(served, tmp_path: Path):
    api, url = served
    settings = settings_for(url, tmp_path, channels_off=("telegram",), channels_off_message="Back on Monday.")
    with opened(settings, area(on=True)) as exchange:
        async with House(api, exchange, settings).open() as house:
            phone = house.phone()
            await phone.type("refer", house.at)
            said = last(phone).read()
    assert "Phone 999 now" in said
    assert wording_channels.SWITCHED_OFF in said
    assert "Back on Monday." in said
    assert last(phone).keyboard == []
