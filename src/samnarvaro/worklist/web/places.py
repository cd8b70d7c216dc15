"""What of the work list can be found by its name: what meetings take up."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samnarvaro.base.finder import Kind, Place
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.worklist.domain.rows import held_by


def places(by: Scope) -> Iterator[Place]:
    """The agendas of the meetings that the viewer's role takes part in."""
    held = held_by(by.role)
    for holder, url, label in (
        (Holder.TEAM_CONFERENCE, "worklist:conference", _("Arbetslagets konferens")),
        (Holder.STUDENT_HEALTH_TEAM, "worklist:student_health", _("Elevhälsans möte")),
    ):
        if holder in held:
            yield Place(
                kind=Kind.PAGE,
                label=label,
                url=url,
                address=reverse(url),
                icon="people",
                words=_("agenda möte"),
            )
