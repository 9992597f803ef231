"""An e-mail says everything a reply says, twice over and the same, and nothing of it is obeyed or shown outside."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address

import pytest

from adapters.mail.render import render, subject
from bot import wording_mail
from bot.delivering.nudge_buttons import buttons
from bot.messages import (
    Anchor,
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
from bot.wording_case_joining import changed_by_joining, changed_by_unjoining
from bot.wording_case_news import changed_by_news

from .conftest import AT, SENDER
from .reading import NUDGE, PUBLIC, Page, content, received


def test_a_nudge_as_plain_text():
    assert content(received(NUDGE), "plain") == (
        "Case 26-014: notify the Panel. Aim Fri 27 Nov, latest Mon 30 Nov. Statutory guidance.\n"
        "\n"
        "So\n"
        "\n"
        "Dates\n"
        "Aim: Fri 27 Nov\n"
        "\n"
        "Case 26-014: https://bot.example.gov.uk/cases/26-014\n"
        "\n"
        "Is it done?\n"
        "\n"
        "You can choose:\n"
        "- Done\n"
        "- I have seen it (lapses)\n"
        "\n"
        "To answer, open your conversation: https://bot.example.gov.uk/chat\n"
        "\n"
        "Nobody reads replies to this e-mail. If a child is in danger now, phone 999.\n"
    )


def test_its_headers_say_that_a_machine_wrote_it_and_nothing_else():
    message = received(NUDGE)
    assert dict(message.items()) == {
        "From": "Safeguarding bot <bot@example.gov.uk>",
        "To": "lead@example.gov.uk",
        "Subject": "Case 26-014: notify the Panel",
        "Date": "Thu, 26 Nov 2026 09:30:00 +0000",
        "Message-ID": message["Message-ID"],
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.gov\.uk>", message["Message-ID"])
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_without_a_public_page_there_is_no_link_to_it_and_it_says_where_to_answer():
    message = received(NUDGE, public_url="")
    assert Page(content(message, "html")).links == []
    assert "http" not in content(message, "plain")
    assert wording_mail.ANSWER_ELSEWHERE in content(message, "plain")


@pytest.mark.parametrize(("ref", "said"), [("26-014", "case 26-014"), ("area", "the area's duties")])
def test_a_reminder_leads_to_its_cases_page_by_its_reference_alone(ref, said):
    nudge = Reply((Choices("command", f"Case {ref}: notify the Panel.", buttons(ref, "notify_panel")),))
    message = received(nudge)
    where = f"{PUBLIC}/board/case/{ref}"
    assert where in Page(content(message, "html")).links
    assert f"Sign in and open {said}: {where}" in content(message, "plain")
    assert "/board" not in content(received(nudge, public_url=""), "plain")


def test_a_file_is_fetched_where_only_its_reader_can_and_is_never_attached():
    message = received(Reply((File("decision.docx", "application/msword", "26-1.docx"),)))
    assert list(message.iter_attachments()) == []
    assert "26-1" not in message.as_string()
    assert f"decision.docx\n\n{wording_mail.FETCH}: {PUBLIC}/chat" in content(message, "plain")


def test_a_form_says_what_it_asks_for():
    form = Form("when", "When was it done?", (Field("on", "Day", "date", "For example 27/11"),))
    assert "When was it done?\n\nIt asks for:\n- Day (For example 27/11)" in content(received(Reply((form,))), "plain")


@pytest.mark.parametrize(
    ("url", "goes_to"),
    [
        ("https://www.gov.uk/x?a=1&b=2", "https://www.gov.uk/x?a=1&b=2"),
        ("/cases/26-014", f"{PUBLIC}/cases/26-014"),
        ("tel:999", "tel:999"),
        ("javascript:alert(1)", None),
        ("//evil.example/x", None),
        ("/\\evil.example/x", None),
        ("data:text/html,x", None),
        ("https://a.uk/\r\nBcc: x", None),
        ("http://[", None),
    ],
)
def test_a_link_leads_only_where_it_is_safe_to_go(url, goes_to):
    message = received(Reply((Link("Look here", url), Text.of(Anchor("Look here", url)))))
    assert set(Page(content(message, "html")).links) == ({goes_to} if goes_to else set())
    assert content(message, "plain").count("Look here") == 2
    assert (goes_to or "Look here\n") in content(message, "plain")


def test_what_people_type_is_words_on_the_page_and_never_part_of_it():
    typed = '<script>alert(1)</script><img src="https://evil.example/x"></p></main>&amp;'
    link = Link(typed, 'https://a.uk/"><img')
    question = Choices("c", typed, (Option("a", typed, typed),), help=typed)
    page = Page(content(received(Reply((Text.of(typed), Card(typed, ((typed, typed),), (link,)), question))), "html"))
    assert not page.tags & {"script", "img"}
    assert page.links == ['https://a.uk/"><img', f"{PUBLIC}/chat"]
    assert page.said.count("".join(typed.split())) == 9


REMINDER = wording_mail.REMINDER
CHECK = f"Case 26-014: {wording_mail.CHECK_WHO_KNOWS}"


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        (("Case 26-014: notify the Panel. Aim Fri 27 Nov.",), "Case 26-014: notify the Panel"),
        (("Case EX-26-014: Send the rapid review; latest Mon 30 Nov",), "Case EX-26-014: Send the rapid review"),
        (("Case 26-014: notify the Panel\nAn aside",), "Case 26-014: notify the Panel"),
        (("Case 26-014: notify the Panel.", "Case 26-015: tell Ofsted."), "Case 26-014: notify the Panel, and 1 more"),
        (("Case 26-014: notify the Panel.", "Case 26-014: notify the Panel."), "Case 26-014: notify the Panel"),
        ((f"Case 26-014: {'x' * 61}.",), f"Case 26-014: {REMINDER}"),
        (("Case 26-014: check that the child death overview panel has been told.",), CHECK),
        (("Case 26-014: check that the designated officer (LADO) has been told.",), CHECK),
        (("Case 26-014: check that children's social care, and the police if needed, have been told.",), CHECK),
        (("Case 26-014: brief the family, staff and press office before publication.",), f"Case 26-014: {REMINDER}"),
        (
            ("Case 26-014: check that the designated officer (LADO) has been told.", "Case 26-014: notify the Panel."),
            "Case 26-014: notify the Panel, and 1 more",
        ),
        (
            ("Case 26-014: tell the safeguarding partners, and other areas where they need to know. Aim Fri 27 Nov.",),
            "Case 26-014: tell the safeguarding partners",
        ),
        (("Case 26-014: it is yours now. Please say that you have it.",), "Case 26-014: it is yours now"),
        ((changed_by_news("26-014", "No date has moved."),), "Case 26-014: new information"),
        ((changed_by_joining("26-014", "No date has moved."),), "Case 26-014: another decision was put with it"),
        (
            (changed_by_unjoining("26-014", "No date has moved."),),
            "Case 26-014: a decision put with it was taken away again",
        ),
        (("Case 26-014 was changed. She died.",), wording_mail.SUBJECT),
        (("Case 26-014: . Late",), wording_mail.SUBJECT),
        (("Jane Smith of Case 26-014: notify the Panel.",), wording_mail.SUBJECT),
        (("She died on Sunday.", "Case 26-014: notify the Panel."), wording_mail.SUBJECT),
        (("",), wording_mail.SUBJECT),
        ((), wording_mail.SUBJECT),
    ],
)
def test_the_subject_is_a_reference_and_a_duty_and_never_more(blocks, shown):
    assert subject(Reply(tuple(Text.of(words) for words in blocks))) == shown


def test_the_subject_can_come_from_a_card_and_passes_over_notes():
    note = Text.of("Case 99-999: this may be a repeat.", tone="note")
    assert subject(Reply((note, Card("Case 26-014: notify the Panel", ())))) == "Case 26-014: notify the Panel"
    assert subject(Reply((Bullets(("x",)) and Text.of(Bullets(("Case 26-014: x",))), Wait()))) == wording_mail.SUBJECT


def test_a_repeat_has_the_same_id_and_anything_else_has_another():
    def name(key: str = "1", to: str = "lead@example.gov.uk", words: str = "x", note: str = "", later: int = 0) -> str:
        reply = Reply((Text.of(note, tone="note"), Text.of(words)), key=key)
        return str(render(reply, to=to, sender=SENDER, at=AT + timedelta(minutes=later))["Message-ID"])

    assert name() == name(note="This may be a repeat.", later=30)
    others = [name(key="2"), name(to="deputy@example.gov.uk"), name(words="y")]
    without_key = [name(key=""), name(key="", later=1), name(key="", words="y")]
    assert len({name(), *others, *without_key}) == 7


def test_several_nudges_say_their_answers_and_where_to_answer_once():
    options = (Option("done", "Done"), Option("ack", "I have it"))
    several = [Choices("command", f"Case 26-01{number}: tell Ofsted. Late.", options) for number in range(3)]
    note = Text.of("This may be a repeat.", tone="note")
    message = received(Reply((note, *several, Wait())))
    assert message["Subject"] == "Case 26-010: tell Ofsted, and 2 more"
    assert content(message, "plain").startswith(
        "This may be a repeat.\n"
        "\n"
        "Case 26-010: tell Ofsted. Late.\n"
        "\n"
        "Case 26-011: tell Ofsted. Late.\n"
        "\n"
        "Case 26-012: tell Ofsted. Late.\n"
        "\n"
        "You can choose:\n"
        "- Done\n"
        "- I have it\n"
        "\n"
        "To answer, open your conversation: https://bot.example.gov.uk/chat\n"
    )


def test_questions_with_other_answers_each_say_their_own():
    first, second = (Choices("c", text, (Option("a", f"{text} it"),)) for text in ("Do", "Leave"))
    said = content(received(Reply((first, second, Form("f", "Say when", (Field("a", "Day", "date"),))))), "plain")
    assert said.count("You can choose:") == 2
    assert said.index("Do it") < said.index("Leave it") < said.index("Say when") < said.index("To answer")
    assert said.count("To answer") == 1


def test_the_date_is_londons():
    at = AT.replace(month=7)
    assert render(NUDGE, to="a@b.uk", sender=SENDER, at=at)["Date"] == "Sun, 26 Jul 2026 10:30:00 +0100"


def test_spaces_beside_bold_words_and_links_stay():
    reply = Reply((Text.of(Bold("Note: "), "read ", Anchor("this", "https://a.uk"), " now"),))
    assert content(received(reply), "plain").startswith("Note: read this (https://a.uk) now\n")


def test_a_senders_name_may_have_any_letters():
    sender = Address("Barnsley’s bot, Zoë", addr_spec="bot@example.gov.uk")
    raw = render(NUDGE, to="a@b.uk", sender=sender, at=AT).as_bytes()
    assert message_from_bytes(raw, policy=policy.default)["From"].addresses[0].display_name == "Barnsley’s bot, Zoë"


def test_where_there_is_no_chat_on_the_page_it_does_not_lead_there_and_to_a_case_still():
    nudge = Reply((Choices("command", "Case 26-014: notify the Panel.", buttons("26-014", "notify_panel")),))
    words = content(received(nudge, has_chat=False), "plain")
    assert wording_mail.ANSWER_ELSEWHERE in words
    assert "/chat" not in words
    assert f"{PUBLIC}/board/case/26-014" in words
