"""The words of messages, for those who run the installation."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.messages.domain.outbox import INTERRUPTED, Channel, Kind, State
from samnarvaro.messages.queries import Batch, Fault

KIND: dict[Kind, Promise] = {Kind.DIGEST: _("Veckobrev")}
CHANNEL: dict[Channel, Promise] = {Channel.MAIL: _("e-post")}
FAULT: dict[str, Promise] = {
    INTERRUPTED: _("avbröts medan det skickades; kan ha kommit fram"),
    "SMTPRecipientsRefused": _("e-postservern tar inte emot till adressen"),
    "SMTPAuthenticationError": _("e-postservern godtar inte inloggningen"),
    "SMTPSenderRefused": _("e-postservern godtar inte avsändaren"),
    "ConnectionRefusedError": _("e-postservern svarar inte"),
    "TimeoutError": _("e-postservern svarar inte i tid"),
    "gaierror": _("e-postserverns namn går inte att slå upp"),
}
# The states in the order of the columns.
COLUMNS: tuple[tuple[State, Promise], ...] = (
    (State.WAITING, _("Väntar")),
    (State.SENDING, _("Skickas")),
    (State.SENT, _("Skickade")),
    (State.FAILED, _("Misslyckades")),
    (State.DROPPED, _("Inte längre aktuella")),
)


@dataclass(frozen=True, slots=True)
class ShownBatch:
    batch: Batch

    @property
    def kind(self) -> Promise:
        return KIND[self.batch.kind]

    @property
    def channel(self) -> Promise:
        return CHANNEL[self.batch.channel]

    @property
    def counts(self) -> list[int]:
        return [self.batch.states.get(state, 0) for state, _label in COLUMNS]


@dataclass(frozen=True, slots=True)
class ShownFault:
    fault: Fault

    @property
    def kind(self) -> Promise:
        return KIND[self.fault.kind]

    @property
    def why(self) -> str | Promise:
        return FAULT.get(self.fault.fault, self.fault.fault)
