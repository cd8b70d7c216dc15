"""Everything that reads rows of work. No scope, no rows; a constant number of queries each."""

from samnarvaro.worklist.queries.anything import has_something_to_do
from samnarvaro.worklist.queries.day import Part, PartOfDay
from samnarvaro.worklist.queries.day import of_viewer as day_of_viewer
from samnarvaro.worklist.queries.done import DoneAbout, done_by_viewer
from samnarvaro.worklist.queries.holding import ROW_LAIN, register_taken
from samnarvaro.worklist.queries.lists import (
    CONFERENCE,
    STUDENT_HEALTH,
    Agenda,
    Counts,
    Mine,
    Unanswered,
    Untouched,
    acted_today,
    agenda,
    all_mine,
    counts,
    get,
    last_acts,
    made_by,
    mine,
    nobody_has_acted,
    of_pupil,
    some,
    standing,
    untouched,
)
from samnarvaro.worklist.queries.rows import LastAct, NoSuchItem, Row, pupils_of, told_of_each
from samnarvaro.worklist.queries.views import NoSuchView, View, saved_views
from samnarvaro.worklist.queries.words import (
    ANY_KIND,
    Explanation,
    Figures,
    label_of,
    register_way,
    register_words,
    way_of,
)

__all__ = [
    "ANY_KIND", "CONFERENCE", "ROW_LAIN", "STUDENT_HEALTH", "Agenda", "Counts", "DoneAbout",
    "Explanation", "Figures", "LastAct", "Mine", "NoSuchItem", "NoSuchView", "Part", "PartOfDay", "Row", "Unanswered",
    "Untouched", "View", "acted_today", "agenda", "all_mine", "counts", "day_of_viewer", "done_by_viewer", "get",
    "has_something_to_do", "label_of", "last_acts", "made_by", "mine", "nobody_has_acted", "of_pupil",
    "pupils_of", "register_taken", "register_way", "register_words", "saved_views", "some", "standing", "told_of_each", "untouched",
    "way_of",
]  # fmt: skip
