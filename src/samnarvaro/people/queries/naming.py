"""Names for who reviews the log: it follows no pupil, and is told whom a line is about."""

from collections.abc import Collection

from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries import is_uuid, visible


def names_of_pupils(publics: Collection[str], *, by: Scope) -> dict[str, str]:
    """Return the names of these pupils, without those whose personal data is protected."""
    wanted = [each for each in publics if is_uuid(each)]
    found = visible(by=by).filter(public__in=wanted, protection=Pupil.OPEN)
    return {str(pupil.public): pupil.name for pupil in found}
