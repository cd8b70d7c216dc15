"""Who runs the installation sets new rules of the register, from a day that has not come; logged."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import rules as domain
from samnarvaro.cases.domain.investigation import LONGEST_LINE, in_words
from samnarvaro.cases.domain.investigation import Fault as PartFault
from samnarvaro.cases.domain.rules import Fault
from samnarvaro.cases.models import RegisterRules
from samnarvaro.cases.queries import rules as queries
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people import queries as people

SETTERS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SCHOOL_ADMINISTRATOR})


@transaction.atomic
def set_rules(  # a version is told by all of these
    weeks: Sequence[int], decide_within: int | None, first_day: date | None, *, why: str, by: Scope,
    at: datetime, on: date,
) -> None:  # fmt: skip
    """Let new rules hold from a day on. Raises Refused."""
    taken = [each.first_day for each in queries.rules()]
    faults = domain.faults(weeks, decide_within, first_day, taken=taken, on=on)
    mine = [] if by.role in SETTERS else [Fault.NOT_YOURS]
    too_long = [PartFault.TOO_LONG] if len(why.strip()) > LONGEST_LINE else []
    if found := [*mine, *faults, *(too_long or in_words(why, PartFault.WHY))]:
        raise Refused(found)
    assert first_day is not None
    assert decide_within is not None
    try:
        with transaction.atomic():
            RegisterRules.objects.create(
                first_day=first_day, weeks=sorted(weeks), decide_within=decide_within,
                why=why.strip(), made_by=by.viewer, made_by_name=people.name_of_viewer(by=by),
                made_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused([Fault.FIRST_DAY_TAKEN]) from None
    audit.record(
        "register.rules_set", by=by, at=at, target=f"register-rules:{first_day}",
        detail={"weeks": ", ".join(map(str, sorted(weeks))), "decide_within": decide_within},
    )  # fmt: skip
