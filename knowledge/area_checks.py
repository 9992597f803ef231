"""What must hold of an area's values beyond their shape: real or invented throughout, and in a sensible order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from pathlib import PurePosixPath

from knowledge.area_values import Area, Contact, Contacts, DayOff
from knowledge.author_file import Slip
from knowledge.invented import digits, email_host, is_drama_number, is_example_host, is_national, link_host
from knowledge.lines import KeyPath

_LINKS = ("referral_form", "anyone_referral_form", "publication_page")


def slips(area: Area, channels: Collection[str] | None = None) -> Iterator[Slip]:
    """Everything wrong with an area whose shape is right. `channels` are those it may name; None is any."""
    for field in fields(Contacts):
        yield from _contact(area, field.name, getattr(area.contacts, field.name))
    for name in _LINKS:
        value = getattr(area, name)
        if value is not None:
            yield from _link(area, (name,), value)
    yield from _roles(area)
    yield from _milestones(area)
    yield from _days(area.extra_holidays, "extra_holidays")
    yield from _days(area.closure_days, "closure_days")
    if area.working_hours.opens >= area.working_hours.closes:
        yield Slip(("working_hours", "closes"), "closes must be later than opens")
    if area.accepts_referrals_from_anyone and area.anyone_referral_form is None and not _reachable(area):
        yield Slip(
            ("accepts_referrals_from_anyone",),
            "needs anyone_referral_form, or a phone, e-mail or link under [contacts.anyone_referral]",
        )
    yield from _clocks(area)
    yield from _template(area)
    if channels is not None:
        yield from _channels(area, channels)


def _channels(area: Area, known: Collection[str]) -> Iterator[Slip]:
    *others, last = (f"'{name}'" for name in known)
    may_be = f"{', '.join(others)} or {last}" if others else last
    for i, name in enumerate(area.case_dialog_channels):
        if name not in known:
            yield Slip(("case_dialog_channels", i), f'case_dialog_channels must be {may_be}, not "{name}"')


def _clocks(area: Area) -> Iterator[Slip]:
    names = [change.name for change in area.clocks]
    for i, change in enumerate(area.clocks):
        if names.index(change.name) < i:
            yield Slip(("clocks", i, "name"), f"{change.name} is given twice: put its numbers in one place")
        elif not change.given():
            *most, last = (field.name for field in fields(change) if field.name != "name")
            may_be = f"{', '.join(most)} or {last}"
            yield Slip(("clocks", i, "name"), f"say what is different for {change.name}: {may_be}")
        for key in change.given():
            if not getattr(change, key):
                yield Slip(("clocks", i, key), f"{key} is empty: leave the line out to keep what the clock table says")


def _reachable(area: Area) -> bool:
    contact = area.contacts.anyone_referral
    return any((contact.phone, contact.night_phone, contact.email, contact.link))


def _contact(area: Area, name: str, contact: Contact) -> Iterator[Slip]:
    path = ("contacts", name)
    for key in ("phone", "night_phone"):
        value = getattr(contact, key)
        if value is not None:
            yield from _phone(area, (*path, key), value)
    if contact.link is not None:
        yield from _link(area, (*path, "link"), contact.link)
    if contact.email is not None:
        host = email_host(contact.email)
        if host is None:
            yield Slip((*path, "email"), f'"{contact.email}" is not an e-mail address')
        else:
            yield from _host(area, (*path, "email"), host)


def _phone(area: Area, path: KeyPath, number: str) -> Iterator[Slip]:
    if digits(number) is None:
        yield Slip(path, f'"{number}" is not a British telephone number; words about it belong in hours')
    elif is_national(number):
        yield Slip(path, f"{number} is a national number, which is shown without being set here: leave it out")
    elif area.invented and not is_drama_number(number):
        yield Slip(path, f"this area is invented, and {number} could ring: use a number such as 01632 960 123")
    elif not area.invented and is_drama_number(number):
        yield Slip(path, f"{number} is reserved for fiction and reaches nobody: leave it out until it is known")


def _link(area: Area, path: KeyPath, link: str) -> Iterator[Slip]:
    host = link_host(link)
    if host is None:
        yield Slip(path, f'"{link}" is not a link starting with https://')
    else:
        yield from _host(area, path, host)


def _host(area: Area, path: KeyPath, host: str) -> Iterator[Slip]:
    if area.invented and not is_example_host(host):
        yield Slip(path, f"this area is invented, and {host} may be real: use a host ending in .example or example.org")
    elif not area.invented and is_example_host(host):
        yield Slip(path, f"{host} reaches nobody: leave it out until the real one is known")


def _roles(area: Area) -> Iterator[Slip]:
    titles: list[tuple[KeyPath, str]] = [(("notifiers", i), title) for i, title in enumerate(area.notifiers)]
    titles += [(("roles", f.name), getattr(area.roles, f.name) or "") for f in fields(area.roles)]
    titles += [(("escalation", i, "role"), step.role) for i, step in enumerate(area.escalation)]
    for path, title in titles:
        if "@" in title or any(letter.isdigit() for letter in title):
            yield Slip(path, f'"{title}" should be the title of a role, without a name, number or address')


def _milestones(area: Area) -> Iterator[Slip]:
    last, last_name = 0, ""
    for field in fields(area.milestones):
        day = getattr(area.milestones, field.name)
        if day is None:
            continue
        if day < last:
            yield Slip(("milestones", field.name), f"{field.name} must not come before {last_name}")
        last, last_name = day, field.name


def _days(days: tuple[DayOff, ...], name: str) -> Iterator[Slip]:
    seen = set()
    for i, day in enumerate(days):
        if day.date in seen:
            yield Slip((name, i, "date"), f"{day.date} is given twice")
        seen.add(day.date)


def _template(area: Area) -> Iterator[Slip]:
    given, path = area.document_template, area.template_path()
    if given is None or path is None:
        return
    if PurePosixPath(given).is_absolute() or ".." in PurePosixPath(given).parts or "\\" in given:
        yield Slip(("document_template",), "must lie in the area's own folder")
    elif path.suffix.lower() != ".docx":
        yield Slip(("document_template",), f'"{given}" must be a Word file ending in .docx')
    elif not path.is_file():
        yield Slip(("document_template",), f'there is no file "{given}" beside this one')
