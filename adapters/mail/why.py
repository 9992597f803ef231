"""Why an e-mail did not go, in one line that says what to mend, and whether trying again can help."""

from __future__ import annotations

import socket
import ssl

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from adapters.mail.parts import one_line
from adapters.mail.server import MailServer
from adapters.mail.session import NotOffered
from bot.channel import Unreachable

_LONGEST_SAID = 200
_NEVER = 500


def unreachable(fault: Exception, server: MailServer, *, is_handed_over: bool) -> Unreachable:
    """The fault sorted: only a refusal of this address or this message, for good, is permanent.

    What is wrong with the server, the line or the settings can be mended, and then the same message goes.
    Once the message has left, only a plain refusal says that it did not arrive.
    """
    code = fault.code if isinstance(fault, SMTPResponseException) else 0
    is_refused = isinstance(fault, SMTPRecipientRefused | SMTPDataError) and 400 <= code < 600
    return Unreachable(
        why(fault, server),
        permanent=is_refused and code >= _NEVER,
        may_have_arrived=is_handed_over and not is_refused,
    )


def why(fault: Exception, server: MailServer) -> str:
    """What happened, and what an administrator can mend."""
    if isinstance(fault, NotOffered):
        return _not_offered(fault, server)
    if isinstance(fault, SMTPResponseException):
        return _answered(fault, server)
    root = fault.__cause__ if isinstance(fault.__cause__, OSError) else fault
    if isinstance(root, ssl.SSLCertVerificationError):
        return (
            f"the certificate of {server.place} is not trusted ({root.verify_message}): BOT_MAIL_HOST must be the name "
            "in it, and BOT_MAIL_CA_FILE can name more certificates to trust"
        )
    if isinstance(root, ssl.SSLError):
        return f"{server.place} cannot be spoken to under TLS ({root.reason}): {_ports(server)}"
    if isinstance(root, socket.gaierror):
        return f"there is no machine called {server.host}: check BOT_MAIL_HOST"
    if isinstance(root, TimeoutError):
        return f"{server.place} did not answer in time: check BOT_MAIL_HOST and BOT_MAIL_PORT; {_ports(server)}"
    if isinstance(root, SMTPServerDisconnected):
        return f"{server.place} broke off without a word: try again later; {_ports(server)}"
    cause = one_line(str(root))[:_LONGEST_SAID]
    return f"{server.place} cannot be reached ({cause}): check BOT_MAIL_HOST and BOT_MAIL_PORT"


def _not_offered(fault: NotOffered, server: MailServer) -> str:
    if fault.message == "STARTTLS":
        return f"{server.place} does not offer STARTTLS: {_ports(server)}"
    return f"{server.place} offers no login that the bot knows: leave BOT_MAIL_USERNAME empty if it needs none"


def _answered(fault: SMTPResponseException, server: MailServer) -> str:
    said = f"{fault.code} {one_line(fault.message)}"[:_LONGEST_SAID]
    if isinstance(fault, SMTPAuthenticationError):
        return f"{server.place} did not take the login ({said}): check BOT_MAIL_USERNAME and BOT_MAIL_PASSWORD"
    if isinstance(fault, SMTPSenderRefused):
        return f"{server.place} does not let {server.sender.addr_spec} send ({said}): check BOT_MAIL_FROM and the login"
    if isinstance(fault, SMTPRecipientRefused):
        return f"{server.place} refused the address ({said})"
    if isinstance(fault, SMTPDataError):
        return f"{server.place} refused the message ({said})"
    return f"{server.place} is not willing ({said})"


def _ports(server: MailServer) -> str:
    return f"BOT_MAIL_SECURITY is {server.security}; starttls is usual on port 587, tls on port 465"
