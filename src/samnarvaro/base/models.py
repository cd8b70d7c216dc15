"""Deliveries (every import goes through one), job runs and sign-ins. No domain stands here."""

import uuid
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from samnarvaro.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL


class Delivery(models.Model):
    """One file or other source of facts taken in at one time: who, when, from which profile.

    rows = new + changed + same + duplicate + faulty, always. The report holds the first thousand
    faults and warnings, with the lines to mend.
    """

    STATES: ClassVar = [
        (state, state)
        for state in (
            "received",  # the file is here, nobody has read it
            "reading",  # it is being read
            "previewed",  # read and reported; nothing is written
            "confirmed",  # a person said yes; it waits to be written
            "writing",
            "written",
            "stopped",  # the guard or the person stopped it; nothing is written
            "unusable",  # file, encoding or header cannot be used; nothing is written
            "failed",  # the program failed; nothing is written
        )
    ]

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20)
    profile = models.CharField(max_length=40, default="csv")
    file_name = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=STATES, default="received")
    rows = models.PositiveBigIntegerField(default=0)
    new = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    same = models.PositiveBigIntegerField(default=0)
    duplicate = models.PositiveBigIntegerField(default=0)
    faulty = models.PositiveBigIntegerField(default=0)
    report = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    # The report quotes faulty values: it may name a child.
    privacy: ClassVar = dict.fromkeys(
        [
            "id", "public", "kind", "profile", "options", "state", "rows", "new", "changed",
            "same", "duplicate", "faulty", "progress", "received_at", "written_at",
        ],
        INTERNAL,
    ) | {"file_name": DataClass.NAME, "by": DataClass.STAFF, "report": DataClass.NAME}  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "received_at"], name="delivery_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    rows=F("new") + F("changed") + F("same") + F("duplicate") + F("faulty")
                ),
                name="delivery_rows_add_up",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="delivery_progress_share"),
        ]


class JobRun(models.Model):
    """One run of a job for one day: what it did, or how it ended."""

    STATES: ClassVar = [(s, s) for s in ("running", "done", "failed")]

    job = models.CharField(max_length=40)
    as_of = models.DateField()
    state = models.CharField(max_length=8, choices=STATES, default="running")
    by = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)

    privacy: ClassVar = dict.fromkeys(
        ["id", "job", "as_of", "state", "started_at", "finished_at", "report"], INTERNAL
    ) | {"by": DataClass.STAFF}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["job", "as_of"], name="job_run_by_day")]


class SignIn(AbstractBaseSession):
    """A session of the web, with whose it is: by it one sees where one is signed in, and ends it.

    A session that nobody has signed in to has no account. Deleted, it is ended.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True)
    account = models.BigIntegerField(null=True, db_index=True)
    began_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=40, blank=True)

    privacy: ClassVar = {
        "session_key": INTERNAL,
        # May carry what somebody had written when the session ended, of whatever class.
        "session_data": DataClass.COUNSELLOR_NOTE,
        "expire_date": INTERNAL,
        "public": INTERNAL,
        "account": INTERNAL,
        "began_at": DataClass.STAFF,
        "used_at": DataClass.STAFF,
        "device": DataClass.STAFF,
    }

    class Meta:
        db_table = "base_sign_in"
