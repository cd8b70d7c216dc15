"""What notes do when a pupil's personal data is protected: nobody is a named reader any more."""

from samnarvaro.notes.models import NoteReader
from samnarvaro.people.events import PupilProtected


def pupil_protected(event: PupilProtected) -> None:
    """The ties end in consents; the names of readers end here, in the same transaction."""
    NoteReader.objects.filter(note__pupil=event.pupil, ended_at__isnull=True).update(
        ended_at=event.at
    )
