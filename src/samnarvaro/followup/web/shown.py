"""An early measure as it is shown, with the form that closes it for who may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samnarvaro.followup.queries import Measure
from samnarvaro.followup.web import texts
from samnarvaro.followup.web.forms import CloseForm
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    measure: Measure
    what: str
    about: str
    is_due: bool
    close: CloseForm | None
    # Whether its form is open from the start, and whether there is but a button that asks for it.
    is_open: bool = False
    asks: bool = False


def show(
    measure: Measure,
    today: date,
    *,
    by: Scope,
    bound: CloseForm | None = None,
    is_open: bool = False,
    asks: bool = False,
) -> ShownMeasure:
    """Make a measure ready for its template. With `asks` its form comes when it is asked for."""
    may_close = measure.is_running and by.role is Role.MENTOR
    return ShownMeasure(
        measure=measure,
        what=measure.what or str(texts.WORDLESS),
        about=texts.about(measure, today),
        is_due=measure.is_running and measure.look_on <= today,
        close=(bound or CloseForm(measure.public)) if may_close and not asks else None,
        is_open=is_open or bool(bound),
        asks=may_close and asks,
    )


def classes_of(measures: Iterable[Measure]) -> frozenset[DataClass]:
    known = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
    reads = any(measure.what is not None for measure in measures)
    return known | {DataClass.CAUSE} if reads else known
