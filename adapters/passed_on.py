"""Whether a request says that a proxy passed it on: then whoever sent it may be anywhere."""

from __future__ import annotations

from collections.abc import Iterable

# What proxies put on a request that they pass on. A proxy on this machine makes everyone look as if they were here.
_NAMES = frozenset(
    "forwarded via x-real-ip x-client-ip client-ip x-cluster-client-ip x-envoy-external-address x-original-host "
    "x-original-url x-original-forwarded-for x-appengine-user-ip x-azure-clientip x-azure-socketip true-client-ip "
    "cf-connecting-ip cf-connecting-ipv6 fastly-client-ip fly-client-ip do-connecting-ip x-nf-client-connection-ip "
    "x-proxyuser-ip x-remote-ip x-remote-addr cdn-loop".split()
)
_BEGINS = "x-forwarded"


def was_passed_on(names: Iterable[str]) -> bool:
    """Whether among the names of a request's headers, in small letters, is one that only a proxy writes."""
    return any(name in _NAMES or name.startswith(_BEGINS) for name in names)
