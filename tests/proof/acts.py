"""What can be done, told once more beside the facts: whether it is let through, and what it changes.

As `model`, written apart from the code: each act says whether it may be done, and when it may, what
is so afterwards.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from tests.proof.model import (
    CASES,
    NOTE_CLASS,
    RIGHTS,
    SCHOOL,
    Consent,
    Facts,
    Handed,
    Handler,
    Hat,
    Note,
    Row,
    Tie,
)  # fmt: skip

DAY = timedelta(days=1)
ZONES = {SCHOOL, "student_health:9999", "social:9999", "health:99"}
ASKABLE = {"K1", "K3", "K4", "K5", "K6", "K7", "K10"}
HANDED_BY_CONSENT = {"K3", "K4", "K5", "K6", "K7", "K10"}
CHIEFS = {"unit_head", "principal", "deputy_principal"}
WRITES = {
    "school": {"counsellor", "psychologist"},
    "student_health": {"nurse"},
    "social": {"school_social_worker", "social_secretary"},
    "health": {"clinician"},
}
SUITS = {
    "student_health_case": {"counsellor", "psychologist"},
    "medical_case": {"nurse"},
    "handler": {"school_social_worker", "social_secretary", "clinician"},
    "coordinator": {"school_social_worker", "social_secretary", "counsellor", "clinician"},
    "participant": set(RIGHTS) - {"system_administrator"},
}
CHANGEABLE = {"K0", "K1", "K2", "K3", "K4", "K5", "K10"}
SHAREABLE = {"K1", "K3", "K4", "K5", "K10"}
WITHOUT_CHILDREN = {"unit_head", "system_administrator"}


def _branch(zone: str) -> str:
    return zone.split(":", maxsplit=1)[0]


def may_ask(facts: Facts, hat: Hat, consent: Consent) -> bool:
    assert consent.last is not None
    return (
        facts.may(hat, consent.child, "K12")
        and consent.child not in facts.protected
        and consent.target in ZONES - {hat.zone}
        and "K1" in consent.classes
        and consent.classes <= ASKABLE
        and facts.day <= consent.first <= consent.last <= consent.first + 365 * DAY
    )


def sees_consent(facts: Facts, hat: Hat, consent: Consent) -> bool:
    between = hat.zone in (consent.source, consent.target)
    return between and facts.may(hat, consent.child, "K12")


def may_answer(facts: Facts, hat: Hat, consent: Consent, who: str) -> bool:
    """Only where the data comes from; what has ended or is looked into takes no answer."""
    return (
        sees_consent(facts, hat, consent)
        and hat.zone == consent.source
        and consent.status not in ("ended", "review")
        and (who == "child" or who in facts.guardians(consent.child))
    )


def answer(facts: Facts, consent: Consent, who: str, *, yes: bool, young: bool) -> None:
    consent.words[who] = (yes, young)
    outcome = facts.weigh(consent)
    if outcome == "no":
        consent.status = "ended" if consent.status == "given" else "open"
    else:
        consent.status = outcome


def shake(facts: Facts, child: str, guardian: str | None = None) -> None:
    for one in facts.consents:
        theirs = guardian is None or guardian in one.words
        if one.child == child and one.status in ("given", "some") and theirs:
            one.status = "review"


def expire(facts: Facts) -> None:
    for one in facts.consents:
        if one.last is not None and one.last < facts.day:
            one.status = "ended"


def may_grant(facts: Facts, giver: Hat | None, tie: Tie) -> bool:
    """A chief hands out in its own zone, not to itself; `giver` None is the system."""
    roles = {hat.role for hat in facts.hats(tie.person) if hat.zone == tie.zone}
    same = (tie.person, tie.child, tie.kind, tie.zone)
    already = any(
        (one.person, one.child, one.kind, one.zone) == same
        and not one.ended
        and one.last is not None
        and one.last >= facts.day
        for one in facts.ties
    )
    by_right = giver is None or (
        giver.person != tie.person and giver.role in CHIEFS and giver.zone == tie.zone
    )
    assert tie.last is not None
    in_time = facts.day <= tie.last <= end_of_school_year(facts.day)
    fits = bool(roles & SUITS[tie.kind])
    return by_right and fits and in_time and not already and tie.child not in facts.protected


def end_of_school_year(day: date) -> date:
    return date(day.year if day.month <= 6 else day.year + 1, 6, 30)


def may_end(facts: Facts, hat: Hat, tie: Tie) -> bool:
    """One's own; a unit head those of its zone, a principal those of its own school's pupils."""
    leads = hat.role in CHIEFS and (hat.role == "unit_head" or facts.exists(hat, tie.child))
    return tie.zone == hat.zone and (leads or tie.person == hat.person)


def may_break(facts: Facts, hat: Hat, child: str, *, words: str, anew: bool) -> bool:
    """In one's own zone alone, with words, signed in anew; three a day, one at a time for a child."""
    mine = [tie for tie in facts.ties if tie.person == hat.person and tie.closes is not None]
    standing = any(
        tie.child == child and not tie.ended and tie.closes and tie.closes > facts.at
        for tie in mine
    )
    today = [tie for tie in mine if tie.first == facts.day]
    fine = len(words.strip()) >= 30 and anew and len(today) < 3 and not standing
    return of_zone(facts, hat, child) and fine and child not in facts.protected


def of_zone(facts: Facts, hat: Hat, child: str) -> bool:
    """A school has its pupils; another agency has those whom somebody there has as a matter."""
    return hat.zone == SCHOOL or any(
        (tie.child, tie.zone) == (child, hat.zone)
        and tie.kind in CASES
        and not tie.ended
        and tie.holds(facts.day)
        for tie in facts.ties
    )


def protect(facts: Facts, child: str) -> None:
    """All at once: no guardians, no ties, no named readers, and what rests on a yes stands still."""
    facts.protected.add(child)
    facts.custody = [one for one in facts.custody if one.child != child]
    shake(facts, child)
    for consent in facts.consents:
        if consent.child == child:
            consent.words = {who: said for who, said in consent.words.items() if who == "child"}
    for tie in facts.ties:
        tie.ended = tie.ended or tie.child == child
    for note in facts.notes:
        if note.child == child:
            note.readers.clear()


def lift(facts: Facts, child: str) -> None:
    facts.protected.discard(child)
    for one in [one for one in facts.handlers if one.child == child]:
        if one.last is None or one.last >= facts.day:
            end_handler(facts, one, facts.day - DAY)


def may_name(facts: Facts, child: str, person: str, deciders: tuple[str, str]) -> bool:
    """Two others at work decide of each, and there are at most five."""
    at_work = {duty.person for duty in facts.duties if duty.holds(facts.day)}
    held = {
        one.person
        for one in facts.handlers
        if one.child == child and (one.last is None or one.last >= facts.day)
    }
    three = {person, *deciders}
    fits = person not in held and len(held) < 5
    return child in facts.protected and len(three) == 3 and three <= at_work and fits


def end_handler(facts: Facts, handler: Handler, last: date) -> None:
    if handler.first > last:
        facts.handlers.remove(handler)
    else:
        handler.last = last


def may_write(facts: Facts, hat: Hat, tie: Tie) -> bool:
    """Only about a child that is one's own matter, by the tie of oneself that is shown."""
    own = (tie.person, tie.zone) == (hat.person, hat.zone) and tie.holds(facts.day)
    case = tie.kind in SUITS and tie.kind != "participant"
    return own and case and not tie.ended and hat.role in WRITES[_branch(hat.zone)]


def may_name_reader(facts: Facts, hat: Hat, note: Note, person: str) -> bool:
    writes = {
        one.person for one in facts.hats(person) if one.zone == hat.zone
        and one.role in WRITES[_branch(hat.zone)]
    }  # fmt: skip
    return facts.reads_note(hat, note) and note.author == hat.person and bool(writes)


def offers(facts: Facts, hat: Hat, child: str, data_class: str) -> bool:
    """Has the giver such an item of its own zone: the school's figures, or a note that it reads?"""
    if data_class == "K3":
        return hat.zone == SCHOOL and facts.may(hat, child, "K3")
    return NOTE_CLASS[_branch(hat.zone)] == data_class and any(
        note.child == child and facts.reads_note(hat, note) for note in facts.notes
    )


def may_hand_over(facts: Facts, hat: Hat, copy: Handed, decider: Hat | None) -> bool:
    """Inside a consent, or on the school's general clause when a chief there has decided so."""
    if not (facts.may(hat, copy.child, "K12") and offers(facts, hat, copy.child, copy.data_class)):
        return False
    if copy.child in facts.protected or copy.target == hat.zone:
        return False
    if decider is None:
        listed = set(facts.listed(copy.child, hat.zone, copy.target))
        return copy.data_class in listed & HANDED_BY_CONSENT
    decides = {
        one.role for one in facts.hats(decider.person) if one.zone == hat.zone
    } & CHIEFS  # fmt: skip
    return hat.zone == SCHOOL and bool(decides)


def may_change(facts: Facts, hat: Hat, cell: tuple[str, str, str], *, gives: bool) -> bool:
    role, data_class, way = cell
    row = facts.rights(Hat("", hat.zone, role))
    if gives:
        shut = data_class not in CHANGEABLE or role in WITHOUT_CHILDREN
        nobody = way == "duty" and not row.follows
        if shut or nobody or (way == "consent" and data_class not in SHAREABLE):
            return False
    return (data_class in getattr(row, way)) is not gives


def change(facts: Facts, hat: Hat, cell: tuple[str, str, str], *, gives: bool) -> None:
    role, data_class, way = cell
    row = facts.rights(Hat("", hat.zone, role))
    held: Iterable[str] = getattr(row, way)
    now = frozenset(set(held) | {data_class} if gives else set(held) - {data_class})
    parts = {"duty": row.duty, "case": row.case, "consent": row.consent} | {way: now}
    facts.table[hat.zone, role] = Row(row.follows, **parts)
