"""The ways to lie about who has looked, each done with the database's own password, each found."""

import pytest
from pytest_django import Settings as SettingsWrapper

from samnarvaro.audit import queries
from samnarvaro.audit import services as audit
from samnarvaro.audit.domain.verifying import Checkpoint, Fault, Kind, Verdict
from samnarvaro.audit.models import Reading, Seal, SealHead
from samnarvaro.audit.services import checkpoints
from samnarvaro.base import bulk
from samnarvaro.project.commands.audit import LOGS, _say
from tests.rooms.audit.log import MINUTE, NOON, SAGA, read, some, tamper, write

pytestmark = pytest.mark.django_db
END = NOON + 6 * MINUTE
KEY = b"k" * 32


@pytest.fixture
def sealed(settings: SettingsWrapper) -> Checkpoint:
    """Twelve sealed rows, with a checkpoint that somebody keeps elsewhere."""
    settings.SEAL_KEYS = [KEY]
    some(6)
    audit.seal_new(at=END)
    point = checkpoints.reached(at=END)
    assert point is not None
    return point


def found(*points: Checkpoint, keys: tuple[bytes, ...] = ()) -> Verdict:
    return queries.verify(at=END, keys=keys, checkpoints=points)


def kinds(verdict: Verdict) -> dict[Kind, int]:
    return dict(verdict.counts)


def reading(number: int) -> Reading:
    return Reading.objects.get(what=f"page-{number}")


def seal_of(number: int) -> int:
    return Seal.objects.get(log="r", row=reading(number).pk).number


def test_a_log_that_nobody_has_touched_is_whole(sealed: Checkpoint) -> None:
    verdict = found(sealed, keys=(KEY,))

    assert verdict.is_whole
    assert (verdict.readings, verdict.writings, verdict.checkpoints) == (6, 6, 1)


def test_a_changed_reader_is_found_in_its_place(sealed: Checkpoint) -> None:
    tamper("UPDATE audit_reading SET viewer = 'somebody-else' WHERE what = 'page-2'")

    verdict = found(sealed)

    assert kinds(verdict) == {Kind.CHANGED: 1}
    assert (verdict.faults[0].seal, verdict.faults[0].row) == (seal_of(2), reading(2).pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pupils", '["another"]'),
        ("classes", '["K1"]'),
        ("objects_shown", '["x"]'),
        ("ground", "consent:1"),
        ("outcome", "denied"),
        ("role", "nurse"),
        ("zone", "z"),
        ("purpose", "p"),
        ("action", "list"),
        ("channel", "api"),
        ("request_id", "r"),
        ("count", 9),
    ],
)
def test_no_column_of_a_reading_can_be_changed_unseen(
    sealed: Checkpoint,  # noqa: ARG001  # the log it belongs to
    column: str,
    value: object,
) -> None:
    tamper(f"UPDATE audit_reading SET {column} = %s WHERE what = 'page-2'", value)

    assert kinds(found()) == {Kind.CHANGED: 1}


@pytest.mark.parametrize("column", ["viewer", "act", "pupil", "target", "request_id", "zone"])
@pytest.mark.usefixtures("sealed")
def test_no_column_of_a_writing_can_be_changed_unseen(column: str) -> None:
    tamper(f"UPDATE audit_writing SET {column} = 'x' WHERE target = 'row:3'")

    assert kinds(found()) == {Kind.CHANGED: 1}


@pytest.mark.usefixtures("sealed")
def test_a_changed_detail_of_a_writing_is_found() -> None:
    changed = '{"to": "done", "from": "open", "left": null, "days": 4}'
    tamper("UPDATE audit_writing SET detail = %s WHERE target = 'row:3'", changed)

    assert kinds(found()) == {Kind.CHANGED: 1}


def test_a_removed_reading_is_found(sealed: Checkpoint) -> None:
    number = seal_of(3)
    tamper("DELETE FROM audit_reading WHERE what = 'page-3'")

    verdict = found(sealed)

    assert kinds(verdict) == {Kind.REMOVED: 1}
    assert verdict.faults[0].seal == number


def test_a_reading_removed_with_its_seal_leaves_a_gap(sealed: Checkpoint) -> None:
    number, pk = seal_of(3), reading(3).pk
    tamper("DELETE FROM audit_seal WHERE number = %s", number)
    tamper("DELETE FROM audit_reading WHERE id = %s", pk)

    # The next seal held on to the one that is gone.
    assert kinds(found(sealed)) == {Kind.GAP: 1, Kind.CHANGED: 1}


def test_two_readings_that_changed_places_are_found(sealed: Checkpoint) -> None:
    first, second = reading(1).pk, reading(4).pk
    for column in ("what", "at"):
        one, other = (
            bulk.fetch(f"SELECT {column} FROM audit_reading WHERE id = %s", [pk])[0][0]
            for pk in (first, second)
        )
        tamper(f"UPDATE audit_reading SET {column} = %s WHERE id = %s", other, first)
        tamper(f"UPDATE audit_reading SET {column} = %s WHERE id = %s", one, second)

    assert kinds(found(sealed)) == {Kind.CHANGED: 2}


def test_two_seals_that_changed_places_are_found(sealed: Checkpoint) -> None:
    first, second = seal_of(1), seal_of(4)
    tamper("UPDATE audit_seal SET number = 1000 WHERE number = %s", first)
    tamper("UPDATE audit_seal SET number = %s WHERE number = %s", first, second)
    tamper("UPDATE audit_seal SET number = %s WHERE number = 1000", second)

    assert found(sealed).counts[Kind.CHANGED] >= 2


def test_a_sealed_reading_that_is_dated_back_is_found(sealed: Checkpoint) -> None:
    tamper(
        "UPDATE audit_reading SET at = %s WHERE what = 'page-5'",
        "2026-10-01 08:00:00" if not bulk.on_postgres() else "2026-10-01 08:00:00+00",
    )

    assert kinds(found(sealed)) == {Kind.CHANGED: 1}


def test_a_new_reading_that_is_dated_back_is_found_though_it_is_rightly_sealed(
    sealed: Checkpoint,
) -> None:
    read(NOON - 180 * MINUTE, what="the alibi")
    audit.seal_new(at=END)

    assert kinds(found(sealed)) == {Kind.DATED_BACK: 1}


def test_a_row_that_waited_for_its_long_delivery_is_not_dated_back(sealed: Checkpoint) -> None:
    write(NOON - 100 * MINUTE)
    audit.seal_new(at=END)

    assert found(sealed).is_whole


def test_a_reading_from_the_future_is_found(sealed: Checkpoint) -> None:
    read(END + 6 * MINUTE, what="tomorrow")
    audit.seal_new(at=END)

    assert kinds(found(sealed)) == {Kind.DATED_AHEAD: 1}


def cut_after(number: int) -> None:
    """Cut the end off so that nothing in the database tells: rows, seals, and how far it had come."""
    last = Seal.objects.get(number=number)
    tamper("DELETE FROM audit_seal WHERE number > %s", number, rows=12 - number)
    for log, table, left in (("r", "audit_reading", 6), ("w", "audit_writing", number - 6)):
        kept = f"(SELECT row FROM audit_seal WHERE log = '{log}')"
        tamper(f"DELETE FROM {table} WHERE id NOT IN {kept}", rows=6 - left)
    tamper(
        "UPDATE audit_sealhead SET number = %s, hashed = %s, writings = %s",
        number,
        bytes(last.hashed),
        number - 6,
    )


def test_an_end_that_was_cut_off_is_seen_by_the_checkpoint_alone(sealed: Checkpoint) -> None:
    cut_after(9)

    assert found().is_whole, "the chain by itself cannot know"
    verdict = found(sealed)
    assert kinds(verdict) == {Kind.CUT_OFF: 1}
    assert verdict.faults[0].seal == 12


def test_a_clumsily_cut_end_is_seen_without_one(sealed: Checkpoint) -> None:  # noqa: ARG001
    tamper("DELETE FROM audit_seal WHERE number = 12")

    assert Kind.CUT_OFF in found().counts


def seal_anew() -> None:
    """Take all seals away and let the program's own sealer make them again, without the key."""
    tamper("DELETE FROM audit_seal", rows=12)
    tamper("DELETE FROM audit_sealhead")
    audit.seal_all(at=END)


def test_a_log_written_anew_is_seen_by_the_checkpoint(
    sealed: Checkpoint, settings: SettingsWrapper
) -> None:
    tamper("UPDATE audit_reading SET viewer = 'somebody-else' WHERE what = 'page-2'")
    settings.SEAL_KEYS = []
    seal_anew()

    assert found().is_whole, "the chain by itself cannot know"
    assert kinds(found(sealed)) == {Kind.WRITTEN_ANEW: 1}


def test_a_log_written_anew_from_the_middle_is_seen_by_the_key(
    sealed: Checkpoint, settings: SettingsWrapper
) -> None:
    number = seal_of(2)
    tamper("UPDATE audit_reading SET viewer = 'somebody-else' WHERE what = 'page-2'")
    settings.SEAL_KEYS = [b"f" * 32]
    former = Seal.objects.get(number=number - 1)
    tamper("DELETE FROM audit_seal WHERE number >= %s", number, rows=13 - number)
    tamper("UPDATE audit_sealhead SET number = %s, hashed = %s", number - 1, bytes(former.hashed))
    audit.seal_all(at=END)

    assert found().is_whole
    assert kinds(found(keys=(KEY,))) == {Kind.FORGED: 13 - number}
    assert Kind.WRITTEN_ANEW in found(sealed).counts


def test_marks_that_were_taken_away_are_missed(sealed: Checkpoint) -> None:  # noqa: ARG001
    tamper("UPDATE audit_seal SET marked = NULL WHERE number = 7")

    assert kinds(found(keys=(KEY,))) == {Kind.FORGED: 1}


def test_a_forged_checkpoint_is_known_by_the_key(sealed: Checkpoint) -> None:
    forged = Checkpoint(sealed.number, sealed.hashed, sealed.at, 6, 6, marked=bytes(32))

    assert kinds(found(forged, keys=(KEY,))) == {Kind.FORGED: 1}


def test_a_row_that_is_not_sealed_in_time_is_told_and_a_young_one_waits(
    sealed: Checkpoint,
) -> None:
    read(END - 10 * MINUTE, what="young")
    assert (found(sealed).waiting, found(sealed).is_whole) == (1, True)

    read(END - 11 * MINUTE, what="old")
    assert kinds(found(sealed)) == {Kind.NOT_SEALED: 1}


def test_an_empty_log_is_whole() -> None:
    verdict = found()

    assert (verdict.is_whole, verdict.seals) == (True, 0)
    assert not SealHead.objects.exists()


def test_every_fault_is_counted_and_the_first_thousand_are_told(
    sealed: Checkpoint,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("samnarvaro.audit.domain.verifying.MOST_TOLD", 2)
    tamper("UPDATE audit_reading SET viewer = 'x'", rows=6)

    verdict = found()

    assert (verdict.counts[Kind.CHANGED], len(verdict.faults)) == (6, 2)
    assert SAGA not in repr(verdict)


def test_one_changed_row_does_not_drown_among_many_that_were_dated_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("samnarvaro.audit.domain.verifying.MOST_TOLD", 3)
    verdict = Verdict()
    for number in range(5):
        verdict.tell(Fault(Kind.DATED_BACK, number, next(iter(LOGS)), number))
    verdict.tell(Fault(Kind.CHANGED, 9, next(iter(LOGS)), 9))

    _say(verdict)

    lines = capsys.readouterr().out.splitlines()
    told = [line.strip() for line in lines if line.startswith("  ")]
    assert told[0].startswith("changed: försegling 9")
    assert len(told) == 4
