"""What is said of news by which something owed would end: that it waits for a lead, what would end, what they say."""

from __future__ import annotations

from collections.abc import Sequence

STAYS_UNTIL_A_LEAD = "By what is new, something owed would end. It all stays until a lead has said that it holds."
IT_HOLDS, IT_STAYS = "It holds: go by it", "It does not hold: everything stays"
HOLDS_OR_NOT = (("yes", IT_HOLDS), ("no", IT_STAYS))
NOTHING_TO_AGREE = "Nothing waits here for a lead to say whether it holds."
IT_STAYED = "Noted: it does not hold. Everything owed stays as it was."
ONLY_BY_IT = "Noted: it does not hold. Everything owed before it was told stays. This came only with it, and ends:"
NOT_AGREED = "A lead has said that what was told does not hold"
AGREED = "A lead has said that this holds"
WAITS_LISTED = "; what was told waits for a lead"
ANOTHER_TOLD = ". Another was told since, and waits for a lead"
TOLD_AND_WAITS = "This was told, for a lead to say whether it holds"
WHY_AGREED = "Why does it hold? In a few words, without a child's details. They stay in the record."
WHY_NOT_AGREED = "Why does it not hold? In a few words, without a child's details. They stay in the record."
CLOSED_FOR_THAT = "This case is closed. Open it again first, and say then whether what was told holds."
ANOTHER_WAITS = "Something newer was told meanwhile. Please look at the case again first."


def overtaken(ref: str) -> str:
    """To a lead whose answers would end something owed, and go on from what is not the newest any more."""
    return (
        "Something else was told of this case while you answered. So nothing that is owed ends by your answers alone. "
        f"Say “agree {ref}” to see what would end and to say whether it holds, or “keep {ref}” to leave it as it is."
    )


def tell_it_anew(ref: str) -> str:
    """What was told before cannot be agreed to, because something else was decided since."""
    return (
        "Something else was decided since, so what this comes to now has to be worked out anew. If it holds, say "
        f"“new information {ref}”. If it does not, say “keep {ref}”."
    )


def asks_whether(what: str, ends: Sequence[str]) -> str:
    """Asks a lead whether what was told holds, and says which duties would end."""
    told = f"This was told: {what}. " if what else ""
    if not ends:
        return f"{told}Does it hold?"
    return f"{told}If it holds, this ends: {'; '.join(ends)}. Does it hold?"


def changed_by_agreeing(ref: str, what: str) -> str:
    """To whoever has a case of which somebody else said that what was told holds."""
    return f"Case {ref} was changed: it was said that what was told holds. {what} Say “case {ref}” to see it."


def kept_as_it_was(ref: str, what: str) -> str:
    """To whoever has a case of which somebody else said that what was told does not hold."""
    return f"Case {ref}: it was said that what was told does not hold. {what} Say “case {ref}” to see it."


def what_you_told(ref: str, *, holds: bool, ended: str = "") -> str:
    """To whoever told it; `ended` is what came only with it, where it does not hold."""
    came = "holds, and the case goes by it" if holds else "does not hold, and everything owed stays"
    if ended:
        came = f"does not hold. Everything owed before stays{came_only_with_it(ended)}"
    return f"Case {ref}: a lead has said that what you told {came}."


def came_only_with_it(ended: str) -> str:
    """What ends because what was told does not hold."""
    return f"; this came only with it, and ends: {ended}"


def to_agree(what: str) -> str:
    """What a lead has still to say: whether `what` was told holds."""
    told = f": {what}" if what else ""
    return f"say whether what was told holds{told}. By it something owed would end"


def answer_changed(question: str, before: str, now: str) -> str:
    """Which answer became what; `before` is empty where it was not asked then."""
    return f"{question}: now “{now}”, before “{before}”" if before else f"{question}: “{now}”, not asked before"
