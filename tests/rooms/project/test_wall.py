"""The second wall by itself: what raw questions get, whatever the program would have asked."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from samnarvaro.base import clock, wall
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.models import PolicyChange, Relation
from samnarvaro.consents.services import agreements, relations
from samnarvaro.kernel.access import Scope
from samnarvaro.people import services as people
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Account, Duty, Guardian, Pupil
from tests.rooms.consents.agreed import HEALTH, NOON, SOCIAL, WEDNESDAY, later, scope
from tests.rooms.project.walled import (
    ZONE_OF,
    WalledTown,
    asked,
    column,
    expected,
    fetch,
    on_postgres,
    with_token,
)
from tests.rooms.worklist.school import system

pytestmark = [pytest.mark.django_db, on_postgres]
DAY = timedelta(days=1)
PUPILS = "SELECT id FROM public.people_pupil"
# Raw questions, and the data classes that the rows of each hold.
RAW = {
    PUPILS: ["K1"],
    "SELECT pupil_id FROM people_enrolment": ["K1"],
    "SELECT pupil_id FROM people_guardianship": ["K2"],
    "SELECT pupil_id FROM attendance_daytotal": ["K3"],
    "SELECT pupil_id FROM worklist_item": ["K3", "K4"],
    "SELECT q.id FROM public.people_pupil q JOIN attendance_daytotal t ON t.pupil_id = q.id": ["K1", "K3"],
    "SELECT DISTINCT pupil_id FROM people_namedhandler": ["K0"],
    "SELECT (SELECT pupil_id FROM worklist_item i WHERE i.id = a.item_id) FROM worklist_act a": ["K3", "K4"],
}  # fmt: skip
HAS_ROWS_OF_ALL = [
    sql for sql in RAW if "guardian" not in sql and "handler" not in sql and "act a" not in sql
]


@pytest.fixture
def town(db: None) -> WalledTown:  # noqa: ARG001  # tables
    return WalledTown()


@pytest.mark.parametrize("who", sorted(ZONE_OF))
def test_raw_questions_get_what_a_plain_reckoning_says_and_no_more(
    town: WalledTown, who: str
) -> None:
    for sql, classes in RAW.items():
        reached = town.names(column(town.person(who), sql))
        allowed = expected(who, *classes)
        assert reached <= allowed, sql
        if sql in HAS_ROWS_OF_ALL:
            assert reached == allowed, sql


def test_the_reckoning_itself_lets_each_zone_reach_somebody_and_nobody_everybody() -> None:
    assert expected("mira", "K3") == {"saga", "noor"}
    assert expected("ragnar", "K3") == {"saga", "noor", "tindra"}
    assert expected("karin", "K3") == {"saga", "noor", "robin"}
    assert expected("sonja", "K3") == {"saga"}
    assert expected("samir", "K3") == expected("bo", "K3") == set()
    assert expected("eva", "K3") == {"tindra"}  # as a named handler, by no case
    assert expected("eva", "K1") == {"noor", "tindra"}


def test_of_pupils_another_agency_gets_exactly_those_a_consent_opens(town: WalledTown) -> None:
    (row,) = asked(town.sonja, "SELECT given_name, family_name FROM public.people_pupil")
    assert row == ("Saga", "Lind")
    assert asked(town.samir, "SELECT * FROM public.people_pupil") == []


def test_its_own_matters_it_meets_without_what_nobody_let_out(town: WalledTown) -> None:
    """The name that stands without 'public' is what the program's own questions reach."""
    seen = "SELECT public, given_name, identity_number, telephone, birth_date FROM people_pupil"
    Pupil.objects.filter(protection=0).update(telephone="070-1", birth_date=date(2012, 2, 2))

    nameless = {child: (child.public, "", "", "", None) for child in (town.saga, town.noor)}
    assert asked(town.sonja, seen) == [(town.saga.public, "Saga", "", "", date(2012, 2, 2))]
    assert sorted(asked(town.samir, seen)) == sorted(nameless.values())  # his own, and who has come
    assert asked(town.hanna, seen) == [nameless[town.saga]]  # who has come, by consent


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM people_pupil",
        "SELECT pupil_id FROM attendance_daytotal",
        "SELECT id FROM people_guardian WHERE NOT wall.app_nobodys_guardian(id)",
        "SELECT id FROM consents_consent",
        "SELECT id FROM consents_relation",
        "SELECT id FROM base_delivery",
        "SELECT id FROM audit_reading",
    ],
)
def test_without_a_token_there_are_no_rows(town: WalledTown, statement: str) -> None:  # noqa: ARG001
    with wall.request_of(None, NOON):
        assert fetch(statement) == []


class TestToken:
    def good(self, by: Scope) -> str:
        return wall.viewers_token(by, NOON)

    def sees(self, token: str) -> bool:
        with with_token(token):
            return bool(fetch(PUPILS))

    def test_a_good_one_opens(self, town: WalledTown) -> None:
        assert self.sees(self.good(scope(town.mira)))

    @pytest.mark.parametrize("at", [0, 9, 30, -1, -40, -64])
    def test_one_that_is_changed_anywhere_opens_nothing(self, town: WalledTown, at: int) -> None:
        token = self.good(scope(town.mira))
        other = "0" if token[at] != "0" else "1"
        changed = f"{token[:-1]}{other}" if at == -1 else f"{token[:at]}{other}{token[at + 1 :]}"

        assert not self.sees(changed)

    def test_one_that_has_run_out_opens_nothing(self, town: WalledTown) -> None:
        assert not self.sees(wall.viewers_token(scope(town.mira), NOON, lasts=-1))
        assert self.sees(wall.viewers_token(scope(town.mira), NOON, lasts=5))

    def test_one_signed_with_another_key_opens_nothing(
        self, town: WalledTown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wall, "key", lambda: b"another")

        assert not self.sees(self.good(scope(town.mira)))
        assert not self.sees(wall.systems_token("test"))

    @pytest.mark.parametrize("zone", ["school:0000", SOCIAL, "system", ""])
    def test_one_for_a_zone_where_the_person_has_no_duty_opens_nothing(
        self, town: WalledTown, zone: str
    ) -> None:
        by = scope(town.mira)
        parts = self.good(by).split("|")[:-1]
        assert self.sees(wall.signed(*parts))
        parts[3] = zone

        assert not self.sees(wall.signed(*parts))

    def test_what_an_injected_statement_makes_up_opens_nothing(self, town: WalledTown) -> None:
        """One that can run any SELECT, and knows how tokens look, but not the key."""
        made_up = f"system||||||||{clock.seconds() + 600}|x|"
        with wall.request_of(scope(town.samir), NOON):
            fetch("SELECT set_config('app.token', %s, true)", made_up + "0" * 64)
            assert fetch(PUPILS) == []
            fetch("SELECT set_config('app.token', %s, true)", self.good(scope(town.samir)))
            assert fetch(PUPILS) == []

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT * FROM wall.key",
            "SELECT wall.told()",
            "SELECT wall.viewer()",
            "SELECT query_to_xml('SELECT * FROM wall.key', true, true, '')",
            "INSERT INTO wall.key VALUES ('\\x00', '\\x00')",
            "CREATE TABLE wall.another (id int)",
            "CREATE OR REPLACE FUNCTION wall.app_is_system() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            "DROP POLICY person ON people_pupil",
            "ALTER TABLE people_pupil DISABLE ROW LEVEL SECURITY",
        ],
    )
    def test_neither_the_key_nor_the_wall_is_within_a_requests_reach(
        self, town: WalledTown, statement: str
    ) -> None:
        with (
            pytest.raises(DatabaseError),
            wall.request_of(scope(town.mira), NOON),
            transaction.atomic(),
        ):
            fetch(statement)

    def test_who_signs_in_to_the_database_cannot_become_the_walls_owner(
        self,
        town: WalledTown,  # noqa: ARG002  # the wall stands
    ) -> None:
        for become in ("SET LOCAL ROLE", "SET LOCAL SESSION AUTHORIZATION"):
            with pytest.raises(DatabaseError), transaction.atomic():
                fetch(f'{become} "{fetch("SELECT owner FROM wall.names")[0][0]}"')


class TestLive:
    def test_a_withdrawn_consent_ends_with_the_next_statement(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.sonja), NOON):
            assert len(fetch(PUPILS)) == 1
            with wall.system("test"):
                agreements.withdraw(consent=town.consent, way=Way.PHONE, by=system(), at=later(1))
            assert fetch(PUPILS) == []

    @pytest.mark.parametrize("who", ["sonja", "mira", "nils"])
    def test_so_does_a_relation_a_duty_and_an_account(self, town: WalledTown, who: str) -> None:
        with wall.request_of(scope(town.person(who)), NOON):
            assert fetch(PUPILS)
            with wall.system("test"):
                Relation.objects.filter(staff=town.sonja).update(ended_at=NOON)
                Duty.objects.filter(staff=town.mira).update(last_day=WEDNESDAY - DAY)
                Account.objects.filter(username="nils").update(is_active=False)
            assert fetch(PUPILS) == []

    def test_protection_that_comes_late_hides_at_once(self, town: WalledTown) -> None:
        with wall.request_of(scope(town.mira), NOON):
            assert len(fetch(PUPILS)) == 2
            with wall.system("test"):
                people.protect(
                    pupil=town.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=later(1)
                )
            assert fetch(PUPILS) == [(town.noor.pk,)]

    def test_a_consent_holds_from_its_first_day_to_its_last(self, town: WalledTown) -> None:
        seen = [bool(asked(town.sonja, PUPILS, on=WEDNESDAY + n * DAY)) for n in (0, 29, 30)]
        assert seen == [True, True, False]
        seen = [bool(asked(town.bo, PUPILS, on=WEDNESDAY + n * DAY)) for n in (0, 1, 30, 31)]
        assert seen == [False, True, True, False]

    def test_a_broken_glass_shows_attendance_for_three_hours_and_no_cause(
        self, town: WalledTown
    ) -> None:
        relations.break_glass(
            pupil=town.robin.pk, reason="danger", words="Ringde och sa att hon inte vågar gå hem.",
            signed_in_anew=True, by=scope(town.ragnar), at=NOON,
        )  # fmt: skip
        totals = "SELECT pupil_id FROM attendance_daytotal"

        for minutes, open_to in ((0, True), (179, True), (180, False)):
            by = scope(town.ragnar, at=later(minutes))
            with wall.request_of(by, later(minutes)):
                assert ((town.robin.pk,) in fetch(totals)) is open_to
                assert (town.robin.pk,) not in fetch("SELECT pupil_id FROM worklist_item")

    def test_a_table_of_rights_that_was_widened_by_case_is_followed(self, town: WalledTown) -> None:
        PolicyChange.objects.create(
            zone=SOCIAL, role="social_secretary", data_class="K3", way="case", gives=True,
            why="x", decided_by="x", made_by=town.hanna, at=NOON,
        )  # fmt: skip

        totals = "SELECT pupil_id FROM attendance_daytotal"
        assert asked(town.samir, totals) == [(town.noor.pk,)]
        assert asked(town.sonja, totals) == [(town.saga.pk,)]


class TestZones:
    def test_a_tie_of_another_zone_is_there_only_when_something_is_let_out_to_it(
        self, town: WalledTown
    ) -> None:
        kinds = "SELECT zone FROM consents_relation WHERE pupil_id = %s"

        def zones(of: Pupil) -> list[str]:
            return sorted(zone for (zone,) in asked(town.ragnar, kinds, of.pk))

        assert zones(town.saga) == [SOCIAL]  # not health care's, whose consent is not in force yet
        assert zones(town.noor) == []

    def test_a_consent_is_seen_by_the_two_zones_it_is_between(self, town: WalledTown) -> None:
        zones = "SELECT to_zone FROM consents_consent"
        assert len(asked(town.mira, zones)) == 3
        assert column(town.sonja, zones) == {SOCIAL}
        assert column(town.hanna, zones) == {SOCIAL}
        assert column(town.bo, zones) == {HEALTH}
        assert asked(town.petra, zones) == asked(town.eva, zones) == []
        parts = "SELECT data_class FROM consents_consentclass"
        assert column(town.sonja, parts) == {"K1", "K3"}
        for table in ("consents_consentclass", "consents_consentanswer"):
            assert asked(town.sonja, f"SELECT 1 FROM {table}")
            assert asked(town.petra, f"SELECT 1 FROM {table}") == []

    def test_nobody_writes_a_row_about_a_pupil_that_it_does_not_reach(
        self, town: WalledTown
    ) -> None:
        insert = (
            "INSERT INTO people_externalid (pupil_id, system, value) VALUES (%s, 'x', %s)"
            " RETURNING id"
        )
        assert asked(town.mira, insert, town.saga.pk, "1")
        for who, pupil in (
            (town.mira, town.robin),
            (town.samir, town.saga),
            (town.mira, town.tindra),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                asked(who, insert, pupil.pk, "2")

    def test_a_guardian_is_reached_with_the_pupil(self, town: WalledTown) -> None:
        names = "SELECT given_name FROM people_guardian"
        assert column(town.mira, names) == set(
            Guardian.objects.values_list("given_name", flat=True)
        )
        assert asked(town.petra, names) == asked(town.sonja, names) == []


class TestLog:
    def test_the_web_adds_to_the_log_and_changes_nothing_in_it(self, town: WalledTown) -> None:
        insert = (
            "INSERT INTO audit_writing (at, viewer, role, zone, act, pupil, target, detail, request_id)"
            " VALUES (now(), 'x', 'mentor', 'school:9999', 'x', '', 'x', '{}', '') RETURNING id"
        )
        assert asked(town.mira, insert)
        for log in ("audit_writing", "audit_reading"):
            for change in (f"UPDATE {log} SET role = 'x'", f"DELETE FROM {log}", f"TRUNCATE {log}"):
                with (
                    pytest.raises(DatabaseError, match="permission denied"),
                    wall.request_of(scope(town.mira), NOON),
                    transaction.atomic(),
                ):
                    fetch(change)
                with (
                    pytest.raises(DatabaseError, match="permission denied"),
                    wall.system("test"),
                    transaction.atomic(),
                ):
                    fetch(change)

    def test_of_the_log_one_reads_ones_own_and_ones_zones(self, town: WalledTown) -> None:
        zones = "SELECT zone FROM audit_writing WHERE pupil <> ''"
        assert column(town.mira, zones) == {"school:9999"}
        assert asked(town.bo, zones) == []


def test_the_rule_is_asked_for_once_a_statement_and_each_row_looked_up_in_its_answer(
    town: WalledTown,
) -> None:
    with wall.request_of(scope(town.mira), NOON):
        plan = "\n".join(
            line
            for (line,) in fetch("EXPLAIN SELECT * FROM attendance_daytotal WHERE pupil_id = 1")
        )

    assert "(hashed SubPlan " in plan
    assert plan.count("app_visible") == 0  # asked for by an InitPlan, not by the row
    assert "(pupil_id = 1)" in plan  # the question's own way to its rows


def test_what_a_request_stood_as_is_gone_after_it(town: WalledTown) -> None:
    standing = (
        "SELECT current_user, current_setting('app.token', true), current_setting('search_path')"
    )
    before = fetch(standing)
    with wall.request_of(scope(town.samir), NOON):
        within = fetch(standing)
    with pytest.raises(RuntimeError), wall.request_of(scope(town.mira), NOON):
        raise RuntimeError
    with pytest.raises(DatabaseError), wall.request_of(scope(town.mira), NOON):
        fetch("SELECT 1 / 0")

    assert fetch(standing) == before
    assert all(one != other for one, other in zip(within[0], before[0], strict=True))
