"""Nothing that tells of a pupil gets in without a rule in the second wall."""

import re
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from samnarvaro import __file__ as package
from samnarvaro.consents.models import Consent, ConsentClass
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.mappings import Depth
from samnarvaro.mapping.models import Factor, InstrumentVersion, Mapping, Response
from samnarvaro.people.models import Pupil
from samnarvaro.project.wall import checking, raising, rules
from tests.rooms.consents.agreed import NOON, SOCIAL, WEDNESDAY
from tests.rooms.project.walled import WalledTown, column, fetch, on_postgres

SOURCE = Path(package).parent
TELLING = [model for model in rules.ours() if rules.tells_of_pupils(model)]


@pytest.mark.parametrize("model", TELLING, ids=lambda model: str(model._meta.label))
def test_every_table_that_tells_of_a_pupil_has_a_rule_or_a_reason(
    model: type[models.Model],
) -> None:
    if model._meta.label not in rules.WITHOUT_RULE:
        assert rules.condition(model)


def test_those_without_a_rule_are_few_are_there_and_say_why() -> None:
    labels = {model._meta.label for model in TELLING}

    assert len(rules.WITHOUT_RULE) <= 15
    assert set(rules.WITHOUT_RULE) <= labels
    assert all(len(reason.split()) > 4 for reason in rules.WITHOUT_RULE.values())


def test_what_holds_pupils_is_told_from_what_does_not() -> None:
    tables = {rule.table for rule in rules.rules()}

    assert {
        "people_pupil", "people_enrolment", "people_guardian", "attendance_mark",
        "attendance_daytotal", "attendance_announcement", "staircase_episode", "worklist_item",
        "worklist_act", "outreach_contact", "outreach_contactversion", "followup_earlymeasure",
        "consents_consent", "consents_consentanswer", "consents_relation", "audit_reading",
        "base_delivery",
    } <= tables  # fmt: skip
    assert not tables & {"people_staff", "organisation_unit", "messages_message"}


@isolate_apps("samnarvaro.people")
def test_a_new_table_gets_the_classes_that_it_says_it_holds_or_is_refused() -> None:
    class Remark(models.Model):
        pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
        words = models.TextField()
        privacy: ClassVar = {
            "id": DataClass.INTERNAL, "pupil": DataClass.NAME, "words": DataClass.MAPPING,
        }  # fmt: skip

        class Meta:
            app_label = "people"

    class Zoned(models.Model):
        pupil = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="+")
        zone = models.CharField(max_length=60)
        privacy: ClassVar = dict.fromkeys(["id", "pupil", "zone"], DataClass.SOCIAL)

        class Meta:
            app_label = "people"

    class Reply(models.Model):
        remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="+")
        words = models.TextField()
        privacy: ClassVar = dict.fromkeys(["id", "remark", "words"], DataClass.MAPPING)

        class Meta:
            app_label = "people"

    class Loose(models.Model):
        words = models.TextField()
        privacy: ClassVar = {"id": DataClass.INTERNAL, "words": DataClass.CAUSE}

        class Meta:
            app_label = "people"

    assert rules.condition(Remark) == (
        "pupil_id IN (SELECT unnest((SELECT wall.app_visible('K5'))))"
    )
    assert "zone = (SELECT wall.app_zone())" in rules.condition(Zoned)
    assert "app_visible('own')" in rules.condition(Zoned)
    assert "pupil_id IS NULL AND (SELECT wall.app_in_school())" in rules.condition(Zoned)
    assert "whole.id = people_reply.remark_id" in rules.condition(Reply)
    with pytest.raises(rules.NoRule, match="Loose"):
        rules.condition(Loose)


@pytest.mark.django_db
@on_postgres
class TestInTheDatabase:
    def test_the_wall_stands_whole(self) -> None:
        assert checking.look().faults == {}

    def test_every_table_with_a_rule_holds_even_its_owner_to_it(self) -> None:
        forced = fetch(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
            " AND relforcerowsecurity AND relnamespace = 'public'::regnamespace"
        )
        assert {name for (name,) in forced} == {rule.table for rule in rules.rules()}

    def test_no_role_of_ours_is_above_the_rules_or_signs_in(self) -> None:
        names = fetch("SELECT owner, web, job, seal FROM wall.names")[0]
        rows = fetch(
            "SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole FROM pg_roles"
            " WHERE rolname = ANY (%s)",
            list(names),
        )
        assert rows == [(False,) * 4] * 4

    def test_functions_that_ask_as_the_owner_look_nowhere_but_where_they_are_told(self) -> None:
        rows = fetch(
            "SELECT proname, proconfig FROM pg_proc"
            " WHERE pronamespace = 'wall'::regnamespace AND prosecdef"
        )
        assert len(rows) > 10
        assert all(config[0] == "search_path=pg_catalog, pg_temp" for _name, config in rows)

    def test_the_look_sees_what_has_been_undone(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE people_enrolment NO FORCE ROW LEVEL SECURITY")
            cursor.execute("CREATE VIEW everybody AS SELECT * FROM people_pupil")
            cursor.execute("CREATE MATERIALIZED VIEW kept AS SELECT * FROM people_staff")
            cursor.execute(
                f'GRANT DELETE ON audit_reading TO "{fetch("SELECT web FROM wall.names")[0][0]}"'
            )
        assert checking.look().faults == {
            checking.Fault.TABLE_OPEN: ["people_enrolment"],
            checking.Fault.VIEW_OPEN: ["public.everybody", "public.kept"],
            checking.Fault.LOG_CHANGEABLE: ["audit_reading"],
        }
        with connection.cursor() as cursor:
            cursor.execute("DROP VIEW everybody; DROP MATERIALIZED VIEW kept")
        raising.raise_wall()
        assert checking.look().faults == {}

    def test_another_key_is_seen_and_raising_again_mends_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as changed:
            changed.setattr("samnarvaro.base.wall.key", lambda: b"a new secret")
            assert checking.look().faults == {checking.Fault.OTHER_KEY: []}
            raising.raise_wall()
            assert checking.look().faults == {}
        raising.raise_wall()
        assert checking.look().faults == {}

    def test_while_tables_are_changed_it_is_open_to_their_owner_and_shut_to_all_others(
        self,
    ) -> None:
        raising.open_for_owner()
        assert checking.Fault.TABLE_OPEN in checking.look().faults
        assert fetch("SELECT 1 FROM pg_policies WHERE schemaname = 'public'") == []
        shut = fetch("SELECT count(*) FROM pg_class WHERE relrowsecurity")
        assert shut == [(len(rules.rules()),)]


@pytest.mark.skipif("connection.vendor == 'postgresql'")
@pytest.mark.django_db
def test_on_sqlite_it_is_said_that_there_is_no_second_wall() -> None:
    found = checking.look()

    assert list(found.faults) == [checking.Fault.NO_POSTGRES]
    assert not found.stands


# Where a person's request asks as the system, and why it must.
AS_SYSTEM = {
    "base/events.py": "what follows of something is the system's doing",
    "consents/queries/glasses.py": "a child is known before it opens; a chief who reads no child is told by code",
    "mapping/queries/survey_sums.py": "of sums that nobody reads, what tells of five answers or more",
    "mapping/services/survey_answers.py": "who answers a survey is nobody, and adds to sums it does not read",
    "people/queries/naming.py": "who reviews the log follows no pupil, and is told a name to ask by",
    "people/queries/parties.py": "who is not let in yet is weighed too; what is found stays there",
    "project/log_extract.py": "an extract is complete, also of what other zones have read",
    "project/middleware.py": "who it is is known first; a closed door is noted after",
    "project/vik/asked.py": "in the demo, nobody draws a slip as who prints them",
    "project/wall/checking.py": "whether the key fits",
    "cases/services/medical.py": "one item into the school's investigation, from a zone that does not read it",
}


def test_only_named_places_ask_as_the_system_within_a_request() -> None:
    asking = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(r"\bwall\.system\(", path.read_text(encoding="utf-8"))
    }

    assert asking == set(AS_SYSTEM)


@pytest.fixture
def walled_town(db: None) -> WalledTown:  # noqa: ARG001  # tables
    return WalledTown()


def mapped(town: WalledTown) -> None:
    """A simple and a deeper mapping of Saga, each with what somebody said."""
    for depth in Depth:
        mapping = Mapping.objects.create(
            pupil=town.saga, depth=depth, author=town.karin, begun_on=WEDNESDAY, changed_at=NOON,
            final_at=NOON, held_on=WEDNESDAY,
        )  # fmt: skip
        Factor.objects.create(
            mapping=mapping, kind="routines", source="child", direction="toward", strength=1,
            words=depth.value,
        )  # fmt: skip


@on_postgres
@pytest.mark.parametrize(
    ("who", "reached"),
    [
        ("mira", {"simple"}), ("nils", {"simple"}), ("tove", {"simple"}), ("agda", {"simple"}),
        ("karin", {"simple", "deep"}), ("ragnar", {"simple", "deep"}),
        ("diana", {"simple", "deep"}), ("petra", set()), ("bo", set()), ("eva", set()),
        ("sonja", set()),
    ],
)  # fmt: skip
def test_a_deeper_mapping_is_reached_in_school_by_student_health_and_who_leads_alone(
    walled_town: WalledTown, who: str, reached: set[str]
) -> None:
    mapped(walled_town)
    person = walled_town.person(who)
    for sql in ("SELECT depth FROM mapping_mapping", "SELECT words FROM mapping_factor"):
        assert set(column(person, sql)) == reached, sql


@on_postgres
@pytest.mark.parametrize(
    ("who", "reached"),
    [
        ("mira", {"simple"}), ("karin", {"simple", "deep"}), ("ragnar", {"simple", "deep"}),
        ("petra", set()), ("bo", set()), ("eva", set()), ("sonja", set()),
    ],
)  # fmt: skip
def test_what_was_answered_is_reached_in_school_alone_and_the_deeper_as_deeper_mappings(
    walled_town: WalledTown, who: str, reached: set[str]
) -> None:
    for depth in Depth:
        instrument = InstrumentVersion.objects.get(audience="pupil-older", depth=depth)
        Response.objects.create(
            pupil=walled_town.saga, instrument=instrument, author=walled_town.karin,
            begun_on=WEDNESDAY, changed_at=NOON, final_at=NOON, held_on=WEDNESDAY, method="talk",
            who=depth.value,
        )  # fmt: skip
    consent = Consent.objects.get(pupil=walled_town.saga, to_zone=SOCIAL)
    ConsentClass.objects.create(consent=consent, data_class=DataClass.MAPPING)

    found = column(walled_town.person(who), "SELECT who FROM mapping_response")

    assert set(found) == reached


@on_postgres
def test_another_agency_reaches_both_by_a_consent_that_lists_them(walled_town: WalledTown) -> None:
    mapped(walled_town)
    consent = Consent.objects.get(pupil=walled_town.saga, to_zone=SOCIAL)
    ConsentClass.objects.create(consent=consent, data_class=DataClass.MAPPING)
    found = column(walled_town.person("sonja"), "SELECT depth FROM mapping_mapping")
    assert set(found) == {"simple", "deep"}
