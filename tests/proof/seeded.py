"""Forty wrong rules: each one edit of today's source, and the tests that must not let it pass."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """`old` stands exactly once in the file; with `new` in its place one of the tests fails."""

    what: str
    path: str  # below src/samnarvaro
    old: str
    new: str
    tests: tuple[str, ...]  # below tests
    quick: bool = False  # one of those that every run tries


AGREEMENT, POLICY, RELATIONS, HANDING = (
    f"consents/domain/{name}.py" for name in ("agreement", "policy", "relations", "handing_over")
)
MODELS, LETTING, SERVICES = (
    "consents/models.py", "consents/queries/letting_in.py", "consents/services/__init__.py",
)  # fmt: skip
PURE = {
    AGREEMENT: ("domain/consents/test_agreement.py",),
    POLICY: ("domain/consents/test_policy.py",),
    RELATIONS: ("domain/consents/test_relations.py",),
    HANDING: ("domain/consents/test_handing_over.py",),
}
READING = ("rooms/consents/test_reading_by_consent.py",)
COPIES = ("rooms/consents/test_handing_over.py",)
NOTES = ("rooms/notes/test_notes.py",)
TIES = ("rooms/consents/test_ties.py",)


def _pure(what: str, path: str, old: str, new: str) -> Mutant:
    return Mutant(what, path, old, new, PURE[path], quick=True)


MUTANTS = (
    # What a family's answers come to.
    _pure("the last day is not a day of the consent", AGREEMENT,
          "valid_from <= on <= valid_to", "valid_from <= on < valid_to"),
    _pure("one guardian is enough", AGREEMENT,
          "enough = asked.must is MustSayYes.ONE_GUARDIAN or len(adults) == len(asked.guardians)",
          "enough = True"),
    _pure("a no does not take back what was given", AGREEMENT,
          "(State.GIVEN, Event.NO): State.WITHDRAWN", "(State.GIVEN, Event.NO): State.GIVEN"),
    _pure("a child decides a year later", AGREEMENT,
          "age >= CHILD_DECIDES_FROM", "age > CHILD_DECIDES_FROM"),
    _pure("any class can be asked about", AGREEMENT,
          "NotAsked.CLASS_NOT_SHAREABLE: not ASKABLE.issuperset(proposal.classes)",
          "NotAsked.CLASS_NOT_SHAREABLE: False"),
    _pure("a consent lasts for ever", AGREEMENT,
          "proposal.valid_to > longest", "False"),
    _pure("a family is asked about a protected child", AGREEMENT,
          "NotAsked.PROTECTED: proposal.protected", "NotAsked.PROTECTED: False"),
    _pure("a shaken consent goes on", AGREEMENT,
          "(State.GIVEN, Event.GROUND_SHAKEN): State.UNDER_REVIEW",
          "(State.GIVEN, Event.GROUND_SHAKEN): State.GIVEN"),
    _pure("nobody need have listened", AGREEMENT,
          "way in WITNESSED and witness is None", "False"),
    # The table of rights.
    _pure("what is closed is opened by a change", POLICY,
          "change.gives and change.data_class not in CHANGEABLE", "False"),
    Mutant("a social worker reads causes", POLICY,
           "by_consent=frozenset({K.NAME, K.ATTENDANCE, K.MAPPING, K.PLAN}),",
           "by_consent=frozenset({K.NAME, K.ATTENDANCE, K.MAPPING, K.PLAN, K.CAUSE}),", READING),
    # Relations and the glass.
    _pure("a chief ties itself", RELATIONS,
          "not system and granting.giver == granting.person", "False"),
    _pure("a chief ties in another zone", RELATIONS,
          "not system and granting.giver_zone != granting.zone", "False"),
    _pure("any duty suits any relation", RELATIONS,
          "NotGranted.NO_SUITABLE_DUTY: not granting.roles & SUITS[granting.kind]",
          "NotGranted.NO_SUITABLE_DUTY: False"),
    _pure("a relation outlives the school year", RELATIONS,
          "granting.last_day > last_day_possible(granting.first_day)", "False"),
    _pure("a fourth glass a day", RELATIONS,
          "breaking.broken_today >= GLASSES_A_DAY", "breaking.broken_today > GLASSES_A_DAY"),
    _pure("the glass is broken in another zone", RELATIONS,
          "NotBroken.OTHER_ZONE: not breaking.same_zone", "NotBroken.OTHER_ZONE: False"),
    # Handing over.
    _pure("an agency's own notes go by consent", HANDING,
          "handing.agreed - NOT_BY_CONSENT", "handing.agreed"),
    _pure("nobody has decided", HANDING,
          "NotHanded.NO_DECIDER: not handing.decider_roles & DECIDERS",
          "NotHanded.NO_DECIDER: False"),
    # What is let in, as it is asked of the database.
    Mutant("a relation that was ended goes on", MODELS,
           "last_day__gte=scope.day,\n            ended_at__isnull=True,",
           "last_day__gte=scope.day,", TIES),
    Mutant("a relation of one job counts in another", MODELS,
           "zone=scope.zone,\n            first_day__lte=scope.day,",
           "first_day__lte=scope.day,", TIES),
    Mutant("what is taken back flows on", MODELS,
           "consent__state=agreement.State.GIVEN,\n            consent__valid_from__lte=on",
           "consent__valid_from__lte=on", READING),
    Mutant("it does not flow on the last day", MODELS,
           "consent__valid_to__gte=on", "consent__valid_to__gt=on", READING),
    Mutant("a consent to one zone opens another", MODELS,
           "data_class=data_class,\n            consent__to_zone=to_zone,",
           "data_class=data_class,", READING),
    Mutant("a copy is seen when its consent has ended", MODELS,
           "Q(consent__isnull=True) | flows,", "", COPIES),
    Mutant("a copy about a protected child is seen", MODELS,
           "pupil__protection=0,", "", TIES),
    Mutant("a consent opens without relation", LETTING,
           "ways |= who & Q(Exists(", "ways |= who | Q(Exists(", READING),
    Mutant("a role reads all that was agreed", LETTING,
           "if data_class in scope.by_consent:", "if True:", READING),
    Mutant("a consent for one child opens another", LETTING,
           "agreed.filter(consent__pupil=_CHILD)", "agreed", READING),
    Mutant("a case with one child opens another", LETTING,
           "cases.filter(pupil=_CHILD)", "cases", (*READING, *NOTES)),
    Mutant("taking part in a plan is a case", LETTING,
           "cases = Relation.objects.of(scope).filter(kind__in=CASES)",
           "cases = Relation.objects.of(scope)", TIES),
    Mutant("the glass shows a second too long", LETTING,
           "closes_at__lte=at", "closes_at__lt=at", READING),
    Mutant("what leaves is not checked once more", SERVICES,
           "if len(seen) != len(wanted) or not letting_in", "if not letting_in", READING),
    Mutant("nothing is shaken when a guardian goes", "consents/services/agreements.py",
           "for row in found:", "for row in found[:0]:", READING),
    Mutant("ties outlive protection", "consents/services/relations.py",
           "rows.filter(ended_at__isnull=True).update(ended_at=at)", "rows.count()", READING),
    Mutant("who follows a school sees its protected", "people/models.py",
           "(Q(protection=Pupil.OPEN) & Exists(placed))", "Exists(placed)",
           ("rooms/people/test_sight.py",)),
    Mutant("a consent opens a protected child", "people/queries/readable.py",
           "let_in = unprotected.filter(opened)", "let_in = Pupil.objects.filter(opened)",
           ("rooms/consents/test_walls.py",)),
    Mutant("what pages tell is neither checked nor logged", "base/pages.py",
           "told = [tells] if isinstance(tells, Disclosure) else tells or []",
        "told: list[Disclosure] = []", NOTES),
    Mutant("an address opens to everybody", "project/middleware.py",
           "if not rule.opens_to(role):", "if False:", ("rooms/project/test_glass.py",)),
    Mutant("in school any colleague reads a note", "notes/models.py",
           "if domain.only_author_reads(scope.zone):", "if False:", NOTES),
)  # fmt: skip
