"""What consents does when something happens to a child or a guardian: in the same transaction."""

from samnarvaro.consents.services import agreements, relations
from samnarvaro.people.events import GuardianshipEnded, PupilProtected


def guardianship_ended(event: GuardianshipEnded) -> None:
    """What rests on the yes of somebody who is no guardian any more stops, and is looked into."""
    agreements.shake(pupil=event.pupil, guardian=event.guardian)


def pupil_protected(event: PupilProtected) -> None:
    """Nobody but the named handlers is tied to the pupil from now on, and nothing flows."""
    agreements.shake(pupil=event.pupil)
    agreements.forget_names(pupil=event.pupil)
    relations.end_all(pupil=event.pupil, at=event.at)
