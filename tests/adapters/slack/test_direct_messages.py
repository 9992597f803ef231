"""Direct messages: words in, Block Kit out, buttons used once, and everything Slack brings twice answered once."""

from __future__ import annotations

import pytest

from bot import wording_channels
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import File, Reply, Text

from .member import controls
from .web_api import TEAM, Refused

PAT = "U0PAT0001"
ADDRESS = f"{TEAM}/{PAT}"


def words(house, person=PAT):
    return [one.read() for one in house.api.said_to(person)]


async def test_words_are_answered_in_the_persons_own_direct_messages(house):
    answer = await house.member().type("what is a LADO?")
    assert (answer.status_code, answer.content) == (200, b"")
    (said,) = house.api.said_to(PAT)
    assert "designated officer" in said.read().lower()
    assert said.text


async def test_opening_the_direct_messages_gives_the_welcome_once(house):
    await house.member().open()
    await house.member().open()
    assert len(words(house)) == 1


async def test_the_same_event_again_is_answered_once_even_with_another_signature(house):
    member = house.member()
    body = member.envelope(member.message("refer"), "Ev001")
    for _ in range(3):
        assert (await house.bring(body, "application/json")).status_code == 200
    assert len(words(house)) == 1


async def test_a_delivery_marked_as_a_repeat_is_not_dropped_where_the_first_never_was_finished(house):
    member = house.member()
    body = member.envelope(member.message("refer"))
    answer = await house.post(body, x_slack_retry_num="1", x_slack_retry_reason="http_timeout")
    await house.settled()
    assert answer.status_code == 200
    assert len(words(house)) == 1


async def test_a_button_is_used_once_and_becomes_what_was_chosen(house):
    member = house.member()
    await member.type("refer")
    first = house.api.said_to(PAT)[-1]
    await member.press(first, "No")
    after = house.api.said_to(PAT)
    assert len(after) == 2
    assert not controls(after[0])
    assert "✔ No · " in after[0].read()
    assert "✔ No" in after[0].text


async def test_a_button_pressed_twice_at_once_counts_once_and_the_second_is_told_so(house):
    member = house.member()
    await member.type("refer")
    shown = house.api.said_to(PAT)[-1]
    button = next(one for one in controls(shown) if one["text"]["text"] == "No")
    await member.use(shown, button)
    await member.use(shown, button)
    assert len(words(house)) == 2
    assert house.api.messages[-1].only == PAT
    assert house.api.messages[-1].read() == wording_channels.USED


async def test_a_button_that_is_not_known_is_answered_helpfully_and_changes_nothing(house):
    member = house.member()
    await member.type("refer")
    shown = house.api.said_to(PAT)[-1]
    await member.use(shown, {**controls(shown)[0], "value": "x" * 22})
    assert house.api.messages[-1].read() == wording_channels.NO_LONGER
    assert controls(shown)


async def test_another_persons_button_says_nothing_for_them(house):
    await house.member().type("refer")
    shown = house.api.said_to(PAT)[-1]
    house.api.dm("U0SAM0001")
    await house.member("U0SAM0001").press(shown, "No")
    assert len(words(house)) == 1
    assert controls(shown)


async def test_no_button_holds_content(house):
    await house.member().type("refer")
    for one in controls(house.api.said_to(PAT)[-1]):
        assert len(one["value"]) == 22


@pytest.mark.parametrize(
    "typed", ["<!channel> <@U123> <https://x.example|gov.uk>", "*b* _i_ ~s~ `c` :smile:", "@channel &amp; &lt;"]
)
async def test_what_was_typed_comes_back_as_words(house, typed):
    """Nothing of it becomes a mention, a link or markup, in the message or in its notification."""
    await house.member().type(f"what is {typed}")
    for shown in house.api.said_to(PAT):
        for block in shown.blocks:
            assert block["type"] != "section"
            for part in block.get("elements", ()) if block["type"] == "rich_text" else ():
                assert {one["type"] for one in part["elements"]} <= {"text", "link"}
        assert "<" not in shown.text


async def test_the_bots_own_words_other_bots_and_notices_are_not_heard(house):
    member = house.member()
    message = member.message("refer")
    for event in (
        {**message, "user": "U0BOT0001", "bot_id": "B0BOT0001"},
        {**message, "bot_id": "B0OTHER01"},
        {**message, "subtype": "bot_message", "bot_id": "B0OTHER01"},
        {**message, "subtype": "message_deleted", "previous_message": message},
        {**message, "subtype": "channel_topic"},
        {**message, "user": "USLACKBOT"},
        {**message, "user_team": "T0OTHER01"},
        {"type": "message", "channel_type": "im"},
        {"type": "reaction_added", "user": PAT},
    ):
        assert (await member.bring(event)).status_code == 200
    assert words(house) == []


async def test_a_changed_message_is_said_not_to_count_and_a_links_preview_is_nothing(house):
    member = house.member()
    await member.bring(member.edited("refer", "refer"))
    assert words(house) == []
    await member.bring(member.edited("refr", "refer"))
    assert wording_channels.EDITED in words(house)[-1]


async def test_danger_in_a_changed_message_is_heard(house):
    member = house.member()
    await member.bring(member.edited("hello", "he is hitting her now, she is bleeding"))
    assert "999" in words(house)[-1]


async def test_a_file_is_not_taken(house):
    member = house.member()
    await member.bring(member.message("", subtype="file_share", files=[{"id": "F1", "name": "p.jpg"}]))
    assert wording_channels.ATTACHED in words(house)[-1]


def asking_a_day(house):
    """The message with a date picker, if one has arrived."""
    kinds = [(one, {control["type"] for control in controls(one)}) for one in house.api.said_to(PAT)]
    return next((one for one, found in kinds if "datepicker" in found), None)


async def get_on(house):
    """Answer the newest question, with No where that can be."""
    newest = house.api.said_to(PAT)[-1]
    found = controls(newest)
    buttons = {one["text"]["text"]: one for one in found if one["type"] == "button"}
    ticked = tuple(one["options"][0]["text"]["text"] for one in found if one["type"] == "checkboxes")
    label = "Done" if ticked else "No" if "No" in buttons else next(iter(buttons))
    await house.member().use(newest, buttons[label], ticked=ticked)


async def test_a_day_is_picked(house):
    member = house.member()
    for typed in ("4", "no", "ok", "no", "no"):
        await member.type(typed)
    shown = asking_a_day(house)
    assert shown is not None, "\n".join(words(house))
    go = next(one for one in controls(shown) if one.get("action_id") == "on_day-0")
    before = len(words(house))
    await member.use(shown, go)
    assert "Choose a day first" in house.api.messages[-1].read()
    assert len(words(house)) == before
    await member.use(shown, go, day=f"{house.at:%Y-%m-%d}")
    assert len(words(house)) == before + 1
    assert f"✔ {house.at.day}/{house.at.month}/{house.at.year}" in shown.read()


async def test_a_whole_referral_is_pressed_and_its_documents_come_as_files(house):
    await house.member().type("refer")
    for _ in range(40):
        await get_on(house)
        if files := [one.file for one in house.api.said_to(PAT) if one.file]:
            break
    assert [name.rpartition(".")[2] for name, _ in files] == ["docx", "html", "txt"]
    assert files[0][1].startswith(b"PK")
    assert all(answer.status_code == 200 for answer in house.answers)


async def test_a_pause_that_slack_asks_for_is_kept_and_nothing_is_said_twice(house):
    house.api.refuses = [Refused("ratelimited", 429, {"Retry-After": "0"})]
    await house.member().type("refer")
    assert len(words(house)) == 1


async def test_what_arrived_though_slack_did_not_answer_is_not_said_again(house):
    channel = house.here.channel
    reply = Reply((Text.of("Tell the Panel."),), key="77")
    stamp = await channel.send(ADDRESS, reply)
    again = Reply((Text.of(MAY_BE_REPEAT, tone="note"), *reply.blocks), key="77")
    assert await channel.send(ADDRESS, again) == stamp
    assert len(words(house)) == 1
    other = Reply((Text.of(MAY_BE_REPEAT, tone="note"), *reply.blocks), key="78")
    assert await channel.send(ADDRESS, other) != stamp
    assert MAY_BE_REPEAT in words(house)[-1]


async def test_documents_that_may_not_have_arrived_are_sent_again(house):
    again = Reply(
        (Text.of(MAY_BE_REPEAT, tone="note"), File("decision.docx", "application/msword", "k.docx")), key="79"
    )
    assert await house.here.channel.send(ADDRESS, again)
    assert any("decision.docx" in one for one in words(house))


async def test_somebody_who_never_wrote_is_reminded_in_a_direct_message_that_is_opened_for_it(house):
    await house.here.channel.send(f"{TEAM}/U0SAM0001", Reply((Text.of("Case 26-001: notify the Panel."),), key="80"))
    assert ("conversations.open", {"users": "U0SAM0001"}) in house.api.calls
    assert words(house, "U0SAM0001") == ["Case 26-001: notify the Panel."]
