"""`bot area check` says every mistake in plain words, stops at none, and lets nothing be passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.__main__ import main
from bot.decisions.documents import BrokenTemplate
from bot.definitions import load_definitions

GOOD = 'name = "Somewhere"\ninvented = true\nlocal_authority = "Somewhere Council"\n'


@pytest.fixture
def areas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "areas"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_AREAS_DIR", str(folder))
    return folder


@pytest.fixture
def write(areas: Path) -> Callable[..., Path]:
    def written(name: str, text: str = GOOD) -> Path:
        file = areas / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        return file

    return written


def check(*files: Path) -> Result:
    result = CliRunner().invoke(main, ["area", "check", *map(str, files)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_a_slip_in_one_areas_template_does_not_hide_the_next_areas(areas, write):
    write("aaa/area.toml")
    template = write("aaa/decision.txt.j2", "fine\n{{ childs_name }}\n")
    write("bbb.toml", GOOD + "zzz = 1\n")
    write("ccc.toml")
    result = check()
    assert result.exit_code == 1
    assert f"{template}, line 2: " in result.output
    assert "bbb.toml, line 4: there is no setting" in result.output
    assert "ccc.toml: no mistakes found" in result.output
    assert check(areas / "aaa" / "area.toml").exit_code == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Wolds.toml", "the file must be named in small letters, digits and hyphens, such as wolds"),
        ("the wolds.toml", "such as the-wolds"),
        ("The_Wolds/area.toml", "the folder must be named in small letters, digits and hyphens, such as the-wolds"),
    ],
)
def test_a_name_that_is_no_key_is_refused_by_name(write, name, said):
    file = write(name)
    for result in (check(), check(file)):
        assert result.exit_code == 1
        assert str(file) in result.output
        assert said in result.output
    asked = CliRunner().invoke(main, ["decide", "--json", "--area", "wolds"])
    assert f"{file} is not read" in asked.output
    assert str(file) in CliRunner().invoke(main, ["area", "list"]).stderr


def test_a_folder_named_like_a_file_is_said_in_one_line_and_the_rest_is_checked(areas, write):
    (areas / "dir.toml").mkdir()
    write("good.toml")
    result = check()
    assert result.exit_code == 1
    assert f"{areas / 'dir.toml'}: this is a folder, not a file\n" in result.output
    assert "good.toml: no mistakes found" in result.output


def test_one_area_kept_twice_is_said(write):
    file = write("wolds.toml")
    write("wolds/area.toml")
    assert f"{file}: wolds/area.toml beside it is the same area" in check().output


def test_a_file_that_is_not_toml_by_name_is_refused(write):
    result = check(write("wolds.txt"))
    assert result.exit_code == 1
    assert "must end in .toml" in result.output


def test_an_areas_folder_that_is_not_there_is_refused_naming_the_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("BOT_AREAS_DIR", str(tmp_path / "none"))
    result = CliRunner().invoke(main, ["area", "check"])
    assert result.exit_code == 1
    assert f"BOT_AREAS_DIR: there is no folder {tmp_path / 'none'}" in result.output


@pytest.mark.parametrize("name", ["decision.docx", "decision.txt.j2", "wolds/decision.html.j2", "wolds/record.docx"])
def test_templates_beside_an_area_without_its_own_folder_are_not_passed_over(areas, write, name):
    write("wolds.toml")
    file = write(name, "")
    result = check()
    assert result.exit_code == 1
    assert f"{file}: no area uses this. For templates, move the area's file to wolds/area.toml" in result.output
    with pytest.raises(BrokenTemplate, match="no area uses this"):
        load_definitions("wolds", areas)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("decison.txt.j2", "did you mean decision.txt.j2?"),
        ("decision.html", "did you mean decision.html.j2?"),
        ("Decision.txt.j2", "did you mean decision.txt.j2?"),
        ("decision.dotx", "did you mean decision.docx?"),
        ("record.docx", 'document_template = "record.docx"'),
    ],
)
def test_a_mistyped_template_is_named_with_what_was_meant(write, name, meant):
    write("wolds/area.toml")
    file = write(f"wolds/{name}", "")
    result = check()
    assert result.exit_code == 1
    assert f"{file}: nothing uses" in result.output
    assert meant in result.output


@pytest.mark.parametrize(
    "name", ["decision.txt.j2", "heading.j2", "notes.txt", ".decision.txt.j2.swp", "~$cision.docx"]
)
def test_right_names_parts_notes_and_what_editors_leave_are_no_mistake(write, name):
    write("wolds/area.toml")
    write(f"wolds/{name}", "as ever\n")
    assert "wolds/area.toml: no mistakes found" in check().output


def test_a_council_nobody_has_named_is_asked_for_in_plain_words(write):
    file = write("wolds.toml", 'name = "The Wolds"\ninvented = true\n')
    result = check(file)
    assert result.exit_code == 1
    assert f"{file}, line 1: local_authority is missing" in result.output
    for jargon in ("{", "flow", "question '"):
        assert jargon not in result.output


@pytest.mark.parametrize("number", ["1234", "12", "11612", "199", "123456"])
def test_a_number_that_reaches_nobody_is_a_mistake_in_a_real_area(write, number):
    real = GOOD.replace("true", "false") + f'[contacts.cdop]\nphone = "{number}"\n'
    result = check(write("wolds.toml", real))
    assert result.exit_code == 1
    assert "wolds.toml, line 5: " in result.output


def test_a_ladder_for_disagreements_may_have_eight_steps_and_a_ninth_is_refused_with_its_line(write):
    step = '[[escalation]]\nrole = "the lead"\nwithin_working_days = 1\nhow = "by phone"\n'
    file = write("ladder.toml", GOOD + step * 8)
    assert check(file).exit_code == 0
    write("ladder.toml", GOOD + step * 9)
    result = check(file)
    assert result.exit_code == 1
    assert f"{file}, line {4 + 4 * 8 + 1}: the ladder for disagreements has at most 8 steps" in result.output
