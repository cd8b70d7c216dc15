"""The uploaded file while it waits: readable by the program alone, and gone when it has been used."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings


class TooLarge(Exception):
    """The file is larger than the installation takes."""


def folder() -> Path:
    return Path(settings.DATA_DIR) / "deliveries"


def path_of(public: UUID) -> Path:
    """The name is ours alone: nothing of what the sender called it."""
    return folder() / f"{public}.csv"


def keep(public: UUID, chunks: Iterable[bytes]) -> Path:
    """Write an upload down. Raises TooLarge; then nothing is left of it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = path_of(public)
    most = settings.UPLOAD_MB * 1024 * 1024
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            size = 0
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        remove(public)
        raise
    return path


def remove(public: UUID) -> None:
    path_of(public).unlink(missing_ok=True)
    clear_progress(public)


def all_kept() -> Iterator[tuple[UUID, Path]]:
    """Yield every file in the folder that bears the name of a delivery."""
    for path in folder().glob("*"):
        with suppress(ValueError):
            yield UUID(path.stem), path


def _progress(public: UUID) -> Path:
    return folder() / f"{public}.progress"


def set_progress(public: UUID, percent: int) -> None:
    """Tell how far the worker has come. In a file, since the database is busy with the rows."""
    path = _progress(public)
    with suppress(OSError):
        new = path.with_suffix(".new")
        new.write_text(str(percent))
        new.replace(path)  # at once: whoever looks never sees half a number


def clear_progress(public: UUID) -> None:
    _progress(public).unlink(missing_ok=True)


def progress(public: UUID) -> int:
    """Return how far the worker has come with a file, in per cent."""
    try:
        return min(100, int(_progress(public).read_text()))
    except (OSError, ValueError):
        return 0
