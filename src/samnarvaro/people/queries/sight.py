"""Whether the pupil that a row names exists for the viewer: said to the database with every row that
names one, so put into SQL once for each scope and not once for each question.
"""

from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Exists, Expression, F, OuterRef

from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import Enrolment, Pupil


class Sees(Expression):
    """True where the viewer of a scope sees the pupil in a column: `visible`, asked of one row."""

    output_field = BooleanField()

    def __init__(self, pupil: str, *, by: Scope) -> None:
        super().__init__()
        self.pupil: Any = F(pupil)
        self.by = by

    def get_source_expressions(self) -> list[Any]:
        return [self.pupil]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.pupil,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, _none = compiler.compile(self.pupil)
        sql, own = _sql(self.by, connection.alias)
        return sql.replace(_stand_in(connection.alias), column), own


def _stand_in(using: str) -> str:
    """The column that stands in the remembered SQL for the one that is asked about."""
    quoted = connections[using].ops.quote_name
    return f"{quoted(Enrolment._meta.db_table)}.{quoted('pupil_id')}"


@lru_cache(maxsize=256)
def _sql(by: Scope, using: str) -> tuple[str, tuple[Any, ...]]:
    """Put into SQL whom a scope sees; its day is a part of it. What is remembered is the question:
    each page asks it anew, and there is no answer in it.
    """
    seen = Pupil.objects.visible_in(by).filter(pk=OuterRef("pupil"))
    asked = Enrolment.objects.filter(Exists(seen)).query
    sql, own = asked.get_compiler(using).compile(asked.where)
    assert sql.count(_stand_in(using)) == 1, sql
    return sql, tuple(own)
