"""The words around instruments. What is asked is in the instrument itself, in its own language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.mapping.domain.instrument import Audience, State
from samnarvaro.mapping.domain.instrument_answers import Fault, Wrong
from samnarvaro.mapping.domain.mappings import Depth

Words = str | Promise

AUDIENCE: dict[Audience, Words] = {
    Audience.PUPIL_YOUNGER: _("Eleven, yngre"),
    Audience.PUPIL_OLDER: _("Eleven, äldre"),
    Audience.GUARDIAN: _("Vårdnadshavare"),
    Audience.SCHOOL: _("Skolan"),
}
DEPTH: dict[Depth, Words] = {Depth.SIMPLE: _("enkelt"), Depth.DEEP: _("fördjupat")}
STATE: dict[State, Words] = {
    State.DRAFT: _("Utkast"),
    State.PUBLISHED: _("Används"),
    State.WITHDRAWN: _("Indraget"),
}
STATE_TONE: dict[State, str] = {
    State.DRAFT: "info",
    State.PUBLISHED: "good",
    State.WITHDRAWN: "plain",
}
YES, NO = _("Ja"), _("Nej")
NO_ANSWER = _("Inget svar")
NEEDS_ANSWER = _("Behöver ett svar innan formuläret låses.")

WRONG: dict[Wrong, Words] = {
    Wrong.NOT_AN_OPTION: _("Välj ett av svaren."),
    Wrong.NOT_A_NUMBER: _("Skriv ett heltal."),
    Wrong.OUT_OF_SPAN: _("Talet är för litet eller för stort för frågan."),
    Wrong.NOT_A_DAY: _("Skriv en dag som år-månad-dag."),
    Wrong.TOO_LONG: _("Texten är för lång: högst 2000 tecken."),
}
FAULT: dict[Fault, Words] = {
    Fault.METHOD: _("Välj hur svaren kom till."),
    Fault.HELD_ON: _("Välj vilken dag svaren gavs."),
    Fault.HELD_ON_LATER: _("Dagen har inte varit än."),
    Fault.HELD_ON_TOO_OLD: _("Välj en dag högst 90 dagar före det att formuläret påbörjades."),
    Fault.WHO_TOO_LONG: _("Texten är för lång: högst 80 tecken."),
    Fault.NOTHING: _("Svara på minst en fråga."),
}
UNANSWERED = _("Svara på frågan, eller välj ”vet inte” om det finns.")

SAVED = _("Utkastet är sparat.")
MORE_ASKED = _("Svaren är sparade. De gav fler frågor, som står på sidan nu.")
LOCKED = _("Formuläret är klart och låst.")
CORRECTING = _("Det här är en ny version. Den gamla gäller tills du låser den nya.")
CORRECTED_ALREADY = _("Någon har redan börjat rätta det här formuläret.")
DISCARDED = _("Utkastet är borta.")
