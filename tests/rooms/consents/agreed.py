"""Saga's school and an open-care unit that may help her: two guardians, a handler and a chief."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.agreement import MustSayYes, Said, Way
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import Consent, Relation
from samnarvaro.consents.services import agreements, relations
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.organisation.models import Unit
from samnarvaro.people import services as people
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.models import Guardian, Pupil, Staff
from tests.rooms.worklist.school import NOON, WEDNESDAY, School, system

SCHOOL, SOCIAL, HEALTH = "school:9999", "social:9999", "health:99"
ALL = (K.NAME, K.ATTENDANCE)
YES, NO = Said.YES, Said.NO


class Town(School):
    """The school of the work list's tests, with other agencies' people and Saga's guardians."""

    def __init__(self) -> None:
        super().__init__()
        self.open_care.agency.refresh_from_db()
        care = self._agency("health", HEALTH)
        self.psychiatry = Unit.objects.create(agency=care, name="Barn- och ungdomspsykiatri")
        self.hanna = self.staff("hanna", "Hanna Chef", Role.UNIT_HEAD, self.open_care)
        self.samir = self.staff("samir", "Samir Noll", Role.SOCIAL_SECRETARY, self.open_care)
        self.bo = self.staff("bo", "Bo Kvist", Role.CLINICIAN, self.psychiatry)
        self.isa = self.staff("isa", "Isa Falk", Role.SYSTEM_ADMINISTRATOR, self.strand)
        self.mother = self.guardian(self.saga, "Lena", "Lind")
        self.father = self.guardian(self.saga, "Per", "Lind")
        self.ties: dict[str, Relation] = {}  # by whose it is, where a test ties people

    def guardian(self, pupil: Pupil, given: str, family: str) -> Guardian:
        contact = Contact(given_name=given, family_name=family)
        guardian = people.ensure_guardian(contact, by=system(), at=NOON)
        people.set_guardianship(
            pupil=pupil.pk, guardian=guardian.pk, first_day=date(2020, 1, 1), by=system(), at=NOON
        )
        return guardian

    def tie(
        self, staff: Staff, pupil: Pupil, *, kind: Kind = Kind.HANDLER, zone: str = SOCIAL,
        on: date = WEDNESDAY,
    ) -> Relation:  # fmt: skip
        return relations.grant(
            pupil=pupil.pk, staff=staff.pk, kind=kind, zone=zone, last_day=date(2027, 6, 30),
            by=system(on), at=NOON,
        )  # fmt: skip

    def ask(self, pupil: Pupil | None = None, **terms: Any) -> UUID:
        """Mira asks for a consent to tell social services; nobody has answered yet."""
        asked = agreements.ask(
            pupil=(pupil or self.saga).public,
            terms=a_proposal(**terms),
            by=scope(self.mira),
            at=NOON,
        )
        return asked.public

    def say(
        self, consent: UUID, who: Guardian | None, said: Said, *, by: Staff | None = None
    ) -> Consent:
        return agreements.answer(
            consent=consent,
            told=agreements.Told(
                guardian=None if who is None else who.public, said=said, way=Way.PAPER
            ),
            by=scope(by or self.mira),
            at=NOON,
        )

    def agree(self, **terms: Any) -> UUID:
        """Both guardians say yes."""
        consent = self.ask(**terms)
        self.say(consent, self.mother, YES)
        self.say(consent, self.father, YES)
        return consent


def a_proposal(
    *,
    to_zone: str = SOCIAL,
    classes: Collection[K] = ALL,
    first: date = WEDNESDAY,
    days: int = 30,
    must: MustSayYes = MustSayYes.ALL_GUARDIANS,
) -> agreements.Terms:
    return agreements.Terms(
        to_zone=to_zone,
        classes=classes,
        purpose="Stöd hemma",
        wording="Skolan får berätta om närvaron.",
        must=must,
        valid_from=first,
        valid_to=first + timedelta(days=days - 1),
    )


def scope(staff: Staff, on: date = WEDNESDAY, at: datetime = NOON) -> Scope:
    assert staff.account_id is not None
    return consents.scope_for(staff.account_id, hat=None, on=on, at=at)


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


__all__ = ["NOON", "WEDNESDAY"]
