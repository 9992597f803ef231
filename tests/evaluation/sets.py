"""The evaluation set: questions nobody used as variants, by kind, in two halves: one to fit on, one to report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent
Half = Literal["fit", "report"]
ANSWERABLE = ("clear", "paraphrased", "typos", "acronyms", "keywords", "rambling")
OUT_OF_SCOPE = ("far", "near_misses")


@dataclass(frozen=True)
class Item:
    """A question of a kind, the topics any of which answers it (none: out of scope), and what was asked before it."""

    kind: str
    question: str
    topics: tuple[str, ...] = ()
    before: str = ""


def answerable(half: Half | None = None) -> list[Item]:
    """Questions that a topic answers."""
    return [item for kind in ANSWERABLE for item in _half(list(_labelled(f"answerable/{kind}.txt", kind)), half)]


def follow_ups(half: Half | None = None) -> list[Item]:
    """Questions that lean on the one before."""
    return _half(list(_labelled("follow_ups.txt", "follow-up")), half)


def out_of_scope(half: Half | None = None) -> list[Item]:
    """Questions that no topic answers."""
    return [item for kind in OUT_OF_SCOPE for item in _half(plain(f"out_of_scope/{kind}.txt", kind), half)]


def hostile(half: Half | None = None) -> list[Item]:
    """Messages that try to make the bot do something else."""
    return _half(plain("hostile.txt", "hostile"), half)


def incidents(half: Half | None = None) -> list[Item]:
    """Messages that tell of an incident."""
    return _half(plain("incidents.txt", "incident"), half)


def disclosures(half: Half | None = None) -> list[Item]:
    """Messages that tell of danger."""
    return _half(plain("danger/disclosures.txt", "danger"), half)


def look_alikes(half: Half | None = None) -> list[Item]:
    """Messages that share words with danger and are not."""
    return _half(plain("danger/look_alikes.txt", "look-alike"), half)


def plain(file: str, kind: str) -> list[Item]:
    """The items of a file without labels."""
    return [Item(kind, line) for line in lines(file)]


def lines(file: str) -> list[str]:
    """The lines of a file that are neither empty nor remarks."""
    read = (line.strip() for line in (FOLDER / file).read_text(encoding="utf-8").splitlines())
    return [line for line in read if line and not line.startswith("#")]


def fingerprint(items: list[Item]) -> str:
    """A short hash of the items, that says what something was fitted on."""
    return hashlib.sha256(repr(items).encode()).hexdigest()[:12]


def _labelled(file: str, kind: str) -> Iterator[Item]:
    for line in lines(file):
        asked, _, ids = line.rpartition("=>")
        before, _, question = asked.rpartition("||")
        yield Item(kind, question.strip(), tuple(one.strip() for one in ids.split(",")), before.strip())


def _half(items: list[Item], half: Half | None) -> list[Item]:
    """Every other item, in an order that has nothing to do with how they were written."""
    shuffled = sorted(items, key=lambda item: hashlib.sha256(item.question.encode()).digest())
    return shuffled if half is None else shuffled[0 if half == "fit" else 1 :: 2]
