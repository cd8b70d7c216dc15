"""Who reviews the log of a zone gives a family its extract too, and follows no pupil by that."""

from typing import Any
from uuid import uuid4

import pytest

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import wall
from samnarvaro.base.pdf import Sheet, answers
from samnarvaro.base.pdf.printing import printed
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.organisation.models import Agency, SchoolAuthority, Unit
from samnarvaro.people.models import Guardian, Guardianship
from tests import papers
from tests.rooms.audit.test_extract import show
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope

FIND = "/loggranskning/utdrag/"


@pytest.fixture
def vik(tmp_path: Any, db: None, today: None) -> SchoolWithMarks:  # noqa: ARG001  # tables, day
    school = SchoolWithMarks(tmp_path)
    school.lova = school.staff("lova", "Lova Grip", Role.LOG_REVIEWER, school.strand)  # type: ignore[attr-defined]
    guardian = Guardian.objects.create(given_name="Lena", family_name="Lind")
    Guardianship.objects.create(pupil=school.saga, guardian=guardian, first_day=FRIDAY)
    return school


def client(vik: SchoolWithMarks) -> Any:
    return signed_in(vik.lova)  # type: ignore[attr-defined]  # of the fixture


def told(vik: SchoolWithMarks, **but: str) -> dict[str, str]:
    return {
        "given_name": "Saga", "family_name": "Lind", "school": str(vik.strand.public),
    } | but  # fmt: skip


def test_a_family_that_asks_the_reviewer_gets_it_and_that_is_logged(vik: SchoolWithMarks) -> None:
    show(vik.saga, scope(vik.mira, FRIDAY), K.NAME, K.ATTENDANCE)
    found = client(vik).post(FIND, told(vik))
    url = found["Location"]
    assert "Lena Lind" in words(client(vik).get(url))
    lena = str(Guardian.objects.get().public)

    page = client(vik).get(url, {"for": lena})
    paper = client(vik).get(url, {"for": lena, "form": "pdf"})

    assert "Mira Ek" in words(page)
    assert "Mira Ek Mentor Strandskolan" in papers.words(paper.content)
    reading = Reading.objects.order_by("-pk")[0]
    assert (reading.action, reading.classes, reading.ground, reading.role) == (
        "pdf", ["K1", "K13", "K2"], "review:extract", "log_reviewer",
    )  # fmt: skip
    row = Writing.objects.filter(act="log.extract_given").order_by("-pk")[0]
    assert (row.target, row.detail["form"]) == (f"guardian:{lena}", "pdf")


def test_it_is_the_same_as_who_leads_the_school_gives(vik: SchoolWithMarks) -> None:
    for number in range(3):
        show(
            vik.saga, scope((vik.mira, vik.karin, vik.sonja)[number], FRIDAY), K.NAME, K.CHILD_WORDS
        )
    url = f"{FIND}{vik.saga.public}/"
    lena = str(Guardian.objects.get().public)

    first = client(vik).get(url, {"for": lena, "form": "csv"}).content.decode().splitlines()
    second = (
        signed_in(vik.ragnar)
        .get(f"/elev/{vik.saga.public}/logg/", {"for": lena, "form": "csv"})
        .content.decode()
        .splitlines()
    )

    assert len(first) == 4
    assert second[-3:] == first[-3:]
    assert "egna ord" not in "".join(first)


@pytest.mark.parametrize(
    "but", [{"given_name": "Sag"}, {"family_name": "%"}, {"given_name": "Robin"}]
)
def test_nobody_near_is_offered(vik: SchoolWithMarks, but: dict[str, str]) -> None:
    answer = client(vik).post(FIND, told(vik, **but))

    assert answer.status_code == 422
    assert "exakt de namnen" in words(answer)


def test_a_protected_pupil_is_answered_like_nobody(vik: SchoolWithMarks) -> None:
    names = told(vik, given_name="Tindra", family_name=vik.tindra.family_name)

    assert client(vik).post(FIND, names).status_code == 422
    hidden = client(vik).get(f"{FIND}{vik.tindra.public}/")
    nothing = client(vik).get(f"{FIND}{uuid4()}/")
    assert (hidden.status_code, nothing.status_code) == (404, 404)


def test_a_pupil_of_another_authority_is_not_there(vik: SchoolWithMarks) -> None:
    other = SchoolAuthority.objects.create(code="8888", name="Friskolan")
    type(vik.saga).objects.filter(pk=vik.saga.pk).update(authority=other)

    assert client(vik).get(f"{FIND}{vik.saga.public}/").status_code == 404
    assert client(vik).post(FIND, told(vik)).status_code == 422


def test_a_reviewer_elsewhere_gives_none_and_reads_no_pupil(vik: SchoolWithMarks) -> None:
    agency = Agency.objects.get(zone="social:9999")
    unit = Unit.objects.create(agency=agency, name="Granskning")
    eva = vik.staff("eva", "Eva Berg", Role.LOG_REVIEWER, unit)

    assert signed_in(eva).get(f"{FIND}{vik.saga.public}/").status_code == 404
    for person in (eva, vik.lova):  # type: ignore[attr-defined]  # of the fixture
        assert signed_in(person).get(f"/elev/{vik.saga.public}/").status_code == 404
        assert signed_in(person).get(f"/elev/{vik.saga.public}/logg/").status_code == 404


def test_nobody_else_comes_there(vik: SchoolWithMarks) -> None:
    for person in (vik.mira, vik.karin, vik.ragnar, vik.petra, vik.sonja, vik.agda):
        assert signed_in(person).get(FIND).status_code == 404
        assert signed_in(person).get(f"{FIND}{vik.saga.public}/").status_code == 404


def test_one_that_becomes_protected_while_it_is_printed_is_not_told_of(
    vik: SchoolWithMarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(sheet: Sheet) -> bytes:
        with wall.system("meanwhile"):
            vik.protect(vik.saga, vik.ragnar, alias="Ek Vera")
        return printed(sheet)

    monkeypatch.setattr(answers, "printed", slow)
    url = f"{FIND}{vik.saga.public}/"

    assert client(vik).get(url, {"for": "elev", "form": "pdf"}).status_code == 404
    assert not Reading.objects.filter(action="pdf").exists()
