"""A reply goes to a real mail server, encrypted and by login; what does not go is sorted: never, later or maybe."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from dataclasses import replace

import pytest
from aiosmtplib import SMTPConnectError
from pydantic import SecretStr

from adapters.mail.server import Patience
from adapters.mail.why import why
from bot.channel import Unreachable
from bot.messages import Reply, Text

from . import certificates
from .conftest import PATIENCE, server_at
from .post_office import GREETING, context_for, opened

LEAD = "lead@example.gov.uk"
NUDGE = Reply((Text.of("Case 26-014: notify the Panel. Aim Fri 27 Nov."),), key="26-014 notify 1")
# Short where no answer ever comes, so that nobody waits for it; long everywhere else.
HASTY = replace(PATIENCE, step=0.3)
HASTY_AT_THE_END = replace(PATIENCE, answer=0.3)


async def refused(mail, reply=NUDGE, address=LEAD) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        await mail.send(address, reply)
    return caught.value


async def test_a_reply_arrives_encrypted_and_by_login(mail, office):
    message_id = await mail().send(LEAD, NUDGE)
    (letter,) = office.letters
    assert (letter.sender, letter.to) == ("bot@example.gov.uk", (LEAD,))
    assert (letter.login, letter.is_encrypted) == ("bot", True)
    assert letter.message["Message-ID"] == message_id
    assert letter.message["Subject"] == "Case 26-014: notify the Panel"
    assert "Aim Fri 27 Nov." in letter.plain


async def test_what_arrives_is_byte_for_byte_what_was_rendered(mail, office):
    """Lines of dots included, which the protocol would take for the end."""
    reply = Reply((Text.of(".\n..\n.x\n" + "é" * 5000 + "\n.\r\nQUIT"),), key="dots")
    await mail().send(LEAD, reply)
    assert office.letters[0].raw == mail().render(LEAD, reply).as_bytes()
    assert len(office.letters) == 1


async def test_tls_from_the_start(trusted, mail):
    with opened(tls=context_for(str(trusted.server))) as office:
        await mail(port=office.port, security="tls", username="").send(LEAD, NUDGE)
    assert office.letters[0].is_encrypted


async def test_unencrypted_where_it_is_set_so(mail):
    with opened() as office:
        await mail(port=office.port, security="none", username="").send(LEAD, NUDGE)
    assert not office.letters[0].is_encrypted


async def test_a_login_is_tried_once_though_several_ways_are_offered(mail, office):
    fault = await refused(mail(password=SecretStr("hunter2")))
    assert office.logins == ["PLAIN"]
    assert (fault.permanent, fault.may_have_arrived) == (False, False)
    assert "BOT_MAIL_PASSWORD" in str(fault)


async def test_the_password_is_said_nowhere(mail, caplog):
    caplog.set_level(logging.DEBUG, logger="adapters")
    caplog.set_level(logging.DEBUG, logger="aiosmtplib")
    channel = mail(password=SecretStr("hunter2"))
    fault = await refused(channel)
    assert "hunter2" not in f"{fault!r}{fault.__cause__!r}{channel._server!r}{caplog.text}"


@pytest.mark.parametrize(
    ("step", "answer", "permanent"),
    [
        ("RCPT", "550 5.1.1 No such mailbox", True),
        ("RCPT", "553 Not allowed", True),
        ("RCPT", "451 4.7.1 Greylisted, come back later", False),
        ("RCPT", "452 4.2.2 Mailbox full", False),
        ("DATA", "554 No valid recipients", True),
        ("DATA", "451 Not now", False),
        ("END", "554 5.7.1 Refused as spam", True),
        ("END", "552 Too big", True),
        ("END", "451 Cannot keep it now", False),
        ("END", "421 Closing down", False),
        # The bot's own sender, login or server is at fault: mended, the same message goes.
        ("MAIL", "550 5.7.60 You may not send as this", False),
        ("MAIL", "452 Too busy", False),
        ("EHLO", "550 Go away", False),
        (GREETING, "554 No service here", False),
        (GREETING, "421 Too many", False),
    ],
)
async def test_a_refusal_is_for_good_only_where_this_address_or_message_is_refused_for_good(
    mail, office, step, answer, permanent
):
    office.answers[step] = answer
    fault = await refused(mail())
    assert (fault.permanent, fault.may_have_arrived) == (permanent, False)
    assert answer[:3] in str(fault)
    assert office.letters == []


async def test_greylisted_it_goes_the_next_time_under_the_same_id(mail, office):
    office.answers["RCPT"] = "451 4.7.1 Greylisted"
    await refused(mail())
    del office.answers["RCPT"]
    message_id = await mail().send(LEAD, NUDGE)
    assert message_id == await mail().send(LEAD, NUDGE)


@pytest.mark.parametrize("step", [GREETING, "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("way", ["stalls", "hangs_up"])
async def test_what_breaks_off_before_the_message_has_left_has_not_arrived(mail, office, step, way):
    getattr(office, way).add(step)
    fault = await refused(mail(HASTY if way == "stalls" else PATIENCE))
    assert (fault.permanent, fault.may_have_arrived) == (False, False)


@pytest.mark.parametrize("way", ["stalls", "hangs_up"])
async def test_what_breaks_off_after_the_message_has_left_may_have_arrived(mail, office, way):
    getattr(office, way).add("END")
    fault = await refused(mail(HASTY_AT_THE_END))
    assert (fault.permanent, fault.may_have_arrived) == (False, True)


async def test_an_answer_that_makes_no_sense_after_the_message_leaves_it_unknown(mail, office):
    office.answers["END"] = "what?"
    assert (await refused(mail())).may_have_arrived


@pytest.mark.parametrize(("step", "whole", "may_have_arrived"), [("RCPT", 0.5, False), ("END", 3, True)])
async def test_everything_together_has_a_time_limit_too(mail, office, step, whole, may_have_arrived):
    office.stalls.add(step)
    fault = await refused(mail(Patience(step=60, answer=60, whole=whole)))
    assert (fault.permanent, fault.may_have_arrived) == (False, may_have_arrived)


async def test_a_slow_goodbye_changes_nothing(mail, office):
    office.stalls.add("QUIT")
    await mail(replace(PATIENCE, goodbye=0.2)).send(LEAD, NUDGE)
    assert len(office.letters) == 1


async def test_nobody_listening_is_tried_again(mail):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    fault = await refused(mail(port=port))
    assert (fault.permanent, fault.may_have_arrived) == (False, False)
    assert "BOT_MAIL_PORT" in str(fault)


def test_a_server_that_nobody_has_heard_of_is_said_to_be_none(server):
    fault = SMTPConnectError("Error connecting")
    fault.__cause__ = socket.gaierror(-2, "Name or service not known")
    said = why(fault, replace(server, host="smpt.example"))
    assert said == "there is no machine called smpt.example: check BOT_MAIL_HOST"


async def test_without_starttls_nothing_is_said_to_the_server(mail):
    """Somebody on the line could have taken the offer out."""
    with opened(login=True) as office:
        fault = await refused(mail(port=office.port))
    assert "does not offer STARTTLS" in str(fault)
    assert (fault.permanent, office.steps, office.logins) == (False, [GREETING, "EHLO"], [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_trusted_has_signed_is_refused(trusted, mail, security):
    context = context_for(str(trusted.server))
    offered = {"tls": context} if security == "tls" else {"starttls": context}
    with opened(**offered, login=True) as office:
        fault = await refused(mail(port=office.port, security=security, tls=ssl.create_default_context()))
    assert (fault.permanent, fault.may_have_arrived) == (False, False)
    assert "BOT_MAIL_CA_FILE" in str(fault)
    assert "MAIL" not in office.steps
    assert office.logins == []


@pytest.mark.parametrize(
    "made",
    [{"host": "other.example"}, {"until": certificates.FROM.replace(year=2021)}],
    ids=["other name", "out of date"],
)
async def test_a_certificate_of_another_or_of_the_past_is_refused(tmp_path, mail, made):
    bad = certificates.made(tmp_path, **made)
    with opened(starttls=context_for(str(bad.server)), login=True) as office:
        fault = await refused(mail(port=office.port, tls=server_at(office.port, bad.signer).tls))
    assert (fault.permanent, office.logins) == (False, [])
    assert "certificate" in str(fault)


async def test_tls_where_the_server_does_not_begin_with_it(mail, office):
    fault = await refused(mail(security="tls"))
    assert not fault.permanent
    assert "BOT_MAIL_SECURITY" in str(fault)


async def test_a_login_where_none_is_offered(trusted, mail):
    with opened(starttls=context_for(str(trusted.server))) as office:
        fault = await refused(mail(port=office.port))
    assert not fault.permanent
    assert "BOT_MAIL_USERNAME" in str(fault)


@pytest.mark.parametrize(
    "address",
    ["", "lead", f"{LEAD}\r\nRCPT TO:<x@example.uk>", f"{LEAD}, x@example.uk", f"Lead <{LEAD}>", f"{LEAD}> X=1"],
)
async def test_what_is_no_address_is_refused_for_good_and_no_server_hears_of_it(mail, office, address):
    fault = await refused(mail(), address=address)
    assert fault.permanent
    assert office.steps == []


async def test_only_so_many_go_at_once_and_all_arrive(mail, office):
    channel = mail(at_once=2)
    sent = await asyncio.gather(*(channel.send(LEAD, replace(NUDGE, key=str(number))) for number in range(12)))
    assert {letter.message["Message-ID"] for letter in office.letters} == set(sent)
    assert len(office.letters) == 12
    assert office.most_at_once == 2


async def test_one_whose_turn_does_not_come_in_time_has_not_arrived_and_can_be_sent_again(mail, office):
    channel = mail(replace(PATIENCE, turn=0.2), at_once=1)
    office.stalls.add("RCPT")
    first = asyncio.create_task(channel.send(LEAD, NUDGE))
    while "RCPT" not in office.steps:
        await asyncio.sleep(0)
    fault = await refused(channel)
    assert (fault.permanent, fault.may_have_arrived) == (False, False)
    assert office.most_at_once == 1
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    office.stalls.clear()
    await channel.send(LEAD, NUDGE)
    assert len(office.letters) == 1


async def test_one_that_fails_holds_up_no_other(mail, office):
    channel = mail(at_once=1)
    office.hangs_up.add("RCPT")
    await refused(channel)
    office.hangs_up.clear()
    await channel.send(LEAD, NUDGE)
    assert len(office.letters) == 1


async def test_the_server_is_told_no_more_of_this_machine_than_the_senders_domain(mail, office):
    await mail().send(LEAD, NUDGE)
    assert office.greeted_as == {"example.gov.uk"}
