"""Reads files of patterns that an owner keeps, each refused with its line where something in it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge.author_file import Problem, explain, parse
from knowledge.lines import KeyPath
from knowledge.topic import BrokenTopic

File = TypeVar("File")


def read_file(file: Path, whole: type[File], *inner: Any) -> File:
    """A file of the shape `whole`, whose tables have the shapes `inner`, from the outside in.

    Raises BrokenTopic, naming the file and each line at fault.
    """
    parsed = parse(file.read_bytes())
    if isinstance(parsed, Problem):
        raise BrokenTopic(f"{file}, line {parsed.line}: {parsed.message}")

    def allowed(around: KeyPath) -> Iterable[str]:
        depth = sum(isinstance(part, str) for part in around)
        shapes: tuple[Any, ...] = (whole, *inner)
        return [one.name for one in fields(shapes[depth])]

    try:
        return TypeAdapter(whole).validate_python(parsed.values)
    except ValidationError as error:
        slips = parsed.problems(explain(detail, allowed) for detail in error.errors(include_url=False))
        raise BrokenTopic("\n".join(f"{file}, line {one.line}: {one.message}" for one in slips)) from None
