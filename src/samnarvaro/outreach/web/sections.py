"""What outreach puts on pages that are put together at the top."""

from datetime import date

from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.outreach.queries import contacts, due
from samnarvaro.outreach.web import informed, shown

NEWEST = 2
MOST_MISSING = 20  # of a day by name; all of them are a click away
LEADS = frozenset({Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})


def of_pupil(
    *, scope: Scope, pupil: ShownPupil, today: date, whole: bool = False, **_facts: object
) -> Section | None:
    """The newest contacts, and all of them a click away; or all of them here."""
    if not scope.reads(DataClass.ATTENDANCE):
        return None
    newest = 0 if whole else NEWEST
    found = contacts.of_pupil(pupil.pk, by=scope, on=today, newest=newest)
    may = scope.role in due.IN_CONTACT
    return Section(
        "outreach/_pupil.html",
        {
            "pupil": pupil,
            "lines": [shown.line(each) for each in found.contacts],
            "is_whole": found.is_whole,
            "may_add": may,
        },
        pupils=frozenset({pupil.pk}),
        classes=shown.classes_of(found.contacts),
    )


def my_day(*, scope: Scope | None, today: date, **_facts: object) -> Section | None:
    """For who leads a school: how many homes know of the day's unexcused absence, and whose do not."""
    if scope is None or scope.role not in LEADS or not scope.units:
        return None
    on = due.last_day_due(scope.units, until=today, by=scope)
    if on is None:
        return None
    day = informed.day_of(sorted(scope.units), on, by=scope)
    missing, more = day.missing(MOST_MISSING)
    return Section(
        "outreach/_my_day.html",
        {
            "day": day,
            "missing": missing,
            "more": more,
            "on": on,
            "is_today": on == today,
            "units": organisation.units(scope.units),
        },
        pupils=frozenset(each.pupil for each in missing),
        classes=informed.TELLS,
    )
