"""What only a proxy writes is told from what browsers and clients write themselves."""

from __future__ import annotations

import pytest

from adapters.passed_on import was_passed_on

# What Chromium sends with a form, and what Microsoft's local client and its libraries write.
OWN = """
accept accept-encoding accept-language cache-control connection content-length content-type cookie dnt host origin
priority referer sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site
sec-fetch-user sec-gpc upgrade-insecure-requests user-agent authorization traceparent x-ms-client-request-id
x-ms-agents-playground x-ms-useragent x-client-data x-requested-with
"""


def test_what_a_browser_or_a_client_writes_itself_is_not_taken_for_a_proxys() -> None:
    assert [one for one in OWN.split() if was_passed_on([one])] == []


@pytest.mark.parametrize(
    "name",
    "via forwarded x-forwarded x-ms-forwarded-client-ip disguised-host x-arr-ssl cf-ray x-scheme x-waws-unencoded-url "
    "x-azure-socketip x-envoy-external-address true-client-ip x-appengine-user-ip client-ip x-client-ip".split(),
)
def test_one_such_name_among_others_is_enough(name: str) -> None:
    assert was_passed_on(["host", name, "accept"])
