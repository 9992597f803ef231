"""What the bot says where more than one person is present: general guidance, nothing about a child, nothing kept."""

from __future__ import annotations

from dataclasses import replace

from bot import allowed_here, assistant, wording, wording_channels, wording_people
from bot.account_commands import account_ask
from bot.allowed_here import Switches
from bot.commands import command, names_a_case, plainly
from bot.messages import Attached, Block, Bullets, Choices, Edited, Form, Reply, Text, Typed
from bot.moment import Moment, Outcome
from bot.privacy import privacy
from bot.shown_codes import shown_in
from bot.told_in_a_group import is_general, is_of_a_case


def answered(moment: Moment, switches: Switches) -> tuple[tuple[Reply, ...], bool]:
    """The replies to something said in a group, and whether that looked like detail of a case.

    The moment's state is a new one: what was said before is not kept either. Every reply has a private way on, and 999.
    """
    if moment.turn.channel in switches.off:
        return (replace(allowed_here.answered(moment, switches).reply, audience="everyone"),), False
    said = moment.turn.said
    replies, is_detail = _answered(_as_typed(moment, said.text) if isinstance(said, Edited | Attached) else moment)
    if isinstance(said, Edited) and not is_detail:
        # What it said first was answered when it was sent; danger is answered whenever it is told.
        emergency = wording.emergency(moment.definitions.area)
        replies = tuple(one for one in replies if emergency in one.blocks)
    if isinstance(said, Attached) and not is_detail:
        # A picture may show what words would tell.
        replies, is_detail = (*_of_its_own(replies), _to_one(wording_channels.GROUP_ATTACHED)), True
    if shown_in(moment.words or ""):
        replies = (*_of_its_own(replies), _to_one(wording_channels.GROUP_CODE))
    return replies, is_detail


def _as_typed(moment: Moment, words: str) -> Moment:
    return replace(moment, turn=replace(moment.turn, said=Typed(words)))


def _answered(moment: Moment) -> tuple[tuple[Reply, ...], bool]:
    area = moment.definitions.area
    if account_ask(moment.typed or "") is not None:
        return _IN_PRIVATE, False
    if moment.words is None or _is_command(moment):
        return _ONLY_GENERAL, False
    answer = assistant.question(moment)
    outcome = answer.outcome
    is_named = bool(privacy.identifiers(moment.words))
    is_told = is_named or not (_is_of_ours(moment, outcome) or is_general(moment.words))
    if outcome.emergency:
        first = _to_all(wording.emergency(area), Text.of(wording_channels.GROUP_WRITE_NOTHING, tone="note"))
        return ((first, _to_one(wording_channels.GROUP_LIKE_DETAIL)) if is_told else (first,)), is_told
    route = outcome.found.route if outcome.found is not None else ""
    if is_told and (outcome.softly or route == "refer" or is_named or is_of_a_case(moment.words)):
        notice = (wording.soft_danger(area),) if outcome.softly else ()
        return (_to_one(wording_channels.GROUP_LIKE_DETAIL, *notice),), True
    if not route or names_a_case(moment.words):
        return _ONLY_GENERAL, False
    if shown_in(moment.words) and _is_no_answer(outcome):
        # Words round a code ask nothing.
        return (), False
    told = {Text.of(wording.DID_IT_HELP, tone="note"), _LINE_999}
    said = (block for block in answer.reply.blocks if not isinstance(block, Form) and block not in told)
    blocks = tuple(_named(block) if isinstance(block, Choices) else block for block in said if not _is_next(block))
    return (_reply(*blocks, Text.of(wording_channels.GROUP_MORE_IN_PRIVATE, tone="note")),), False


_LINE_999 = Text.of(wording.LINE_999, tone="note")


def _reply(*blocks: Block) -> Reply:
    return _to_all(*blocks, _LINE_999)


def _to_all(*blocks: Block) -> Reply:
    return Reply(blocks, audience="everyone", private_way=wording_channels.PRIVATE_WAY)


def _to_one(words: str, *notice: Block) -> Reply:
    """What is said to its writer alone; with what is to be done before all else, or 999."""
    blocks = (*notice, Text.of(words)) if notice else (Text.of(words), _LINE_999)
    return Reply(blocks, audience="only", private_way=wording_channels.PRIVATE_WAY)


_IN_PRIVATE = (_reply(Text.of(wording_people.IN_PRIVATE)),)
_ONLY_GENERAL = (_reply(Text.of(wording_channels.GROUP_ONLY_GENERAL)),)


def _of_its_own(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies, but none that says only that there is none here."""
    return () if replies in {_IN_PRIVATE, _ONLY_GENERAL} else replies


def _is_of_ours(moment: Moment, outcome: Outcome) -> bool:
    """Whether the words are the title of the topic that answers them, or one of its questions: no case is told so."""
    found, topics = outcome.found, moment.definitions.library.topics
    topic = topics.get(found.topic) if found is not None else None
    if topic is None:
        return False
    return plainly(moment.words or "") in {plainly(one) for one in (topic.title, *topic.asks)}


def _is_no_answer(outcome: Outcome) -> bool:
    found = outcome.found
    return found is not None and found.route in {"decline", "clarify"} and not found.decoy


def _is_command(moment: Moment) -> bool:
    found = command(moment.typed or "", moment.definitions.begins)
    return found is not None and found.name != "danger"


def _is_next(block: Block) -> bool:
    """Whether a block offers what may come next, and not what may be meant."""
    return isinstance(block, Choices) and block.prompt != "offer"


def _named(block: Choices) -> Text:
    """The titles that may be meant, to be asked for in full: there are no buttons where others could press them."""
    titles = tuple(option.label for option in block.options if option.id != "none")
    return Text.of(wording_channels.GROUP_OFFERED, Bullets(titles))
