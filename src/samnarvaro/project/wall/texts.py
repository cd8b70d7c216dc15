"""What is said of the second wall, on the command line and on the page of those who run it."""

from django.utils.translation import gettext as _

from samnarvaro.project.wall.checking import Fault, Found, Note
from samnarvaro.project.wall.raising import NotAllowed


def not_raised(refused: NotAllowed) -> str:
    return _(
        "Den andra muren i databasen kunde inte resas: inloggningen till databasen får inte göra dess "
        "roller eller funktioner (%(why)s). docs/install.md säger vad som behövs och vad som gäller "
        "tills dess."
    ) % {"why": refused}


def of_fault(fault: Fault, about: list[str]) -> str:
    said = {
        Fault.NO_POSTGRES: _(
            "Databasen är SQLite, som inte har någon andra mur: programmet håller isär myndigheterna, "
            "men den som kan öppna databasens fil kan läsa allt."
        ),
        Fault.NOT_RAISED: _("Muren är inte rest. Kör: samnarvaro wall"),
        Fault.NOT_ITS_ROLES: _(
            "Inloggningen till databasen hör inte till murens roller. Kör som den som äger "
            "tabellerna: samnarvaro wall --login NAMN"
        ),
        Fault.ABOVE_IT: _(
            "Inloggningen till databasen är superuser eller har BYPASSRLS: för den finns ingen mur."
        ),
        Fault.OTHER_KEY: _(
            "Muren är rest med en annan nyckel än SAMNARVARO_SECRET_KEY: ingen ser några elever. "
            "Kör: samnarvaro wall"
        ),
        Fault.TABLE_OPEN: _("Tabeller utan regel: %(about)s. Kör: samnarvaro wall"),
        Fault.VIEW_OPEN: _("Vyer som visar vad deras ägare ser: %(about)s."),
        Fault.LOG_CHANGEABLE: _("Loggar som går att ändra: %(about)s. Kör: samnarvaro wall"),
    }[fault]
    return said % {"about": ", ".join(about)} if about else said


def of_note(note: Note) -> str:
    return {
        Note.MAKES_ROLES: _(
            "Inloggningen till databasen kan göra sig till murens ägare. När muren är rest behövs "
            "det inte: docs/install.md säger hur det tas ifrån den."
        ),
        Note.IS_OWNER: _(
            "Inloggningen till databasen hör till murens ägare. Ta bort den därifrån."
        ),
        Note.CHANGES_TABLES: _(
            "Samma inloggning visar sidorna och äger tabellerna. Med två håller muren också mot den "
            "som kan köra vilken SQL som helst."
        ),
    }[note]


def advice() -> str:
    return _(
        "Här finns mer än en myndighet. Byt till PostgreSQL: där håller databasen själv isär dem."
    )


def sentences(found: Found) -> list[str]:
    """Everything there is to say: whether it stands, what is wrong, what could be better."""
    first = [_("Den andra muren står.")] if found.stands else []
    return [
        *first,
        *(of_fault(fault, about) for fault, about in found.faults.items()),
        *([advice()] if found.needs_postgres else []),
        *(of_note(note) for note in sorted(found.notes)),
    ]
