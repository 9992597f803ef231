"""The command line: `bot` and its commands. Each loads only what it needs, so that a prompt comes quickly."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.audit import audit
from adapters.data_commands import backup, export, restore
from adapters.knowledge import knowledge
from adapters.loading import AREA, DATA, can_open, definitions, kept, loaded, settings, told_999
from adapters.mail.command_line import mail_group
from adapters.people import people_group

if TYPE_CHECKING:
    from adapters.terminal.ask import Asker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Walks front-line staff from a serious child safeguarding incident to a decision that can be filed."""


@main.command()
@AREA
@DATA
def chat(area: str | None, data: Path | None) -> None:
    """Talk in the terminal; on a pipe, a plain filter."""
    import asyncio

    from adapters.posting import post_of
    from adapters.terminal.chat import chat as talk
    from adapters.workplace import opened, tidy
    from bot.clock import now

    with told_999():
        chosen, defined = loaded(area, data)
        post = post_of(chosen, now)
        with can_open(), opened(chosen, defined, post=post) as exchange, asyncio.Runner() as runner:
            runner.run(tidy(exchange, chosen, now))
            runner.run(talk(exchange, now, Path.cwd()))


@main.command()
@AREA
@DATA
@click.option("--host", default=None, help="The address to serve on (BOT_HOST).")
@click.option("--port", default=None, type=int, help="The port to serve on (BOT_PORT).")
def serve(area: str | None, data: Path | None, host: str | None, port: int | None) -> None:
    """Serve the web page, and every other channel that is set up."""
    from adapters.serve import run

    chosen, defined = loaded(area, data, host=host, port=port)
    with can_open():
        run(chosen, defined)


@main.command()
@AREA
@DATA
def work(area: str | None, data: Path | None) -> None:
    """Look after reminders beside `bot serve`, on PostgreSQL; start as many as you like."""
    from adapters.work import run

    chosen, defined = loaded(area, data)
    with can_open():
        run(chosen, defined)


@main.command("channels")
def channels_command() -> None:
    """Print what every channel can do, as it stands in adapters/channels.md."""
    from adapters.capability_matrix import page

    click.echo(page(), nl=False)


@main.command("migrate-database")
@AREA
@DATA
@click.option("--to", required=True, help="The empty PostgreSQL database: postgresql+psycopg://...")
def migrate_database(area: str | None, data: Path | None, to: str) -> None:
    """Move everything from the SQLite file to PostgreSQL, in one go, while the bot is stopped."""
    from adapters.migrate_database import run

    with can_open():
        run(settings(area=area, data_dir=data), to)


@main.command()
@AREA
@DATA
@click.option("--running-only", is_flag=True, help="Fail only if the watch has stopped, as a container's check.")
def health(area: str | None, data: Path | None, *, running_only: bool) -> None:
    """Say in one line whether reminders are looked after; exit with 1 where anything is to mend."""
    from adapters.health import check

    well, line = check(settings(area=area, data_dir=data), running_only=running_only)
    click.echo(line)
    if not well:
        raise SystemExit(1)


@main.command()
@AREA
@click.option("--json", "as_json", is_flag=True, required=True, help="One JSON object a line in, one line out.")
def decide(area: str | None, as_json: bool) -> None:  # noqa: ARG001 - the flag is required
    """Decide from answers, for other programs."""
    from adapters.decide import answerer
    from adapters.json_lines import serve_lines
    from bot.clock import london_date, now

    serve_lines(sys.stdin.buffer, sys.stdout, answerer(definitions(area), lambda: london_date(now())))


@main.command()
@AREA
@click.option("--json", "as_json", is_flag=True, required=True, help="One JSON object a line in, one line out.")
def days(area: str | None, as_json: bool) -> None:  # noqa: ARG001 - the flag is required
    """Count working days with their working, for other programs."""
    from adapters.days import answerer
    from adapters.json_lines import serve_lines

    serve_lines(sys.stdin.buffer, sys.stdout, answerer(definitions(area).local.calendar))


@main.command()
@AREA
@click.argument("name", required=False)
@click.option("--from", "start", default=None, type=click.DateTime(["%Y-%m-%d"]), help="The day it starts.")
def clocks(area: str | None, name: str | None, start: datetime | None) -> None:
    """Print the clock table, or why a date is what it is: `bot clocks notify_panel --from 2026-12-18`."""
    from adapters.clocks import table, worked_out

    if (name is None) != (start is None):
        raise click.UsageError("give a clock's name and --from together, or neither")
    defined = definitions(area)
    lines = table(defined) if name is None or start is None else worked_out(defined, name, start.date())
    click.echo("\n".join(lines))


@main.command()
@AREA
@click.argument("name", default="referral")
@click.option("--mermaid", is_flag=True, help="As a Mermaid diagram.")
@click.option("--svg", is_flag=True, help="As an SVG drawing.")
def flow(area: str | None, name: str, mermaid: bool, svg: bool) -> None:
    """Print a dialog as its policy owner reads it."""
    from dialogs.drawing import as_mermaid, as_svg, as_text

    flows = definitions(area).flows
    if name not in flows:
        raise click.ClickException(f"there is no dialog called {name}; there are: {', '.join(flows)}")
    draw = as_mermaid if mermaid else as_svg if svg else as_text
    click.echo(draw(flows[name]))


@main.command()
@AREA
@click.argument("out", default="proof.html", type=click.Path(path_type=Path, dir_okay=False))
def proof(area: str | None, out: Path) -> None:
    """Write the pages for those who sign the policy off."""
    from bot.clock import now
    from bot.proof import gather

    page, passed = gather(definitions(area), now())
    out.write_text(page, encoding="utf-8")
    click.echo(f"Written: {out}")
    if not passed:
        raise click.ClickException("a check did not pass: see the page")


@main.command()
@AREA
@DATA
def doctor(area: str | None, data: Path | None) -> None:
    """Check the settings, the definitions and the data folder, and say what to mend."""
    from adapters.doctor import examine

    if not examine(area, data):
        raise SystemExit(1)


@main.command()
@AREA
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line in, one line out.")
def ask(area: str | None, question: str | None, as_json: bool) -> None:
    """Answer a question, with its sources; keeps nothing."""
    if as_json == (question is not None):
        raise click.UsageError("give a question in quotation marks, or --json and questions on standard input")
    with told_999(), kept():
        asker = _asker(area)
    if question is None:
        from adapters.json_lines import serve_lines

        serve_lines(sys.stdin.buffer, sys.stdout, asker.answer)
    else:
        click.echo(asker.text(question))


def _asker(area: str | None) -> Asker:
    """What answers questions, loaded; says so where it is degraded."""
    from knowledge.meaning import begin_loading

    begin_loading()
    from adapters.terminal.ask import Asker
    from bot.clock import now
    from knowledge.understanding import load_understanding

    defined = definitions(area)
    understanding = load_understanding(defined.library)
    if understanding.degraded:
        click.echo(f"Degraded: {understanding.degraded}", err=True)
    return Asker(defined, understanding, now)


main.add_command(audit)
main.add_command(backup)
main.add_command(export)
main.add_command(restore)
main.add_command(knowledge)
main.add_command(mail_group)
main.add_command(people_group)


@main.group("area")
def area_group() -> None:
    """Check and list the areas' files."""


@area_group.command("list")
def area_list() -> None:
    """Name every area there is."""
    from knowledge.area import area_names, unread_files

    folder = settings().areas_dir
    for name in area_names(folder):
        click.echo(name)
    for file, why in unread_files(folder):
        click.echo(f"{file}: {why}", err=True)


@area_group.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def area_check(files: tuple[Path, ...]) -> None:
    """Check areas' files, or every area there is; each mistake is named with its line."""
    from adapters.area_check import check

    if not check(files, settings().areas_dir):
        raise SystemExit(1)


@main.group("keys")
def keys_group() -> None:
    """Look after the encryption keys."""


@keys_group.command("rotate")
@AREA
@DATA
def keys_rotate(area: str | None, data: Path | None) -> None:
    """Begin using a new key, and wrap everything kept with it."""
    from adapters.workplace import rotate_keys

    with can_open():
        click.echo(rotate_keys(settings(area=area, data_dir=data)))


@keys_group.command("retire")
@AREA
@DATA
def keys_retire(area: str | None, data: Path | None) -> None:
    """Wrap everything kept with the newest key, and take the older keys out of the file."""
    from adapters.workplace import retire_keys

    with can_open():
        click.echo(retire_keys(settings(area=area, data_dir=data)))


if __name__ == "__main__":
    main()
