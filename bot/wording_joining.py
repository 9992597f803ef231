"""The bot's own sentences about joining accounts to one person: by a code, and by a work e-mail."""

from __future__ import annotations

CODE_FOR_ANOTHER = "That code is for your other account. Say it to me there."
JOINED_ALREADY = "These are joined already. There is nothing to do."
TWO_SIGN_INS = (
    "Each of these signs in for themselves, so they are two people to me and I do not join them. "
    "If both are yours, ask an administrator."
)
ADMINISTRATOR_GAINS = (
    "One of these is an administrator, and would get a role by this. Nobody gives themselves a role, so I do not join "
    "them. Another administrator can give the role first; then join them."
)
JOINED = "Done. To me these accounts are one person now."
JOIN_YES = "Yes, both are mine"
CONFIRM_YES = "Yes, that was me"
SHARED_BROWSER = "Only do this in a browser that nobody else uses."
NO_MAIL = (
    "E-mail is not set up here, so I cannot check an address. An administrator can put yours in, or give you a code "
    "to join this account with."
)
MAIL_PROMPT = "What is your work e-mail address? I send a code there, to see that it is yours."
MAIL_CONFIRMED = "Thank you. That address is yours to me now."
MAIL_NOT_SENT = "The e-mail with your code could not be sent. Say “my work e-mail” to try again, in a while."
CODE_PROMPT = "Type the code from the e-mail."
TOO_MANY_LETTERS = (
    "I have sent several e-mails there already. Please look among junk too, or try in a quarter of an hour."
)
LETTER_LINK = "Or open this page and confirm there"
LETTER_NOT_MINE = (
    "If you did not ask for this, do nothing. Tell nobody the code: I never ask for it by phone or e-mail."
)
OR_OPEN_THERE = "Or open this page in your other browser and confirm there"


def masked(name: str) -> str:
    """A name so that only those who know it recognise it: J… S…"""
    return " ".join(f"{part[0]}…" for part in name.split())


def masked_mail(address: str) -> str:
    """The same of an e-mail address: j…@example.gov.uk."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def join_code(code: str, *, is_page: bool) -> str:
    """Gives a code for another account."""
    warning = f" {SHARED_BROWSER}" if is_page else ""
    return (
        f"On your other account, say to me: join {code}. It works once, for 15 minutes, and makes the two one person "
        f"to me.{warning} Tell it to nobody else."
    )


def would_join(where: str, who: str, here: str) -> str:
    """Says what joining would do, before it is done."""
    given = f"This code was given out on {where}" if where else "This code was made by an administrator"
    name = f", to {who}" if who else ""
    warning = f" {SHARED_BROWSER}" if here == "web" else ""
    return (
        f"{given}{name}. If you join, that person and you are one to me: each account sees and does what the other "
        f"may. Say yes only if both are yours.{warning}"
    )


def would_confirm(address: str, where: str, who: str) -> str:
    """Says what confirming an address from the link in an e-mail would do."""
    name = f", {who}," if who else ""
    return (
        f"Someone on {where}{name} asked me to note {masked_mail(address)} as their work e-mail. "
        "Say yes only if that was you, just now."
    )


def type_it_there(where: str) -> str:
    """Sends somebody back with their code to where they asked for it."""
    return f"To be sure that it is you, say the code where you asked for it, on {where}."


def letter(code: str, where: str) -> str:
    """The e-mail with a code."""
    return f"Your code is {code}. Type it where you asked for it, on {where}. It works once, for 15 minutes."


def mail_sent(address: str) -> str:
    """Says that a code is on its way."""
    return (
        f"I am sending a code to {masked_mail(address)}. It works for 15 minutes. If nothing comes, look among junk, "
        "or say “my work e-mail” again."
    )
