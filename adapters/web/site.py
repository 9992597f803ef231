"""What the page is told by whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.messages import Block


@dataclass(frozen=True)
class Site:
    """The values an installation gives the page.

    `secret` is at least 32 bytes, kept between starts, and signs what forms carry. `public_url` is the address people
    use, empty on one's own machine. `keep_days` is how long an untouched conversation is kept, in days, `idle_minutes`
    how long someone who does nothing stays signed in. `exit_url` is the harmless page that "Exit this page" leads to.
    `recheck` is how often, in seconds, an open stream looks for news nobody told it of. `has_chat` is whether one can
    chat on the page: otherwise no page leads to it. `off` is what is said where the chat is switched off,
    `danger` whom to phone first, where words are not listened to.
    """

    secret: bytes
    public_url: str = ""
    keep_days: int = 90
    idle_minutes: int = 30
    # The page GOV.UK's own component leads to.
    exit_url: str = "https://www.bbc.co.uk/weather"
    recheck: float = 15.0
    has_chat: bool = True
    off: tuple[Block, ...] = ()
    danger: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise ValueError("the page's secret must have at least 32 bytes")

    @property
    def secure(self) -> bool:
        """Whether people come by https."""
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """The one origin forms may come from; empty where it is whatever host was asked for."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}" if self.public_url else ""
