"""A reply as an e-mail: plain text and a simple page that say the same, under a subject that gives nothing away."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from adapters.mail.parts import Heading, Paragraph, Part, Words, one_line, parts
from adapters.mail.plain import plain
from bot import wording_mail
from bot.clock import LONDON
from bot.messages import Block, Card, Choices, Reply, Text

# What a duty's first words look like: "Case 26-014: notify the Panel. Aim Fri 27 Nov …"; and what news of a case does:
# "Case 26-014 was changed by new information. …", or "… was changed: another decision was put with it. …".
_DUTY = re.compile(r"(Case [A-Z0-9]{1,8}(?:-[A-Z0-9]{1,8}){0,3})(?:: | was changed(?: by |: ))([^.;:!?\n]+)")
_LONGEST_DUTY = 60
# All answers by machines but the report that it could not be delivered, which somebody has to hear of.
_NO_ANSWERS = "DR, RN, NRN, OOF, AutoReply"


def render(
    reply: Reply, *, to: str, sender: Address, at: datetime, public_url: str = "", has_chat: bool = True
) -> EmailMessage:
    """The e-mail for one reply. The same reply to the same address has the same Message-ID whenever it is sent.

    Notes in it make no difference, so that one said again, with a note that it may be a repeat, is known for one.
    """
    shown = parts(reply, public_url, has_chat=has_chat)
    text = plain((*shown, Paragraph(((Words(wording_mail.NOT_READ),),))))
    name = _name(reply, to, at)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = Address(addr_spec=to)
    message["Subject"] = title = subject(reply)
    message["Date"] = format_datetime(at.astimezone(LONDON))
    message["Message-ID"] = f"<{name}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = _NO_ANSWERS
    # This way of writing bytes is safe on every server there is, whatever the letters and however long the lines.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(_page(shown, title), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{name}")
    return message


def subject(reply: Reply) -> str:
    """The reference and the duty of the reply's first words, with how many others it tells of; else nothing telling.

    Notes, such as that this may be a repeat, are passed over. It is shown where others can see it.
    """
    duties = [_DUTY.match(_first_words(block)) for block in _but_notes(reply)]
    if not duties or duties[0] is None:
        return wording_mail.SUBJECT
    titles = {found[0]: found for found in duties if found is not None}
    # The first that can be named stands for all, so that the subject says what there is to do.
    named = (found for found in titles.values() if _shown(found[2].strip()) not in wording_mail.UNNAMED)
    case, duty = next(named, duties[0]).groups()
    only = f"{case}: {_shown(duty.strip())}"
    return only + (wording_mail.and_more(len(titles) - 1) if len(titles) > 1 else "")


def _shown(duty: str) -> str:
    """A duty as it may stand in a subject, or only how it begins: nothing long, or that tells what has happened."""
    if _may_stand(duty):
        return duty
    if duty.startswith(wording_mail.CHECKS):
        return wording_mail.CHECK_WHO_KNOWS
    begun = duty.partition(",")[0]
    return begun if _may_stand(begun) else wording_mail.REMINDER


def _may_stand(words: str) -> bool:
    tells = any(word in words.casefold() for word in wording_mail.TELLING)
    return bool(words) and len(words) <= _LONGEST_DUTY and not tells


def _but_notes(reply: Reply) -> tuple[Block, ...]:
    return tuple(block for block in reply.blocks if not (isinstance(block, Text) and block.tone == "note"))


def _first_words(block: Block) -> str:
    if isinstance(block, Card):
        return one_line(block.title)
    if isinstance(block, Choices):
        return one_line(block.text)
    found = parts(Reply((block,)), "") if isinstance(block, Text) else ()
    first = found[0] if found else None
    return one_line("".join(words.text for words in first.lines[0])) if isinstance(first, Paragraph) else ""


def _name(reply: Reply, to: str, at: datetime) -> str:
    """What names this message; one without a key is another each time.

    A mail server may leave out what bears a name it has seen, and a key is another's too in another bot's database or
    a new one: so what is said is part of the name.
    """
    said = plain(parts(replace(reply, blocks=_but_notes(reply)), ""))
    own = reply.key or at.isoformat()
    return hashlib.sha256("\n".join((to, own, said)).encode(errors="surrogatepass")).hexdigest()[:40]


def _page(shown: tuple[Part, ...], title: str) -> str:
    first = next((part for part in shown if isinstance(part, Heading)), None)
    return _template().render(parts=shown, subject=title, first_heading=first, not_read=wording_mail.NOT_READ)


@cache
def _template() -> Template:
    loader = PackageLoader("adapters.mail", "")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page.html.j2")
