"""Setting up who may sign in, before there is anybody who could do it on a page."""

import sys
from dataclasses import dataclass
from datetime import date

import click
from django.db import transaction

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation import services as organisation_services
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people import services as people
from samnarvaro.people.domain.duties import Post
from samnarvaro.project import people_texts
from samnarvaro.project.commands.shared import say, stop

# Roles that belong to the school authority rather than to one school.
OF_THE_OFFICE = {
    Role.SYSTEM_ADMINISTRATOR,
    Role.SCHOOL_ADMINISTRATOR,
    Role.AUTHORITY_OFFICER,
    Role.ANALYST,
    Role.STEERING_MEMBER,
    Role.EVALUATOR,
}
OFFICE = "Huvudmannens kansli"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The duty as it was asked for on the command line."""

    staff_name: str
    role: str | None
    unit_code: str | None
    class_name: str | None


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(
        click.prompt(
            "Lösenord (minst 12 tecken)", hide_input=True, confirmation_prompt="En gång till"
        )
    )


def _unit(role: Role, code: str | None) -> int:
    if code is not None:
        try:
            return organisation.unit_by_code(code).pk
        except organisation.NoSuchUnit:
            stop(f"--unit-code: det finns ingen skola med koden {code}. Ta in elevlistan först.")
    if role not in OF_THE_OFFICE:
        stop("--unit-code: skriv skolenhetskoden för den som arbetar vid en skola.")
    agency = organisation_services.ensure_school_agency()
    return organisation_services.ensure_unit(agency=agency, name=OFFICE).pk


def _group(unit: int, name: str | None, today: date) -> int | None:
    if name is None:
        return None
    year = school_year_of(today)
    groups = organisation.groups(of_unit=unit, school_year=year)
    found = [group.pk for group in groups if group.name == name]
    if not found:
        stop(f"--class-name: skolan har ingen klass {name} läsåret {year}.")
    return found[0]


def _make(username: str, password: str, wanted: Wanted) -> None:
    today, now = clock.today(), clock.now()
    scope = consents.system_scope(purpose="create-account", on=today)
    account = people.create_account(username=username, password=password, by=scope, at=now)
    given, _, family = wanted.staff_name.rpartition(" ")
    staff = people.ensure_staff(
        given_name=given.strip(), family_name=family, account=account.pk, by=scope, at=now
    )
    if wanted.role is not None:
        role = Role(wanted.role)
        unit = _unit(role, wanted.unit_code)
        group = _group(unit, wanted.class_name, today)
        post = Post(role, unit, first_day=today, group=group)
        people.give_duty(post, staff=staff.pk, by=scope, at=now)


@click.command("create-account")
@click.option("--username", required=True, help="Det som skrivs vid inloggningen.")
@click.option("--staff-name", help="Personens namn, efternamnet sist. [standard: användarnamnet]")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Vad personen gör.")
@click.option("--unit-code", help="Skolan (skolenhetskod).")
@click.option("--class-name", help="Klassen, för en mentor.")
@click.option("--password-stdin", is_flag=True, help="Läs lösenordet från standard in.")
def create_account(
    username: str,
    staff_name: str | None,
    role: str | None,
    unit_code: str | None,
    class_name: str | None,
    password_stdin: bool,
) -> None:
    """Skapa ett konto, med personens uppdrag från och med i dag.

    Slutkod 0: kontot är skapat. 2: det går inte, och ingenting är skrivet.
    """
    if role is None and (unit_code or class_name):
        stop("--role: skriv vad personen gör vid skolan.")
    wanted = Wanted(staff_name or username, role, unit_code, class_name)
    password = _password(from_stdin=password_stdin)
    try:
        with transaction.atomic():
            _make(username, password, wanted)
    except (people.CannotCreateAccount, people.CannotGiveDuty) as refused:
        stop(people_texts.sentence(refused.reasons))
    say(f"Kontot {username} är skapat.")


@click.command("reset-second-factor")
@click.argument("username")
def reset_second_factor(username: str) -> None:
    """Nollställ den andra faktorn för ett konto, när telefon eller nyckel är borta.

    Kontrollera först vem som frågar. Personen loggas ut överallt och ställer in en ny vid nästa
    inloggning. Slutkod 2: kontot finns inte.
    """
    today, now = clock.today(), clock.now()
    scope = consents.system_scope(purpose="reset-second-factor", on=today)
    try:
        lost = people.reset_second_factor(username=username, by=scope, at=now)
    except people.NoSuchUsername:
        stop(f"Det finns inget konto som heter {username}.")
    say(f"{username} har ingen andra faktor längre (borttagna: {lost}) och är utloggad.")


@click.command("set-password")
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Läs lösenordet från standard in.")
def set_password(username: str, password_stdin: bool) -> None:
    """Sätt ett nytt lösenord på ett konto, när det gamla är glömt.

    Kontrollera först vem som frågar. Personen loggas ut överallt. Slutkod 2: inget är ändrat.
    """
    today, now = clock.today(), clock.now()
    scope = consents.system_scope(purpose="set-password", on=today)
    password = _password(from_stdin=password_stdin)
    try:
        people.set_password(username=username, password=password, by=scope, at=now)
    except people.NoSuchUsername:
        stop(f"Det finns inget konto som heter {username}.")
    except people.CannotSetPassword as refused:
        stop(people_texts.sentence(refused.reasons))
    say(f"{username} har ett nytt lösenord och är utloggad.")


COMMANDS: list[click.Command] = [create_account, reset_second_factor, set_password]
