"""`bot knowledge`: what content owners run, on folders of their own and on what ships."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.__main__ import main
from adapters.knowledge_add import taken_in
from adapters.knowledge_check import problems
from adapters.knowledge_queue import close_lines, queue_lines, replay_lines
from adapters.terminal.chat import ADDRESS, NAME, _show_newest
from bot.exchange import Exchange
from bot.messages import Turn, Typed
from bot.storage import tables
from bot.upkeep import Upkeep
from knowledge.library import TOPICS, load_library
from tests.bot.conftest import on_sqlite

__all__ = ["on_sqlite"]
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["knowledge", *arguments])
    return done.exit_code, done.output


def say(exchange: Exchange, *said: str) -> None:
    async def talk() -> None:
        for number, words in enumerate(said):
            await exchange.take(Turn("web", "one", "one", Typed(words), str(number), AT))

    asyncio.run(talk())


def folder_of(tmp_path: Path, *names: str) -> Path:
    """A folder with copies of shipped topics."""
    for name in names:
        (tmp_path / f"{name}.md").write_bytes((TOPICS / f"{name}.md").read_bytes())
    return tmp_path


def linked(tmp_path: Path, *names: str) -> Path:
    """A folder of copies of three shipped topics that name one another as related."""
    for name in names:
        text = (TOPICS / f"{name}.md").read_text(encoding="utf-8")
        links = text[text.index("related = ") : text.index("\n", text.index("related = "))]
        others = ", ".join(f'"{other}"' for other in names if other != name)
        (tmp_path / f"{name}.md").write_text(text.replace(links, f"related = [{others}]"), encoding="utf-8")
    return tmp_path


def test_what_ships_passes_the_check():
    assert problems(None) == []


def test_a_new_topic_is_begun_as_a_draft_that_says_what_it_lacks(tmp_path):
    code, said = run("add", "a-new-thing", "--folder", str(tmp_path))
    assert (code, "Begun:" in said) == (0, True)
    _, said = run("check", str(tmp_path))
    assert "Draft, not served:" in said
    assert "a-new-thing.draft.md, line" in said
    assert "about is empty: say what completes" in said
    assert "leave the line out" not in said


def test_a_topic_that_is_there_already_is_not_overwritten(tmp_path):
    run("add", "a-new-thing", "--folder", str(tmp_path))
    code, said = run("add", "a-new-thing", "--folder", str(tmp_path))
    assert (code, "is there already" in said) == (1, True)


def test_a_half_done_draft_breaks_nothing_and_is_no_topic(tmp_path):
    folder = linked(tmp_path, "lado", "prevent", "riddor-and-cqc")
    run("add", "a-new-thing", "--folder", str(folder))
    assert set(load_library(folder).topics) == {"lado", "prevent", "riddor-and-cqc"}
    assert problems(folder) == []
    code, said = run("check", str(folder))
    assert (code, "Every topic is right." in said) == (0, True)


def test_a_complete_draft_becomes_a_topic_and_an_unfinished_one_stays_out(tmp_path):
    folder = linked(tmp_path, "lado", "prevent", "riddor-and-cqc")
    (folder / "prevent.md").rename(folder / "prevent.draft.md")
    run("add", "a-new-thing", "--folder", str(folder))
    with taken_in(folder) as begun:
        assert begun == [folder / "prevent.md"]
    assert (folder / "a-new-thing.draft.md").exists()
    assert "prevent" in load_library(folder).topics


def test_a_draft_stays_a_draft_where_publishing_fails(tmp_path):
    folder = linked(tmp_path, "lado", "prevent", "riddor-and-cqc")
    (folder / "prevent.md").rename(folder / "prevent.draft.md")
    with pytest.raises(ValueError, match="it failed"), taken_in(folder):
        raise ValueError("it failed")
    assert [file.name for file in folder.glob("prevent*")] == ["prevent.draft.md"]


def test_a_draft_that_leans_on_an_unfinished_one_waits_for_it(tmp_path):
    folder = linked(tmp_path, "lado", "prevent", "riddor-and-cqc")
    (folder / "prevent.md").rename(folder / "prevent.draft.md")
    (folder / "lado.md").rename(folder / "lado.draft.md")
    (folder / "lado.draft.md").write_text("+++\n", encoding="utf-8")
    with taken_in(folder) as begun:
        assert begun == []


@pytest.mark.parametrize("name", ["Not Good", "../up", "x" * 37, ""])
def test_a_topic_s_name_is_checked(name, tmp_path):
    assert run("add", name, "--folder", str(tmp_path))[0] != 0


def test_a_dead_link_is_refused_with_its_line(tmp_path):
    folder = folder_of(tmp_path, "lado")
    found = problems(folder)
    assert any('there is no other topic "' in line and "lado.md, line" in line for line in found)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("See [the next step](no-such-topic).", "shown as it stands, not as a link"),
        ("As S17 says, tell the council.", '"S17" is a note for authors'),
        ("Yes, you have to tell the council.", "say it without yes or no"),
        (f"Tell {'the council and ' * 10}the police at once.", "words in one sentence, at most 28"),
    ],
)
def test_words_that_people_must_not_see_are_refused(written, says, tmp_path):
    text = (TOPICS / "lado.md").read_text(encoding="utf-8")
    (tmp_path / "lado.md").write_text(f"{text.rstrip()}\n- {written}\n", encoding="utf-8")
    assert any(says in line and "lado.md, line" in line for line in problems(tmp_path))


def test_a_topic_that_crowds_another_is_refused(tmp_path):
    one = (TOPICS / "lado.md").read_text(encoding="utf-8")
    related = one[one.index("related = ") : one.index("\n", one.index("related = "))]
    for name, other, title in (("one", "two", "One thing"), ("two", "one", "Another thing")):
        text = one.replace(related, f'related = ["{other}", "three"]')
        heading = text[text.index("title = ") : text.index("\n", text.index("title = "))]
        mark = "" if name == "one" else "?"
        lines = [line.replace('",', f'{mark}",') if line.startswith('    "') else line for line in text.splitlines()]
        (tmp_path / f"{name}.md").write_text("\n".join(lines).replace(heading, f'title = "{title}"'), encoding="utf-8")
    third = (TOPICS / "riddor-and-cqc.md").read_text(encoding="utf-8")
    other = third[third.index("related = ") : third.index("\n", third.index("related = "))]
    (tmp_path / "three.md").write_text(third.replace(other, 'related = ["one", "two"]'), encoding="utf-8")

    assert any("says the same as" in line for line in problems(tmp_path))


def test_a_setting_no_area_has_is_refused(tmp_path):
    text = (TOPICS / "lado.md").read_text(encoding="utf-8")
    related = text[text.index("related = ") : text.index("\n", text.index("related = "))]
    (tmp_path / "lado.md").write_text(
        text.replace(related, 'related = ["riddor-and-cqc", "prevent"]').replace('area = ["', 'area = ["moon", "'),
        encoding="utf-8",
    )
    for name in ("riddor-and-cqc", "prevent"):
        other = (TOPICS / f"{name}.md").read_text(encoding="utf-8")
        links = other[other.index("related = ") : other.index("\n", other.index("related = "))]
        pair = ["lado", "prevent" if name == "riddor-and-cqc" else "riddor-and-cqc"]
        written = other.replace(links, f'related = ["{pair[0]}", "{pair[1]}"]')
        (tmp_path / f"{name}.md").write_text(written, encoding="utf-8")

    assert any('no setting "moon"' in line for line in problems(tmp_path))


def test_the_queue_groups_what_asks_the_same_and_names_no_one(on_sqlite: Exchange) -> None:
    say(
        on_sqlite,
        "what is a rapid review for gribblethorpe",
        "that did not help",
        "so what is a rapid review",
        "that did not help",
        "who are the three safeguarding partners",
        "that did not help",
    )
    shown = "\n".join(queue_lines(on_sqlite, date(2026, 11, 24)))
    assert "3 questions without a good answer, in 2 groups." in shown
    assert "2 asked" in shown
    assert "gribble" not in shown


def test_the_queue_lists_topics_past_review_with_their_owner(on_sqlite: Exchange) -> None:
    shown = "\n".join(queue_lines(on_sqlite, date(2031, 1, 1)))
    assert "topics past their review date" in shown
    assert "content owner: " in shown


def test_closing_and_replaying_say_what_they_did(on_sqlite: Exchange) -> None:
    say(on_sqlite, "what is a rapid review")
    assert next(close_lines(on_sqlite)) == "0 questions are answered now."
    assert replay_lines(on_sqlite) == (["1 answers worked out again, 0 came out otherwise."], True)


async def test_the_terminal_shows_what_came_since_the_person_last_spoke(on_sqlite: Exchange, tmp_path, capsys) -> None:
    for number, words in enumerate(("what is a rapid review", "that did not help", "tell me when there is an answer")):
        await on_sqlite.take(Turn(NAME, ADDRESS, ADDRESS, Typed(words), str(number), AT))
    shown = await _show_newest(on_sqlite, tmp_path, "")
    await on_sqlite.database.run(lambda c: c.execute(tables.questions.update().values(topic="")))
    assert await Upkeep(on_sqlite).close_answered(AT) == 1
    capsys.readouterr()

    await on_sqlite.take(Turn(NAME, ADDRESS, ADDRESS, Typed("menu"), "menu", AT))
    await _show_newest(on_sqlite, tmp_path, shown)
    assert "I can now." in capsys.readouterr().out

    await on_sqlite.sit_down(NAME, ADDRESS, AT)
    await _show_newest(on_sqlite, tmp_path, "")
    assert "I can now." not in capsys.readouterr().out
