"""What we know: sources, areas, danger; pure but for reading their own files."""

from __future__ import annotations

import os

# Read by numpy's library as it is loaded, and left to whoever sets it otherwise. The rows compared with are few enough
# for one thread; a second one mostly spins until the next comparison, which cost more than the rest of hearing.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 - no setting of the bot's
