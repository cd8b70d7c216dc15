"""Of which pupils a viewer reads some classes of data: by duty, or because somebody let it in."""

from django.db.models import Exists, OuterRef, Q

from samnarvaro.base import openings
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.models import Pupil, PupilSet
from samnarvaro.people.queries import visible
from samnarvaro.people.queries.sight import Sees


def readable(*, by: Scope, classes: frozenset[DataClass]) -> PupilSet:
    """The pupils of whom the viewer reads all these classes on the scope's day.

    A pupil with protected personal data is read by its named handlers only, and no more of it than
    their roles read: nothing else opens it.
    """
    if by.is_system:
        return visible(by=by)
    found = _readable(by, classes)
    return found if by.about is None else found.filter(pk=by.about)


def of_readable(*, by: Scope, classes: frozenset[DataClass], pupil: str = "pupil") -> Q:
    """What tables about pupils narrow their rows by: those whose `pupil` (the way to it from a row)
    is `readable`.

    A key to one pupil was cut where a duty follows it, and what the role reads of such it reads of
    this one; anything more is asked for, each time.
    """
    if by.about is not None and classes <= by.classes:
        return Q((pupil, by.about))
    if by.about is None and (by.is_system or _follows_alone(by, classes)):
        return Q(Sees(pupil, by=by))
    return Q(Exists(readable(by=by, classes=classes).filter(pk=OuterRef(pupil))))


def _readable(by: Scope, classes: frozenset[DataClass]) -> PupilSet:
    followed = visible(by=by)
    if _follows_alone(by, classes):
        return followed
    missing = classes - by.classes
    opened = openings.opened(by, classes)
    added = openings.opened(by, missing) if missing else None
    found = Pupil.objects.none() if missing else followed
    unprotected = Pupil.objects.filter(protection=Pupil.OPEN)
    if added is not None:
        found = unprotected.filter(added, pk__in=followed.values("pk"))
    if opened is not None:
        let_in = unprotected.filter(opened)
        found = Pupil.objects.filter(pk__in=found.values("pk")) | Pupil.objects.filter(
            pk__in=let_in.values("pk")
        )
    return found


def _follows_alone(by: Scope, classes: frozenset[DataClass]) -> bool:
    """Whether the viewer reads these classes of all whom it follows, and nobody else can be let in."""
    return not classes - by.classes and not (by.related or by.glass)
