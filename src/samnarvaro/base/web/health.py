"""/health: whether the installation can do its work. For machines; it tells nothing but yes or no."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samnarvaro.base import presence
from samnarvaro.base.http import StaffRequest

_in_step: set[str] = set()


@never_cache
@require_safe
def health(request: StaffRequest) -> HttpResponse:
    """200 when the database answers, its tables are those of this version, and a worker lives."""
    answers = _answers()
    is_in_step = answers and _is_in_step()
    parts = {
        "database": answers,
        "migrations": is_in_step,
        "worker": presence.sign().is_fresh(request.now) or (answers and is_in_step and _is_busy()),
    }
    is_well = all(parts.values())
    told = {"status": "ok" if is_well else "unavailable", **parts}
    return JsonResponse(told, status=200 if is_well else 503)


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _is_in_step() -> bool:
    """Tell whether all migrations are made. Once they are, they stay so as long as this code runs."""
    name = str(connection.settings_dict["NAME"])
    if name in _in_step:
        return True
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
    if not waiting:
        _in_step.add(name)
    return not waiting


def _is_busy() -> bool:
    """A worker in the middle of a long statement lives, but cannot tell."""
    if not presence.sign().is_there:
        return False
    at_work = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return bool(at_work.exists())
