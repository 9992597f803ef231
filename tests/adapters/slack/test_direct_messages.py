"""Direct messages: words in, Block Kit out, buttons used once, and everything Slack brings twice answered once."""

from __future__ import annotations

import pytest

from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import File, Reply, Text

from .member import controls
from .web_api import TEAM

PAT = "U0PAT0001"
ADDRESS = f"{TEAM}/{PAT}"


def words(house, person=PAT):
    return [one.read() for one in house.api.said_to(person)]


async def test_opening_the_direct_messages_gives_the_welcome_once(house):
    await house.member().open()
    await house.member().open()
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


async def test_what_is_said_and_pressed_in_a_thread_is_answered_there_and_the_rest_is_not(house):
    member = house.member()
    await member.type("refer", thread_ts="1795000000.000100")
    await member.press(house.api.said_to(PAT)[-1], "No")
    await member.type("stop")
    await member.type("refer", thread_ts="no stamp")
    threads = [one.thread for one in house.api.said_to(PAT)]
    assert threads == ["1795000000.000100"] * 2 + [""] * 2
    # It is one conversation, in a thread or not.
    assert len(await house.exchange.read("slack", ADDRESS)) == 8


async def test_a_document_asked_for_in_a_thread_is_put_there(house):
    there = await house.here.channel.client.of(TEAM)
    await there.hand_over(await there.direct(PAT), "decision.txt", b"x", "1795000000.000100")
    (shown,) = house.api.said_to(PAT)
    assert (shown.file, shown.thread) == (("decision.txt", b"x"), "1795000000.000100")


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


async def test_a_message_that_is_passed_on_is_heard_with_its_words(house):
    shared = {"is_share": True, "text": "He is strangling her right now", "fallback": "a message"}
    await house.member().type("", attachments=[shared])
    assert "999" in house.api.said_to(PAT)[0].read().splitlines()[0]
    await house.member("U0OTHER01").type("what is a rapid review?", attachments=[{"title": "a link", "text": "a page"}])
    assert "rapid review" in house.api.said_to("U0OTHER01")[-1].read().casefold()
