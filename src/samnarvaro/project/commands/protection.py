"""Protected personal data from the command line: the mark, the alias, and the few who handle it.

Nothing here prints a name of a pupil. Who may run commands on the installation's machine is the
installation's own matter; each act is logged with the command as its purpose.
"""

from collections.abc import Callable
from datetime import date

import click
from django.db import transaction

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries
from samnarvaro.people import services as people
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.queries import handling
from samnarvaro.project import people_texts
from samnarvaro.project.commands.shared import DAY, say, stop

LEVELS = {
    "sekretessmarkering": Level.CONFIDENTIAL,
    "skyddad-folkbokforing": Level.PROTECTED_REGISTRATION,
}


def _scope(purpose: str) -> Scope:
    return consents.system_scope(purpose=purpose, on=clock.today())


def _pupil(pupil_id: str, by: Scope) -> int:
    try:
        return queries.by_pupil_id(pupil_id, by=by).pk
    except queries.NoSuchPupil:
        stop(f"Det finns ingen elev med id {pupil_id}.")


def _staff(username: str) -> int:
    try:
        return handling.staff_by_username(username)
    except handling.NoSuchStaff:
        stop(f"Inget konto som heter {username} hör till någon som arbetar här.")


@click.command("protect-pupil")
@click.argument("pupil_id")
@click.option("--level", type=click.Choice(list(LEVELS)), required=True, help="Vilket skydd.")
@click.option("--alias", default="", help="Namnet som är överenskommet med familjen.")
def protect_pupil(pupil_id: str, level: str, alias: str) -> None:
    """Skydda en elevs personuppgifter, allt på en gång eller inget.

    Namn, personnummer, kontaktuppgifter och vårdnadshavare tas bort, och de som nyss sett eleven
    loggas ut. Utse sedan dem som ska handlägga eleven med name-handler: till dess finns eleven inte
    för någon. Slutkod 2: det går inte, och ingenting är ändrat.
    """
    by, now = _scope("protect-pupil"), clock.now()
    pupil = _pupil(pupil_id, by)
    with transaction.atomic():
        people.protect(pupil=pupil, level=LEVELS[level], by=by, at=now)
        if alias:
            people.set_alias(pupil=pupil, alias=alias, by=by, at=now)
    say("Elevens personuppgifter är skyddade.")


@click.command("lift-protection")
@click.argument("pupil_id")
def lift_protection(pupil_id: str) -> None:
    """Häv skyddet. Inget kommer tillbaka av sig självt: namnet kommer med nästa elevlista."""
    by = _scope("lift-protection")
    pupil = _pupil(pupil_id, by)
    _or_stop(lambda: people.lift_protection(pupil=pupil, by=by, at=clock.now()))
    say("Skyddet är hävt.")


@click.command("set-alias")
@click.argument("pupil_id")
@click.argument("alias")
def set_alias(pupil_id: str, alias: str) -> None:
    """Kalla en elev med skydd det som är överenskommet med familjen."""
    by = _scope("set-alias")
    pupil = _pupil(pupil_id, by)
    _or_stop(lambda: people.set_alias(pupil=pupil, alias=alias, by=by, at=clock.now()))
    say("Eleven kallas nu så.")


def _or_stop(act: Callable[[], None]) -> None:
    try:
        act()
    except people.NotProtected:
        stop("Eleven har inte skyddade personuppgifter.")


@click.command("name-handler")
@click.argument("pupil_id")
@click.option("--username", required=True, help="Den som ska handlägga eleven.")
@click.option("--decided-by", nargs=2, required=True, help="De två som har beslutat det.")
@click.option("--from", "first_day", type=DAY, help="Från och med. [standard: i dag]")
def name_handler(
    pupil_id: str, username: str, decided_by: tuple[str, str], first_day: date | None
) -> None:
    """Låt en elev med skydd finnas för en till, som två andra har beslutat.

    Högst fem åt gången. Slutkod 2: det går inte; alla skäl sägs, och ingenting är ändrat.
    """
    by = _scope("name-handler")
    try:
        people.name_handler(
            pupil=_pupil(pupil_id, by),
            staff=_staff(username),
            decided_by=(_staff(decided_by[0]), _staff(decided_by[1])),
            first_day=first_day or clock.today(),
            by=by,
            at=clock.now(),
        )
    except people.CannotNameHandler as refused:
        stop(people_texts.sentence(refused.reasons))
    say(f"{username} är utsedd.")


@click.command("end-handler")
@click.argument("pupil_id")
@click.option("--username", required=True, help="Den som inte längre ska handlägga eleven.")
@click.option("--last-day", type=DAY, help="Till och med. [standard: i dag]")
def end_handler(pupil_id: str, username: str, last_day: date | None) -> None:
    """Låt en elev med skydd inte längre finnas för en av de utsedda."""
    by, today = _scope("end-handler"), clock.today()
    staff = _staff(username)
    named = handling.handlers(_pupil(pupil_id, by), by=by, on=today)
    theirs = [handling.pk for handling in named if handling.staff == staff]
    if not theirs:
        stop(f"{username} är inte utsedd för den eleven.")
    for handler in theirs:
        people.end_handler(handler=handler, last_day=last_day or today, by=by, at=clock.now())
    say(f"{username} är inte längre utsedd efter {(last_day or today).isoformat()}.")


@click.command("handlers")
@click.argument("pupil_id")
def handlers(pupil_id: str) -> None:
    """Skriv ut vilka som är utsedda att handlägga en elev med skydd."""
    by = _scope("handlers")
    named = handling.handlers(_pupil(pupil_id, by), by=by, on=clock.today())
    for each in named:
        last = each.last_day.isoformat() if each.last_day else "tills vidare"
        click.echo(f"{each.name}\t{each.first_day.isoformat()}\t{last}")
    if not named:
        say("Ingen är utsedd: eleven finns inte för någon.")


COMMANDS: list[click.Command] = [
    protect_pupil,
    lift_protection,
    set_alias,
    name_handler,
    end_handler,
    handlers,
]
