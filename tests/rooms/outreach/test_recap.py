"""At the end of a meeting stands whom the viewer itself has been in contact with on the way."""

from datetime import timedelta

from samnarvaro.base import recaps, sections
from samnarvaro.base.once import Once
from samnarvaro.kernel.privacy import DataClass
from tests.rooms.outreach.school import AT, FRIDAY, CallingSchool, record
from tests.rooms.worklist.school import scope


def test_a_contact_is_told_to_who_wrote_it_down_and_to_nobody_else(school: CallingSchool) -> None:
    record(school.elin, school.robin, None, guardian=school.maria.pk)
    pupils = [school.robin.pk]
    elin, petra = scope(school.elin, FRIDAY), scope(school.petra, FRIDAY)

    (line,) = recaps.lines(pupils, by=elin, since=AT, on=FRIDAY)
    assert line.pupil == school.robin.pk
    assert line.text.startswith("Telefon med Maria")
    assert DataClass.CONTACT in line.classes
    later = AT + timedelta(seconds=1)
    assert recaps.lines(pupils, by=elin, since=later, on=FRIDAY) == []
    assert recaps.lines(pupils, by=petra, since=AT, on=FRIDAY) == []
    assert recaps.lines([school.saga.pk], by=elin, since=AT, on=FRIDAY) == []


def test_the_newest_contacts_stand_in_meeting_mode(school: CallingSchool) -> None:
    record(school.elin, school.robin, None, guardian=school.maria.pk)
    facts = {"pupil": school.robin, "today": FRIDAY, "now": AT, "query": {}, "back": "/"}
    parts = sections.collect("meeting", scope=scope(school.elin, FRIDAY), once=Once(), **facts)
    assert "outreach/_pupil.html" in [part.template for part in parts]
