"""Names for who reviews the log: it follows no pupil, and is told whom a line is about."""

from collections.abc import Collection

from samnarvaro.base import wall
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries import is_uuid


def names_of_pupils(publics: Collection[str], *, by: Scope) -> dict[str, str]:
    """Return the names of the pupils of some lines of the log, for a log reviewer; others get none.

    Without those whose personal data is protected. The caller names pupils of the log that the
    reviewer may see, and of nothing else.
    """
    if by.role is not Role.LOG_REVIEWER:
        return {}
    wanted = [each for each in publics if is_uuid(each)]
    with wall.system("log review"):  # the reviewer itself reaches no pupil
        found = Pupil.objects.filter(public__in=wanted, protection=Pupil.OPEN)
        return {str(pupil.public): pupil.name for pupil in found}
