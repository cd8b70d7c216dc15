"""The table of rights as it holds in a zone: the safe default, and what has been changed of it."""

from samnarvaro.consents.domain.policy import Change, Grant, Way, effective
from samnarvaro.consents.models import PolicyChange
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass


def table_of(zone: str) -> dict[Role, Grant]:
    """Return what each role reads in a zone, and through what. Asked for anew each time."""
    rows = PolicyChange.objects.filter(zone=zone).order_by("pk")
    return effective(
        Change(Role(role), DataClass(data_class), Way(way), gives)
        for role, data_class, way, gives in rows.values_list("role", "data_class", "way", "gives")
    )
