"""Why an account, a duty or a named handler cannot be made: the words behind the codes."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.people.domain.duties import NoSuchAccount, NoSuchDuty
from samnarvaro.people.domain.protection import NotAHandler

REASONS: dict[StrEnum, str | Promise] = {
    NoSuchAccount.USERNAME_FORM: _(
        "Användarnamnet får bara ha bokstäver, siffror och tecknen @ . + - _"
    ),
    NoSuchAccount.USERNAME_TAKEN: _("Det finns redan ett konto med det användarnamnet."),
    NoSuchAccount.PASSWORD_TOO_SHORT: _("Lösenordet är för kort: minst 12 tecken."),
    NoSuchAccount.PASSWORD_TOO_COMMON: _("Lösenordet är för vanligt."),
    NoSuchAccount.PASSWORD_TOO_SIMILAR: _("Lösenordet är för likt användarnamnet."),
    NoSuchDuty.MENTOR_WITHOUT_CLASS: _("En mentor måste ha en klass."),
    NoSuchDuty.CLASS_OF_ANOTHER_UNIT: _("Klassen hör till en annan enhet."),
    NoSuchDuty.ENDS_BEFORE_IT_BEGINS: _("Uppdraget slutar innan det börjar."),
    NoSuchDuty.ALREADY_HELD: _("Personen har redan det uppdraget."),
    NoSuchDuty.OWN: _("Ingen ger sig själv ett uppdrag."),
    NotAHandler.NOT_PROTECTED: _("Eleven har inte skyddade personuppgifter."),
    NotAHandler.ALREADY: _("Personen är redan utsedd."),
    NotAHandler.TOO_MANY: _("Fem är redan utsedda. Avsluta en av dem först."),
    NotAHandler.NO_DUTY: _("Personen har inget uppdrag den dagen."),
    NotAHandler.DECIDES_ABOUT_SELF: _("Ingen beslutar om sig själv."),
    NotAHandler.ONE_DECIDER: _("Två olika personer måste besluta."),
    NotAHandler.DECIDER_WITHOUT_DUTY: _("Den som beslutar måste ha ett uppdrag den dagen."),
}


def sentence(reasons: Iterable[StrEnum]) -> str:
    """All reasons, in words."""
    return " ".join(str(REASONS[reason]) for reason in reasons)
