"""Checkpoints: how far the chain has come, written to where the database does not reach.

They hold numbers and hashes, nothing of anybody. Laid on another machine, or in somebody's mail, they
show that the end of the log was cut off or that all of it was written anew.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from samnarvaro.audit.domain import chain
from samnarvaro.audit.domain.verifying import Checkpoint
from samnarvaro.audit.models import SealHead

_PATTERN = "samnarvaro-log-*.json"


class NotACheckpoint(Exception):
    """A file cannot be read as a checkpoint. Carries its path."""


def as_text(point: Checkpoint) -> str:
    """Write a checkpoint: one line, the same in the file and in the mail."""
    return json.dumps(
        {
            "seal_no": point.number,
            "hash": point.hashed.hex(),
            "at": point.at,
            "readings": point.readings,
            "writings": point.writings,
            "mark": point.marked.hex() if point.marked else None,
        }
    )


def of_text(text: str) -> Checkpoint:
    """Read what `as_text` wrote. Raises ValueError."""
    try:
        told = json.loads(text)
        mark = told["mark"]
        return Checkpoint(
            number=int(told["seal_no"]),
            hashed=bytes.fromhex(told["hash"]),
            at=str(told["at"]),
            readings=int(told["readings"]),
            writings=int(told["writings"]),
            marked=bytes.fromhex(mark) if mark else None,
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a checkpoint") from error


@transaction.atomic
def reached(*, at: datetime) -> Checkpoint | None:
    """Return how far the chain has come now; None when nothing has been sealed."""
    head = SealHead.objects.first()
    if head is None or not head.number:
        return None
    hashed, keys = bytes(head.hashed), settings.SEAL_KEYS
    return Checkpoint(
        number=head.number,
        hashed=hashed,
        at=at.isoformat(),
        readings=head.readings,
        writings=head.writings,
        marked=chain.mark(keys[0], hashed) if keys else None,
    )


def write_checkpoint(folder: Path, *, at: datetime) -> Checkpoint | None:
    """Write how far the chain has come as a new file in a folder; never over one that is there.

    None when nothing has been sealed. Raises OSError when the folder cannot be written in.
    """
    point = reached(at=at)
    if point is not None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"samnarvaro-log-{at:%Y%m%dT%H%M%SZ}-{point.number:012}.json"
        with path.open("x", encoding="utf-8") as file:
            file.write(as_text(point) + "\n")
    return point


def read_checkpoints(places: Iterable[Path]) -> list[Checkpoint]:
    """Read checkpoints: each place is a file, or a folder of them. Raises NotACheckpoint."""
    found = []
    for place in places:
        for path in sorted(place.glob(_PATTERN)) if place.is_dir() else [place]:
            try:
                found.append(of_text(path.read_text(encoding="utf-8")))
            except (OSError, ValueError) as error:
                raise NotACheckpoint(path) from error
    return found
