"""The crawl: everybody at every address about everyone, and what came back that should not have."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import connection
from django.urls import Resolver404, resolve

from samnarvaro.kernel.access import Role
from samnarvaro.project.addresses import RULES, TABLE, Rule, To
from tests.proof.calling import DEMO_ONLY, Call, Caller
from tests.proof.looking import Answer, Seen, Visitor, ids_in, listening, read
from tests.proof.oracle import Persona
from tests.proof.seeding import DAY, NOW, Seeder

# The long form, for `make prove`: every child at every address by every method, links to the end.
PROVE = os.environ.get("SAMNARVARO_PROVE") == "1"
# PostgreSQL asks its second wall about each row: a bounded crawl there takes half the turns, and
# opens fewer of what opens alike. What SQLite's crawl tries of the program is tried there as well.
SMALL = connection.vendor == "postgresql"
METHODS = ("GET", "HEAD", "POST")
EXTRACT = "log_extract_zone"  # of the log, which a log reviewer gives a family
LINKS, FORMS = (400, 200) if PROVE else (3, 2) if SMALL else (6, 3)  # of each persona
# Of whom a bounded crawl asks at every address; the rest of the children it meets on lists.
ABOUT = frozenset({"own", "foreign", "withdrawn", "shielded", "protected", "gone", "random"})
EVERY, MOST, WAYS = (24, 1, 4) if SMALL else (12, 4, 2)
REPLAY_EVERY = 293 if SMALL else 149  # of what opened to others, one is asked again by oneself
TURNS = 14 if SMALL else 7  # of so many hidden children an address asks for one, turn by turn
# What tells nobody's data, or the account's own alone, and how many go past it between two that ask.
ACCOUNTS, PAST = frozenset({To.PUBLIC, To.OWN}), 4
BEGINS = frozenset({"home"})  # but where everybody begins
SEARCHES = ("cnr", "cnr-own", "cnr-protected", "cnr-shielded", "cnr-withdrawn", "%", "_", "a", "-")


@dataclass(frozen=True)
class Leak:
    who: str
    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.who} saw {self.what} at {self.where}"


@dataclass
class Found:
    """What a crawl comes to."""

    seen: Seen = field(default_factory=Seen)
    leaks: set[Leak] = field(default_factory=set)
    shown: dict[str, set[str]] = field(default_factory=dict)  # tokens by persona
    opened: dict[str, list[Answer]] = field(default_factory=dict)  # good answers by persona

    def by_what(self) -> dict[tuple[str, str], str]:
        return {(leak.who, leak.what): leak.where for leak in sorted(self.leaks, key=str)}


class Crawl:
    """Walks as one persona after another, and holds each answer against the oracle."""

    def __init__(self, seeder: Seeder, *, found: Found | None = None) -> None:
        self.seeder, self.found = seeder, found or Found()
        self.caller = Caller(seeder)
        self._shut, self._turn, self._quiet = 0, 0, Counter[str]()
        self.tokens = {text.casefold(): text for text in seeder.facts.tokens}
        self.children = {str(pupil.public): key for key, pupil in seeder.pupils.items()}

    def everybody(self, personas: Iterable[Persona]) -> Found:
        with listening(self.found.seen):
            for who in personas:
                self.walk(who)
        return self.found

    def walk(self, who: Persona) -> None:
        visitor = Visitor(who, self.found.seen)
        pages = [answer for rule in TABLE for answer in self._address(visitor, rule)]
        pages += [
            visitor.get(f"/sok/?q={each}", htmx=bool(n % 2)) for n, each in enumerate(SEARCHES)
        ]
        for answer in pages:
            self.hold(who, answer)
        self._onward(visitor, [page for page in pages if page.status == 200])

    def _address(self, visitor: Visitor, rule: Rule) -> Iterator[Answer]:
        """Every method about everyone where the role may come; elsewhere that it may not."""
        opens = self._opens(visitor.who, rule)
        for number, call in enumerate(self.caller.calls(rule, visitor.who.person)):
            if not PROVE and self._is_left_out(rule, call, number, opens):
                continue
            self.found.seen.names.add(rule.name)
            self._turn += 1
            methods: tuple[str, ...] = METHODS if PROVE else METHODS[:1]
            if not PROVE and call.about in ("own", "") and self._turn % WAYS == 0:
                methods = (METHODS[0], METHODS[1 + self._turn // WAYS % 2])
            for method in methods:
                yield visitor.ask(method, call.url)
            if PROVE and opens:
                yield visitor.get(call.url, htmx=True)

    def _is_left_out(self, rule: Rule, call: Call, number: int, opens: bool) -> bool:
        """What a bounded crawl does without: a shut address but once and now and then, children alike."""
        if not opens:
            self._shut += number == 0
            is_new = rule.name not in self.found.seen.names
            return number > 0 or (self._shut % EVERY > 0 and not is_new)
        if rule.to in ACCOUNTS and rule.name not in BEGINS:
            self._quiet[call.url] += 1
            return self._quiet[call.url] % PAST > 0
        if call.about in ("own", "") and number <= MOST:
            return False
        if rule.to is To.PUPIL and call.about in ABOUT:
            self._turn += 1
            return self._turn % TURNS > 0
        return rule.to is To.PUPIL or number > MOST

    def _opens(self, who: Persona, rule: Rule) -> bool:
        if who.post is None or not who.works(DAY):
            return rule.to in (To.OWN, To.PUBLIC)
        return rule.is_public or (rule.to is not To.CLOSED and rule.opens_to(Role(who.post.role)))

    def _onward(self, visitor: Visitor, pages: list[Answer]) -> None:
        """Follow the links of all pages, then send their forms, button by button."""
        readers = [read(page) for page in pages if page.method != "HEAD"]
        links = self._chosen(link for reader in readers for link in reader.links)
        for number, link in enumerate(links[:LINKS]):
            answer = visitor.get(link, htmx=bool(number % 2))
            self.hold(visitor.who, answer)
            readers.append(read(answer))
        sent = 0
        for form in {
            (f.action, tuple(sorted(f.fields))): f for r in readers for f in r.forms
        }.values():
            for data in form.sendings():
                if sent >= FORMS:
                    return
                sent += 1
                answer = visitor.ask(
                    form.method if form.method in METHODS else "POST", form.action, data
                )
                self.hold(visitor.who, answer)
                if answer.location.startswith("/"):
                    self.hold(visitor.who, visitor.get(answer.location))

    def _chosen(self, links: Iterable[str]) -> list[str]:
        """Each link once, those first whose address no other link before had."""
        known: dict[str, list[str]] = {}
        for link in dict.fromkeys(links):
            known.setdefault(_name_of(link), []).append(link)
        rows = [each for each in known.values()]
        longest = max(map(len, rows), default=0)
        return [row[n] for n in range(longest) for row in rows if n < len(row)]

    def replay(self, opened: dict[str, list[Answer]], personas: Iterable[Persona]) -> Found:
        """Ask with each session what opened to all the others, ids and all."""
        turn = 0
        for who in personas:
            visitor = Visitor(who, self.found.seen)
            for owner, answers in sorted(opened.items()):
                for answer in answers if owner != who.key else ():
                    turn += 1
                    if answer.method == "GET" and (PROVE or turn % REPLAY_EVERY == 0):
                        self.hold(who, visitor.get(answer.url))
        return self.found

    def hold(self, who: Persona, answer: Answer) -> None:
        """Say of one answer what in it this persona may not see."""
        facts = self.seeder.facts
        for folded in answer.tokens:
            text = self.tokens.get(folded)
            if text is None or folded in answer.sent.casefold():
                continue
            self.found.shown.setdefault(who.key, set()).add(text)
            token = facts.tokens[text]
            in_extract = _name_of(answer.url).startswith(EXTRACT) and facts.gives(who, token, DAY)
            if not (in_extract or facts.may(who, token, DAY, NOW)):
                self._leak(who, text, answer)
        asked = answer.url.casefold() + answer.sent.casefold()
        for public in ids_in([answer.all]) - ids_in([asked]):
            child = self.children.get(public)
            if child is not None and not facts.knows_of(who, child, DAY, NOW):
                self._leak(who, f"the id of {child}", answer)
        if answer.status == 200 and answer.method != "HEAD":
            self.found.opened.setdefault(who.key, []).append(answer)

    def _leak(self, who: Persona, what: str, answer: Answer) -> None:
        self.found.leaks.add(Leak(who.key, what, f"{answer.method} {_name_of(answer.url)}"))


def _name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return urlsplit(url).path


def every_name() -> set[str]:
    return set(RULES) - DEMO_ONLY


__all__ = ["PROVE", "Crawl", "Found", "every_name"]
