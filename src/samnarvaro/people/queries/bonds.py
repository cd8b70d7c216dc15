"""What ties a reader to a pupil beside the work: names, children, and duties that have ended.

For the review of the log alone; nothing of it is shown but the question it gives. Of a pupil with
protected personal data no guardians are stored, so nothing is known here either.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from samnarvaro.people.domain.sort_key import folded
from samnarvaro.people.models import Duty, Enrolment, Guardianship, Pupil, Staff
from samnarvaro.people.queries import is_uuid

Pair = tuple[str, str]  # viewer and pupil, by public ids


@dataclass(frozen=True, slots=True)
class Bonds:
    """Of some pairs of reader and pupil: which are bound by what."""

    own_child: frozenset[Pair]
    colleagues_child: frozenset[Pair]
    same_family_name: frozenset[Pair]
    ended: dict[Pair, date]
    protected: frozenset[str]
    pupils: frozenset[str]  # those that there are


Person = tuple[str, str]  # whole name and mail address, folded


def _person(given: str, family: str, email: str) -> Person:
    return folded(f"{given} {family}"), email.casefold().strip()


def _is_one_of(person: Person, others: Iterable[Person]) -> bool:
    """The same person, as far as one can know: by mail address, or by whole name."""
    name, email = person
    return any(name == other or bool(email and email == mail) for other, mail in others)


def bonds(pairs: Collection[Pair], *, on: date) -> Bonds:
    """Look at what binds these pairs on a day."""
    readers = _readers({viewer for viewer, _pupil in pairs})
    publics = {pupil for _viewer, pupil in pairs if is_uuid(pupil)}
    pupils = {str(each.public): each for each in Pupil.objects.filter(public__in=publics)}
    guardians = _guardians(pupils.values())
    colleagues = _colleagues(readers.values(), on)
    own, others, named = set(), set(), set()
    for viewer, public in pairs:
        reader, pupil = readers.get(viewer), pupils.get(public)
        if reader is None or pupil is None:
            continue
        homes = guardians[pupil.pk]
        people = [(name, mail) for name, mail, _family in homes]
        if _is_one_of(_as_person(reader), people):
            own.add((viewer, public))
        elif any(_is_one_of(each, people) for each in colleagues[reader.pk]):
            others.add((viewer, public))
        families = {folded(pupil.family_name), *(family for _, _, family in homes)} - {""}
        if folded(reader.family_name) in families:
            named.add((viewer, public))
    return Bonds(
        frozenset(own),
        frozenset(others),
        frozenset(named - own),
        _ended(pairs, readers, pupils, on),
        frozenset(public for public, each in pupils.items() if each.protection),
        frozenset(pupils),
    )


def _readers(viewers: Collection[str]) -> dict[str, Staff]:
    accounts = [each for each in viewers if is_uuid(each)]
    staff = Staff.objects.filter(account__public__in=accounts).select_related("account")
    return {str(each.account.public): each for each in staff if each.account}


def _as_person(staff: Staff) -> Person:
    return _person(
        staff.given_name, staff.family_name, staff.account.email if staff.account else ""
    )


def _guardians(pupils: Iterable[Pupil]) -> defaultdict[int, list[tuple[str, str, str]]]:
    found: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Guardianship.objects.filter(pupil__in=[pupil.pk for pupil in pupils])
    for row in rows.select_related("guardian"):
        who = row.guardian
        name, mail = _person(who.given_name, who.family_name, who.email)
        found[row.pupil_id].append((name, mail, folded(who.family_name)))
    return found


def _colleagues(readers: Iterable[Staff], on: date) -> defaultdict[int, set[Person]]:
    """Return, for each reader, the others who work at its units on the day."""
    at: defaultdict[int, dict[int, Person]] = defaultdict(dict)
    units_of: defaultdict[int, set[int]] = defaultdict(set)
    for duty in Duty.objects.on(on).select_related("staff__account"):
        at[duty.unit_id][duty.staff_id] = _as_person(duty.staff)
        units_of[duty.staff_id].add(duty.unit_id)
    found: defaultdict[int, set[Person]] = defaultdict(set)
    for reader in readers:
        for unit in units_of[reader.pk]:
            found[reader.pk] |= {who for pk, who in at[unit].items() if pk != reader.pk}
    return found


Span = tuple[int, int | None, date, date | None]


def _ended(
    pairs: Collection[Pair], readers: dict[str, Staff], pupils: dict[str, Pupil], on: date
) -> dict[Pair, date]:
    """Return when the last of what tied a reader to a pupil ended, where nothing ties them any more."""
    duties: defaultdict[int, list[Span]] = defaultdict(list)
    for duty in Duty.objects.filter(staff__in=[each.pk for each in readers.values()]):
        duties[duty.staff_id].append((duty.unit_id, duty.group_id, duty.first_day, duty.last_day))
    stays: defaultdict[int, list[Span]] = defaultdict(list)
    begun = Enrolment.objects.filter(first_day__lte=on)
    for stay in begun.filter(pupil__in=[each.pk for each in pupils.values()]):
        stays[stay.pupil_id].append((stay.unit_id, stay.group_id, stay.first_day, stay.last_day))
    found = {}
    for viewer, public in pairs:
        if viewer not in readers or public not in pupils:
            continue
        ends = [
            _end(one, other)
            for one in duties[readers[viewer].pk]
            for other in stays[pupils[public].pk]
            if _meet(one, other)
        ]
        if ends and max(ends) < on:
            found[viewer, public] = max(ends)
    return found


def _meet(duty: Span, stay: Span) -> bool:
    """A duty for a class ties to its pupils, one without to the unit's, while both last."""
    same = duty[1] == stay[1] if duty[1] is not None else duty[0] == stay[0]
    return same and max(duty[2], stay[2]) <= _end(duty, stay)


def _end(duty: Span, stay: Span) -> date:
    return min(duty[3] or date.max, stay[3] or date.max)
