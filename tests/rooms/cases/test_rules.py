"""The register's rules are data: set from a day on by who runs the installation, logged, never changed."""

from datetime import timedelta
from typing import Any

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.cases.domain.investigation import Fault as PartFault
from samnarvaro.cases.domain.register import Late
from samnarvaro.cases.domain.rules import Fault
from samnarvaro.cases.models import RegisterRules
from samnarvaro.cases.queries import register as lines
from samnarvaro.cases.queries import rules as queries
from samnarvaro.cases.services import rules as services
from samnarvaro.cases.services.refusing import Refused
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words

URL = "/franvaroregistret/regler/"
TOMORROW = WEDNESDAY + timedelta(days=1)
SENT = {
    "weeks": "5, 20", "decide_within": "30", "first_day": TOMORROW.isoformat(),
    "why": "Nämndens beslut",
}  # fmt: skip


def set_rules(town: CaseTown, who: str = "isa", **given: Any) -> None:
    facts: dict[str, Any] = {"weeks": [20, 5], "decide_within": 30, "first_day": TOMORROW}
    told = facts | {"why": "Nämndens beslut"} | given
    first = [told.pop(name) for name in ("weeks", "decide_within", "first_day")]
    services.set_rules(*first, by=scope(getattr(town, who)), at=NOON, on=WEDNESDAY, **told)


def test_without_any_set_those_of_the_program_hold(town: CaseTown) -> None:
    (version,) = queries.versions()
    assert (version.rules.weeks, version.rules.decide_within, version.by_name) == ((11, 41), 60, "")
    assert town


def test_new_ones_hold_from_their_day_and_are_logged(town: CaseTown) -> None:
    set_rules(town)
    _shipped, new = queries.versions()
    assert (new.rules.weeks, new.rules.first_day, new.by_name) == ((5, 20), TOMORROW, "Isa Falk")
    written = Writing.objects.get(act="register.rules_set")
    assert written.detail == {"weeks": "5, 20", "decide_within": 30}


def test_what_is_reported_under_them_is_late_by_them(town: CaseTown) -> None:
    early, late = WEDNESDAY - timedelta(days=45), WEDNESDAY
    RegisterRules.objects.create(
        first_day=early, weeks=[41], decide_within=30, why="x", made_by="x", made_by_name="x",
        made_at=NOON,
    )  # fmt: skip
    town.judge(on=early)
    (line,) = lines.lines(by=scope(town.vera), on=late)
    assert Late.DECISION in line.late


@pytest.mark.parametrize("who", ["ragnar", "vera", "mira", "karin", "sonja"])
def test_nobody_else_sets_them(town: CaseTown, who: str) -> None:
    with pytest.raises(Refused) as refused:
        set_rules(town, who)
    assert refused.value.faults == [Fault.NOT_YOURS]
    assert not RegisterRules.objects.exists()


def test_a_refusal_tells_all_and_changes_nothing(town: CaseTown) -> None:
    with pytest.raises(Refused) as refused:
        set_rules(town, weeks=[], decide_within=None, first_day=WEDNESDAY, why="")
    assert refused.value.faults == [
        Fault.WEEKS, Fault.DAYS, Fault.FIRST_DAY_BEGUN, PartFault.WHY,
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        set_rules(town, why="x" * 301)
    assert refused.value.faults == [PartFault.TOO_LONG]
    set_rules(town)
    with pytest.raises(Refused) as refused:
        set_rules(town)
    assert refused.value.faults == [Fault.FIRST_DAY_TAKEN]
    assert RegisterRules.objects.count() == 1


def test_they_are_set_on_the_page_and_read_by_who_uses_the_register(town: CaseTown) -> None:
    client = client_of(town.isa)
    assert "Huvudmannen frågar i vecka 11 och 41. Beslut inom 60 dagar" in words(client.get(URL))
    assert client.post(URL, SENT).status_code == 302
    for who in ("isa", "ragnar", "vera"):
        page = words(client_of(getattr(town, who)).get(URL))
        assert "Från 22 oktober 2026" in page
        assert "vecka 5 och 20. Beslut inom 30 dagar" in page
        assert ("Spara reglerna" in page) is (who == "isa")
    for who in ("mira", "karin", "sonja"):
        assert client_of(getattr(town, who)).get(URL).status_code == 404


def test_an_empty_form_is_answered_with_what_is_missing_and_what_was_written_is_kept(
    town: CaseTown,
) -> None:
    client = client_of(town.isa)
    empty = client.post(URL, {})
    assert empty.status_code == 422
    for said in (
        "Skriv minst en vecka", "mellan 14 och 180", "Välj från vilken dag.",
        "Skriv varför, och vem som har beslutat.",
    ):  # fmt: skip
        assert said in words(empty)
    again = words(client.post(URL, SENT | {"decide_within": "många"}))
    assert 'value="5, 20"' in again
    assert client_of(town.ragnar).post(URL, SENT).status_code == 422
