"""What the code answers, held against the facts: for everybody, every child, every class."""

from dataclasses import dataclass, field

from django.db import transaction

from samnarvaro.attendance.models import DayTotal
from samnarvaro.consents import services as consents
from samnarvaro.consents.models import HandOver
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes.models import Note
from samnarvaro.people import queries as people
from samnarvaro.people.queries.readable import readable
from tests.proof.model import Facts, Hat
from tests.proof.world import CHILDREN, World

CLASSES = ("K0", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K12")
OUT = ("K1", "K3", "K4", "K5", "K6", "K12")


class Difference(AssertionError):
    """The code and the facts say different things."""


def same(what: str, told: object, expected: object) -> None:
    if told != expected:
        raise Difference(f"{what}: the code says {told}, the facts say {expected}")


@dataclass
class Comparison:
    """Counts what was asked. `turn` moves on which child and class are handed out to whom."""

    world: World
    notes: list[int] = field(default_factory=list)  # ids, as they stand in the facts
    copies: list[int] = field(default_factory=list)
    whole: bool = False  # all of everything each time; else what opens to whom by turns
    among: frozenset[str] = frozenset()  # persons; none named is all
    turn: int = 0
    asked: int = 0

    def all_of(self, facts: Facts) -> None:
        self.turn += 1
        for name in self._whom():
            self._person(name, facts)

    def one_of(self, facts: Facts) -> None:
        """Where nothing has changed: whose turn it is."""
        self.turn += 1
        names = self._whom()
        self._person(names[self.turn % len(names)], facts)

    def _whom(self) -> list[str]:
        return [name for name in self.world.persons if name in self.among or not self.among]

    def _person(self, name: str, facts: Facts) -> None:
        account = self.world.persons[name].account_id
        assert account is not None
        told = {Hat(name, hat.zone, hat.role) for hat in consents.hats(account, on=facts.day)}
        same(f"hats of {name}", told, facts.hats(name))
        for hat in sorted(told, key=lambda one: (one.zone, one.role)):
            scope = self.world.scope(hat, facts.at)
            # To whom no tie opens anything, its duty alone does: every third time is enough.
            if not (self.whole or scope.related or scope.glass) and (self.turn + len(name)) % 3:
                continue
            self._readable(hat, scope, facts)
            self._rows(hat, scope, facts)
            self._handed_out(hat, scope, facts)

    def _names(self, ids: object) -> set[str]:
        return {self.world.child_of[pk] for pk in ids}  # type: ignore[attr-defined]  # of ids

    def _readable(self, hat: Hat, scope: Scope, facts: Facts) -> None:
        turn = {one for n, one in enumerate(CLASSES) if n % 4 == self.turn % 4}
        for one in CLASSES if self.whole else sorted({"K1", "K3"} | turn):
            rows = readable(by=scope, classes=frozenset({DataClass(one)})).values_list("pk")
            told = self._names(pk for (pk,) in rows)
            same(f"{hat} reads {one} of", told, {c for c in CHILDREN if facts.may(hat, c, one)})
            self.asked += len(CHILDREN)
        if self.turn % 3 == 0:
            both = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
            told = self._names(readable(by=scope, classes=both).values_list("pk", flat=True))
            expected = {c for c in CHILDREN if facts.may(hat, c, "K1") and facts.may(hat, c, "K3")}
            same(f"{hat} reads K1 and K3 of", told, expected)

    def _rows(self, hat: Hat, scope: Scope, facts: Facts) -> None:
        seen = self._names(people.visible(by=scope).values_list("pk", flat=True))
        same(f"{hat} follows", seen, {c for c in CHILDREN if facts.exists(hat, c)})
        totals = DayTotal.objects.visible_in(scope).values_list("pupil", flat=True).distinct()
        attended = {c for c in CHILDREN if facts.may(hat, c, "K3")}
        same(f"{hat} sees attendance of", self._names(totals), attended)
        self.asked += len(CHILDREN) * 2 + len(self.notes) + len(self.copies)
        if self.notes:
            self._notes(hat, scope, facts)
        if self.copies:
            self._copies(hat, scope, facts)

    def _notes(self, hat: Hat, scope: Scope, facts: Facts) -> None:
        read = set(Note.objects.visible_in(scope).values_list("pk", flat=True))
        pairs = zip(self.notes, facts.notes, strict=True)
        same(f"{hat} reads notes", read, {pk for pk, one in pairs if facts.reads_note(hat, one)})

    def _copies(self, hat: Hat, scope: Scope, facts: Facts) -> None:
        got = set(HandOver.objects.received_by(scope).values_list("pk", flat=True))
        pairs = zip(self.copies, facts.handed, strict=True)
        same(f"{hat} receives", got, {pk for pk, one in pairs if facts.receives(hat, one)})

    def _handed_out(self, hat: Hat, scope: Scope, facts: Facts) -> None:
        child = CHILDREN[self.turn % len(CHILDREN)]
        one = OUT[(self.turn // len(CHILDREN)) % len(OUT)]
        out = handed_out(self.world, scope, child, one, facts)
        same(f"{hat} is handed {one} of {child}", out, facts.lets_out(hat, child, one))
        self.asked += 1


def handed_out(world: World, scope: Scope, child: str, data_class: str, facts: Facts) -> bool:
    """Whether an answer leaves now; the log of it is not kept."""
    try:
        with transaction.atomic():
            consents.hand_out(
                by=scope, at=facts.at, pupils=[world.pupil_of(child).pk],
                classes={DataClass(data_class)}, action="view", what="proof",
            )  # fmt: skip
            transaction.set_rollback(True)
    except consents.NoLongerVisible:
        return False
    return True
