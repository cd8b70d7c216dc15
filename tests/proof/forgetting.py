"""A rule that a test has made wrong is asked by nobody who remembers how the right one was put."""

import functools
import gc


def forget_questions() -> None:
    """Questions are put into SQL once and remembered: with one wall less they are others."""
    for each in gc.get_objects():
        # By its very type: lazy objects would be woken by a question about theirs.
        if type(each) is functools._lru_cache_wrapper and each.__module__.startswith("samnarvaro"):
            each.cache_clear()
