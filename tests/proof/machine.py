"""Days, people and families in any order: each act is done in the code and in the facts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from samnarvaro.base import clock
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import Relation
from samnarvaro.consents.queries import own
from samnarvaro.consents.queries.agreements import NoSuchConsent
from samnarvaro.consents.services import agreements, handing_over, policy, relations
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.notes import queries as notes_queries
from samnarvaro.notes import services as notes
from samnarvaro.people import queries as people_queries
from samnarvaro.people import services as people
from samnarvaro.people.domain.duties import Post
from samnarvaro.people.models import Account, Duty, Enrolment
from tests.proof import acts, model
from tests.proof.compared import Comparison, Difference, handed_out, same
from tests.proof.model import Facts, Hat
from tests.proof.world import CHILDREN, World
from tests.rooms.worklist.school import system

REFUSED = (
    agreements.CannotAnswer, agreements.CannotAsk, handing_over.CannotHandOver, NoSuchConsent,
    notes.CannotWrite, notes.NotAReader, notes_queries.NoSuchNote, own.NoSuchTie,
    people.CannotNameHandler, people.CannotSetGuardianship, people_queries.NoSuchPupil, policy.CannotChange,
    relations.CannotBreak, relations.CannotGrant, relations.NoSuchRelation,
)  # fmt: skip
ACTORS = [
    Hat("mira", "school:9999", "mentor"), Hat("ragnar", "school:9999", "principal"),
    Hat("petra", "school:9999", "principal"), Hat("karin", "school:9999", "counsellor"),
    Hat("pia", "school:9999", "psychologist"), Hat("rut", "school:9999", "counsellor"),
    Hat("rut", "social:9999", "social_secretary"), Hat("nina", "student_health:9999", "nurse"),
    Hat("vera", "student_health:9999", "unit_head"),
    Hat("sonja", "social:9999", "school_social_worker"),
    Hat("samir", "social:9999", "social_secretary"), Hat("hanna", "social:9999", "unit_head"),
    Hat("bo", "health:99", "clinician"), Hat("cesar", "health:99", "unit_head"),
]  # fmt: skip
# Who comes to have a child as its own matter, most often: as what.
TIED = [
    (Hat("karin", "school:9999", "counsellor"), "student_health_case"),
    (Hat("pia", "school:9999", "psychologist"), "student_health_case"),
    (Hat("rut", "school:9999", "counsellor"), "coordinator"),
    (Hat("rut", "social:9999", "social_secretary"), "handler"),
    (Hat("nina", "student_health:9999", "nurse"), "medical_case"),
    (Hat("sonja", "social:9999", "school_social_worker"), "handler"),
    (Hat("samir", "social:9999", "social_secretary"), "handler"),
    (Hat("samir", "social:9999", "social_secretary"), "participant"),
    (Hat("bo", "health:99", "clinician"), "handler"),
    (Hat("bo", "health:99", "clinician"), "participant"),
    (Hat("mira", "school:9999", "mentor"), "handler"),  # which suits no mentor
]
GIVERS = [None, *(hat for hat in ACTORS if hat.role in acts.CHIEFS), ACTORS[0]]
WHO = st.sampled_from(ACTORS)
CHILD = st.sampled_from(CHILDREN)
NUMBER = st.integers(0, 30)
CELLS = [
    ("social_secretary", "K4", "consent"), ("social_secretary", "K2", "consent"),
    ("counsellor", "K4", "duty"), ("counsellor", "K12", "duty"), ("mentor", "K4", "duty"),
    ("school_administrator", "K2", "duty"), ("clinician", "K1", "case"),
    ("clinician", "K3", "consent"), ("nurse", "K3", "case"), ("nurse", "K3", "duty"),
    ("unit_head", "K1", "case"), ("psychologist", "K6", "duty"), ("teacher", "K3", "duty"),
]  # fmt: skip
LISTED = [
    {"K1", "K3"}, {"K1", "K4"}, {"K1", "K3", "K4", "K5", "K10"}, {"K1", "K3", "K6", "K7"},
    {"K1", "K5", "K10"}, {"K3"}, {"K1", "K8"}, {"K1", "K2"}, {"K1"},
]  # fmt: skip
TARGETS = ["social:9999", "social:9999", "health:99", "student_health:9999", "school:9999"]
DAY = timedelta(days=1)


class People(RuleBasedStateMachine):
    """One life of the town, undone when it ends."""

    world: ClassVar[World]
    whole: ClassVar[bool] = False
    among: ClassVar[frozenset[str]] = frozenset()  # whom the answers are for; nobody named is all
    steps: ClassVar[int] = 0
    asked: ClassVar[int] = 0
    found: ClassVar[int] = 0  # after how many steps the first difference was
    done: ClassVar[int] = 0  # steps that changed something: after them everything was compared

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.facts: Facts = self.world.facts()
        self.compared = Comparison(self.world, whole=self.whole, among=self.among)
        self.ties: list[int] = []  # ids, in step with the facts'
        self.consents: list[int] = []
        self.handlers: dict[int, int] = {}  # ids, by which fact it is
        self.duties = list(Duty.objects.order_by("pk").values_list("pk", flat=True))
        self.duty_facts = list(self.facts.duties)
        self.changed = True  # since what the code says was last held against the facts
        self.keys: set[tuple[str, str, str]] = set()  # of what went on a ground of the law

    def told(self, what: str, code: object, facts: object) -> None:
        """Hold one answer of the code against the facts; remember after how many steps one differed."""
        if code != facts:
            type(self).found = type(self).found or type(self).steps
        same(what, code, facts)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @invariant()
    def the_code_says_what_the_facts_say(self) -> None:
        type(self).steps += 1
        before = self.compared.asked
        try:
            if self.changed:
                self.compared.all_of(self.facts)
                type(self).done += 1
            else:
                self.compared.one_of(self.facts)
        except Difference:
            type(self).found = type(self).found or type(self).steps
            raise
        self.changed = False
        type(self).asked += self.compared.asked - before

    def pick(self, number: int, may: Callable[[Hat], bool], hats: list[Hat] = ACTORS) -> Hat:
        """Mostly somebody who may, now and then whoever it is."""
        able = [hat for hat in hats if may(hat)] if number % 5 else []
        return (able or hats)[number % len(able or hats)]

    def by(self, hat: Hat) -> Scope | None:
        """The key of somebody who is that now."""
        return self.world.scope(hat, self.facts.at) if hat in self.facts.hats(hat.person) else None

    def system(self) -> Scope:
        return system(self.facts.day)

    def tried(self, what: str, call: Callable[[], Any], *, may: bool) -> Any:
        """Do something in the code, which lets it through just when the facts do."""
        done, found = True, None
        try:
            with transaction.atomic():
                found = call()
        except REFUSED:
            done = False
        self.told(what, done, may)
        self.changed = self.changed or done
        return found

    @initialize(child=CHILD, also=CHILD)
    def some_are_tied_already(self, child: str, also: str) -> None:
        for who in TIED[:8]:
            self._tie(None, who, child, 200)
        if also != child:
            self._tie(None, TIED[0], also, 30)
            self._tie(None, TIED[5], also, 30)

    # Time ------------------------------------------------------------------------------------

    def _pass(self, time: timedelta) -> None:
        self.changed = True
        self.facts.at += time
        self.facts.day = clock.day_of(self.facts.at)

    @rule(
        seconds=st.sampled_from([1, 60, 3600, 3 * 3600 - 1, 3 * 3600, 3 * 3600 + 1, 6 * 3600])
    )  # fmt: skip
    def time_passes(self, seconds: int) -> None:
        self._pass(timedelta(seconds=seconds))

    @rule(number=NUMBER, seconds=st.sampled_from([-1, 0]))
    def a_glass_is_about_to_close(self, number: int, seconds: int) -> None:
        open_ones = [
            tie.closes for tie in self.facts.ties if tie.closes and tie.closes > self.facts.at
        ]
        if open_ones:
            until = open_ones[number % len(open_ones)] + timedelta(seconds=seconds)
            keys = {hat: self.by(hat) for hat in ACTORS}
            could = {hat: self.facts.glass(hat, c) for hat in ACTORS for c in CHILDREN}
            self._pass(max(until - self.facts.at, timedelta()))
            for hat, key in keys.items():
                if key is not None and could[hat] and key.glass:
                    self._held_key(hat, key)

    def _held_key(self, hat: Hat, key: Scope) -> None:
        """A key cut before opens nothing of which the glass has closed since."""
        for child in CHILDREN:
            out = handed_out(self.world, key, child, "K3", self.facts)
            may = self.facts.lets_out(hat, child, "K3")
            self.told(f"{hat} is let {child} out by an old key", out and not may, False)

    @rule(days=st.sampled_from([1, 1, 2, 7, 29]))
    def days_pass(self, days: int) -> None:
        self._pass(days * DAY)

    @rule(number=st.integers(0, 5))
    def an_edge_comes(self, number: int) -> None:
        if edges := self.facts.edges()[:6]:
            self._pass((edges[number % len(edges)] - self.facts.day) * 1)

    # People at work --------------------------------------------------------------------------

    @rule(child=CHILD, group=st.sampled_from(["8A", "8B", "4A"]), days=st.integers(0, 2))
    def a_child_moves(self, child: str, group: str, days: int) -> None:
        to, first = self.world.groups[group], self.facts.day + days * DAY
        pupil = self.world.pupil_of(child)
        rows = Enrolment.objects.filter(pupil=pupil, last_day__isnull=True, first_day__lt=first)
        if Enrolment.objects.filter(pupil=pupil, first_day__gte=first).exists():
            return
        rows.update(last_day=first - DAY)
        for place in self.facts.places:
            if place.child == child and place.last is None:
                place.last = first - DAY
        Enrolment.objects.create(
            pupil=pupil, unit=to.unit, group=to, grade=to.grade, first_day=first
        )
        self.changed = True
        self.facts.places.append(model.Place(first, None, child, to.unit.name, group))

    @rule(number=NUMBER, days=st.integers(-1, 1))
    def a_duty_ends(self, number: int, days: int) -> None:
        index = number % len(self.duties)
        fact, last = self.duty_facts[index], self.facts.day + days * DAY
        if fact.last is not None or fact.first > last:
            return
        people.end_duty(duty=self.duties[index], last_day=last, by=self.system(), at=self.facts.at)
        fact.last, self.changed = last, True

    @rule(number=NUMBER, days=st.integers(0, 1))
    def a_duty_begins_again(self, number: int, days: int) -> None:
        index, first = number % len(self.duties), self.facts.day + days * DAY
        was = self.duty_facts[index]
        held = [d for d in self.facts.duties if (d.person, d.zone, d.role) == (
            was.person, was.zone, was.role)]  # fmt: skip
        if any(d.last is None or d.last >= first for d in held):
            return
        old = Duty.objects.get(pk=self.duties[index])
        post = Post(Role(old.role), old.unit_id, first, old.group_id)
        new = people.give_duty(post, staff=old.staff_id, by=self.system(), at=self.facts.at)
        self.duties.append(new.pk)
        fact = model.Duty(first, None, was.person, was.zone, was.role, was.unit, was.group)
        self.facts.duties.append(fact)
        self.duty_facts.append(fact)
        self.changed = True

    @rule(hat=WHO, number=NUMBER)
    def an_account_is_closed_and_another_time_opened(self, hat: Hat, number: int) -> None:
        closed = [one for one in ACTORS if not self.facts.active[one.person]]
        if closed and number % 4:
            hat = closed[0]
        account = self.world.persons[hat.person].account_id
        assert account is not None
        if self.facts.active[hat.person]:
            people.close_account(account=account, by=self.system(), at=self.facts.at)
        else:
            Account.objects.filter(pk=account).update(is_active=True)
        self.facts.active[hat.person] = not self.facts.active[hat.person]
        self.changed = True

    def public_of_tie(self, index: int) -> UUID:
        return Relation.objects.get(pk=self.ties[index]).public

    # Relations -------------------------------------------------------------------------------

    @rule(
        giver=st.sampled_from([None, None, *GIVERS]), who=st.sampled_from(TIED), child=CHILD,
        days=st.sampled_from([0, 1, 30, 30, 120, 400]),
    )  # fmt: skip
    def somebody_is_tied(
        self, giver: Hat | None, who: tuple[Hat, str], child: str, days: int
    ) -> None:
        self._tie(giver, who, child, days)

    def _tie(self, giver: Hat | None, who: tuple[Hat, str], child: str, days: int) -> None:
        hat, kind = who
        by = self.system() if giver is None else self.by(giver)
        if by is None:
            return
        last = self.facts.day + days * DAY
        tie = model.Tie(self.facts.day, last, hat.person, child, hat.zone, kind)
        may = acts.may_grant(self.facts, giver, tie)
        made = self.tried(
            f"{giver} ties {who} to {child}",
            lambda: relations.grant(
                pupil=self.world.pupil_of(child).pk, staff=self.world.persons[hat.person].pk,
                kind=Kind(kind), zone=hat.zone, last_day=last, by=by, at=self.facts.at,
            ),
            may=may,
        )  # fmt: skip
        if made is not None:
            self.facts.ties.append(tie)
            self.ties.append(made.pk)

    @rule(hat=WHO, number=NUMBER)
    def a_tie_is_ended(self, hat: Hat, number: int) -> None:
        by = self.by(hat)
        if not self.ties or by is None:
            return
        index = number % len(self.ties)
        tie, row = self.facts.ties[index], Relation.objects.get(pk=self.ties[index])
        self.tried(
            f"{hat} ends {tie}",
            lambda: relations.end(relation=row.public, by=by, at=self.facts.at),
            may=acts.may_end(self.facts, hat, tie),
        )
        tie.ended = tie.ended or acts.may_end(self.facts, hat, tie)

    @rule(number=NUMBER, child=CHILD, anew=st.sampled_from([True, True, True, False]), long=NUMBER)
    def the_glass_is_broken(self, number: int, child: str, anew: bool, long: int) -> None:
        hat = self.pick(number, lambda one: acts.of_zone(self.facts, one, child))
        by, words = self.by(hat), "x" * (30 if long else 29)
        if by is None:
            return
        may = acts.may_break(self.facts, hat, child, words=words, anew=anew)
        made = self.tried(
            f"{hat} breaks the glass for {child}",
            lambda: relations.break_glass(
                pupil=self.world.pupil_of(child).pk, reason="danger", words=words,
                signed_in_anew=anew, by=by, at=self.facts.at,
            ),
            may=may,
        )  # fmt: skip
        if made is not None:
            closes = self.facts.at + timedelta(hours=3)
            self.facts.ties.append(
                model.Tie(
                    self.facts.day, self.facts.day, hat.person, child, hat.zone, "glass", closes
                )
            )
            self.ties.append(made.pk)
