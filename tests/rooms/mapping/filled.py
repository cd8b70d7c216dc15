"""Instruments filled in about Saga, made through the services; the instrument is one of the shipped."""

import re
from html import unescape
from typing import Any
from uuid import UUID

from samnarvaro.mapping.domain.instrument import Answers
from samnarvaro.mapping.domain.instrument_answers import Told
from samnarvaro.mapping.domain.mappings import Method
from samnarvaro.mapping.models import InstrumentVersion
from samnarvaro.mapping.services import responses as services
from samnarvaro.people.models import Pupil
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.mapped import as_staff

OLDER, OLDER_DEEP = "samnarvaro-elev-aldre-enkel", "samnarvaro-elev-aldre-fordjupad"
HOME = "samnarvaro-vardnadshavare-enkel"
WORDS = "Att få äta i hemkunskapen."
ANSWERS: Answers = {"2.1": "3", "2.2": "ibland", "2.3": "ofta", "3.1": "sallan", "4.2": WORDS}


def instrument(name: str = OLDER) -> UUID:
    return InstrumentVersion.objects.get(name=name, state="active").public


def begin(town: Town, who: str = "mira", name: str = OLDER, pupil: Any = None) -> UUID:
    about: Pupil = pupil or town.saga
    return services.begin(
        about.public, instrument(name), by=scope(as_staff(town, who)), at=NOON, on=WEDNESDAY
    )


def save(
    town: Town, response: UUID, who: str = "mira", answers: Answers = ANSWERS, **more: Any
) -> None:
    told = Told(
        held_on=more.get("held_on", WEDNESDAY), method=more.get("method", Method.SELF_RATING),
        who="Saga själv", answers=answers,
    )  # fmt: skip
    about = more.get("about", tuple(ANSWERS))
    by = scope(as_staff(town, who))
    services.save(response, told, about=about, by=by, at=NOON, on=WEDNESDAY)


def lock(town: Town, response: UUID, who: str = "mira") -> None:
    services.lock(response, by=scope(as_staff(town, who)), at=NOON)


def locked(
    town: Town, who: str = "mira", name: str = OLDER, answers: Answers = ANSWERS, **more: Any
) -> UUID:
    response = begin(town, who, name, more.pop("pupil", None))
    save(town, response, who, answers, **more)
    lock(town, response, who)
    return response


def said(answer: Any) -> str:
    """What a page says, without its form."""
    bare = re.sub(
        r"<(script|svg|title)\b.*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL
    )
    return " ".join(unescape(bare).split())
