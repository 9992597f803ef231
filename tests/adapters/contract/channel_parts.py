"""Finds what every channel's own folder beside this one brings to the contract."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from adapters import channel_folders


def parts(module: str, value: str) -> dict[str, Any]:
    """What is called so in that module of each channel's folder, by the channel's name, where there is such a thing."""
    places = {name: f"tests.adapters.{name}" for name in channel_folders.names()}
    found = {
        name: import_module(f"{place}.{module}")
        for name, place in places.items()
        if find_spec(place) and find_spec(f"{place}.{module}")
    }
    return {name: getattr(one, value) for name, one in found.items() if hasattr(one, value)}
