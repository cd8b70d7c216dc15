"""Logs for the machine's keepers: what happened and where in the program, never about whom.

An exception's own words may quote a row, a name or a number, so only its kind and its place are
written.
"""

import sys
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import Any

_DEEPEST = 12


def bare_exception(_logger: Any, _name: str, event: Any) -> Any:
    """Put the kind of an exception and the places it passed in place of its words."""
    info = event.pop("exc_info", None)
    event.pop("exc_text", None)
    event.pop("stack", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event["exception"] = f"{info[0].__module__}.{info[0].__qualname__}"
        event["at"] = _places(info[2])
    return event


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def only_known_fields(_logger: Any, _name: str, event: Any) -> Any:
    """Leave out what a library adds of the request: addresses with questions in them, agents."""
    for field in ("request", "query", "user_agent", "ip", "error"):
        event.pop(field, None)
    return event
