"""Removes the demo municipality: its database and what else lies in its folder.

Refuses while something answers on the demo's port, and where the folder holds another municipality
than Vik: the same folder serves an installation in use.
"""

import os
import shutil
import socket
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

VIK = "9999"
TABLE = "organisation_schoolauthority"


def main() -> int:
    folder = Path(os.environ.get("SAMNARVARO_DATA_DIR") or "var")
    port = int(os.environ.get("SAMNARVARO_PORT") or 8000)
    if refusal := why_not(folder, port):
        print(refusal, file=sys.stderr)
        return 2
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def why_not(folder: Path, port: int) -> str | None:
    """Return why nothing is removed, in a sentence, or None."""
    if answers(port):
        return f"Något svarar på port {port}. Stoppa demokommunen först (Ctrl-C där den körs)."
    try:
        others = set(authorities(folder / "samnarvaro.sqlite3")) - {VIK}
    except sqlite3.DatabaseError as error:
        return f"Databasen i {folder} går inte att läsa ({error}). Ingenting togs bort."
    if others:
        codes = ", ".join(sorted(others))
        return f"{folder} rymmer en annan kommun än Vik ({codes}). Ingenting togs bort."
    return None


def answers(port: int) -> bool:
    with closing(socket.socket()) as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def authorities(database: Path) -> list[str]:
    """Return the codes of the municipalities in there; none where there are no tables yet."""
    if not database.is_file():
        return []
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = ?", (TABLE,))
        if tables.fetchone() is None:
            return []
        return [code for (code,) in connection.execute(f"SELECT code FROM {TABLE}")]


if __name__ == "__main__":
    sys.exit(main())
