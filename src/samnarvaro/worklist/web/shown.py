"""A row as it is shown: its words and, on a row of one's own that is not cleared, the forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samnarvaro.base.pages import Disclosure
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.worklist.queries import Row
from samnarvaro.worklist.web import texts
from samnarvaro.worklist.web.forms import KINDS, ActForm


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    id: str
    due: str
    due_tone: str
    why: SafeString  # and under it, what has happened since
    forms: tuple[ActForm, ...]
    # Why nothing was done, where no form is left to say it.
    reasons: tuple[str, ...]
    # Where the browser goes after an act, when it swaps no part.
    back: str


def show(
    row: Row,
    today: date,
    *,
    back: str,
    bound: ActForm | None = None,
    reasons: Iterable[str] = (),
) -> ShownRow:
    """Make a row ready for its template; a refused form comes back with what was written."""
    if bound and row.is_cleared:
        reasons = [*reasons, *bound.told_without_form()]
    forms = [
        bound if bound and bound.kind is kind else ActForm(kind, row.public, today)
        for kind in KINDS
    ]
    due, tone = texts.due(row, today)
    return ShownRow(
        row=row,
        id=f"row-{row.public}",
        due=due,
        due_tone=tone,
        why=_why(row, today),
        forms=() if row.is_cleared else tuple(forms),
        reasons=tuple(reasons),
        back=back,
    )


def _why(row: Row, today: date) -> SafeString:
    since = ((line,) for line in texts.since(row, today))
    return format_html(
        "{}{}", row.why, format_html_join("", '<br><span class="hint">{}</span>', since)
    )


def classes_of(rows: Iterable[Row]) -> frozenset[DataClass]:
    """Return which data classes rows tell of: the words of an act may tell why a child is away."""
    words = any(row.last is not None and row.last.text is not None for row in rows)
    known = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
    return known | {DataClass.CAUSE} if words else known


def told_by(row: Row) -> Disclosure:
    return Disclosure(pupils=[row.pupil], classes=classes_of([row]))
