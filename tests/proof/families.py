"""The same days with the families in them: consents, guardians, protection, notes, copies, rights."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from samnarvaro.consents.domain.agreement import Maturity, MustSayYes, Said, Way
from samnarvaro.consents.domain.handing_over import Code
from samnarvaro.consents.domain.policy import Change
from samnarvaro.consents.domain.policy import Way as Through
from samnarvaro.consents.models import Consent
from samnarvaro.consents.queries import handed_over
from samnarvaro.consents.services import agreements, handing_over, policy
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.notes import services as notes
from samnarvaro.notes.models import Note
from samnarvaro.people import services as people
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Guardianship, NamedHandler
from tests.proof import acts, model
from tests.proof.machine import (
    ACTORS,
    CELLS,
    CHILD,
    DAY,
    LISTED,
    NUMBER,
    TARGETS,
    People,
)  # fmt: skip
from tests.proof.model import Hat
from tests.proof.world import CHILDREN, GUARDIANS

FIRST = st.sampled_from([0, 0, 0, 0, 1, 3, -1])
MUST = st.sampled_from(["all_guardians", "all_guardians", "one_guardian", "child_alone"])
# Who must say yes, and how many adults do.
YES = st.sampled_from(
    [
        ("all_guardians", 2), ("all_guardians", 2), ("all_guardians", 1), ("one_guardian", 2),
        ("one_guardian", 1), ("child_alone", 2),
    ]
)  # fmt: skip


class Lives(People):
    """All of what may happen."""

    def _ask(
        self, hat: Hat, consent: model.Consent, replaces: int | None = None
    ) -> model.Consent | None:
        by = self.by(hat)
        if by is None:
            return None
        assert consent.last is not None
        terms = agreements.Terms(
            to_zone=consent.target, classes=[DataClass(one) for one in consent.classes],
            purpose="Stöd hemma", wording="Skolan får berätta.", must=MustSayYes(consent.must),
            valid_from=consent.first, valid_to=consent.last,
        )  # fmt: skip
        may = acts.may_ask(self.facts, hat, consent)
        old = None
        if replaces is not None:
            may = may and acts.sees_consent(self.facts, hat, self.facts.consents[replaces])
            old = Consent.objects.get(pk=self.consents[replaces]).public
        made = self.tried(
            f"{hat} asks for {consent}",
            lambda: agreements.ask(
                pupil=self.world.pupil_of(consent.child).public, terms=terms, by=by,
                at=self.facts.at, replaces=old,
            ),
            may=may,
        )  # fmt: skip
        if made is None:
            return None
        self.facts.consents.append(consent)
        self.consents.append(made.pk)
        return consent

    @rule(
        number=NUMBER, child=CHILD, zone=st.sampled_from(TARGETS), classes=st.sampled_from(LISTED),
        first=FIRST, days=st.sampled_from([1, 2, 30, 30, 90, 366, 367, 0]), must=MUST,
    )  # fmt: skip
    def a_family_is_asked(  # what a consent is made of
        self, number: int, child: str, zone: str, classes: set[str], first: int, days: int,
        must: str,
    ) -> None:  # fmt: skip
        hat = self.pick(number, lambda one: self.facts.may(one, child, "K12"))
        begins = self.facts.day + first * DAY
        ends = begins + timedelta(days=days - 1)
        self._ask(
            hat,
            model.Consent(begins, ends, child, hat.zone, zone, frozenset(classes), must),
        )

    @rule(
        child=CHILD, zone=st.sampled_from(TARGETS[:4]), classes=st.sampled_from(LISTED[:5]),
        first=st.sampled_from([0, 0, 1]), days=st.sampled_from([1, 2, 30, 90]), said=YES,
    )  # fmt: skip
    def a_family_is_asked_and_says_yes(  # what a consent is made of
        self, child: str, zone: str, classes: set[str], first: int, days: int,
        said: tuple[str, int],
    ) -> None:  # fmt: skip
        must, adults = said
        hat = next((one for one in ACTORS if self.facts.may(one, child, "K12")), None)
        if hat is None:
            return
        begins = self.facts.day + first * DAY
        ends = begins + timedelta(days=days - 1)
        asked = model.Consent(begins, ends, child, hat.zone, zone, frozenset(classes), must)
        if self._ask(hat, asked) is not None:
            for who in ("child", *GUARDIANS[child][:adults]):
                self._say(hat, len(self.consents) - 1, who, yes=True, young=False)

    @rule(number=NUMBER, days=st.sampled_from([2, 30]))
    def a_consent_is_renewed(self, number: int, days: int) -> None:
        if not self.consents:
            return
        index = number % len(self.consents)
        old = self.facts.consents[index]
        hat = self.pick(number, lambda one: acts.sees_consent(self.facts, one, old))
        begins = max(self.facts.day, old.last or self.facts.day)
        new = model.Consent(
            begins, begins + days * DAY, old.child, hat.zone, old.target, old.classes, old.must
        )
        self._ask(hat, new, replaces=index)

    def _say(self, hat: Hat, index: int, who: str, *, yes: bool, young: bool) -> None:
        by = self.by(hat)
        if by is None:
            return
        consent = self.facts.consents[index]
        row = Consent.objects.get(pk=self.consents[index])
        told = agreements.Told(
            guardian=None if who == "child" else self.world.guardian_public(who),
            said=Said.YES if yes else Said.NO, way=Way.PAPER,
            maturity=Maturity.CANNOT_YET if young else Maturity.CAN,
        )  # fmt: skip
        may = acts.may_answer(self.facts, hat, consent, who)
        self.tried(
            f"{hat} writes down the answer of {who} to {consent}",
            lambda: agreements.answer(consent=row.public, told=told, by=by, at=self.facts.at),
            may=may,
        )
        if may:
            acts.answer(self.facts, consent, who, yes=yes, young=young)

    @rule(
        number=NUMBER, yes=st.sampled_from([True, True, False]), young=st.booleans(),
        who=st.sampled_from(["child", 0, 1, "Lena"]),
    )  # fmt: skip
    def somebody_answers(self, number: int, yes: bool, young: bool, who: str | int) -> None:
        if self.consents:
            index = self._open_consent(number)
            consent = self.facts.consents[index]
            name = who if isinstance(who, str) else GUARDIANS[consent.child][who]
            hat = self.pick(number, lambda one: acts.may_answer(self.facts, one, consent, "child"))
            self._say(hat, index, name, yes=yes, young=young)

    def _open_consent(self, number: int) -> int:
        """Mostly one of those that have not ended."""
        live = [n for n, one in enumerate(self.facts.consents) if one.status != "ended"]
        there = live if live and number % 5 else list(range(len(self.consents)))
        return there[-1 - number % len(there)]

    @rule(number=NUMBER)
    def a_consent_is_taken_back(self, number: int) -> None:
        if self.consents:
            self._take_back(self._open_consent(number), number)

    @rule(number=NUMBER)
    def a_yes_that_holds_is_taken_back(self, number: int) -> None:
        if holding := self._holding():
            self._take_back(holding[number % len(holding)], number)

    @rule(number=NUMBER, days=st.sampled_from([0, 0, 1]))
    def a_yes_comes_to_its_last_day(self, number: int, days: int) -> None:
        if holding := self._holding():
            last = self.facts.consents[holding[number % len(holding)]].last
            assert last is not None
            self._pass(last - self.facts.day + days * DAY)

    def _holding(self) -> list[int]:
        """Which consents let something flow today."""
        return [
            index for index, one in enumerate(self.facts.consents)
            if one.status == "given" and one.holds(self.facts.day)
        ]  # fmt: skip

    def _take_back(self, index: int, number: int) -> None:
        consent = self.facts.consents[index]
        hat = self.pick(number, lambda one: acts.sees_consent(self.facts, one, consent))
        by = self.by(hat)
        if by is None:
            return
        row = Consent.objects.get(pk=self.consents[index])
        may = acts.sees_consent(self.facts, hat, consent)
        self.tried(
            f"{hat} takes back {consent}",
            lambda: agreements.withdraw(consent=row.public, way=Way.PAPER, by=by, at=self.facts.at),
            may=may,
        )
        if may:
            consent.status = "ended"

    @rule()
    def the_night_ends_what_has_run_out(self) -> None:
        agreements.expire(by=self.system(), at=self.facts.at)
        acts.expire(self.facts)
        self.changed = True

    # Guardians and protection ----------------------------------------------------------------

    @rule(child=CHILD, which=st.integers(0, 1), days=st.sampled_from([-1, 0, 1, 30]))
    def a_guardianship_ends(self, child: str, which: int, days: int) -> None:
        name, last = GUARDIANS[child][which], self.facts.day + days * DAY
        pupil = self.world.pupil_of(child)
        row = Guardianship.objects.filter(
            pupil=pupil, guardian__given_name=name, last_day__isnull=True, first_day__lte=last
        ).first()
        if row is None:
            return
        people.end_guardianship(
            guardianship=row.pk, last_day=last, by=self.system(), at=self.facts.at
        )
        for one in self.facts.custody:
            if (one.child, one.guardian, one.last) == (child, name, None):
                one.last = last
        acts.shake(self.facts, child, name)
        self.changed = True

    @rule(child=CHILD, name=st.sampled_from(["Lena", "Per", "Amal", "Omar", "Jon", "Eva"]))
    def a_guardian_comes(self, child: str, name: str) -> None:
        mine = [c for c in self.facts.custody if (c.child, c.guardian) == (child, name)]
        if any(c.last is None or c.last >= self.facts.day for c in mine):
            return
        guardian = self.world.guardian_row(name)
        may = child not in self.facts.protected
        self.tried(
            f"{name} is {child}'s guardian",
            lambda: people.set_guardianship(
                pupil=self.world.pupil_of(child).pk, guardian=guardian.pk,
                first_day=self.facts.day, by=self.system(), at=self.facts.at,
            ),
            may=may,
        )  # fmt: skip
        if may:
            self.facts.custody.append(model.Custody(self.facts.day, None, child, name))

    @rule(child=CHILD, sure=st.sampled_from([True, False, False]))
    def protection_comes(self, child: str, sure: bool) -> None:
        if sure:
            people.protect(
                pupil=self.world.pupil_of(child).pk, level=Level.CONFIDENTIAL, by=self.system(),
                at=self.facts.at,
            )  # fmt: skip
            acts.protect(self.facts, child)
            self.changed = True

    @rule(child=CHILD)
    def protection_is_lifted(self, child: str) -> None:
        if child in self.facts.protected:
            people.lift_protection(
                pupil=self.world.pupil_of(child).pk, by=self.system(), at=self.facts.at
            )
            acts.lift(self.facts, child)
            self.changed = True
            self._forget_handlers()

    def _forget_handlers(self) -> None:
        there = {id(one) for one in self.facts.handlers}
        self.handlers = {fact: pk for fact, pk in self.handlers.items() if fact in there}

    @rule(
        number=NUMBER, child=CHILD, person=st.sampled_from(["ragnar", "karin", "mira", "hanna"]),
        deciders=st.sampled_from([("petra", "agda"), ("ragnar", "agda"), ("petra", "petra")]),
    )  # fmt: skip
    def a_handler_is_named(
        self, number: int, child: str, person: str, deciders: tuple[str, str]
    ) -> None:
        child = next(iter(sorted(self.facts.protected)), child) if number else child
        one, other = (self.world.persons[name].pk for name in deciders)
        made = self.tried(
            f"{person} is named for {child} by {deciders}",
            lambda: people.name_handler(
                pupil=self.world.pupil_of(child).pk, staff=self.world.persons[person].pk,
                decided_by=(one, other), first_day=self.facts.day, by=self.system(),
                at=self.facts.at,
            ),
            may=acts.may_name(self.facts, child, person, deciders),
        )  # fmt: skip
        if made is not None:
            fact = model.Handler(self.facts.day, None, child, person)
            self.facts.handlers.append(fact)
            self.handlers[id(fact)] = made.pk

    @rule(number=NUMBER, days=st.integers(-1, 0))
    def a_handler_ends(self, number: int, days: int) -> None:
        live = [one for one in self.facts.handlers if one.last is None]
        if not live:
            return
        fact, last = live[number % len(live)], self.facts.day + days * DAY
        pk = self.handlers[id(fact)]
        assert NamedHandler.objects.filter(pk=pk).exists()
        people.end_handler(handler=pk, last_day=last, by=self.system(), at=self.facts.at)
        acts.end_handler(self.facts, fact, last)
        self.changed = True
        self._forget_handlers()

    # The table, notes, copies ----------------------------------------------------------------

    @rule(
        hat=st.sampled_from([ACTORS[1], ACTORS[11], ACTORS[13], ACTORS[8]]),
        cell=st.sampled_from(CELLS), gives=st.booleans(),
    )  # fmt: skip
    def the_table_is_changed(self, hat: Hat, cell: tuple[str, str, str], gives: bool) -> None:
        by = self.by(hat)
        if by is None:
            return
        role, data_class, way = cell
        wanted = Change(Role(role), DataClass(data_class), Through(way), gives)
        may = acts.may_change(self.facts, hat, cell, gives=gives)
        self.tried(
            f"{hat.zone} changes {cell} to {gives}",
            lambda: policy.change(
                wanted, why="Prövat av jurist.", decided_by="Jurist", by=by, at=self.facts.at
            ),
            may=may,
        )
        if may:
            acts.change(self.facts, hat, cell, gives=gives)

    @rule(number=NUMBER)
    def a_note_is_written(self, number: int) -> None:
        hat = self.pick(
            number, lambda one: any(acts.may_write(self.facts, one, tie) for tie in self.facts.ties)
        )
        by = self.by(hat)
        mine = [
            index for index, tie in enumerate(self.facts.ties)
            if (tie.person, tie.zone) == (hat.person, hat.zone)
        ]  # fmt: skip
        if by is None or not mine:
            return
        index = mine[-1 - number % len(mine)]
        tie = self.facts.ties[index]
        made = self.tried(
            f"{hat} writes a note by {tie}",
            lambda: notes.write(
                tie=self.public_of_tie(index), text="Ringde hem.", by=by, at=self.facts.at
            ),
            may=acts.may_write(self.facts, hat, tie),
        )
        if made is not None:
            self.facts.notes.append(model.Note(tie.child, hat.zone, hat.person))
            self.compared.notes.append(made.pk)

    @rule(number=NUMBER, person=st.sampled_from(["pia", "karin", "rut", "mira", "samir"]))
    def a_reader_is_named(self, number: int, person: str) -> None:
        if not self.facts.notes:
            return
        index = number % len(self.facts.notes)
        note = self.facts.notes[index]
        hat = self.pick(number, lambda one: self.facts.reads_note(one, note))
        by = self.by(hat)
        if by is None:
            return
        row = Note.objects.get(pk=self.compared.notes[index])
        may = acts.may_name_reader(self.facts, hat, note, person)
        self.tried(
            f"{hat} names {person} to read {note}",
            lambda: notes.name_reader(
                note=row.public, staff=self.world.persons[person].pk, by=by, at=self.facts.at
            ),
            may=may,
        )
        if may:
            note.readers.add(person)

    @rule(
        number=NUMBER, child=CHILD, zone=st.sampled_from(TARGETS), law=st.booleans(),
        decider=st.sampled_from([ACTORS[1], ACTORS[2], ACTORS[11]]), figures=st.booleans(),
    )  # fmt: skip
    def something_is_handed_over(  # what a hand-over is made of
        self, number: int, child: str, zone: str, law: bool, decider: Hat, figures: bool
    ) -> None:
        hat = self.pick(number, lambda one: self.facts.may(one, child, "K12"))
        by = self.by(hat)
        if by is None:
            return
        branch = hat.zone.split(":", maxsplit=1)[0]
        data_class = "K3" if figures else model.NOTE_CLASS[branch]
        pupil = self.world.pupil_of(child)
        offered = handed_over.offered(pupil.pk, by=by)
        key = next((one.key for one in offered if one.data_class == data_class), "gone:0")
        listed = {} if law else self.facts.listed(child, hat.zone, zone)
        copy = model.Handed(child, zone, data_class, listed.get(data_class))
        may = acts.may_hand_over(self.facts, hat, copy, decider if law else None)
        may = may and not (law and (child, zone, key) in self.keys)
        ground = handing_over.Ground(
            code=Code.GENERAL_CLAUSE, decided_by=self.world.persons[decider.person].pk,
            why="Behövs för skyddet nu.",
        )  # fmt: skip
        made = self.tried(
            f"{hat} hands {copy} over",
            lambda: handing_over.give(
                pupil=pupil.public, to_zone=zone, keys=[key], by=by, at=self.facts.at,
                ground=ground if law else None,
            ),
            may=may,
        )  # fmt: skip
        if made:
            self.facts.handed.append(copy)
            self.compared.copies.append(made[0].pk)
            if law:
                self.keys.add((child, zone, key))


__all__ = ["CHILDREN", "Lives"]
