"""Notes of a class: written by those who work with it, locked, of no pupil; decisions open until done."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Writing
from samnarvaro.mapping.domain.conferences import Decided, Fault, Kind, Told
from samnarvaro.mapping.models import ClassDecision, ClassNote
from samnarvaro.mapping.queries import conferences as queries
from samnarvaro.mapping.queries.places import NotTheViewers
from samnarvaro.mapping.services import conferences as services
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.mapped import as_staff
from tests.rooms.worklist.test_pages import signed_in, words

SEEN = "Det är lugnare i korridoren sedan vi fick två mattider."
TOLD = Told(
    held_on=WEDNESDAY, present="Mira Ek, Tove Lind", seen=SEEN,
    decided=(Decided(what="Hälsa i dörren", who="alla lärare", due_on=date(2026, 11, 20)),),
)  # fmt: skip


def begin(town: Town, who: str = "mira") -> UUID:
    return services.begin(
        town.class_8b.public, kind=Kind.CONFERENCE, by=scope(as_staff(town, who)), at=NOON,
        on=WEDNESDAY,
    )  # fmt: skip


def save(
    town: Town, note: UUID, told: Told = TOLD, *, who: str = "mira", locks: bool = False
) -> None:
    services.save(
        note, told, group=town.class_8b.public, locks=locks, by=scope(as_staff(town, who)),
        at=NOON, on=WEDNESDAY,
    )  # fmt: skip


def locked(town: Town, who: str = "mira") -> UUID:
    note = begin(town, who)
    save(town, note, who=who, locks=True)
    return note


def seen_by(town: Town, who: str) -> list[str]:
    by = scope(as_staff(town, who))
    return [each.told.seen for each in queries.of_class(town.class_8b.pk, by=by)]


def page_of(town: Town, note: UUID | None = None) -> str:
    address = f"/skola/klass/{town.class_8b.public}/konferens/"
    return f"{address}{note}/" if note else address


@pytest.mark.parametrize("who", ["mira", "tove", "ragnar", "diana", "karin"])
def test_those_who_work_with_the_class_write_and_read(town: Town, who: str) -> None:
    locked(town, who)

    for reader in ("mira", "tove", "ragnar", "karin"):
        assert seen_by(town, reader) == [SEEN]


@pytest.mark.parametrize("who", ["nils", "petra", "agda", "sonja", "isa"])
def test_for_everybody_else_there_is_none(town: Town, who: str) -> None:
    note = locked(town)

    assert seen_by(town, who) == []
    with pytest.raises(NotTheViewers):
        begin(town, who)
    with pytest.raises(NotTheViewers):
        save(town, note, who=who)
    client = signed_in(as_staff(town, who))
    assert client.get(page_of(town)).status_code == 404
    assert client.get(page_of(town, note)).status_code == 404


def test_a_draft_is_its_authors_alone_and_is_gone_on_with(town: Town) -> None:
    note = begin(town)
    save(town, note)

    assert begin(town) == note
    assert seen_by(town, "tove") == []
    assert signed_in(town.tove).get(page_of(town, note)).status_code == 404
    with pytest.raises(queries.NoSuchNote):
        save(town, note, who="tove")


def test_a_locked_note_is_not_changed(town: Town) -> None:
    note = locked(town)

    with pytest.raises(queries.NoSuchNote):
        save(town, note, Told(seen="annat"))
    with pytest.raises(queries.NoSuchNote):
        services.discard(note, group=town.class_8b.public, by=scope(town.mira), at=NOON)
    assert seen_by(town, "mira") == [SEEN]


def test_a_text_that_names_a_pupil_of_the_class_is_not_kept(town: Town) -> None:
    note = begin(town)
    save(town, note)

    with pytest.raises(services.CannotNote) as refused:
        save(town, note, Told(seen="Sagas bänk är tom."))

    assert refused.value.faults == [Fault.TELLS_NAME]
    assert ClassNote.objects.get().seen == SEEN
    save(town, note, Told(seen="Robin i en annan klass kan ingen känna igen här."))


def test_everything_lacking_is_told_at_once_and_nothing_is_locked(town: Town) -> None:
    note = begin(town)

    with pytest.raises(services.CannotNote) as refused:
        save(town, note, Told(decided=(Decided(what="Mattider"), Decided())), locks=True)

    assert refused.value.faults == [Fault.DAY, Fault.PRESENT, Fault.SEEN, Fault.WHO, Fault.DUE]
    assert ClassNote.objects.get().final_at is None
    assert not ClassDecision.objects.exists()


def test_what_was_decided_is_open_until_somebody_says_it_is_done(town: Town) -> None:
    locked(town)
    by = scope(town.tove)
    (decision,) = queries.open_decisions(town.class_8b.pk, by=by)

    for _ in range(2):
        services.tick(decision.public, group=town.class_8b.public, by=by, at=NOON, on=WEDNESDAY)

    assert queries.open_decisions(town.class_8b.pk, by=by) == []
    (note,) = queries.of_class(town.class_8b.pk, by=by)
    assert (note.decisions[0].done_on, note.decisions[0].done_by) == (WEDNESDAY, "Tove Lind")
    assert Writing.objects.filter(act="class_decision.done").count() == 1


def test_nobody_ticks_what_is_a_draft_or_of_another_class(town: Town) -> None:
    save(town, begin(town))
    draft = ClassDecision.objects.get().public
    for each in (draft, uuid4()):
        with pytest.raises(queries.NoSuchNote):
            services.tick(
                each, group=town.class_8b.public, by=scope(town.mira), at=NOON, on=WEDNESDAY
            )
    assert ClassDecision.objects.get().done_on is None


def test_the_log_says_what_was_done_and_not_a_word_of_it(town: Town) -> None:
    locked(town)

    acts = list(Writing.objects.filter(act__startswith="class_note").order_by("pk"))
    assert [row.act for row in acts] == ["class_note.begun", "class_note.locked"]
    assert not any("korridoren" in str(vars(row)) for row in acts)


def test_the_notes_take_as_many_questions_however_many_they_are(town: Town) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as made:
            seen_by(town, "mira")
        return len(made)

    locked(town)
    ask()
    few = ask()
    for _ in range(4):
        locked(town)
    assert ask() == few


def sent(**more: Any) -> dict[str, Any]:
    return {
        "held_on": "2026-10-21", "present": "Mira, Tove", "seen": SEEN, "what-0": "Hälsa i dörren",
        "who-0": "alla lärare", "due-0": "2026-11-20", **more,
    }  # fmt: skip


def test_a_conference_is_written_and_locked_and_the_next_has_its_decisions_beside(
    town: Town,
) -> None:
    client = signed_in(town.mira)
    assert "Ingen anteckning än" in words(client.get(page_of(town)))
    note = client.post(page_of(town), {"kind": "conference"}).headers["Location"]
    page = words(client.get(note))
    assert "Inga elevers namn behövs här" in page
    assert "(frivilligt)" not in page

    refused = client.post(note, sent(seen="Noor och Saga", act="save"))
    assert refused.status_code == 422
    assert "En elev i klassen går att känna igen i texten" in words(refused)
    assert "Noor och Saga" in words(refused)  # what was written is kept on the page

    assert client.post(note, sent(act="lock")).headers["Location"] == page_of(town)
    page = words(client.get(page_of(town)))
    assert "Anteckningen är klar och låst." in page
    assert "Hälsa i dörren" in page
    assert "Med var Mira, Tove. Skrivet av Mira Ek." in words(client.get(note))
    of_class = words(client.get(f"/skola/klass/{town.class_8b.public}/"))
    assert "Beslutat för klassen" in of_class
    assert "Hälsa i dörren" in of_class

    new = client.post(page_of(town), {"kind": "knowledge_check"}).headers["Location"]
    assert "Från förra gången: beslutat och inte gjort" in words(client.get(new))
    done = str(ClassDecision.objects.get().public)
    client.post(page_of(town), {"done": done})
    assert "Inget väntar på att bli gjort." in words(client.get(page_of(town)))
    assert client.post(new, {"act": "discard"}).status_code == 302
    assert ClassNote.objects.count() == 1


def test_a_teacher_finds_the_notes_of_its_classes_from_its_day(town: Town) -> None:
    client = signed_in(town.tove)

    assert page_of(town) in words(client.get("/"))
    page = words(client.get(page_of(town)))
    assert f'href="/skola/klass/{town.class_8b.public}/"' not in page


def test_an_empty_form_says_all_that_is_missing(town: Town) -> None:
    client, note = signed_in(town.mira), begin(town)

    page = client.post(page_of(town, note), {"act": "lock"})

    assert page.status_code == 422
    for text in ("Välj vilken dag det var.", "Skriv vilka som var med.", "Skriv vad ni såg"):
        assert text in words(page)


@pytest.mark.parametrize("wrong", [{"kind": "annat"}, {"done": "x"}, {"done": str(uuid4())}, {}])
def test_what_nobody_asked_for_is_not_found(town: Town, wrong: dict[str, str]) -> None:
    assert signed_in(town.mira).post(page_of(town), wrong).status_code == 404
