"""The log in plain words: what was shown, by what right, and in which way."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.base import labels
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K

CLASSES = {
    K.EXISTENCE: gettext_lazy("att det finns en kontakt eller ett ärende"),
    K.NAME: gettext_lazy("namn, klass och skola"),
    K.CONTACT: gettext_lazy("adress, telefon och vårdnadshavare"),
    K.ATTENDANCE: gettext_lazy("närvaro och frånvaro"),
    K.CAUSE: gettext_lazy("orsak till frånvaro"),
    K.MAPPING: gettext_lazy("kartläggning"),
    K.COUNSELLOR_NOTE: gettext_lazy("anteckningar hos kurator eller psykolog"),
    K.MEDICAL: gettext_lazy("skolhälsovårdens anteckningar"),
    K.SOCIAL: gettext_lazy("socialtjänstens anteckningar"),
    K.REGION: gettext_lazy("vårdens anteckningar"),
    K.PLAN: gettext_lazy("planen"),
    K.CHILD_WORDS: gettext_lazy("elevens egna ord"),
    K.CONSENT: gettext_lazy("samtycken"),
    K.READ_LOG: gettext_lazy("loggen över vem som har sett"),
    K.CONCERN: gettext_lazy("att en orosanmälan har gjorts"),
}
GROUNDS = {
    "duty": gettext_lazy("sin tjänst"),
    "handler": gettext_lazy("utsedd för eleven"),
    "relation": gettext_lazy("eget ärende"),
    "consent": gettext_lazy("samtycke"),
    "glass": gettext_lazy("nödöppning"),
    "disclosure": gettext_lazy("utlämnande"),
    "review": gettext_lazy("granskning av loggen"),
    "system": gettext_lazy("systemets eget arbete"),
}
ACTIONS = {
    "view": gettext_lazy("visat"),
    "list": gettext_lazy("i en lista"),
    "search": gettext_lazy("i en sökning"),
    "export": gettext_lazy("som fil"),
    "print": gettext_lazy("på papper"),
    "pdf": gettext_lazy("som PDF"),
    "act": gettext_lazy("ville ändra"),
}


def kinds(classes: Iterable[K]) -> str:
    """Name data classes as people say them, in the order of the table."""
    order = list(CLASSES)
    return ", ".join(
        str(CLASSES[each]) for each in sorted(set(classes) & set(order), key=order.index)
    )


def ground(of: str) -> str:
    return str(GROUNDS.get(of.partition(":")[0], of))


def action(of: str) -> str:
    return str(ACTIONS.get(of, of))


def role(of: str) -> str:
    """Name a role as it stands in the log; a role that is no more as it was called."""
    if of == "system":
        return _("Systemet")
    known = {each.value for each in Role}
    return str(labels.ROLE[Role(of)]) if of in known else of
