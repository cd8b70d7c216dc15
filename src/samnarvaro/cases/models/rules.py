"""The register's rules in versions, each from a day. One that has begun is never changed."""

from typing import ClassVar

from django.db import models

from samnarvaro.kernel.privacy import DataClass

INTERNAL, STAFF = DataClass.INTERNAL, DataClass.STAFF


class RegisterRules(models.Model):
    """A version that somebody made; those that came with the program stand in a file beside."""

    first_day = models.DateField(unique=True)
    weeks = models.JSONField()
    decide_within = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    made_by = models.CharField(max_length=60)
    made_by_name = models.CharField(max_length=160)
    made_at = models.DateTimeField()

    privacy: ClassVar = dict.fromkeys(
        ["id", "first_day", "weeks", "decide_within", "why", "made_at"], INTERNAL
    ) | {"made_by": STAFF, "made_by_name": STAFF}
