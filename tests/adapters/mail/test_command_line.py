"""An administrator is told whether the mail server is willing, what to mend if not, and can see an e-mail arrive."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner, Result

from adapters.__main__ import main

from .post_office import LOGIN, PostOffice, opened


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def set_up(monkeypatch, office, trusted):
    """Sets everything as it has to be for the mail server; values can be changed."""
    right = {
        "HOST": "127.0.0.1",
        "PORT": str(office.port),
        "CA_FILE": str(trusted.signer),
        "USERNAME": LOGIN.login.decode(),
        "PASSWORD": LOGIN.password.decode(),
        "FROM": "Example’s bot <bot@example.gov.uk>",
    }

    def put(**changes: str) -> None:
        for name, value in {**right, **changes}.items():
            monkeypatch.setenv(f"BOT_MAIL_{name}", value)

    return put


def bot(*command: str) -> Result:
    return CliRunner().invoke(main, command)


def doctors_line() -> str:
    (line,) = [line for line in bot("doctor").output.splitlines() if " mail: " in line]
    return line


def test_doctor_finds_the_server_willing_and_sends_nothing(set_up, office):
    set_up()
    assert doctors_line().startswith(f"ok     mail: 127.0.0.1:{office.port} is willing")
    assert office.steps == ["greeting", "EHLO", "EHLO", "MAIL", "QUIT"]
    assert office.letters == []


def test_doctor_is_content_without_mail_and_says_how_to_have_it():
    assert doctors_line().startswith("note   mail: not set up; BOT_MAIL_HOST")


@pytest.mark.parametrize(
    ("changes", "to_mend"),
    [
        ({"PASSWORD": "hunter2"}, "did not take the login (535 5.7.8 Authentication credentials invalid)"),
        ({"CA_FILE": ""}, "is not trusted (unable to get local issuer certificate)"),
        ({"SECURITY": "tls"}, "cannot be spoken to under TLS"),
    ],
)
def test_doctor_says_what_to_mend(set_up, changes, to_mend):
    set_up(**changes)
    line = doctors_line()
    assert line.startswith("MEND   mail: ")
    assert to_mend in line
    assert "BOT_MAIL_" in line
    assert "hunter2" not in line


def test_doctor_says_so_where_the_sender_is_refused(set_up, office: PostOffice):
    set_up()
    office.answers["MAIL"] = "550 5.7.60 Not yours"
    assert "does not let bot@example.gov.uk send (550 5.7.60 Not yours): check BOT_MAIL_FROM" in doctors_line()


def test_doctor_says_so_where_the_line_would_not_be_encrypted(set_up):
    with opened() as plain:
        set_up(PORT=str(plain.port))
        assert "does not offer STARTTLS" in doctors_line()


def test_a_test_email_arrives_and_its_id_is_said(set_up, office):
    set_up()
    result = bot("mail", "test", "lead@example.gov.uk")
    assert result.exit_code == 0, result.output
    (letter,) = office.letters
    assert letter.to == ("lead@example.gov.uk",)
    assert letter.message["From"] == "Example’s bot <bot@example.gov.uk>"
    assert letter.message["Message-ID"] in result.output
    assert "This is a test" in letter.plain


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("lead", "Error: Not sent: that is not an e-mail address"),
        ("gone@example.gov.uk", "refused the address (550 5.1.1 No such mailbox)"),
    ],
)
def test_a_test_email_that_does_not_go_says_why_in_one_line(set_up, office, address, said):
    set_up()
    office.answers["RCPT"] = "550 5.1.1 No such mailbox"
    result = bot("mail", "test", address)
    assert result.exit_code == 1
    assert said in result.output
    assert len(result.output.splitlines()) == 1


def test_a_test_email_without_an_answer_says_that_it_may_have_gone(set_up, office):
    set_up()
    office.hangs_up.add("END")
    assert "It may have been sent all the same" in bot("mail", "test", "lead@example.gov.uk").output


def test_a_test_email_without_a_server_says_what_to_set():
    assert "set BOT_MAIL_HOST and BOT_MAIL_FROM" in bot("mail", "test", "lead@example.gov.uk").output
