"""A row as it is shown: its words and, on a row of one's own that is not cleared, what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samnarvaro.base import links
from samnarvaro.base.pages import Disclosure, one_by_one
from samnarvaro.worklist.domain.rows import CLEARING, Act
from samnarvaro.worklist.queries import Row, pupils_of, told_of_each, way_of
from samnarvaro.worklist.web import texts
from samnarvaro.worklist.web.forms import OWN_LIST, ActForm


@dataclass(frozen=True, slots=True)
class ShownAct:
    words: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A box in front of the row, on a page where the same can be done with many."""

    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    group: str  # beside the name
    icon: str
    due: str
    due_tone: str
    why: SafeString  # and under it, what has happened since
    about: tuple[tuple[str, str], ...]  # what stands behind the figures, line by line
    who_url: str  # the page of whom it is about, where the viewer may open it
    url: str
    # Which acts can be done with it, and the form of the one that is asked for or was refused.
    kinds: tuple[Act, ...]
    form: ActForm | None
    acts: tuple[ShownAct, ...]
    # Why nothing was done, where no form is left to say it.
    reasons: tuple[str, ...]
    # Where the browser goes after an act, when it swaps no part.
    back: str
    # Whether the acts are those of a meeting.
    is_meeting: bool
    tick: Tick | None
    # The label and address of the page where the row is done, where there is one.
    way: tuple[str, str] | None = None

    @property
    def has_actions(self) -> bool:
        """Whether anything stands below the row's words."""
        row = self.row
        undo = row.last and row.last.is_mine_to_undo
        return bool(self.kinds or self.acts or self.reasons or self.about or undo)


def show(
    row: Row,
    today: date,
    *,
    back: str,
    kinds: Sequence[Act] = OWN_LIST,
    form: ActForm | None = None,
    reasons: Iterable[str] = (),
    tick: Tick | None = None,
) -> ShownRow:
    """Make a row ready for its template; a refused form comes back with what was written."""
    is_mine = row.is_held and not row.is_cleared
    if form and not is_mine:
        reasons = [*reasons, *form.told_without_form()]
    due, tone = texts.due(row, today)
    return ShownRow(
        row=row,
        group=row.group if row.pupil is not None else "",
        icon=_icon(row),
        due=due,
        due_tone=tone,
        why=_why(row, today),
        about=texts.about(row),
        who_url=_who_url(row),
        url=links.of("worklist:item", row.public),
        kinds=tuple(k for k in kinds if _may(row, k)) if is_mine else (),
        form=form if is_mine else None,
        acts=(),
        reasons=tuple(reasons),
        back=back,
        is_meeting=Act.DECIDED in kinds,
        tick=tick if is_mine else None,
        way=_way(row) if is_mine else None,
    )


def _may(row: Row, kind: Act) -> bool:
    """Tell whether an act stands beside a row: some are cleared on a page of their own, and some are
    nobody else's to know.
    """
    if kind in CLEARING:
        return not row.has_page
    return kind is not Act.HAND_OVER or not row.own_alone


def _who_url(row: Row) -> str:
    if not row.opens_pupil:
        return ""
    if row.pupil_public:
        return links.of("pupil", row.pupil_public)
    return links.of("staircase:class", row.about) if row.group and row.about else ""


def _icon(row: Row) -> str:
    if row.pupil is None:
        return "people"
    if row.own_alone:
        return "clock"
    return "phone" if way_of(row.kind) else "stairs"


def _way(row: Row) -> tuple[str, str] | None:
    way, about = way_of(row.kind), row.pupil_public or row.about
    return way(row.figures, about) if way and about else None


def show_to_all(row: Row, today: date, *, back: str) -> ShownRow:
    """Make a row ready where all who follow the pupil see it: whose it is, and all that was done.

    Only who holds the row gets its forms.
    """
    ready = show(row, today, back=back)
    return replace(
        ready if row.is_held else with_whom(ready),
        acts=tuple(ShownAct(texts.last_act(act, today), act.is_undone) for act in row.acts),
    )


def with_whom(each: ShownRow) -> ShownRow:
    """Say whose the row is, where it is not the viewer's."""
    return replace(each, why=with_line(each.why, texts.whose(each.row)))


def with_line(why: SafeString, line: str) -> SafeString:
    return format_html("{}{}", why, _lines([line]))


def _why(row: Row, today: date) -> SafeString:
    return format_html("{}{}", row.why, _lines(texts.since(row, today)))


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join("", '<br><span class="hint">{}</span>', ((line,) for line in lines))


def told_by(row: Row) -> Disclosure:
    return Disclosure(pupils=pupils_of([row]), classes=row.tells)


def told_by_list(rows: Iterable[Row]) -> list[Disclosure]:
    return one_by_one(told_of_each(rows), "list")
