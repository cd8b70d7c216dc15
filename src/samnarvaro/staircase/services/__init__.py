"""Everything that changes the staircase: rule sets, and the nightly run."""

from samnarvaro.staircase.services.nightly import Report, nightly
from samnarvaro.staircase.services.rulebook import add_version, install_shipped

__all__ = ["Report", "add_version", "install_shipped", "nightly"]
