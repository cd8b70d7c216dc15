"""A column without a privacy class does not get in."""

from typing import ClassVar

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from samnarvaro.kernel.privacy import DataClass

OURS = [model for model in apps.get_models() if model.__module__.startswith("samnarvaro.")]


def unsaid(model: type[models.Model]) -> list[str]:
    """Return what is wrong with how a model tells the privacy classes of its columns."""
    told = model.__dict__.get("privacy")
    if told is None:
        return ["the model tells no privacy classes"]
    columns = {field.name for field in model._meta.concrete_fields}
    return [
        *(f"{name}: no privacy class" for name in sorted(columns - set(told))),
        *(f"{name}: no such column" for name in sorted(set(told) - columns)),
        *(f"{name}: not a DataClass" for name, kind in told.items() if type(kind) is not DataClass),
    ]


def test_there_are_models_to_ask() -> None:
    assert len(OURS) > 10


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_every_stored_field_says_its_privacy_class(model: type[models.Model]) -> None:
    assert unsaid(model) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_a_column_that_names_or_follows_a_person_is_not_called_internal(
    model: type[models.Model],
) -> None:
    telling = (
        "name",
        "identity_number",
        "birth_date",
        "alias",
        "email",
        "phone",
        "address",
        "note",
    )
    told: dict[str, DataClass] = model.__dict__["privacy"]
    people = {"Account", "Staff", "Pupil", "Guardian", "Guardianship", "ExternalId", "NamedHandler"}

    if model.__name__ in people:
        assert [
            name
            for name, kind in told.items()
            if kind is DataClass.INTERNAL and name.endswith(telling)
        ] == []


@isolate_apps("samnarvaro.people")
def test_a_model_that_says_nothing_or_too_little_is_seen() -> None:
    class Silent(models.Model):
        name = models.CharField(max_length=9)

        class Meta:
            app_label = "people"

    class Hasty(models.Model):
        name = models.CharField(max_length=9)
        town = models.CharField(max_length=9)
        privacy: ClassVar = {"id": DataClass.INTERNAL, "name": "K1", "street": DataClass.CONTACT}

        class Meta:
            app_label = "people"

    class Heir(Hasty):
        class Meta:
            app_label = "people"

    assert unsaid(Silent) == ["the model tells no privacy classes"]
    assert unsaid(Heir) == ["the model tells no privacy classes"]
    assert unsaid(Hasty) == [
        "town: no privacy class",
        "street: no such column",
        "name: not a DataClass",
    ]
