"""How it is written for whom something is that is one person's, and no role's or post's."""

from __future__ import annotations

PERSON = "person:"
"""How that begins; the person's id follows."""


def of_person(person_id: str) -> str:
    """For one person."""
    return f"{PERSON}{person_id}"


def person_in(post: str) -> str:
    """The id of the one person that something is for; empty where it is for a role or post."""
    return post.removeprefix(PERSON) if post.startswith(PERSON) else ""
