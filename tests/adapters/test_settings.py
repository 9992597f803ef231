"""Every setting is checked at start: a bad value is refused by name, and a name nobody knows is reported."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import channel_folders
from adapters.__main__ import main
from adapters.settings import BrokenSettings, every_setting, load_settings, unknown_settings

BOT = Path(sys.executable).with_name("bot")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("BOT_PORT", value) for value in ("abc", "-1", "65536", "80.5")),
        *(("BOT_KEEP_DAYS", value) for value in ("0", "3651", "soon", "1.5")),
        *(("BOT_CHANNELS", value) for value in ("smoke", "web,smoke", ",", "web;slack")),
        *(("BOT_PUBLIC_URL", value) for value in ("ftp://bot.example", "bot.example", "http://bot.example")),
        *(
            ("BOT_DATABASE_URL", value)
            for value in ("mysql://host/bot", "nonsense", "sqlite://", "postgres://host/bot")
        ),
        *(
            ("BOT_MAIL_HOST", value)
            for value in ("smtp://mail.example", "mail example", "me@mail.example", "a..b", "[::1]")
        ),
        *(("BOT_MAIL_PORT", value) for value in ("abc", "-1", "65536")),
        *(("BOT_MAIL_SECURITY", value) for value in ("ssl", "STARTTLS!", "plain")),
        *(("BOT_MAIL_CA_FILE", value) for value in ("there-is-none.pem", __file__)),
        *(
            ("BOT_MAIL_FROM", value)
            for value in (
                "bot",
                "bot@",
                "a@b.uk, c@d.uk",
                "Bot <bot@b.uk",
                "Bot\nBcc: x <bot@b.uk>",
                "bot@b.uk\nBcc: x@b.uk",
            )
        ),
        ("BOT_SETTINGS_FILE", "there-is-none.env"),
    ],
)
def test_a_bad_value_is_refused_naming_the_setting(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BrokenSettings) as refused:
        load_settings()
    assert name in str(refused.value)
    for command in (["serve"], ["chat"], ["decide", "--json"], ["doctor"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        assert name in result.output
        assert not isinstance(result.exception, BrokenSettings)


def test_every_bad_value_is_named_at_once(monkeypatch):
    monkeypatch.setenv("BOT_PORT", "abc")
    monkeypatch.setenv("BOT_KEEP_DAYS", "0")
    with pytest.raises(BrokenSettings) as refused:
        load_settings()
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["BOT_PORT", "BOT_KEEP_DAYS"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"BOT_MAIL_HOST": "mail.example"}, "BOT_MAIL_FROM"),
        ({"BOT_MAIL_USERNAME": "bot"}, "BOT_MAIL_PASSWORD"),
        ({"BOT_MAIL_PASSWORD": "hunter2"}, "BOT_MAIL_PASSWORD"),
        *(
            ({"BOT_MAIL_HOST": host, "BOT_MAIL_FROM": "bot@b.uk", "BOT_MAIL_SECURITY": "none"}, "BOT_MAIL_SECURITY")
            for host in ("mail.example", "192.0.2.1", "localhost.example", "127.0.0.1.example")
        ),
    ],
)
def test_settings_of_mail_that_do_not_go_together_are_refused_by_name(monkeypatch, given, named):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BrokenSettings) as refused:
        load_settings()
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [named]
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_mail_may_go_unencrypted_to_this_machine_only(monkeypatch, host):
    for name, value in {"HOST": host, "FROM": "Bot of Example <bot@example.gov.uk>", "SECURITY": "none"}.items():
        monkeypatch.setenv(f"BOT_MAIL_{name}", value)
    assert load_settings().mail_security == "none"


def test_the_mail_servers_password_is_shown_nowhere(monkeypatch):
    for name, value in {"USERNAME": "bot", "PASSWORD": "hunter2"}.items():
        monkeypatch.setenv(f"BOT_MAIL_{name}", value)
    assert load_settings().mail_password.get_secret_value() == "hunter2"
    assert "hunter2" not in f"{load_settings()!r}{load_settings()}{CliRunner().invoke(main, ['doctor']).output}"


@pytest.mark.parametrize("value", ["nowhere", "../exampleshire", "/etc/passwd", "Exampleshire!"])
def test_an_unknown_area_is_refused_in_one_line(monkeypatch, value):
    monkeypatch.setenv("BOT_AREA", value)
    result = CliRunner().invoke(main, ["decide", "--json"])
    assert result.exit_code == 1
    assert value in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "attribute", "meant"),
    [
        ("BOT_PORT", "0", "port", 0),
        ("BOT_CHANNELS", " web , slack ", "channels", ("web", "slack")),
        ("BOT_PUBLIC_URL", "https://bot.example/", "public_url", "https://bot.example"),
        ("BOT_PUBLIC_URL", "http://127.0.0.1:8080", "public_url", "http://127.0.0.1:8080"),
        ("BOT_DATABASE_URL", "postgresql://host/bot", "database_url", "postgresql://host/bot"),
        ("BOT_KEEP_DAYS", "3650", "keep_days", 3650),
        ("BOT_PORT", "", "port", 8080),
    ],
)
def test_a_good_value_is_taken(monkeypatch, name, value, attribute, meant):
    monkeypatch.setenv(name, value)
    assert getattr(load_settings(), attribute) == meant


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(monkeypatch, tmp_path):
    (tmp_path / "bot.env").write_text("BOT_PORT=1111\nBOT_AREA=barnsley\n")
    assert (load_settings().port, load_settings().area) == (1111, "barnsley")
    monkeypatch.setenv("BOT_PORT", "2222")
    assert load_settings().port == 2222
    assert load_settings(port=3333).port == 3333


@pytest.mark.parametrize("line", ["BOT_PROT=1", "BOT_PORT=abc"])
def test_a_slip_in_the_settings_file_is_refused_by_name(monkeypatch, tmp_path, line):
    (tmp_path / "mine.env").write_text(line + "\n")
    monkeypatch.setenv("BOT_SETTINGS_FILE", str(tmp_path / "mine.env"))
    with pytest.raises(BrokenSettings, match=line.split("=")[0]):
        load_settings()


def test_doctor_names_settings_nobody_knows_and_every_one_there_is(monkeypatch):
    monkeypatch.setenv("BOT_PROT", "8080")
    assert unknown_settings() == ("BOT_PROT",)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "MEND   settings: not known: BOT_PROT" in result.output
    for name in every_setting().model_fields:
        assert f"BOT_{name.upper()} = " in result.output


def test_doctor_is_content_where_nothing_is_set():
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0, result.output
    assert "MEND" not in result.output


def test_doctor_does_not_show_the_databases_password(monkeypatch):
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://bot:hunter2@host/bot")
    assert "hunter2" not in CliRunner().invoke(main, ["doctor"]).output


@pytest.mark.parametrize(("channel", "package"), [("slack", "slack_bolt"), ("telegram", "telegram")])
def test_a_channel_without_its_extra_says_in_one_line_what_to_install(tmp_path, channel, package):
    result = subprocess.run(
        [BOT, "serve", "--data", tmp_path / "kept", "--port", "0"],
        env={**os.environ, "BOT_CHANNELS": f"web,{channel}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    assert channel in line
    if channel in channel_folders.names() and find_spec(package) is None:
        assert f"'.[{channel}]'" in line


def test_a_database_without_its_extra_or_server_says_so_in_one_line(tmp_path):
    result = subprocess.run(
        [BOT, "chat", "--data", tmp_path / "kept"],
        env={**os.environ, "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/bot.db"},
        input="",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
