"""What the second wall lets a person's question reach in each table: from what the models say of
themselves, and for a few tables by a condition of their own.

Written apart from the first wall, which narrows questions before they are asked: coarser, and of
other material (the zone, the consent, the protection), so that a fault in one is not in the other.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from samnarvaro.kernel.privacy import DataClass

_SAYS_NOTHING = frozenset({DataClass.INTERNAL, DataClass.STAFF})
Model = type[models.Model]

# Only ever added to, by the web and by jobs.
LOGS = ("audit_reading", "audit_writing")
ADDED_TO = (*LOGS, "audit_finding")
_PUPIL = "people.Pupil"

# Tables that tell of pupils and have no rule, each with its reason. At most fifteen.
WITHOUT_RULE = {
    "base.SignIn": "a session is found by its key before anybody is known; it holds but its own",
}

_OWN_LOG = "viewer = (SELECT wall.app_account()) OR zone = (SELECT wall.app_zone())"
_OWN_RULES: dict[str, str] = {
    # A name is the least that is let out of another's pupil, and the rest of the row goes with it.
    _PUPIL: "id IN (SELECT unnest((SELECT wall.app_visible('K1'))))",
    # A guardian has no pupil's key: whose it is stands in rows that have a rule.
    "people.Guardian": (
        "EXISTS (SELECT 1 FROM public.people_guardianship g"
        " WHERE g.guardian_id = people_guardian.id) OR wall.app_nobodys_guardian(id)"
    ),
    # The report quotes the faulty rows of a school's file.
    "base.Delivery": "(SELECT wall.app_in_school())",
    # A zone's own ties, and of another's those to whom the viewer's zone lets something out.
    "consents.Relation": (
        "(zone = (SELECT wall.app_zone())"
        " AND pupil_id <> ALL ((SELECT wall.app_shielded())::bigint[]))"
        " OR (pupil_id IN (SELECT unnest((SELECT wall.app_visible('K1')))) AND EXISTS ("
        "SELECT 1 FROM public.consents_consent c WHERE c.pupil_id = consents_relation.pupil_id"
        " AND c.to_zone = consents_relation.zone AND c.from_zone = (SELECT wall.app_zone())"
        " AND c.state = 'given' AND c.valid_from <= (SELECT wall.app_day())"
        " AND c.valid_to >= (SELECT wall.app_day())))"
    ),
    # Of what comes to an agency its head reads the consent, and of the child no more.
    "consents.Consent": (
        "(SELECT wall.app_zone()) IN (from_zone, to_zone)"
        " AND (pupil_id IN (SELECT unnest((SELECT wall.app_visible('own'))))"
        " OR (to_zone = (SELECT wall.app_zone()) AND NOT (SELECT wall.app_in_school())"
        " AND pupil_id <> ALL ((SELECT wall.app_shielded())::bigint[])))"
    ),
    # A copy that came by a consent goes with it; the giver's zone sees what it gave.
    "consents.HandOver": (
        "(SELECT wall.app_zone()) IN (from_zone, to_zone)"
        " AND pupil_id IN (SELECT unnest((SELECT wall.app_visible('own'))))"
        " AND (from_zone = (SELECT wall.app_zone()) OR consent_id IS NULL OR EXISTS ("
        "SELECT 1 FROM public.consents_consent c WHERE c.id = consents_handover.consent_id"
        " AND c.state = 'given' AND c.valid_from <= (SELECT wall.app_day())"
        " AND c.valid_to >= (SELECT wall.app_day())))"
    ),
    # In school the deeper ones are student health's, and of who leads it: a mentor maps simply.
    "mapping.Mapping": (
        "pupil_id IN (SELECT unnest((SELECT wall.app_visible('K5'))))"
        " AND (depth = 'simple' OR NOT (SELECT wall.app_in_school())"
        " OR (SELECT wall.app_role()) IN ('principal', 'deputy_principal', 'counsellor',"
        " 'psychologist', 'special_educator'))"
    ),
    # What was answered to an instrument is the school's alone, the deeper ones as deeper mappings.
    "mapping.Response": (
        "pupil_id IN (SELECT unnest((SELECT wall.app_visible('K5'))))"
        " AND (SELECT wall.app_in_school())"
        " AND ((SELECT wall.app_role()) IN ('principal', 'deputy_principal', 'counsellor',"
        " 'psychologist', 'special_educator') OR EXISTS (SELECT 1"
        " FROM public.mapping_instrumentversion i"
        " WHERE i.id = mapping_response.instrument_id AND i.depth = 'simple'))"
    ),
    # Notes of a class are about no pupil: they are reached by who works at its school.
    "mapping.ClassNote": (
        "(SELECT wall.app_in_school()) AND EXISTS (SELECT 1 FROM public.organisation_group g"
        " JOIN public.people_duty d ON d.unit_id = g.unit_id"
        " WHERE g.id = mapping_classnote.group_id AND d.staff_id = (SELECT wall.app_staff())"
        " AND d.first_day <= (SELECT wall.app_day())"
        " AND (d.last_day IS NULL OR d.last_day >= (SELECT wall.app_day())))"
    ),
    # A consultation without identity is about nobody who could be looked up: the two zones' own.
    "cases.Stub": (
        "(from_zone = (SELECT wall.app_zone()) AND asked_by_id = (SELECT wall.app_staff()))"
        " OR to_zone = (SELECT wall.app_zone())"
    ),
    # How many of a class said what: the system lets out what tells of five answers or more.
    "mapping.SurveySum": "false",
    # An adult at school reaches what it has said itself; who reads the attendance of a school all of it.
    "mapping.Relation": (
        "(pupil_id IN (SELECT unnest((SELECT wall.app_visible('K3'))))"
        " AND (SELECT wall.app_in_school()))"
        " OR (pupil_id IN (SELECT unnest((SELECT wall.app_visible('K1')))) AND EXISTS ("
        "SELECT 1 FROM public.mapping_relationadult a WHERE a.id = mapping_relation.adult_id"
        " AND a.staff_id = (SELECT wall.app_staff())))"
    ),
    "audit.Reading": _OWN_LOG,
    # A month under review belongs to its zone; so does what was drawn of it.
    "audit.ReviewLine": (
        "EXISTS (SELECT 1 FROM public.audit_review r WHERE r.id = audit_reviewline.review_id"
        " AND r.zone = (SELECT wall.app_zone()))"
    ),
    # What the entrance writes of somebody who is not known yet is about no pupil.
    "audit.Writing": f"{_OWN_LOG} OR (zone = 'system' AND pupil = '')",
}


class NoRule(Exception):
    """A table tells of pupils, and nothing says who may reach which of its rows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One table, and the condition under which a person's question reaches a row of it."""

    table: str
    reaches: str


def ours() -> list[Model]:
    """All tables of ours, from the tables' own register: none is to be forgotten here."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("samnarvaro.") and model._meta.managed
    ]


def tells_of_pupils(model: Model) -> bool:
    return bool(_classes(model)) or _pupil(model) is not None


def rules() -> list[Rule]:
    """Return the rule of every table that has one. One that lacks it is shut for every person."""
    telling = [model for model in ours() if tells_of_pupils(model)]
    return [
        Rule(model._meta.db_table, _condition_or_shut(model))
        for model in telling
        if model._meta.label not in WITHOUT_RULE
    ]


def _condition_or_shut(model: Model) -> str:
    try:
        return condition(model)
    except NoRule:
        return "false"


def condition(model: Model) -> str:
    """Return the condition of a table. Raises NoRule.

    A row about a pupil is reached with the pupil, for all classes that it holds; one with a zone in
    that zone alone, by who has a tie to the pupil; one about no pupil by a school's. A part of such
    a row is reached with it.
    """
    if own := _OWN_RULES.get(model._meta.label):
        return own
    if pupil := _pupil(model):
        return _about_pupil(model, pupil)
    for field in _foreign_keys(model):
        whole = field.related_model
        if not field.null and whole is not model and tells_of_pupils(whole):
            table, there = model._meta.db_table, whole._meta.db_table
            return (
                f"EXISTS (SELECT 1 FROM public.{there} whole"
                f" WHERE whole.id = {table}.{field.column})"
            )
    raise NoRule(f"{model._meta.label} tells of pupils and has no rule in the second wall")


def _about_pupil(model: Model, pupil: "models.ForeignKey[models.Model]") -> str:
    names = {field.name for field in model._meta.concrete_fields}
    classes = "own" if "zone" in names else ",".join(_classes(model) or _class_of(model, pupil))
    reached = f"{pupil.column} IN (SELECT unnest((SELECT wall.app_visible('{classes}'))))"
    if "zone" in names:
        reached = f"zone = (SELECT wall.app_zone()) AND {reached}"
    if pupil.null:
        reached = f"({reached}) OR ({pupil.column} IS NULL AND (SELECT wall.app_in_school()))"
    return reached


def _told(model: Model) -> dict[str, DataClass]:
    """What a model says of its columns; one that says nothing tells of nobody."""
    return dict(getattr(model, "privacy", {}))


def _classes(model: Model) -> list[str]:
    """The data classes of what a row tells besides whom it is about."""
    pupil = _pupil(model)
    told = _told(model)
    found = {kind for name, kind in told.items() if pupil is None or name != pupil.name}
    return sorted(found - _SAYS_NOTHING)


def _class_of(model: Model, field: "models.Field[Any, Any]") -> list[str]:
    return [_told(model)[field.name]]


def _pupil(model: Model) -> "models.ForeignKey[models.Model] | None":
    return next((f for f in _foreign_keys(model) if f.related_model._meta.label == _PUPIL), None)


def _foreign_keys(model: Model) -> "list[models.ForeignKey[models.Model]]":
    return [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]


def veiled_columns() -> list[tuple[str, str]]:
    """Return each column of the pupils' table, and what of it people of other agencies meet: where
    its data class is not let out to them, nothing.
    """
    pupil = next(model for model in ours() if model._meta.label == _PUPIL)
    told = _told(pupil)
    return [
        (str(field.column), _veiled(field, told[field.name]))
        for field in pupil._meta.concrete_fields
    ]


def _veiled(field: "models.Field[Any, Any]", kind: DataClass) -> str:
    column = f"q.{field.column}"
    if kind in _SAYS_NOTHING or kind is DataClass.EXISTENCE:
        return column
    nothing = "NULL" if field.null else "''"
    return f"CASE WHEN q.id = ANY ({kind.value.lower()}) THEN {column} ELSE {nothing} END"
