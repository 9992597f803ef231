"""One file for each dialog; a new file here with a `flow` function is a new dialog."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from dialogs.flow import Flow
from dialogs.flow_check import check_flow


def load_flows() -> dict[str, Flow]:
    """Every dialog by name, checked. Raises BrokenFlow or BrokenTable naming the file and row at fault."""
    flows: dict[str, Flow] = {}
    for module in iter_modules(__path__):
        make = getattr(import_module(f"{__name__}.{module.name}"), "flow", None)
        if make is not None:
            flow = make()
            check_flow(flow)
            flows[flow.name] = flow
    return flows
