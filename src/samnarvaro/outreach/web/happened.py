"""That contacts were made, for the time line of one pupil: how and with whom, never what was said."""

from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.outreach.queries import contacts
from samnarvaro.outreach.web import texts

_OF = frozenset({DataClass.ATTENDANCE})


def happened(pupil: ShownPupil, *, by: Scope) -> list[Happening]:
    """Each contact in a line, for who works at the school."""
    if not in_school(by.zone):
        return []
    return [
        Happening(
            kind=Kind.CONTACT, day=each.told.made_on, at=each.at, by=each.by_name,
            title=texts.headline(each.told, ""), icon="phone", classes=_OF,
        )
        for each in contacts.of_pupil(pupil.pk, by=by, on=by.day).contacts
    ]  # fmt: skip
