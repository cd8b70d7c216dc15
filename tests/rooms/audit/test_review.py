"""The month's review: what is asked about and drawn, who reviews it, and that it is kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.reviewing import Verdict
from samnarvaro.audit.models import Finding, NeverChanged, Reading, Review, ReviewLine, Writing
from samnarvaro.audit.queries import reviewing as log
from samnarvaro.audit.services import reviewing
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people.models import Account, Duty, Enrolment, Guardian, Guardianship, Pupil, Staff
from samnarvaro.people.queries.bonds import bonds
from samnarvaro.people.queries.naming import names_of_pupils
from samnarvaro.project import log_review
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NEXT = FRIDAY + timedelta(days=1)
LATER = datetime(2026, 12, 1, 5, 50, tzinfo=UTC)


@pytest.fixture
def vik(tmp_path: Any, db: None, today: None) -> SchoolWithMarks:  # noqa: ARG001  # tables, day
    school = SchoolWithMarks(tmp_path)
    school.lova = school.staff("lova", "Lova Grip", Role.LOG_REVIEWER, school.strand)  # type: ignore[attr-defined]
    school.moa = school.staff("moa", "Moa Grip", Role.LOG_REVIEWER, school.strand)  # type: ignore[attr-defined]
    return school


def look(by: Staff, pupil: Pupil, at: datetime = AT, **more: Any) -> int:
    given = {"action": "view", "what": "pupil", "channel": "web"} | more
    audit.record_reading(
        by=scope(by, FRIDAY), at=at, pupils=[str(pupil.public)], classes=[K.NAME], **given
    )
    pk: int = Reading.objects.order_by("-pk")[0].pk
    return pk


def viewer_of(staff: Staff) -> str:
    assert staff.account is not None
    return str(staff.account.public)


def why() -> dict[int, list[str]]:
    return {
        line.reading: [told["reason"] for told in line.reasons]
        for line in ReviewLine.objects.order_by("reading")
    }


def reviewer(vik: SchoolWithMarks, name: str = "lova") -> Scope:
    return scope(getattr(vik, name), FRIDAY)


def test_what_binds_a_reader_to_a_pupil_is_found_by_name_by_address_and_in_time(
    vik: SchoolWithMarks,
) -> None:
    guardian = Guardian.objects.create(given_name="Tove", family_name="LIND")
    Guardianship.objects.create(pupil=vik.saga, guardian=guardian, first_day=FRIDAY)
    Enrolment.objects.filter(pupil=vik.noor).update(last_day=FRIDAY - timedelta(days=3))
    public = {who: viewer_of(getattr(vik, who)) for who in ("tove", "mira", "ragnar", "petra")}
    saga, noor = str(vik.saga.public), str(vik.noor.public)
    pairs = [(each, pupil) for each in public.values() for pupil in (saga, noor)]

    found = bonds(pairs, on=FRIDAY)

    assert found.own_child == {(public["tove"], saga)}
    assert found.colleagues_child == {(public["mira"], saga), (public["ragnar"], saga)}
    assert found.same_family_name == set(), "one's own child is asked about as that"
    ended = FRIDAY - timedelta(days=3)
    assert found.ended == {(public[each], noor): ended for each in ("tove", "mira", "ragnar")}


def test_the_same_address_is_the_same_person_and_the_same_name_is_told(
    vik: SchoolWithMarks,
) -> None:
    mother = Guardian.objects.create(
        given_name="M.", family_name="Ek-Lind", email="MIRA@vik.example"
    )
    other = Guardian.objects.create(given_name="Nils", family_name="Holm")
    for guardian in (mother, other):
        Guardianship.objects.create(pupil=vik.saga, guardian=guardian, first_day=FRIDAY)
    Account.objects.filter(username="mira").update(email="mira@vik.example")
    mira, ragnar = viewer_of(vik.mira), viewer_of(vik.ragnar)
    saga = str(vik.saga.public)

    found = bonds([(mira, saga), (ragnar, saga)], on=FRIDAY)

    assert found.own_child == {(mira, saga)}
    assert found.same_family_name == {(ragnar, saga)}


def test_the_night_lays_yesterdays_questions_ready_each_once(vik: SchoolWithMarks) -> None:
    guardian = Guardian.objects.create(given_name="Lars", family_name="Holm")
    Guardianship.objects.create(pupil=vik.saga, guardian=guardian, first_day=FRIDAY)
    look(vik.mira, vik.saga)
    asked = look(vik.ragnar, vik.saga)
    late = look(vik.karin, vik.saga, at=AT.replace(hour=22, minute=30))  # half past eleven here
    protected = look(vik.nils, vik.tindra)

    done = log_review.run(on=NEXT, at=AT)

    assert done == {"days": 1, "asked": 3, "drawn": 0}
    assert why() == {asked: ["family_name"], late: ["night"], protected: ["protected"]}
    (review,) = Review.objects.all()
    assert (review.unit_name, review.zone, review.month) == (
        "Strandskolan", "school:9999", date(2026, 11, 1),
    )  # fmt: skip
    assert log_review.run(on=NEXT, at=AT) == {"days": 0, "asked": 0, "drawn": 0}
    look(vik.ragnar, vik.saga, at=AT + timedelta(days=1))
    assert log_review.run(on=NEXT + timedelta(days=1), at=AT)["asked"] == 0, "once a month"


def test_closed_doors_count_only_where_somebody_is_behind_them(vik: SchoolWithMarks) -> None:
    client = signed_in(vik.petra)
    for pupil in (vik.saga.public, vik.noor.public, uuid4(), uuid4()):
        client.get(f"/elev/{pupil}/")
    log_review.run(on=NEXT, at=AT)
    assert why() == {}

    Review.objects.all()
    client.get(f"/elev/{vik.leo.public}/")
    assert log_review.look_through(FRIDAY, at=AT) == 1
    (line,) = ReviewLine.objects.all()
    assert line.reasons == [{"reason": "closed_doors", "pupil": "", "pupils": 3}]


def test_when_the_month_is_over_each_unit_is_drawn_once_by_the_seed_of_the_chain(
    vik: SchoolWithMarks,
) -> None:
    made = {look(vik.mira, vik.saga, at=AT + timedelta(minutes=n)) for n in range(30)}
    look(vik.sonja, vik.saga)
    audit.seal_all(at=LATER)
    log_review.run(on=NEXT, at=AT)

    done = log_review.run(on=LATER.date(), at=LATER)

    assert done["drawn"] == 21, "twenty of Strandskolan and the only one of another zone"
    review = Review.objects.get(unit=vik.strand.pk)
    assert (review.readings, len(review.seed), review.drawn_at) == (30, 64, LATER)
    sample = {pk for pk, reasons in why().items() if "sample" in reasons}
    assert len(sample & made) == 20
    assert log_review.run(on=LATER.date(), at=LATER)["drawn"] == 0


@pytest.fixture
def line(vik: SchoolWithMarks) -> ReviewLine:
    look(vik.mira, vik.saga, at=AT.replace(hour=23))
    look(vik.lova, vik.saga, at=AT.replace(hour=22, minute=30))  # type: ignore[attr-defined]
    log_review.look_through(FRIDAY, at=AT)
    log_review.look_through(NEXT, at=AT)
    return ReviewLine.objects.get(viewer=viewer_of(vik.mira))


def test_a_finding_is_kept_and_logged_and_a_later_one_stands_beside_it(
    vik: SchoolWithMarks, line: ReviewLine
) -> None:
    by = reviewer(vik)
    reviewing.find(line.public, Verdict.ASK, "Varför så sent?", by=by, at=AT)
    reviewing.find(line.public, Verdict.FINE, "Förberedde mötet.", by=by, at=AT)

    found = Finding.objects.filter(line=line).order_by("pk")
    assert [(each.verdict, each.words, each.by) for each in found] == [
        ("ask", "Varför så sent?", by.viewer),
        ("fine", "Förberedde mötet.", by.viewer),
    ]
    assert Writing.objects.filter(act="log.reviewed", target=f"reading:{line.reading}").count() == 2
    with pytest.raises(NeverChanged):
        Finding.objects.update(words="")
    assert "mötet" not in str(list(Writing.objects.values_list("detail", flat=True)))


def test_nobody_reviews_what_it_has_read_itself(vik: SchoolWithMarks, line: ReviewLine) -> None:
    own = ReviewLine.objects.exclude(pk=line.pk).get()

    with pytest.raises(reviewing.FindingRefused):
        reviewing.find(own.public, Verdict.FINE, "", by=reviewer(vik), at=AT)
    reviewing.find(own.public, Verdict.FINE, "", by=reviewer(vik, "moa"), at=AT)

    assert [each.by for each in Finding.objects.all()] == [reviewer(vik, "moa").viewer]


def test_a_question_without_words_is_refused_and_nothing_is_written(
    vik: SchoolWithMarks, line: ReviewLine
) -> None:
    with pytest.raises(reviewing.FindingRefused):
        reviewing.find(line.public, Verdict.REPORT, " ", by=reviewer(vik), at=AT)

    assert not Finding.objects.exists()


@pytest.mark.parametrize("who", ["ragnar", "sonja"])
def test_for_another_role_or_zone_there_is_no_such_line(
    vik: SchoolWithMarks, line: ReviewLine, who: str
) -> None:
    if who == "sonja":
        Duty.objects.filter(staff=vik.sonja).update(role=Role.LOG_REVIEWER)
    by = scope(getattr(vik, who), FRIDAY)

    with pytest.raises(log.NotToBeReviewed):
        reviewing.find(line.public, Verdict.FINE, "", by=by, at=AT)
    with pytest.raises(log.NotToBeReviewed):
        log.review(line.review.public, by=by)
    url = f"/loggranskning/{line.review.public}/"
    assert signed_in(getattr(vik, who)).get(url).status_code == 404


def test_the_page_says_who_looked_at_whom_and_why_it_is_asked(
    vik: SchoolWithMarks, line: ReviewLine
) -> None:
    lova = signed_in(vik.lova)  # type: ignore[attr-defined]
    assert "Strandskolan" in words(lova.get("/loggranskning/"))

    text = words(lova.get(f"/loggranskning/{line.review.public}/"))

    assert "Mira Ek, Mentor · 21 november 00.00" in text
    assert "Läst mellan klockan 23 och 5, 1 gång den dagen." in text
    assert "Saga Lind: namn, klass och skola, visat. Genom sin tjänst." in text
    assert "Det här har du läst själv: någon annan granskar det." in text
    row = Reading.objects.order_by("-pk")[0]
    assert (row.role, row.ground) == ("log_reviewer", f"review:{line.review_id}")
    assert (row.pupils, row.classes) == ([str(vik.saga.public)], ["K1", "K13"])


def test_a_finding_is_written_on_the_page_and_stands_there(
    vik: SchoolWithMarks, line: ReviewLine
) -> None:
    lova, key = signed_in(vik.lova), str(line.public)[:8]  # type: ignore[attr-defined]
    url = f"/loggranskning/rad/{line.public}/"

    refused = lova.post(url, {f"{key}-verdict": "ask", f"{key}-words": ""})
    done = lova.post(url, {f"{key}-verdict": "fine", f"{key}-words": "Mötet."}, follow=True)

    assert refused.status_code == 422
    assert "Skriv vad som ska frågas eller lämnas vidare." in words(refused)
    assert "Mötet." in words(done)
    assert "Lova Grip" in words(done)
    assert lova.post(f"/loggranskning/rad/{uuid4()}/", {}).status_code == 404


def test_of_a_protected_pupil_only_that_it_is_one(vik: SchoolWithMarks) -> None:
    look(vik.nils, vik.tindra)
    log_review.look_through(FRIDAY, at=AT)
    review = Review.objects.get()

    text = words(signed_in(vik.lova).get(f"/loggranskning/{review.public}/"))  # type: ignore[attr-defined]

    assert "en elev med skyddade uppgifter" in text
    assert "Tindra" not in text


def test_names_are_told_to_the_reviewer_alone(vik: SchoolWithMarks) -> None:
    pupils = [str(vik.saga.public), str(vik.tindra.public), "nobody"]

    assert names_of_pupils(pupils, by=reviewer(vik)) == {str(vik.saga.public): "Saga Lind"}
    assert names_of_pupils(pupils, by=scope(vik.petra, FRIDAY)) == {}


def test_the_reviewer_reads_the_log_and_no_pupil(vik: SchoolWithMarks) -> None:
    lova = signed_in(vik.lova)  # type: ignore[attr-defined]

    assert lova.get(f"/elev/{vik.saga.public}/").status_code == 404
    assert lova.get("/arbete/").status_code == 404
    assert "Saga" not in words(lova.get("/sok/", {"q": "Saga"})).replace('value="Saga"', "")


def test_a_page_of_many_lines_asks_as_much_as_one_of_few(
    vik: SchoolWithMarks, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        look(vik.mira, vik.saga, at=AT + timedelta(minutes=number))
    log_review.look_through(FRIDAY, at=AT)
    log_review.draw_months(on=LATER.date(), at=LATER)
    client = signed_in(vik.lova)  # type: ignore[attr-defined]

    with django_assert_max_num_queries(25):
        client.get(f"/loggranskning/{Review.objects.get().public}/")
