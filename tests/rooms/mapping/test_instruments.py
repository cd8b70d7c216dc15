"""Instruments are loaded, published and withdrawn; what is published is never changed."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain.instrument import State
from samnarvaro.mapping.domain.instrument_faults import NotAnInstrument, Wrong
from samnarvaro.mapping.models import InstrumentVersion
from samnarvaro.mapping.queries import instruments as queries
from samnarvaro.mapping.services import instruments as services
from tests.domain.mapping.asked import choice, whole
from tests.rooms.consents.agreed import NOON, Town, scope


def text(**changed: Any) -> str:
    return json.dumps(whole(choice("1")) | changed)


def load(by: Scope, **changed: Any) -> UUID:
    return services.load(text(**changed), by=by, at=NOON)


def state(public: UUID) -> State:
    return queries.one(public).state


def test_those_that_come_with_the_program_are_published_once(town: Town) -> None:
    assert services.install_shipped() == []

    found = [each for each in queries.shelf() if each.is_shipped]
    assert len(found) == 8
    assert {each.state for each in found} == {State.PUBLISHED}
    assert [str(each.instrument.audience) for each in found][:2] == ["pupil-younger"] * 2
    assert len(queries.offered(by=scope(town.mira))) == 4
    assert len(queries.offered(by=scope(town.karin))) == 8
    assert queries.offered(by=scope(town.ragnar)) == []


def test_one_that_was_withdrawn_stays_withdrawn_when_the_program_is_started_again(
    town: Town,
) -> None:
    public = queries.shelf()[0].public
    services.withdraw(public, by=scope(town.mira), at=NOON)

    assert services.install_shipped() == []
    assert state(public) is State.WITHDRAWN


def test_one_that_is_loaded_is_a_draft_until_it_is_published(town: Town) -> None:
    by = scope(town.karin)
    public = load(by)
    assert state(public) is State.DRAFT
    assert public not in [each.public for each in queries.offered(by=by)]

    services.publish(public, by=by, at=NOON)

    assert public in [each.public for each in queries.offered(by=by)]
    assert [row.act for row in Writing.objects.filter(act__startswith="instrument.")] == [
        "instrument.loaded", "instrument.published",
    ]  # fmt: skip
    found = queries.one(public)
    assert (found.made_by, found.changed_by) == (town.karin.name, town.karin.name)


def test_a_draft_gives_way_and_a_published_version_does_not(town: Town) -> None:
    by = scope(town.karin)
    load(by)
    public = load(by, title="Ett, igen")
    assert [row.title for row in InstrumentVersion.objects.filter(name="vik-one")] == ["Ett, igen"]

    services.publish(public, by=by, at=NOON)
    with pytest.raises(NotAnInstrument) as refused:
        load(by, title="Ett annat")

    assert [each.wrong for each in refused.value.faults] == [Wrong.THERE_ALREADY]
    assert queries.one(public).instrument.title == "Ett, igen"


def test_the_next_version_takes_the_place_of_the_one_before(town: Town) -> None:
    by = scope(town.karin)
    first, second = load(by), load(by, version="2")
    services.publish(first, by=by, at=NOON)
    services.publish(second, by=by, at=NOON)
    assert (state(first), state(second)) == (State.WITHDRAWN, State.PUBLISHED)

    services.publish(first, by=by, at=NOON)
    assert (state(first), state(second)) == (State.PUBLISHED, State.WITHDRAWN)


def test_nobody_takes_the_name_of_what_comes_with_the_program(town: Town) -> None:
    with pytest.raises(NotAnInstrument) as refused:
        load(scope(town.karin), name="samnarvaro-eget")
    assert [each.wrong for each in refused.value.faults] == [Wrong.RESERVED]


def test_of_one_that_cannot_be_read_nothing_is_kept(town: Town) -> None:
    before = InstrumentVersion.objects.count()
    with pytest.raises(NotAnInstrument):
        load(scope(town.karin), item=[{"linkId": "1", "text": "Q", "type": "text"}, {}])
    assert InstrumentVersion.objects.count() == before
    assert not Writing.objects.filter(act__startswith="instrument.")


def test_what_is_not_there_is_neither_published_nor_withdrawn(town: Town) -> None:
    for act in (services.publish, services.withdraw):
        with pytest.raises(queries.NoSuchInstrument):
            act(uuid4(), by=scope(town.karin), at=NOON)
