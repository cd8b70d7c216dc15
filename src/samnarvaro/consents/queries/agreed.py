"""Consents as people read them: what was asked in which words, who has said what, how it stands."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.base.asked import Question, of_one, question
from samnarvaro.consents.domain.agreement import (
    Maturity,
    MustSayYes,
    Party,
    Said,
    State,
    Way,
    flows,
)
from samnarvaro.consents.models import Consent, ConsentAnswer, ConsentClass
from samnarvaro.consents.queries.agreements import NoSuchConsent, asked_of, visible
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.kernel.privacy import DataClass

_NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Word:
    """What one party said, how one knows it, and who wrote it down."""

    party: Party
    guardian: UUID | None
    name: str
    said: Said
    way: Way
    at: datetime
    recorded_by: str
    witness: str
    maturity: Maturity
    maturity_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One consent. `words` are all that was said, the oldest first; the latest of each party holds."""

    pupil: int
    public: UUID
    state: State
    from_zone: str
    to_zone: str
    classes: frozenset[DataClass]
    purpose: str
    wording: str
    text_version: str
    conditions: str
    must: MustSayYes
    valid_from: date
    valid_to: date
    asked_by: str
    asked_at: datetime
    given_at: datetime | None
    ended_at: datetime | None
    ended_how: str
    replaces: UUID | None
    replaced_by: UUID | None
    words: tuple[Word, ...] = field(default=())

    @property
    def latest(self) -> tuple[Word, ...]:
        """The word of each party that holds, in the order in which they first spoke."""
        return tuple({(word.party, word.guardian, word.name): word for word in self.words}.values())


@dataclass(frozen=True, slots=True)
class AskedParty:
    """Somebody whose yes is asked for: a guardian, or the child itself (no `guardian`)."""

    guardian: UUID | None
    name: str
    word: Word | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A consent with everybody who is asked on the day; `age` is the child's, if it is known."""

    agreed: Agreed
    guardians: tuple[AskedParty, ...]
    child: AskedParty
    age: int | None


def of_pupil(pupil: int, *, by: Scope) -> list[Agreed]:
    """Return the consents of a pupil (id) that the viewer may read, the latest asked first."""
    rows = _asking(pupil, by)
    return _put_together(rows, _by_consent(_asking_words(pupil, by))) if rows else []


@of_one
def _asking(by: Scope) -> QuerySet[Consent]:
    return _in_order(visible(by=by).filter(pupil=NOBODY))


@of_one
def _asking_words(by: Scope) -> QuerySet[ConsentAnswer]:
    return _with_names(
        ConsentAnswer.objects.filter(consent__in=visible(by=by).filter(pupil=NOBODY))
    )


def received(pupil: int, *, by: Scope) -> list[Agreed]:
    """Return what a family let the viewer's zone read of a pupil (id), the latest first.

    What was never given is not told of. Of what does not flow today nothing is left but that it
    was there, and how it ended.
    """
    given = visible(by=by).filter(pupil=pupil, to_zone=by.zone, given_at__isnull=False)
    return _read(given, hides=lambda row: not _flows(row, by.day))


def _flows(row: Consent, on: date) -> bool:
    return flows(State(row.state), valid_from=row.valid_from, valid_to=row.valid_to, on=on)


def standing(consent: UUID, *, by: Scope) -> Standing:
    """Return a consent from the viewer's own zone with who is asked. Raises NoSuchConsent."""
    row = visible(by=by).filter(public=consent, from_zone=by.zone).first()
    if row is None:
        raise NoSuchConsent
    (agreed,) = _read(Consent.objects.filter(pk=row.pk))
    asked, guardians = asked_of(row, on=by.day)
    said = {word.guardian: word for word in agreed.words if word.party is Party.GUARDIAN}
    child = [word for word in agreed.words if word.party is Party.CHILD]
    return Standing(
        agreed,
        tuple(AskedParty(who.public, who.name, said.get(who.public)) for who in guardians.values()),
        AskedParty(None, "", child[-1] if child else None),
        asked.age,
    )


def _read(
    found: QuerySet[Consent], *, hides: Callable[[Consent], bool] = lambda _row: False
) -> list[Agreed]:
    """Return consents with all that belongs to them; of one that is hidden no more than its state."""
    rows = list(_in_order(found))
    said = ConsentAnswer.objects.filter(consent__in=[row.pk for row in rows])
    return _put_together(rows, _by_consent(_with_names(said)), hides=hides)


def _in_order(found: QuerySet[Consent]) -> QuerySet[Consent]:
    return found.select_related("asked_by", "replaces").order_by("-asked_at", "-pk")


def _put_together(
    rows: Collection[Consent],
    words: Mapping[int, list[Word]],
    *,
    hides: Callable[[Consent], bool] = lambda _row: False,
) -> list[Agreed]:
    ids = [row.pk for row in rows]
    classes: defaultdict[int, set[DataClass]] = defaultdict(set)
    for consent, one in _asking_classes().among("consent_id", ids).ask():
        classes[consent].add(DataClass(one))
    later = sorted(_asking_newer().among("replaces_id", ids).ask())
    newer: dict[int | None, UUID] = {old: UUID(str(public)) for _pk, old, public in later}
    return [
        _agreed(row, frozenset(), (), newer, is_hidden=True)
        if hides(row)
        else _agreed(row, frozenset(classes[row.pk]), tuple(words.get(row.pk, ())), newer)
        for row in rows
    ]


def _agreed(
    row: Consent,
    classes: frozenset[DataClass],
    words: tuple[Word, ...],
    newer: Mapping[int | None, UUID],
    *,
    is_hidden: bool = False,
) -> Agreed:
    return Agreed(
        pupil=row.pupil_id,
        public=row.public,
        state=State(row.state),
        from_zone=row.from_zone,
        to_zone=row.to_zone,
        classes=classes,
        purpose="" if is_hidden else row.purpose,
        wording="" if is_hidden else row.wording,
        text_version=row.text_version,
        conditions="" if is_hidden else row.conditions,
        must=MustSayYes(row.must_say_yes),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        asked_by="" if is_hidden else row.asked_by.name,
        asked_at=row.asked_at,
        given_at=row.given_at,
        ended_at=row.ended_at,
        ended_how=row.ended_how,
        replaces=row.replaces.public if row.replaces else None,
        replaced_by=newer.get(row.pk),
        words=words,
    )


@cache
def _asking_classes() -> Question:
    return question(ConsentClass.objects.values_list("consent_id", "data_class"))


@cache
def _asking_newer() -> Question:
    newer = Consent.objects.filter(replaces__isnull=False)
    return question(newer.values_list("id", "replaces_id", "public"))


def _with_names(rows: QuerySet[ConsentAnswer]) -> QuerySet[ConsentAnswer]:
    return rows.select_related("guardian", "witness", "recorded_by").order_by("at", "pk")


def _by_consent(rows: Iterable[ConsentAnswer]) -> dict[int, list[Word]]:
    found: defaultdict[int, list[Word]] = defaultdict(list)
    for row in rows:
        found[row.consent_id].append(
            Word(
                party=Party(row.party),
                guardian=row.guardian.public if row.guardian else None,
                name=row.guardian_name or (_NOBODY if row.party == Party.GUARDIAN else ""),
                said=Said(row.said),
                way=Way(row.way),
                at=row.at,
                recorded_by=row.recorded_by.name,
                witness=row.witness.name if row.witness else "",
                maturity=Maturity(row.maturity),
                maturity_words=row.maturity_words,
            )
        )
    return found
