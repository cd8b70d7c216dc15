"""Everything that changes the staircase: rule sets, and the nightly run."""

from samnarvaro.staircase.services.nightly import Report, nightly
from samnarvaro.staircase.services.rulebook import CannotChange, add_version, install_shipped

__all__ = ["CannotChange", "Report", "add_version", "install_shipped", "nightly"]
