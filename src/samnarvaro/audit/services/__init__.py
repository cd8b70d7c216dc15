"""What is done to the log: rows are added, and sealed. Nothing changes or deletes one."""

from samnarvaro.audit.domain.outcomes import ALLOWED, DENIED
from samnarvaro.audit.services.checkpoints import NotACheckpoint, read_checkpoints, write_checkpoint
from samnarvaro.audit.services.logging import record, record_reading
from samnarvaro.audit.services.sealing import seal_all, seal_history, seal_new

__all__ = [
    "ALLOWED",
    "DENIED",
    "NotACheckpoint",
    "read_checkpoints",
    "record",
    "record_reading",
    "seal_all",
    "seal_history",
    "seal_new",
    "write_checkpoint",
]
