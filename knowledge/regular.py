"""Words and regular expressions as values in a file kept by hand, refused where they are not right."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Strict, StringConstraints


def _compiled(value: object) -> object:
    if not isinstance(value, str) or not value:
        return value
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression ({error})") from None


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
Flag = Annotated[bool, Strict()]
