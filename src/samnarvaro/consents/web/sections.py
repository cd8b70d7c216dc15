"""What consents puts on the page of a pupil: what was agreed, whose matter it is, who sees it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samnarvaro.base import labels, sections
from samnarvaro.base.pictures import Cell, Column, Table
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.consents import queries
from samnarvaro.consents.domain.relations import Kind, in_school
from samnarvaro.consents.queries import Follower, agreed, arrivals, children
from samnarvaro.consents.web import cards, texts
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.ties import Through

TELLS = frozenset({DataClass.NAME})
FOLLOWERS = "vem-ser"  # the part, by key
# Why somebody sees a child whom its duty does not follow.
BY_RELATION = {
    Kind.STUDENT_HEALTH_CASE: gettext_lazy("har ett ärende i elevhälsan"),
    Kind.MEDICAL_CASE: gettext_lazy("har ett ärende i elevhälsans medicinska gren"),
    Kind.HANDLER: gettext_lazy("arbetar med barnet hos %(place)s, genom familjens samtycke"),
    Kind.COORDINATOR: gettext_lazy("samordnar barnets plan"),
    Kind.PARTICIPANT: gettext_lazy("deltar i barnets plan"),
    Kind.GLASS: gettext_lazy("öppnade uppgifterna i nödläge, i tre timmar"),
}


LEADS = frozenset({Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})
K12 = frozenset({DataClass.NAME, DataClass.CONSENT})


def of_pupil(*, scope: Scope, pupil: ShownPupil, today: date, **_facts: object) -> Section | None:
    """What the family has let others read, as it stands: the running ones as cards."""
    if not scope.reads(DataClass.CONSENT):
        return None
    found = cards.for_school(agreed.of_pupil(pupil.pk, by=scope), on=today)
    running = [card for card in found if card.is_running]
    return Section(
        "consents/_pupil.html",
        {"pupil": pupil, "cards": running, "others": len(found) - len(running)},
        pupils=frozenset({pupil.pk}),
        classes=K12,
    )


def my_children(*, scope: Scope | None, **_facts: object) -> Section | None:
    """The way to the children of another agency's worker; how many they are, and nothing of any."""
    if scope is None or in_school(scope.zone):
        return None
    count = len(children.mine(by=scope))
    return Section("consents/_my_children.html", {"count": count}) if count else None


def cases(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """Who at school has a matter of its own with the pupil, for who gives them."""
    if scope.role not in LEADS:
        return None
    held = arrivals.cases(pupil.pk, by=scope)
    return Section(
        "consents/_cases.html",
        {
            "pupil": pupil,
            "cases": [{"case": each, "kind": texts.KIND[each.kind]} for each in held],
        },
        pupils=frozenset({pupil.pk}),
        classes=frozenset({DataClass.NAME, DataClass.EXISTENCE}),
    )


def followers(
    *, scope: Scope, pupil: ShownPupil, whole: bool = False, opened: bool = False, **_facts: object
) -> Section | None:
    """Everybody who sees something of the pupil today: name, role, reason, what, since when."""
    title = _("Vem ser det här, och varför")
    if not whole:
        return sections.later(
            pupil, FOLLOWERS, id="followers", title=title, label=_("Visa vilka"),
            said=_("Andra hittar inte eleven här. Varje gång någon öppnar sidan skrivs det upp."),
            classes=TELLS,
        )  # fmt: skip
    found = queries.followers(pupil.pk, by=scope)
    if not found:
        return None
    return Section(
        "consents/_followers.html",
        {
            "title": title,
            "counted": counted(found),
            "by_reason": by_reason(found),
            "followers": table(found),
            "opened": opened,
        },
        pupils=frozenset({pupil.pk}),
        classes=TELLS,
        title=title,
    )


def counted(found: Sequence[Follower]) -> str:
    people = len({each.staff for each in found})
    return ngettext(
        "%(count)d person ser uppgifter om eleven.",
        "%(count)d personer ser uppgifter om eleven.",
        people,
    ) % {"count": people}


def by_reason(found: Sequence[Follower]) -> list[tuple[str, int]]:
    """Count the followers by why they see the page, the commonest reason first."""
    return Counter(reason(each) for each in found).most_common()


def reason(of: Follower) -> str:
    """Say why somebody sees the page: mentor för 8B, elevhälsan vid Strandskolan."""
    if of.through is Through.HANDLER:
        return _("namngiven för eleven, vars personuppgifter är skyddade")
    told = {"place": of.place}
    if isinstance(of.through, Kind):
        return str(BY_RELATION[of.through]) % told
    if of.role in (Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL):
        return _("leder %(place)s") % told
    if of.role is Role.SCHOOL_ADMINISTRATOR:
        return _("administrerar %(place)s") % told
    if of.role is Role.TEACHER:
        return _("undervisar %(place)s") % told
    if of.through is Through.GROUP:
        return _("mentor för %(place)s") % told
    return _("elevhälsan vid %(place)s") % told


def what(of: Follower) -> str:
    """Say what the role reads of the pupil, by the classes that it was granted."""
    if DataClass.CAUSE in of.reads:
        return _("namn, närvaro, kontakter och vad som gjorts och varför")
    if DataClass.ATTENDANCE in of.reads:
        return _("namn och närvaro")
    return _("namnet, i egna rader")


def table(found: Sequence[Follower]) -> Table:
    return Table(
        _("De som ser något, med roll, skäl och vad"),
        (
            Column(_("Namn")),
            Column(_("Roll")),
            Column(_("Därför att")),
            Column(_("Ser")),
            Column(_("Sedan")),
        ),
        [
            (
                Cell(each.name),
                Cell(str(labels.ROLE[each.role])),
                Cell(reason(each)),
                Cell(what(each)),
                Cell(date_format(each.since, "j F Y")),
            )
            for each in found
        ],
    )
