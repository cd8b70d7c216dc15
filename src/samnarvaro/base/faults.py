"""What may be told of an error: its kind and where it came from. Its own words may quote a pupil."""

import traceback
from pathlib import Path


def told_of(error: BaseException) -> dict[str, str]:
    """Return what a log line may hold of an error."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:]]
    return {"error": type(error).__name__, "where": " > ".join(where)}
