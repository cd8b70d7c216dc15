"""A new table about pupils, address, job, letter or listener without a rule does not get in."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test.utils import isolate_apps
from django.urls import URLPattern, URLResolver, get_resolver, path

from samnarvaro import __file__ as package
from samnarvaro.base import events, jobs
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.project import addresses, commands, planned

SOURCE = Path(package).parent
OURS = [model for model in apps.get_models() if model.__module__.startswith("samnarvaro.")]
NARROWED_BY = ("visible_in", "received_by")
# Tables about pupils that do not narrow themselves, and why that is safe.
ASKED_BY_ANOTHER = {
    "people.ExternalId": "read by imports alone, which act as the system",
    "people.Enrolment": "whom a duty follows is made of them",
    "people.Guardianship": "queries of contacts ask for the pupil first",
    "people.NamedHandler": "for whom a protected pupil exists is made of them",
    "consents.Relation": "`of` keeps the viewer's own",
    "consents.Consent": "queries.agreements.visible asks for the child and both zones",
    "consents.ConsentClass": "what lets a class flow; told with its consent alone",
    "consents.ConsentAnswer": "told with its consent alone",
    "notes.NoteReader": "told with its note alone",
    "worklist.Act": "told with its row of work alone",
    "attendance.MarkVersion": "told to who reads the lesson mark",
    "attendance.AnnouncedDay": "told with its announcement alone",
    "outreach.ContactVersion": "told with its contact alone",
    "mapping.Factor": "told with its mapping alone",
    "cases.Consultation": "told with its investigation alone",
    "cases.PerspectiveText": "told with its investigation alone",
    "cases.Measure": "told with its investigation alone",
    "cases.PartDraft": "asked for by its author alone, of an investigation that it reads",
    "cases.EarlierWording": "told with its investigation alone",
    "cases.FollowUp": "told with its investigation alone",
    "cases.CaseMove": "told with its case alone",
    "cases.CaseFact": "told with its case alone",
    "cases.CaseSide": "told with its case alone",
}
# Who listens to news, which acts with nobody's eyes on it: what each may do of children's data.
LISTENERS = {
    "attendance.reactions.calendar_changed": "reckons totals anew",
    "consents.reactions.guardianship_ended": "stops what rests on a yes",
    "consents.reactions.pupil_protected": "ends every tie and stops every consent",
    "notes.reactions.pupil_protected": "ends the named readers",
    "project.glass.broken": "raises a row of work for the chief",
    "project.planned.marks_changed": "plans the night's work; knows no pupil",
    "project.reminders.ended": "takes away reminders of a consent",
}
# What each job may know. They act as the system, whose purpose is logged.
JOBS = {
    "nightly": "totals, staircase and rows of work of all pupils; shows nobody anything",
    "totals": "reckons totals anew and compares",
    "tidy": "takes away what has had its time",
    "checkpoint": "the head of the sealed log, without content",
    "log-review": "draws readings for review; the reviewer's page asks its own scope",
    "digest": "counts rows of work; nobody's name",
}
LETTERS = {"messages/digest.txt": "how many rows of work wait; nobody's name"}
# The command line acts as the system with a logged purpose; whoever runs it has the database anyway.
COMMANDS = {
    **dict.fromkeys(
        ["demo", "migrate", "run", "wall", "worker"], "puts the house up; tells of no pupil"
    ),
    **dict.fromkeys(
        ["create-account", "reset-second-factor", "set-password", "authority"], "staff alone"
    ),
    **dict.fromkeys(
        [
            "import-calendar",
            "import-knowledge",
            "import-marks",
            "import-roster",
            "nightly",
            "rebuild-totals",
        ],
        "writes, and tells of rows by their number",
    ),
    **dict.fromkeys(
        [
            "protect-pupil",
            "lift-protection",
            "set-alias",
            "name-handler",
            "end-handler",
            "handlers",
        ],
        "one pupil that is named by its id, logged",
    ),
    **dict.fromkeys(["measures", "signals"], "figures by the id in the roster, for who runs it"),
    "audit": "the log's seals; no content",
    "instruments": "what is asked, and nobody's answers",
}


def about_pupils(model: type[models.Model]) -> bool:
    """Whether a table names a pupil, or a row that names one."""
    pupil = apps.get_model("people", "Pupil")

    def named(each: type[models.Model]) -> list[Any]:
        return [f.related_model for f in each._meta.local_fields if f.remote_field is not None]

    return any(one is pupil or pupil in named(one) for one in named(model) if one is not model)


def unruled(model: type[models.Model]) -> list[str]:
    """Return what is missing for a table about pupils."""
    if not about_pupils(model) or model._meta.label in ASKED_BY_ANOTHER:
        return []
    narrowed = any(hasattr(model._default_manager, name) for name in NARROWED_BY)
    return [] if narrowed else [f"{model._meta.label}: nothing narrows its rows by a scope"]


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_a_table_about_pupils_narrows_its_rows_or_says_why_not(model: type[models.Model]) -> None:
    assert unruled(model) == []


def test_each_exception_is_a_table_that_is_there() -> None:
    assert {model._meta.label for model in OURS if about_pupils(model)} >= set(ASKED_BY_ANOTHER)


@isolate_apps("samnarvaro.followup")
def test_a_new_table_about_pupils_without_a_rule_is_seen() -> None:
    class Diary(models.Model):
        pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="+")
        privacy = {"id": DataClass.INTERNAL, "pupil": DataClass.NAME}

        class Meta:
            app_label = "followup"

    Diary._meta.get_field("pupil").remote_field.model = apps.get_model("people", "Pupil")  # type: ignore[union-attr]  # a key

    assert unruled(Diary) == ["followup.Diary: nothing narrows its rows by a scope"]


def closed(patterns: list[Any], space: str = "") -> list[str]:
    """Return the addresses that the table of permissions does not name."""
    found: list[str] = []
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            found += closed(list(each.url_patterns), inner)
        elif isinstance(each, URLPattern) and addresses.rule_of(f"{space}{each.name}") is None:
            found.append(f"{space}{each.name}")
    return found


def test_every_address_has_a_row_in_the_table_of_permissions() -> None:
    assert closed(list(get_resolver().url_patterns)) == []
    diary = path("dagbok/", lambda _request: HttpResponse(), name="diary")
    assert closed([diary]) == ["diary"]


def listening() -> set[str]:
    every = [one for kind in (events._within, events._after) for one in kind.values()]
    return {
        f"{one.__module__.removeprefix('samnarvaro.')}.{one.__name__}"
        for some in every
        for one in some
    }


def letters(source: Path) -> set[str]:
    return {
        str(one.relative_to(next(p for p in one.parents if p.name == "templates")))
        for one in source.rglob("templates/**/*.txt")
    }


def test_every_listener_job_letter_and_command_stands_here_with_what_it_may_know() -> None:
    assert listening() == set(LISTENERS)
    known = {
        value.key for value in vars(planned).values() if isinstance(value, jobs.Job)
    } | {job.key for job in jobs.jobs()}  # fmt: skip
    assert known == set(JOBS)
    assert letters(SOURCE) == set(LETTERS)
    assert {command.name for command in commands.ALL} == set(COMMANDS)
    assert not [one for one in SOURCE.rglob("management/commands/*.py")]


def test_a_new_listener_job_letter_or_command_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def curious(_event: object) -> None:
        """Listen in."""

    monkeypatch.setitem(events._after, int, [curious])
    monkeypatch.setattr(planned, "PRYING", replace(planned.TIDYING, key="prying"), raising=False)
    monkeypatch.setattr(commands, "ALL", [*commands.ALL, click.Command("list-pupils")])
    (tmp_path / "templates" / "x").mkdir(parents=True)
    (tmp_path / "templates" / "x" / "letter.txt").write_text("Saga")

    assert letters(tmp_path) == {"x/letter.txt"}
    assert listening() - set(LISTENERS)
    with pytest.raises(AssertionError):
        test_every_listener_job_letter_and_command_stands_here_with_what_it_may_know()


def joins(source: str) -> list[str]:
    """Return where a page or a command would reach pupils' tables past queries: joins, sums, sets."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        keys = [word.arg or "" for word in node.keywords]
        if name in {"select_related", "prefetch_related", "aggregate", "annotate"} or (
            name in {"filter", "exclude", "values_list"} and any("pupil__" in key for key in keys)
        ):
            found.append(f"line {node.lineno}: {name}")
    return found


OUTSIDE = [
    one
    for part in ("web", "project")
    for one in sorted(SOURCE.rglob("*.py"))
    if part in one.relative_to(SOURCE).parts and "migrations" not in one.parts
]


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_page_joins_pupils_tables_past_the_queries(file: Path) -> None:
    assert joins(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "Note.objects.select_related('pupil')",
        "Item.objects.filter(pupil__given_name=x)",
        "rows.aggregate(n=Count('pupil'))",
    ],
)
def test_a_join_past_the_queries_is_seen(source: str) -> None:
    assert joins(source)
