"""The guide on the page of a call: every step, in its order, in words that can be said."""

import re
from datetime import datetime

import pytest

from samnarvaro.base import clock
from samnarvaro.outreach.domain.guide import STEPS
from samnarvaro.outreach.domain.needs import Stage
from samnarvaro.outreach.web.guide_texts import HEADING, SAID
from samnarvaro.people.models import Pupil, Staff
from tests.rooms.outreach.school import AT, EK, FRIDAY, CallingSchool, day, settle
from tests.rooms.staircase.browsing import signed_in, words


@pytest.fixture
def calls(school: CallingSchool, monkeypatch: pytest.MonkeyPatch) -> CallingSchool:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    school.take_in(day(school.robin, "uu", code=EK), day(school.saga, "uu"))
    settle()
    return school


def steps(staff: Staff, pupil: Pupil) -> list[str]:
    page = words(signed_in(staff).get(f"/elev/{pupil.public}/samtal/"))
    guide = page[page.index('<ol class="call-guide">') :]
    found = re.findall(r"<li>(.*?)</li>", guide[: guide.index("</ol>")])
    return [re.sub(r"<[^>]+>", " ", each) for each in found]


def test_a_guardian_is_told_each_step_in_its_order(calls: CallingSchool) -> None:
    assert [step.split("”")[1] for step in steps(calls.elin, calls.robin)] == [
        "Hej, det är Elin Dahl från Ekskolan. Har du tid en liten stund?",
        "Vi saknade Robin i dag och vill höra hur det är.",
        "Tror du att det är över snart, eller kan det bli fler dagar?",
        "I dag har klassen hållit på med …",
        "Vill ni hämta något härifrån, eller ska vi ha något färdigt när Robin kommer?",
        "Om orken finns: vill Robin ha något att göra hemma? Jag berättar var det finns.",
        "Hälsa Robin från oss alla. Tack för att du svarade.",
    ]


def test_the_pupil_is_told_each_step_in_its_order(calls: CallingSchool) -> None:
    assert [step.split("”")[1] for step in steps(calls.mira, calls.saga)] == [
        "Hej Saga, det är Mira Ek på Strandskolan.",
        "Vi saknade dig i dag, det var därför jag ringde.",
        "Hur har du det?",
        "Det här gjorde vi i dag: …",
        "I morgon och dagarna efter tänker vi …",
        "Skulle du vilja ha något att hålla på med under tiden?",
        "Hittar du det själv, eller ska jag visa hur?",
        "Det var fint att höra dig. Du är välkommen när du kommer.",
    ]


def test_the_home_of_an_older_pupil_is_spoken_to_as_a_home(calls: CallingSchool) -> None:
    calls.take_in(day(calls.noor, "pu"))
    settle()

    said = " ".join(steps(calls.mira, calls.noor))

    assert "Vi saknade Noor i dag och vill höra hur det är." in said


def test_every_step_of_every_stage_has_a_heading_and_words() -> None:
    for stage in Stage:
        assert all(HEADING[step] and SAID[stage, step] for step in STEPS[stage])
