"""What is mapped of the proof's children: every text in it is a canary."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from samnarvaro.mapping.domain import factors
from samnarvaro.mapping.domain.instrument import Answers
from samnarvaro.mapping.domain.instrument_answers import Told as Filled
from samnarvaro.mapping.domain.knowledge import Subject, term_of
from samnarvaro.mapping.domain.knowledge import Told as Reached
from samnarvaro.mapping.domain.mappings import Depth, Method, Told
from samnarvaro.mapping.domain.relations import Contact
from samnarvaro.mapping.models import ClassNote, InstrumentVersion, RelationAdult
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.queries.places import school_class
from samnarvaro.mapping.services import knowledge, relations, responses
from samnarvaro.mapping.services import mappings as mapping
from samnarvaro.organisation.models import Group
from samnarvaro.people.models import Enrolment

if TYPE_CHECKING:
    from tests.proof.seeding import Seeder

OF_CLASSES = ("own", "foreign")  # those whose class has rounds of the relation map
DAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def map_with(seeder: "Seeder", who: str, child: str) -> None:
    """A simple mapping that is locked; what the child reaches; and a simple instrument."""
    by, public = seeder.scope(who), seeder.pupils[child].public
    made = mapping.begin(public, depth=Depth.SIMPLE, by=by, at=NOW, on=DAY)
    told = Told(held_on=DAY, methods=(Method.TALK,), child_words=seeder.token(child, "K5"))
    mapping.save(made, told, by=by, at=NOW, on=DAY)
    factor = factors.Told(
        kind=factors.Kind.ROUTINES, source=factors.Source.GUARDIAN, strength=2,
        words=seeder.token(child, "K5"),
    )  # fmt: skip
    mapping.add_factor(made, factor, by=by, at=NOW)
    mapping.lock(made, by=by, at=NOW)
    _check(seeder, who, child)
    _ask(seeder, who, child)
    if child in OF_CLASSES:
        map_class(seeder, who, child)
    if child == "own":
        _note(seeder, who, child)


def _note(seeder: "Seeder", who: str, child: str) -> None:
    """A note of the class that was locked before anybody looked for names in it: it holds the child's."""
    by = seeder.scope(who)
    for group in by.groups:
        ClassNote.objects.create(
            group_id=group, kind="conference", author_id=by.person, begun_on=DAY, held_on=DAY,
            final_at=NOW, present="Mentor", seen=seeder.token(child, "K1"),
        )  # fmt: skip


def _check(seeder: "Seeder", who: str, child: str) -> None:
    """What the child reaches, told by its mentor: codes of subjects, in which no canary has room."""
    by, public = seeder.scope(who), seeder.pupils[child].public
    for group in Group.objects.filter(pk__in=by.groups):
        of = school_class(group.public, by=by)
        here = {each.pupil.public for each in queries.of_class(of, term_of(DAY), by=by)}
        if public in here:
            row = knowledge.Row(public, Reached(at_risk=(Subject.MATHEMATICS,)))
            knowledge.tell_class(group.public, [row], day=DAY, by=by, at=NOW, on=DAY)


def _ask(seeder: "Seeder", who: str, child: str) -> None:
    """The pupil's simple instrument, answered and locked; of the own one the same begun anew."""
    by, public = seeder.scope(who), seeder.pupils[child].public
    instrument = InstrumentVersion.objects.get(name="samnarvaro-elev-aldre-enkel").public
    for is_locked in (True, False) if child == "own" else (True,):
        made = responses.begin(public, instrument, by=by, at=NOW, on=DAY)
        answers: Answers = {"2.1": "3", "2.3": "ofta", "4.2": seeder.token(child, "K5")}
        told = Filled(
            held_on=DAY, method=Method.SELF_RATING, who=seeder.token(child, "K5"), answers=answers
        )
        responses.save(made, told, about=tuple(answers), by=by, at=NOW, on=DAY)
        if is_locked:
            responses.lock(made, by=by, at=NOW)


def map_class(seeder: "Seeder", who: str, child: str) -> None:
    """Two rounds of the relation map of a child's class: a closed one, with what the child says, and
    an open one. Nothing of it is words.
    """
    by, pupil = seeder.scope(who), seeder.pupils[child]
    group = Enrolment.objects.select_related("group").get(pupil=pupil, last_day=None).group
    assert group is not None
    own = [seeder.staff[who].public]
    for is_closed in (True, False):
        found = relations.begin(group.public, staff=own, others=["skolvärd"], by=by, at=NOW, on=DAY)
        for adult in RelationAdult.objects.filter(round__public=found):
            relations.fill(
                group.public, adult.public, {pupil.public: Contact.TALKS}, by=by, at=NOW, on=DAY
            )
        if is_closed:
            relations.close(group.public, by=by, at=NOW, on=DAY)
            relations.say(group.public, pupil.public, has_adult=False, by=by, at=NOW, on=DAY)
