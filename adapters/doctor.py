"""`bot doctor`: checks the settings, the definitions and the data folder, and says what to mend."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from adapters import channels
from adapters import doctor_on_people as on_people
from adapters.channel_folders import WEB, case_channels
from adapters.channels import Finding
from adapters.doctor_on_people import NO_ADMINISTRATOR, missing
from adapters.mail.server import Patience, mail_server
from adapters.mail.trial import trouble
from adapters.settings import PREFIX, BrokenSettings, Settings, load_settings, unknown_settings
from adapters.web.sign_in_check import notes
from adapters.web.sign_in_check import trouble as trouble_signing_in
from adapters.workplace import CannotOpen, beside_database, check_area, check_keys, glanced
from bot.clock import LONDON, london_date, now
from bot.definitions import AUTHORS_FAULTS, Definitions, load_definitions
from bot.delivering.watchdog import look, troubles
from dialogs.days import published_to
from knowledge.library import Library
from knowledge.understanding import load_understanding
from knowledge.vectors import MEND


def examine(area: str | None, data: Path | None) -> bool:
    """Prints a line for each thing looked at; whether nothing needs mending."""
    try:
        settings = load_settings(area=area, data_dir=data)
    except BrokenSettings as broken:
        _say(False, "settings", str(broken))
        return False
    _settings(settings)
    results = [
        _unknown(),
        _definitions(settings),
        _folder(settings),
        _kept(settings),
        _mail(settings),
        _sign_in(settings),
        *(_channel(name, settings) for name in settings.channels),
        *(_not_served(name) for name in settings.channels_off if name not in settings.channels),
    ]
    click.echo(f"note   dates: bank holidays are published to {published_to()}; later dates are provisional")
    return all(results)


def _settings(settings: Settings) -> None:
    click.echo("Settings (from the environment, or bot.env, or the file BOT_SETTINGS_FILE names):")
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        hidden = "set" if name == "database_url" and value else shown
        click.echo(f"  {PREFIX}{name.upper()} = {'' if hidden is None else hidden}    {field.description}")


def _unknown() -> bool:
    unknown = unknown_settings()
    return _say(not unknown, "settings", f"not known: {', '.join(unknown)}" if unknown else "all are known")


def _definitions(settings: Settings) -> bool:
    try:
        definitions = load_definitions(settings.area, settings.areas_dir, case_channels())
    except AUTHORS_FAULTS as fault:
        return _say(False, "definitions", str(fault))
    versions = ", ".join(f"{flow.name} {flow.version}" for flow in definitions.flows.values())
    _say(True, "definitions", f"checked: {versions}")
    understood = _understanding(definitions.library)
    return _area(definitions) and understood


def _understanding(library: Library) -> bool:
    understanding = load_understanding(library)
    if understanding.degraded:
        return _say(False, "understanding", f"degraded, so danger may be missed: {understanding.degraded}")
    _say(True, "understanding", f"content {library.version}, fitted on {understanding.fitted.fitted_on}")
    if understanding.encoded:
        click.echo(f"note   understanding: {understanding.encoded} texts are new: {MEND} for a quicker start")
    return True


def _area(definitions: Definitions) -> bool:
    area = definitions.area
    if area.invented:
        click.echo(f"note   area: {area.name} is invented; set BOT_AREA to the area you serve")
        return True
    care = area.contacts.children_social_care
    missing = [name for name, value in (("day", care.phone), ("night", care.night_phone)) if value is None]
    text = f"children's social care has no {' or '.join(missing)} number in {area.file}" if missing else area.name
    return _say(not missing, "area", text)


def _folder(settings: Settings) -> bool:
    folder = settings.data_dir
    if not folder.exists():
        return _say(True, "data", f"{folder} will be made at the first start")
    mode = folder.stat().st_mode & 0o077
    if not os.access(folder, os.W_OK):
        return _say(False, "data", f"{folder} cannot be written to")
    return _say(not mode, "data", f"{folder} can be read by others: chmod 700 it" if mode else f"{folder}")


def _kept(settings: Settings) -> bool:
    """What there is to say of what is kept; of another area's nothing is looked at."""
    try:
        check_area(settings)
        return all([_keys(settings), _people(settings), _delivery(settings)])
    except CannotOpen as fault:
        return _say(False, "database", str(fault))


def _keys(settings: Settings) -> bool:
    try:
        present = check_keys(settings)
    except CannotOpen as fault:
        return _say(False, "keys", str(fault))
    if not present:
        return _say(True, "keys", f"{settings.keys} will be made at the first start")
    if beside_database(settings):
        click.echo(f"note   keys: {settings.keys} lies beside the database; set BOT_KEY_FILE to keep it elsewhere")
    return _say(True, "keys", "they fit what is kept")


def _mail(settings: Settings) -> bool:
    server = mail_server(settings)
    if server is None:
        click.echo("note   mail: not set up; BOT_MAIL_HOST and BOT_MAIL_FROM let the bot reach people by e-mail")
        return True
    found = asyncio.run(trouble(server, Patience()))
    return _say(not found, "mail", found or f"{server.place} is willing; `bot mail test ADDRESS` shows that it arrives")


def _sign_in(settings: Settings) -> bool:
    for note in notes(settings):
        click.echo(f"note   sign-in: {note}")
    if not settings.oidc_issuer:
        return True
    found = trouble_signing_in(settings, now)
    return _say(not found, "sign-in", found or f"{settings.oidc_issuer} answers; its settings are complete")


def _channel(name: str, settings: Settings) -> bool:
    """What there is to say of a channel that is served, each with the page to mend it on."""
    # The web page is the server's own: the other lines tell what there is to say of it.
    found = [] if name == WEB else [_found(name, one) for one in asyncio.run(channels.findings(name, settings))]
    if name in settings.channels_off:
        words = f', with "{settings.channels_off_message}" (BOT_CHANNELS_OFF_MESSAGE)'
        told = f"people see 999 and that it is switched off{words if settings.channels_off_message else ''}"
        click.echo(f"note   {name}: switched off by BOT_CHANNELS_OFF; {told}")
    return all(found)


def _not_served(name: str) -> bool:
    """What there is to say of a channel that is switched off and not served: nobody there is told of it."""
    return _say(False, name, "BOT_CHANNELS_OFF names it and BOT_CHANNELS does not: people there are told nothing")


def _found(name: str, one: Finding) -> bool:
    text = f"{one.text} ({one.page})" if one.page and not one.well else one.text
    if one.well is None:
        click.echo(f"note   {name}: {text}")
        return True
    return _say(one.well, name, text)


def _people(settings: Settings) -> bool:
    """Whether somebody has each role that a case needs; before there is an administrator that is only a note."""
    today = london_date(now())
    found = glanced(settings, lambda connection: missing(connection, settings.area, today))
    noted = glanced(settings, lambda connection: on_people.notes(connection, settings.area, today))
    if found is None or found == [NO_ADMINISTRATOR]:
        click.echo(f"note   people: {NO_ADMINISTRATOR}")
        return True
    for one in found:
        _say(False, "people", one)
    for one in noted or ():
        click.echo(f"note   people: {one}")
    return not found and _say(True, "people", "there are an administrator, a lead who can be reached and a deputy")


def _delivery(settings: Settings) -> bool:
    """Whether reminders are looked after, by whichever processes share the database."""
    at = now()
    found = glanced(settings, lambda connection: look(connection, at))
    if found is None:
        return _say(True, "reminders", "there are none yet")
    seen = troubles(found, at)
    at_last = found.last_sweep.astimezone(LONDON) if found.last_sweep else None
    last = f"last looked at {at_last:%H:%M on %d %B %Y}" if at_last else "not looked at yet: there are none"
    for one in seen:
        _say(False, "reminders", one.words)
    return not seen and _say(True, "reminders", last)


def _say(well: bool, what: str, text: str) -> bool:
    click.echo(f"{'ok    ' if well else 'MEND  '} {what}: {text}")
    return well
