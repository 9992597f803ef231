"""The outcome of what was asked about accounts, roles or absence: done, or refused in kind words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.account_came import Deed, Desk, slip
from bot.account_desk import OWN
from bot.account_step import Act
from bot.moment import Moment, Outcome
from bot.people.roles import NotAllowed
from bot.prompts import account_prompt, prompt
from bot.role_desk import ADMINISTERING
from bot.state import Awaited

DEEDS: Mapping[Act, Deed] = {**OWN, **ADMINISTERING}


def answer(desk: Desk, moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome with what is said, what is asked next, and what goes out by e-mail."""
    ask = outcome.account
    assert ask is not None
    try:
        came = DEEDS[ask.act](desk, ask)
    except NotAllowed as why:
        came = slip(str(why))
    awaited = Awaited("account", account=came.step) if came.step is not None else outcome.state.awaited
    state = replace(outcome.state, awaited=awaited)
    asked = (account_prompt(came.step),) if came.step is not None else prompt(moment.at(state))
    return replace(outcome, state=state, blocks=(*outcome.blocks, *came.blocks, *asked), letters=came.letters)
