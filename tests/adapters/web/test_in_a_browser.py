"""The page in a real browser: with and without JavaScript, by keyboard alone, and quickly gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.messages import NOTHING_ASKED, Chosen, Filled, Typed

from .canned import Canned

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
scripts = pytest.mark.parametrize("script", [True, False], ids=["javascript", "no-javascript"])


def begin(visit: Visit, **options: object) -> Page:
    page = visit(**options).new_page()
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
    page.wait_for_load_state()
    return page


def send(page: Page, words: str) -> None:
    page.get_by_role("textbox").last.fill(words)
    page.get_by_role("textbox").last.press("Enter")
    expect(page.get_by_text(f"Typed: {words}.").last).to_be_visible()


@scripts
def test_a_choice_is_answered_by_pressing(visit: Visit, bot: Canned, script: bool) -> None:
    page = begin(visit, java_script_enabled=script)
    page.get_by_label("The child died").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Chose died of 1-effect.")).to_be_visible()
    assert bot.taken[-1].said == Chosen("1-effect", ("died",))


@scripts
def test_several_choices_a_list_a_date_and_a_short_cut(visit: Visit, bot: Canned, script: bool) -> None:
    page = begin(visit, java_script_enabled=script)
    send(page, "many")
    page.get_by_label("The press is asking").check()
    page.get_by_label("The police are involved").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Chose press, police of 1-flags.")).to_be_visible()
    send(page, "long")
    page.get_by_label("What is your role?").select_option(label="Role number 12")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Chose role-12 of 1-role.")).to_be_visible()
    send(page, "date")
    for part, value in (("Day", "3"), ("Month", "10"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Filled 1-aware_on: day=3, month=10, year=2026.")).to_be_visible()
    assert bot.taken[-1].said == Filled("1-aware_on", (("day", "3"), ("month", "10"), ("year", "2026")))
    page.get_by_role("button", name="Why do you ask?").click()
    expect(page.get_by_text("Chose why of command.")).to_be_visible()


@scripts
def test_after_an_answer_the_newest_reply_has_the_focus_and_is_in_view(visit: Visit, script: bool) -> None:
    page = begin(visit, java_script_enabled=script)
    page.get_by_label("The child died").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Chose died of 1-effect.")).to_be_visible()
    newest = page.locator("#latest")
    expect(newest).to_be_focused()
    expect(newest).to_be_in_viewport()


@scripts
def test_a_problem_is_named_in_the_title_the_summary_and_at_the_field(visit: Visit, script: bool) -> None:
    page = begin(visit, java_script_enabled=script)
    send(page, "purple")
    expect(page).to_have_title("Error: Your conversation – Safeguarding bot")
    page.get_by_role("link", name="I could not take that").click()
    expect(page.get_by_label("The child died")).to_be_focused()
    expect(page.get_by_role("group", name="What happened to the child?")).to_have_accessible_description(
        "Error: I could not take that as an answer. Please choose one of these."
    )
    send(page, "one")
    expect(page).to_have_title("Your conversation – Safeguarding bot")
    expect(page.get_by_text("There is a problem")).to_have_count(0)
    expect(page.get_by_text("I could not take that as an answer.")).to_be_visible()


def test_with_javascript_a_slip_loses_nothing_that_was_typed(visit: Visit) -> None:
    page = begin(visit)
    page.get_by_label("The child was seriously harmed").check()
    send(page, "purple")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("The child was seriously harmed")).to_be_checked()
    expect(page.get_by_label("Or type your answer")).to_have_value("purple")


def test_with_javascript_who_types_can_go_on_typing(visit: Visit) -> None:
    page = begin(visit)
    send(page, "many")
    expect(page.get_by_label("Or type your answer")).to_be_focused()
    expect(page.locator("#latest")).to_be_in_viewport()


def test_with_javascript_words_about_danger_lead_to_the_emergency_not_back_to_the_box(visit: Visit) -> None:
    page = begin(visit)
    send(page, "danger")
    expect(page.locator("#latest")).to_be_focused()
    expect(page.get_by_role("alert").filter(has_text="Phone 999 now")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Phone 999")).to_be_in_viewport()


def test_with_javascript_new_turns_join_a_log_that_is_announced(visit: Visit) -> None:
    page = begin(visit)
    page.locator("#turns").evaluate("turns => turns.id = turns.dataset.kept = 'turns'")
    send(page, "many")
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator("li.app-turn")).to_have_count(3)
    expect(log).to_contain_text("Which of these apply?")
    # The same list grew: a new one would be read from its beginning, or not at all.
    expect(log.locator("ol[data-kept]")).to_have_count(1)
    assert log.locator("input, button, select").count() == 0


def test_a_turn_taken_in_another_tab_appears_and_spares_words_half_typed(visit: Visit) -> None:
    here = begin(visit)
    there = here.context.new_page()
    there.goto("/chat")
    here.get_by_label("Or type your answer").fill("half a sen")
    send(there, "many")
    expect(here.get_by_text("Typed: many.")).to_be_visible()
    expect(here.get_by_label("Or type your answer")).to_have_value("half a sen")
    expect(here.get_by_label("Or type your answer")).to_be_focused()


def test_pressing_twice_sends_once(visit: Visit, bot: Canned) -> None:
    page = begin(visit)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    page.get_by_label("The child died").check()
    page.get_by_role("button", name="Continue").dblclick()
    expect(page.get_by_text("Chose died of 1-effect.")).to_be_visible()
    assert len(sent) == 1
    assert len(bot.taken) == 1


def test_an_answer_that_could_not_be_sent_is_still_there_and_can_be_sent_again(visit: Visit, bot: Canned) -> None:
    page = begin(visit)
    page.route("**/chat", lambda route: route.abort())
    page.get_by_label("The child died").check()
    page.get_by_role("button", name="Continue").click()
    not_sent = page.get_by_role("status").filter(has_text="That was not sent.")
    expect(not_sent).to_be_visible()
    expect(not_sent).to_contain_text("If a child is in danger now, phone 999.")
    expect(page.get_by_label("The child died")).to_be_checked()
    page.unroute("**/chat")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Chose died of 1-effect.")).to_be_visible()
    assert len(bot.taken) == 1


@pytest.mark.parametrize(
    ("words", "heading"),
    [("a " * 40_000, "That was too long"), ("break", "Something went wrong here")],
    ids=["too long", "broken"],
)
@scripts
def test_what_the_server_turns_away_is_answered_by_its_own_page(
    visit: Visit, words: str, heading: str, script: bool
) -> None:
    page = begin(visit, java_script_enabled=script)
    page.get_by_label("Or type your answer").fill(words)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_text("If a child is in danger now, phone 999.")).to_be_visible()


def test_a_button_the_server_turns_away_is_answered_by_its_own_page(visit: Visit) -> None:
    page = begin(visit)
    page.context.clear_cookies()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("heading", name="That was not taken")).to_be_visible()
    expect(page.get_by_text("If a child is in danger now, phone 999.")).to_be_visible()


def test_where_the_network_holds_the_stream_back_the_reply_comes_all_the_same(visit: Visit) -> None:
    context = visit()

    def held(route: Route) -> None:
        route.abort()

    context.route("**/chat/stream*", held)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Or type your answer").fill("many")
    page.get_by_label("Or type your answer").press("Enter")
    expect(page.get_by_text("Typed: many.")).to_be_visible(timeout=15_000)


def test_a_code_typed_to_the_bot_shows_the_other_conversation_whole(visit: Visit) -> None:
    one = begin(visit)
    send(one, "purple")
    one.get_by_role("link", name="Use another device").click()
    one.get_by_role("button", name="Get a code").click()
    expect(one.get_by_text("BCDF-2345").first).to_be_visible()
    other = begin(visit)
    other.get_by_label("Or type your answer").fill("resume BCDF-2345")
    other.get_by_label("Or type your answer").press("Enter")
    expect(other.get_by_text("Typed: purple.")).to_be_visible()
    expect(other.locator("li.app-turn")).to_have_count(5)


@scripts
def test_a_code_brings_the_conversation_to_another_device(visit: Visit, script: bool) -> None:
    one = begin(visit, java_script_enabled=script)
    send(one, "many")
    one.get_by_role("link", name="Use another device").click()
    one.get_by_role("button", name="Get a code").click()
    code = one.locator(".app-code").inner_text()
    other = visit(java_script_enabled=script).new_page()
    other.goto("/")
    other.get_by_role("link", name="Carry on here with a code").click()
    other.get_by_label("Code").fill(code.lower())
    other.get_by_role("button", name="Carry on").click()
    expect(other.get_by_text("Typed: many.")).to_be_visible()


@scripts
def test_exit_shows_another_page_and_going_back_shows_nothing(visit: Visit, script: bool) -> None:
    page = begin(visit, java_script_enabled=script)
    send(page, "many")
    page.get_by_role("button", name="Exit this page").click()
    expect(page.get_by_text("Dry, with sunny spells.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Carry on")).to_be_visible()
    expect(page.get_by_text("Typed: many.")).to_have_count(0)
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_text("Typed: many.")).to_be_visible()


def test_shift_three_times_exits_and_says_so_on_the_way(visit: Visit) -> None:
    page = begin(visit)
    page.keyboard.press("Shift")
    expect(page.get_by_role("status").filter(has_text="Shift, press 2 more times to exit.")).to_have_count(1)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.get_by_text("Dry, with sunny spells.")).to_be_visible()


def test_shift_to_write_capitals_does_not_exit(visit: Visit) -> None:
    page = begin(visit)
    page.get_by_label("Or type your answer").focus()
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift+D"):
        page.keyboard.press(key)
    expect(page.get_by_label("Or type your answer")).to_have_value("ABCD")
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()


@scripts
def test_by_keyboard_alone_a_conversation_is_begun_answered_and_left(visit: Visit, bot: Canned, script: bool) -> None:
    page = visit(java_script_enabled=script).new_page()
    page.goto("/")
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    expect(page.locator("#latest")).to_be_focused()
    tab_to(page, "The child died")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("The child was seriously harmed")).to_be_checked()
    tab_to(page, "Help with this question")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You can change it later.")).to_be_visible()
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chose harmed of 1-effect.")).to_be_visible()
    expect(page.locator("#latest")).to_be_focused()
    tab_to(page, "text")
    page.keyboard.type("words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Typed: words.")).to_be_visible()
    tab_to(page, "Stop for now")
    page.keyboard.press("Space")
    expect(page.get_by_text("Chose stop of command.")).to_be_visible()
    assert [turn.said for turn in bot.taken] == [
        Chosen("1-effect", ("harmed",)),
        Typed("words", "1-effect"),
        Chosen("command", ("stop",), NOTHING_ASKED),
    ]
    page.goto("/chat")
    tab_to(page, "Skip to the newest message")
    page.keyboard.press("Enter")
    expect(page.locator("#latest")).to_be_focused()
    page.goto("/chat")
    tab_to(page, "Exit this page")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dry, with sunny spells.")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what has the focus is called so; what has the focus must be seen to have it."""
    focused = page.locator(":focus")
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused.count() == 0:
            continue
        found = focused.evaluate(
            "one => [one.textContent, one.id, ...(one.labels ? [...one.labels].map(l => l.textContent) : [])].join('|')"
        )
        if name in found:
            box = focused.bounding_box()
            assert box
            assert box["width"] > 0
            return
    pytest.fail(f"Tab does not lead to {name!r}")
