"""The two sentences that are of Teams' own mechanics: where it keeps what it is handed."""

from __future__ import annotations

FILE_WHAT = "A document for your records. Teams saves it to your own OneDrive."
FILE_KEPT = "The document is in your OneDrive."
