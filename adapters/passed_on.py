"""Whether a request says that a proxy passed it on: then whoever sent it may be anywhere."""

from __future__ import annotations

from collections.abc import Iterable

# What proxies put on a request that they pass on. A proxy on this machine makes everyone look as if they were here.
# Each begins the names of a whole family: what every proxy writes, then Azure's, Cloudflare's, Amazon's, Google's,
# Fastly's, Fly's, Netlify's, Vercel's, Akamai's and Envoy's own. Not `x-ms-` nor `x-client-`: clients write them too.
_FAMILIES = (
    *("forwarded", "x-forwarded", "x-original-", "x-real-", "x-remote-", "x-proxy", "x-cluster-", "via"),
    *("x-arr-", "x-waws-", "x-azure-", "x-appservice-", "x-site-deployment", "x-ms-forwarded", "x-ms-client-principal"),
    *("cf-", "cdn-", "x-amz", "x-appengine-", "x-goog-", "x-cloud-trace", "fastly-", "fly-", "do-connecting"),
    *("x-nf-", "x-vercel-", "akamai-", "x-akamai-", "x-envoy-", "client-ip", "x-client-ip", "true-client-"),
    *("disguised-host", "was-default-hostname", "x-scheme", "x-url-scheme", "front-end-https"),
)


def was_passed_on(names: Iterable[str]) -> bool:
    """Whether among the names of a request's headers, in small letters, is one that only a proxy writes."""
    return any(name.startswith(_FAMILIES) for name in names)
