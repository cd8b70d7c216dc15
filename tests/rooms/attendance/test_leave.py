"""Leave is granted by who may, excuses its lessons, is withdrawn with its history, and is shown."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from samnarvaro.attendance import services
from samnarvaro.attendance.domain.leave import Wrong
from samnarvaro.attendance.models import AnnouncedDay, Announcement, Leave, Mark
from samnarvaro.attendance.queries import leave as queries
from samnarvaro.audit.models import Writing
from samnarvaro.base import clock
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.people import queries as people
from samnarvaro.people.models import Staff
from tests.rooms.attendance.desk import everything
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope, system

THURSDAY = FRIDAY - timedelta(days=1)
DAYS = (THURSDAY, FRIDAY)
SENT = {"first_day": THURSDAY.isoformat(), "last_day": FRIDAY.isoformat()}


@pytest.fixture
def school(
    tmp_path: Path,
    db: None,  # noqa: ARG001  # the rows need tables
    monkeypatch: pytest.MonkeyPatch,
) -> SchoolWithMarks:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    found = SchoolWithMarks(tmp_path)
    found.take_in_autumn()
    return found


def grant(school: SchoolWithMarks, by: Staff, days: tuple[date, date] = DAYS) -> UUID:
    pupil = school.leo.public
    return services.grant(days, pupil=pupil, by=scope(by, FRIDAY), at=AT, on=FRIDAY)


def withdraw(school: SchoolWithMarks, leave: UUID, by: Staff) -> None:
    services.withdraw_leave(leave, pupil=school.leo.public, by=scope(by, FRIDAY), at=AT)


def unexcused(school: SchoolWithMarks) -> int:
    return sum(mark.unexcused for mark in Mark.objects.filter(pupil=school.leo, day=FRIDAY))


def test_the_principal_grants_and_withdraws_and_both_stay_to_read(school: SchoolWithMarks) -> None:
    assert unexcused(school) == 300

    public = grant(school, school.ragnar)

    assert unexcused(school) == 0
    row = Leave.objects.get()
    assert (row.decided_as, row.announcement.by_name) == ("principal", "Ragnar Holm")
    logged = Writing.objects.get(act="leave.granted")
    assert (logged.pupil, logged.target) == (str(school.leo.public), f"announcement:{public}")
    assert logged.detail == {"first_day": "2026-11-19", "last_day": "2026-11-20"}
    withdraw(school, public, school.ragnar)
    assert unexcused(school) == 300
    assert not AnnouncedDay.objects.exists()
    shown = queries.of_pupil(school.leo.pk, since=FRIDAY, by=scope(school.nils, FRIDAY))
    assert [(each.holds, each.withdrawn_by_name) for each in shown] == [(False, "Ragnar Holm")]
    assert Writing.objects.filter(act="leave.withdrawn").count() == 1


def test_lessons_that_come_later_are_excused_as_well(school: SchoolWithMarks) -> None:
    monday = FRIDAY + timedelta(days=3)
    grant(school, school.ragnar, (monday, monday))

    school.take_in(school.day(school.leo, monday, away={0, 1}))

    marks = Mark.objects.filter(pupil=school.leo, day=monday)
    assert sum(mark.unexcused for mark in marks) == 0
    assert sum(mark.excused for mark in marks) == 120
    seen = {school.leo.pk}
    found = queries.of_days(Window(monday, monday), by=scope(school.ragnar, FRIDAY), among=seen)
    assert [(d.excused, d.is_whole) for d in found[school.leo.pk].days] == [(120, False)]


def test_the_deputy_decides_of_ten_days_and_withdraws_no_more(school: SchoolWithMarks) -> None:
    ten, eleven = (FRIDAY + timedelta(days=n) for n in (9, 10))
    before = everything()
    with pytest.raises(services.CannotGrant) as refused, transaction.atomic():
        grant(school, school.diana, (FRIDAY, eleven))
    assert refused.value.wrongs == [Wrong.NOT_YOURS]
    assert everything() == before

    withdraw(school, grant(school, school.diana, (FRIDAY, ten)), school.diana)
    longer = grant(school, school.ragnar, (FRIDAY, eleven))
    with pytest.raises(services.NoSuchLeave), transaction.atomic():
        withdraw(school, longer, school.diana)

    with pytest.raises(services.CannotGrant) as refused, transaction.atomic():
        grant(school, school.ragnar, (eleven, eleven))
    assert refused.value.wrongs == [Wrong.OVERLAPS]
    with pytest.raises(services.CannotGrant) as refused, transaction.atomic():
        grant(school, school.ragnar, (ten, FRIDAY))
    assert refused.value.wrongs == [Wrong.LAST_BEFORE_FIRST]


def test_who_does_not_lead_the_school_grants_nothing_and_a_stranger_sees_no_pupil(
    school: SchoolWithMarks,
) -> None:
    public = grant(school, school.ragnar)
    before = everything()

    for other in (school.nils, school.karin):
        with pytest.raises(services.CannotGrant), transaction.atomic():
            grant(school, other, (FRIDAY + timedelta(days=7),) * 2)
        with pytest.raises(services.NoSuchLeave), transaction.atomic():
            withdraw(school, public, other)
    for stranger in (school.petra, school.mira, school.sonja):
        with pytest.raises(people.NoSuchPupil), transaction.atomic():
            grant(school, stranger)
        with pytest.raises(services.NoSuchLeave), transaction.atomic():
            withdraw(school, public, stranger)
    assert everything() == before


def test_leave_of_a_protected_pupil_is_a_named_handlers(school: SchoolWithMarks) -> None:
    def of_tindra(by: Scope) -> UUID:
        return services.grant(DAYS, pupil=school.tindra.public, by=by, at=AT, on=FRIDAY)

    for other in (scope(school.diana, FRIDAY), system(FRIDAY)):
        with pytest.raises(people.NoSuchPupil), transaction.atomic():
            of_tindra(other)
    of_tindra(scope(school.ragnar, FRIDAY))
    assert queries.of_pupil(school.tindra.pk, since=FRIDAY, by=scope(school.diana, FRIDAY)) == []


def test_leave_and_what_a_guardian_announced_stand_beside_each_other(
    school: SchoolWithMarks,
) -> None:
    page = f"/elev/{school.leo.public}/"
    nils = signed_in(school.nils)
    nils.post(f"{page}franvaro/", {"first_day": FRIDAY.isoformat(), "told_by": "guardian"})
    public = grant(school, school.ragnar)
    announced = str(Announcement.objects.get(told_by="guardian").public)

    nils.post(f"{page}franvaro/ta-tillbaka/", {"announcement": announced})
    assert unexcused(school) == 0  # the leave still holds
    answer = nils.post(f"{page}franvaro/ta-tillbaka/", {"announcement": str(public)})
    assert answer.status_code == 404  # nobody takes a leave back as an announcement

    withdraw(school, public, school.ragnar)
    assert unexcused(school) == 300


def test_the_principal_decides_on_the_pupils_page_and_the_mentor_reads(
    school: SchoolWithMarks,
) -> None:
    ragnar, page = signed_in(school.ragnar), f"/elev/{school.leo.public}/"
    assert "Ingen ledighet är beviljad" in words(ragnar.get(page))
    assert "synnerliga skäl" in words(ragnar.get(f"{page}ledighet/"))
    assert "Beviljad ledighet" not in words(signed_in(school.nils).get(page))

    answer = ragnar.post(f"{page}ledighet/", SENT)

    assert (answer.status_code, answer["Location"]) == (302, page)
    seen = words(signed_in(school.nils).get(page))
    assert "19–20 november" in seen
    assert "Beslut: Ragnar Holm, rektor, 20 november 19.30" in seen
    assert "Skolan visste" not in seen  # it is no announcement besides
    leave = str(Leave.objects.get().announcement.public)
    for other in (school.nils, school.karin):
        assert signed_in(other).get(f"{page}ledighet/").status_code == 404
    assert ragnar.post(f"{page}ledighet/ta-tillbaka/", {"leave": "x"}).status_code == 404
    ragnar.post(f"{page}ledighet/ta-tillbaka/", {"leave": leave})
    assert "Tillbakatagen: Ragnar Holm" in words(ragnar.get(page))


def test_what_is_wrong_stands_at_its_field(school: SchoolWithMarks) -> None:
    page = f"/elev/{school.leo.public}/ledighet/"
    diana = signed_in(school.diana)
    assert "Ledighet i mer än 10 dagar" in words(diana.get(page))

    far = {"first_day": "2026-11-20", "last_day": "2026-11-30"}
    answer = diana.post(page, far)

    assert answer.status_code == 422
    text = answer.content.decode()
    error = text[text.index('id="id_last_day_error"') :][:300]
    assert "beslutar rektor själv om" in error
    assert not Leave.objects.exists()
