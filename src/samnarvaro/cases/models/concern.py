"""That a report of concern was made, when and by whom: a protection of its own, also against guardians."""

import uuid
from typing import ClassVar, Self

from django.db import models

from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

INTERNAL, K14 = DataClass.INTERNAL, DataClass.CONCERN


class ConcernSet(models.QuerySet["Concern"]):
    def visible_in(self, scope: Scope) -> Self:
        """Keep those one has written oneself, and for who leads the school those of its pupils.

        The system reads none of them: nothing that it does needs them.
        """
        if scope.is_system:
            return self.none()
        rows = self.filter(people.of_visible(by=scope))
        return rows if scope.role in LEADS else rows.filter(author=scope.staff, zone=scope.zone)


class Concern(models.Model):
    """No word of what it was about: the report is made outside, and stands there."""

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=60)
    author = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    written_at = models.DateTimeField()
    feedback_on = models.DateField(null=True)  # where feedback was asked for

    objects = ConcernSet.as_manager()
    privacy: ClassVar = {"id": INTERNAL, "public": INTERNAL} | dict.fromkeys(
        ["pupil", "zone", "author", "made_on", "written_at", "feedback_on"], K14
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pupil", "author"], name="concern_by_pupil")]
