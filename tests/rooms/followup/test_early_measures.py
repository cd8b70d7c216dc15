"""A mentor tries something at once, and tells how it went; others who follow the pupil see it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock, sections
from samnarvaro.followup import queries, services
from samnarvaro.followup.domain.measures import Fault, Outcome
from samnarvaro.followup.models import EarlyMeasure
from samnarvaro.people import queries as people
from samnarvaro.people.models import Pupil
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist import services as worklist_services
from tests.rooms.worklist.school import FRIDAY, NOON, School, scope, system
from tests.rooms.worklist.test_holding import school_days_after
from tests.rooms.worklist.test_pages import signed_in, words

LOOK_ON = FRIDAY + timedelta(days=14)
WHAT = "möter Saga vid grinden"


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))


def start(school: School, pupil: Pupil | None = None, who: str = "mira", **given: Any) -> UUID:
    facts: dict[str, Any] = {"what": WHAT, "days": (FRIDAY, LOOK_ON), "at": NOON, "on": FRIDAY}
    by = scope(getattr(school, who), FRIDAY)
    return services.start_measure((pupil or school.saga).public, by=by, **facts | given)


def close(public: UUID, school: School, who: str = "mira", **given: Any) -> None:
    facts: dict[str, Any] = {
        "outcome": Outcome.BETTER, "how": "skönt med sällskap", "at": NOON, "on": FRIDAY,
    }  # fmt: skip
    by = scope(getattr(school, who), FRIDAY)
    services.close_measure(public, by=by, **facts | given)


def test_one_line_starts_it_and_the_log_has_no_words(school: School) -> None:
    public = start(school)

    measure = queries.get(public, by=scope(school.mira, FRIDAY))
    assert (measure.what, measure.first_day, measure.look_on) == (WHAT, FRIDAY, LOOK_ON)
    assert (measure.started_by_name, measure.is_running) == ("Mira Ek", True)
    written = Writing.objects.get(act="early_measure.started")
    assert written.pupil == str(school.saga.public)
    assert "grinden" not in str(vars(written))


def test_what_is_missing_is_told_at_once_and_nothing_is_started(school: School) -> None:
    with pytest.raises(services.CannotStart) as refused:
        start(school, what=" ", days=(None, None))

    assert refused.value.faults == [Fault.WHAT, Fault.FIRST_DAY, Fault.LOOK_ON]
    assert not EarlyMeasure.objects.exists()
    assert not Writing.objects.exists()


@pytest.mark.parametrize("who", ["ragnar", "karin", "agda", "tove"])
def test_only_a_mentor_starts_one(school: School, who: str) -> None:
    with pytest.raises(services.NotAMentors):
        start(school, who=who)


def test_for_a_stranger_the_pupil_does_not_exist(school: School) -> None:
    with pytest.raises(people.NoSuchPupil):
        start(school, who="nils")
    public = start(school)
    for unknown in (public, uuid4()):
        with pytest.raises(queries.NoSuchMeasure):
            close(unknown, school, who="nils")
    assert EarlyMeasure.objects.get().closed_on is None


def test_it_is_closed_by_telling_how_it_went(school: School) -> None:
    public = start(school)

    close(public, school)

    measure = queries.get(public, by=scope(school.mira, FRIDAY))
    assert (measure.outcome, measure.how) == (Outcome.BETTER, "skönt med sällskap")
    assert (measure.closed_on, measure.closed_by_name) == (FRIDAY, "Mira Ek")
    assert Writing.objects.filter(act="early_measure.closed").count() == 1
    with pytest.raises(services.CannotClose, match="closed_already"):
        close(public, school)


def test_a_refused_end_changes_nothing(school: School) -> None:
    public = start(school)

    with pytest.raises(services.CannotClose) as refused:
        close(public, school, outcome=None, how="")

    assert refused.value.faults == [Fault.OUTCOME, Fault.HOW]
    assert EarlyMeasure.objects.get().closed_on is None


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (1, 1)])
def test_it_is_in_the_mentors_day_when_its_day_has_come(
    school: School, days: int, count: int
) -> None:
    start(school)
    day = LOOK_ON + timedelta(days=days)

    assert len(queries.due(by=scope(school.mira, day), on=day)) == count
    assert queries.due(by=scope(school.ragnar, day), on=day) == []


@pytest.mark.parametrize(("days", "rows"), [(9, 0), (10, 1), (15, 2)])
def test_one_that_nobody_looks_at_again_gets_rows(school: School, days: int, rows: int) -> None:
    start(school)
    day = school_days_after(LOOK_ON, days)

    worklist_services.raise_left_lying(on=day, by=system(day), at=NOON)

    mentors = worklist.mine(by=scope(school.mira, day), on=day).due_today
    principals = worklist.mine(by=scope(school.ragnar, day), on=day).due_today
    assert len(mentors) + len(principals) == rows
    for row in mentors:
        assert (
            row.why == f"En tidig insats skulle följas upp 6 november, för {days} skoldagar sedan."
        )


def test_the_row_is_marked_when_the_measure_is_closed(school: School) -> None:
    public = start(school)
    day = school_days_after(LOOK_ON, 10)
    worklist_services.raise_left_lying(on=day, by=system(day), at=NOON)
    close(public, school, on=day)

    found = worklist_services.raise_left_lying(on=day, by=system(day), at=NOON)

    assert found.recovered == 1
    assert len(worklist.mine(by=scope(school.mira, day), on=day).rows) == 1


def test_student_health_sees_that_something_is_tried_but_not_in_which_words(
    school: School,
) -> None:
    start(school)

    (measure,) = queries.of_pupil(school.saga.pk, by=scope(school.karin, FRIDAY))

    assert (measure.what, measure.look_on) == (None, LOOK_ON)
    assert queries.of_pupil(school.saga.pk, by=scope(school.agda, FRIDAY)) == []


def address(pupil: Pupil) -> str:
    return f"/elev/{pupil.public}/tidiga-insatser/"


SENT = {"what": WHAT, "first_day": FRIDAY.isoformat(), "look_on": LOOK_ON.isoformat()}


def test_it_is_started_and_closed_on_the_page(school: School) -> None:
    client = signed_in(school.mira)

    started = client.post(address(school.saga), SENT)
    page = words(client.get(started.headers["Location"]))
    assert WHAT in page
    assert "Från 23 oktober, Mira Ek. Följs upp 6 november." in page
    assert Reading.objects.get().classes == ["K1", "K3", "K4"]

    measure = EarlyMeasure.objects.get()
    sent = {"measure": measure.public, "outcome": "worse", "how": "Saga tyckte att det syntes"}
    client.post(address(school.saga), sent)
    page = words(client.get(address(school.saga)))
    assert "Avslutad 23 oktober, Mira Ek: närvaron blev sämre." in page
    assert "”Saga tyckte att det syntes”" in page


def test_what_is_missing_stands_beside_its_field_with_what_was_written(school: School) -> None:
    client = signed_in(school.mira)

    answer = client.post(address(school.saga), SENT | {"look_on": ""})
    assert answer.status_code == 422
    assert "Välj när ni tittar på det igen." in words(answer)
    assert f'value="{WHAT}"' in words(answer)

    measure = start(school)
    answer = client.post(address(school.saga), {"measure": measure, "how": "sådär"})
    assert answer.status_code == 422
    assert "Välj hur närvaron blev." in words(answer)


def test_who_may_not_gets_the_same_as_for_nothing(school: School) -> None:
    measure = start(school)

    assert signed_in(school.ragnar).post(address(school.saga), SENT).status_code == 404
    assert signed_in(school.nils).get(address(school.saga)).status_code == 404
    for sent in ({"measure": uuid4()}, {"measure": "x"}, {"measure": measure}):
        assert signed_in(school.nils).post(address(school.saga), sent).status_code == 404
    assert words(signed_in(school.ragnar).get(address(school.saga))).count("Avsluta:") == 0


def test_the_pupils_page_asks_the_same_number_of_questions_however_much_was_tried(
    school: School,
) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.of_pupil(school.saga.pk, by=scope(school.mira, FRIDAY))
        return len(asked)

    start(school)
    few = ask()
    for _ in range(9):
        start(school)
    assert ask() == few


def test_the_day_shows_what_is_to_be_looked_at_again(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(school)
    monkeypatch.setattr(clock, "today", lambda: LOOK_ON)

    page = words(signed_in(school.mira).get("/"))

    assert "Tidiga insatser att följa upp" in page
    assert f"Saga Lind: {WHAT}" in page
    assert "Spara och avsluta" not in page  # its form comes when it is asked for
    assert f'name="pupil" value="{school.saga.public}"' in page  # she is gone through too
    facts: dict[str, Any] = {"scope": scope(school.karin), "today": date(2027, 1, 1), "now": NOON}
    assert "followup/_my_day.html" not in {
        part.template for part in sections.collect("my_day", **facts)
    }


def test_the_form_that_closes_a_measure_of_the_day_comes_in_its_row_or_on_a_page(
    school: School,
) -> None:
    asked = {"close": str(start(school)), "next": "/"}
    client = signed_in(school.mira)

    part = words(client.get(address(school.saga), asked, headers={"HX-Request": "true"}))
    page = words(client.get(address(school.saga), asked))

    assert part.startswith('<li class="work-row"')
    assert f"Saga Lind: {WHAT}" in part
    for shown in (part, page):
        assert '<details class="fold" open>' in shown
        assert "Spara och avsluta" in shown
        assert '<input type="hidden" name="next" value="/">' in shown
    sent = {"measure": asked["close"], "outcome": "better", "how": "Saga kom i tid", "next": "/"}
    assert client.post(address(school.saga), sent).headers["Location"] == "/"


def test_the_form_is_its_mentors_alone(school: School) -> None:
    measure = str(start(school))

    for who in (school.ragnar, school.nils):
        assert signed_in(who).get(address(school.saga), {"close": measure}).status_code == 404
    for other in ("x", str(uuid4())):
        assert signed_in(school.mira).get(address(school.saga), {"close": other}).status_code == 404
