"""Saga's town with everybody an investigation and a case need, and short ways through them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from samnarvaro.cases.domain.investigation import Judgement
from samnarvaro.cases.queries import investigations
from samnarvaro.cases.queries.investigations import Whole
from samnarvaro.cases.services import investigating, judging
from samnarvaro.cases.services.investigating import Round
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.kernel.access import Role
from samnarvaro.organisation.models import Unit
from samnarvaro.people.models import Pupil, Staff
from tests.rooms.cases import filling
from tests.rooms.consents.agreed import NOON, SCHOOL, SOCIAL, WEDNESDAY, Town, scope
from tests.rooms.worklist.test_pages import words

MEDICAL = "student_health:9999"
SECRET = "rädd för matsalen"


class CaseTown(Town):
    """Karin and Eva have Saga as a matter of theirs; Pia does not, and Vera is the authority's."""

    def __init__(self) -> None:
        super().__init__()
        medical = self._agency("health", MEDICAL)
        self.emi = Unit.objects.create(agency=medical, name="Skolhälsovården")
        self.eva = self.staff("eva", "Eva Rask", Role.NURSE, self.emi)
        self.pia = self.staff("pia", "Pia Psykolog", Role.PSYCHOLOGIST, self.strand)
        self.vera = self.staff("vera", "Vera Huvud", Role.AUTHORITY_OFFICER, self.strand)
        self.ties = {
            "karin": self.tie(self.karin, self.saga, kind=Kind.STUDENT_HEALTH_CASE, zone=SCHOOL),
            "eva": self.tie(self.eva, self.saga, kind=Kind.MEDICAL_CASE, zone=MEDICAL),
        }

    def judge(self, pupil: Pupil | None = None, who: str = "ragnar", **given: Any) -> UUID:
        facts: dict[str, Any] = {"judgement": Judgement.REPEATED, "why": SECRET}
        on = given.pop("on", WEDNESDAY)
        by = scope(getattr(self, who), on)
        pupil = pupil or self.saga
        return judging.judge(pupil.public, by=by, at=NOON, on=on, **facts | given)

    def whole(self, public: UUID, who: str = "ragnar", on: date = WEDNESDAY) -> Whole:
        by = scope(getattr(self, who), on)
        return investigations.whole(public, pupil=self.saga.pk, by=by)

    def fill(self, public: UUID) -> None:
        """Write everything that a decision needs."""
        filling.fill(public, by=scope(self.ragnar), at=NOON, on=WEDNESDAY)

    def version(self, public: UUID) -> int:
        return self.whole(public).seen.version

    def analyse(self, public: UUID, text: str = SECRET) -> None:
        investigating.analyse(
            public, text=text, version=self.version(public), by=scope(self.ragnar), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip

    def decide(self, public: UUID, who: str = "ragnar", **given: Any) -> None:
        facts: dict[str, Any] = {
            "text": "så gör vi", "look_on": WEDNESDAY + timedelta(days=42),
            "version": self.version(public),
        }  # fmt: skip
        by = scope(getattr(self, who))
        investigating.decide(public, by=by, at=NOON, on=WEDNESDAY, **facts | given)

    def follow_up(self, public: UUID, told: Round, who: str = "ragnar", **given: Any) -> None:
        facts: dict[str, Any] = {"version": self.version(public), "on": WEDNESDAY}
        by = scope(getattr(self, who))
        investigating.follow_up(public, told=told, by=by, at=NOON, **facts | given)


def client_of(staff: Staff) -> Client:
    client = Client()
    assert staff.account is not None
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


__all__ = ["MEDICAL", "NOON", "SCHOOL", "SECRET", "SOCIAL", "WEDNESDAY", "scope", "words"]
