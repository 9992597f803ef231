"""One file for each dialog; a new file here with a `flow` function is a new dialog."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from dialogs.flow import Flow
from dialogs.flow_check import check_flow


@cache
def load_flows() -> Mapping[str, Flow]:
    """Every dialog by name, checked, and read once. Raises BrokenFlow or BrokenTable naming the file and row."""
    flows: dict[str, Flow] = {}
    for module in iter_modules(__path__):
        make = getattr(import_module(f"{__name__}.{module.name}"), "flow", None)
        if make is not None:
            flow = make()
            check_flow(flow)
            flows[flow.name] = flow
    return MappingProxyType(flows)
