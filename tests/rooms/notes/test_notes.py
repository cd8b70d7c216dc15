"""Working notes stay in their zone: the author's and the named readers' in school, the handlers' elsewhere."""

from uuid import uuid4

import pytest
from django.test import Client

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.queries import own
from samnarvaro.consents.services import relations
from samnarvaro.kernel.access import Role
from samnarvaro.notes import queries, services
from samnarvaro.notes.domain.notes import LONGEST, Fault
from samnarvaro.notes.models import Note, NoteReader
from samnarvaro.people import services as people_services
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Staff
from tests.rooms.consents.agreed import NOON, SCHOOL, Town, scope
from tests.rooms.worklist.school import system
from tests.rooms.worklist.test_pages import words

SECRET = "CNR-sover-dåligt"


def client_of(staff: Staff) -> Client:
    client = Client()
    assert staff.account is not None
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def write(town: Town, who: str, text: str = SECRET) -> Note:
    return services.write(
        tie=town.ties[who].public, text=text, by=scope(getattr(town, who)), at=NOON
    )


def read(town: Town, who: str) -> list[str]:
    return read_by(getattr(town, who), town)


def read_by(staff: Staff, town: Town) -> list[str]:
    return [note.text for note in queries.of_pupil(town.saga.pk, by=scope(staff))]


def test_a_note_is_written_once_and_the_log_has_no_words(town: Town) -> None:
    note = write(town, "sonja", f"  {SECRET} ")

    assert (note.text, note.zone, note.data_class) == (SECRET, "social:9999", "K8")
    written = Writing.objects.get(act="note.written")
    assert written.pupil == str(town.saga.public)
    assert SECRET not in str(vars(written))


@pytest.mark.parametrize(
    ("who", "readers"),
    [("karin", {"karin"}), ("sonja", {"sonja", "samir"}), ("bo", {"bo"})],
)
def test_a_note_is_read_in_its_own_zone_alone(town: Town, who: str, readers: set[str]) -> None:
    """Neither consent nor a case elsewhere opens another zone's notes."""
    town.agree()
    write(town, who)

    assert {one for one in town.ties if read(town, one)} == readers
    for stranger in ("mira", "ragnar", "hanna", "petra"):
        assert read(town, stranger) == []
    assert not Note.objects.visible_in(system()).exists()


def test_in_school_a_named_colleague_reads_until_the_name_is_taken_away(town: Town) -> None:
    pia = town.staff("pia", "Pia Psykolog", Role.PSYCHOLOGIST, town.strand)
    town.tie(pia, town.saga, kind=Kind.STUDENT_HEALTH_CASE, zone=SCHOOL)
    note = write(town, "karin")
    assert read_by(pia, town) == []

    services.name_reader(note=note.public, staff=pia.pk, by=scope(town.karin), at=NOON)
    services.name_reader(note=note.public, staff=pia.pk, by=scope(town.karin), at=NOON)
    assert read_by(pia, town) == [SECRET]
    assert queries.of_pupil(town.saga.pk, by=scope(town.karin))[0].readers == ("Pia Psykolog",)

    services.stop_reader(note=note.public, staff=pia.pk, by=scope(town.karin), at=NOON)
    assert read_by(pia, town) == []


def test_nobody_outside_the_zone_is_named_to_read(town: Town) -> None:
    note = write(town, "karin")

    with pytest.raises(services.NotAReader):
        services.name_reader(note=note.public, staff=town.sonja.pk, by=scope(town.karin), at=NOON)
    with pytest.raises(services.NotAReader):
        services.name_reader(note=note.public, staff=town.mira.pk, by=scope(town.karin), at=NOON)
    assert not NoteReader.objects.exists()


def test_a_correction_takes_the_old_ones_place_and_keeps_it(town: Town) -> None:
    note = write(town, "sonja", "Fel datum")

    services.correct(note=note.public, text="Rätt datum", by=scope(town.sonja), at=NOON)

    assert read(town, "sonja") == ["Rätt datum"]
    assert set(Note.objects.values_list("text", flat=True)) == {"Fel datum", "Rätt datum"}
    with pytest.raises(queries.NoSuchNote):
        services.correct(note=note.public, text="Igen", by=scope(town.sonja), at=NOON)


def test_only_the_author_corrects(town: Town) -> None:
    note = write(town, "sonja")

    with pytest.raises(queries.NoSuchNote):
        services.correct(note=note.public, text="Mitt", by=scope(town.samir), at=NOON)
    assert Note.objects.get().text == SECRET


@pytest.mark.parametrize(
    ("text", "fault"), [(" ", Fault.EMPTY), ("a" * (LONGEST + 1), Fault.TOO_LONG)]
)
def test_an_empty_or_endless_note_is_refused_and_nothing_is_written(
    town: Town, text: str, fault: Fault
) -> None:
    with pytest.raises(services.CannotWrite) as refused:
        write(town, "sonja", text)

    assert refused.value.faults == [fault]
    assert not Note.objects.exists()


def test_somebody_elses_tie_is_no_way_in(town: Town) -> None:
    for who in ("bo", "samir", "mira"):
        with pytest.raises(own.NoSuchTie):
            services.write(
                tie=town.ties["sonja"].public,
                text=SECRET,
                by=scope(getattr(town, who)),
                at=NOON,
            )
    assert not Note.objects.exists()


def test_notes_of_a_matter_that_has_ended_are_read_no_more(town: Town) -> None:
    write(town, "sonja")
    relations.end(relation=town.ties["sonja"].public, by=scope(town.hanna), at=NOON)

    assert read(town, "sonja") == []
    assert read(town, "samir") == [SECRET]


def test_when_protection_comes_late_nobody_reads_what_was_written(town: Town) -> None:
    for who in ("karin", "sonja", "bo"):
        write(town, who)

    people_services.protect(pupil=town.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=NOON)

    assert [read(town, who) for who in town.ties] == [[], [], [], []]


def test_the_page_takes_in_a_note_and_logs_who_read(town: Town) -> None:
    client, url = client_of(town.sonja), f"/anteckningar/{town.ties['sonja'].public}/"

    answer = client.post(url, {"text": "Hembesök i går."}, follow=True)

    assert "Hembesök i går." in words(answer)
    assert "Skolan och vården ser den inte." in words(answer)
    reading = Reading.objects.order_by("pk").last()
    assert reading is not None
    assert (reading.pupils, reading.classes) == ([str(town.saga.public)], ["K8"])


def test_the_page_keeps_what_was_written_when_it_is_refused(town: Town) -> None:
    client, url = client_of(town.sonja), f"/anteckningar/{town.ties['sonja'].public}/"
    long = "Lång " * 500

    answer = client.post(url, {"text": long})

    assert answer.status_code == 422
    assert "längre än 2000 tecken" in words(answer)
    assert long.strip() in words(answer)
    assert not Note.objects.exists()


@pytest.mark.parametrize("who", ["samir", "bo", "karin"])
def test_a_stranger_gets_the_same_answer_as_for_nothing(town: Town, who: str) -> None:
    note = write(town, "sonja")
    client = client_of(getattr(town, who))
    tie = town.ties["sonja"].public

    for url in (f"/anteckningar/{tie}/", f"/anteckningar/{tie}/{note.public}/"):
        assert client.get(url).status_code == client.post(url, {"text": "x"}).status_code == 404
    assert client.get(f"/anteckningar/{uuid4()}/").status_code == 404
    assert Note.objects.count() == 1


def test_one_corrects_on_the_page_one_s_own_note_about_this_child_alone(town: Town) -> None:
    note, client = write(town, "sonja"), client_of(town.sonja)
    tie = town.ties["sonja"].public
    other = town.tie(town.sonja, town.noor).public

    assert SECRET in words(client.get(f"/anteckningar/{tie}/{note.public}/"))
    assert client.get(f"/anteckningar/{other}/{note.public}/").status_code == 404
    client.post(f"/anteckningar/{tie}/{note.public}/", {"text": "Rättad"})
    assert read(town, "sonja") == ["Rättad"]


def test_the_counsellor_s_notes_stand_on_the_pupils_page_for_who_has_the_case(town: Town) -> None:
    write(town, "karin")

    assert SECRET in words(client_of(town.karin).get(f"/elev/{town.saga.public}/"))
    assert SECRET not in words(client_of(town.ragnar).get(f"/elev/{town.saga.public}/"))
    assert SECRET not in words(client_of(town.mira).get(f"/elev/{town.saga.public}/"))
