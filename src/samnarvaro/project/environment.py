"""Reading the environment: a wrong value stops the program with one sentence that says which
variable and what is wrong. A secret may also come from a file named by NAME_FILE.
"""

import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from environs import Env, EnvError

PREFIX = "SAMNARVARO_"
YES_NO = "Skriv 1 för ja eller 0 för nej."


class WrongSetting(SystemExit):
    """Stops the program with one sentence and exit code 2."""

    def __init__(self, sentence: str) -> None:
        print(f"samnarvaro: {sentence}", file=sys.stderr)
        super().__init__(2)


env = Env(prefix=PREFIX)


def secret(name: str) -> str:
    """Return the variable, or the content of the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE: filen {path} går inte att läsa.") from error
    return os.environ.get(name, "")


def read(kind: Any, name: str, default: Any, hint: str) -> Any:
    try:
        return kind(name, default)
    except (EnvError, ValueError) as error:
        raise unusable(name, hint) from error


def unusable(name: str, hint: str) -> WrongSetting:
    value = os.environ.get(f"{PREFIX}{name}", "")
    return WrongSetting(f"{PREFIX}{name}={value!r} går inte att använda. {hint}")


def whole_number(name: str, default: int, least: int, most: int) -> int:
    """Read a number of something; outside its bounds it cannot be used."""
    hint = f"Skriv ett helt tal från {least} till {most}."
    number = int(read(env.int, name, default, hint))
    if not least <= number <= most:
        raise unusable(name, hint)
    return number


def some_of(name: str, default: str, known: Collection[str]) -> frozenset[str]:
    """Read `all`, `none` or words with commas between, each of them known."""
    hint = f"Skriv all, none eller några av: {', '.join(sorted(known))}."
    words = frozenset(str(read(env.str, name, default, hint)).replace(" ", "").split(","))
    if words == {"all"}:
        return frozenset(known)
    if words == {"none"}:
        return frozenset()
    if not words <= frozenset(known):
        raise unusable(name, hint)
    return words
