"""Everything that changes messages: put in the outbox, sent, and said no to."""

from samnarvaro.messages.services.choices import choose_digest
from samnarvaro.messages.services.outbox import Report, put, send_due

__all__ = ["Report", "choose_digest", "put", "send_due"]
