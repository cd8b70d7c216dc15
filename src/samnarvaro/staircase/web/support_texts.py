"""The words of the three tiers of support: to promote, to prevent, to remedy."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samnarvaro.staircase.domain.tiers import Item, Tier

TIER: dict[Tier, Promise] = {
    Tier.UNIVERSAL: _("Nivå 1: för alla"),
    Tier.TARGETED: _("Nivå 2: riktat och tidigt"),
    Tier.INTENSIVE: _("Nivå 3: mycket stöd"),
}
AIM: dict[Tier, Promise] = {
    Tier.UNIVERSAL: _("Främja"),
    Tier.TARGETED: _("Förebygga"),
    Tier.INTENSIVE: _("Åtgärda"),
}
WHO: dict[Tier, Promise] = {
    Tier.UNIVERSAL: _("alla elever"),
    Tier.TARGETED: _("elever som börjar vara borta eller har något som gör skolgången svårare"),
    Tier.INTENSIVE: _("elever som är borta mycket"),
}
ITEM: dict[Item, Promise] = {
    Item.ASK_EVERYBODY: _("Fråga alla, varje termin, hur de har det i skolan"),
    Item.BEFOREHAND: _("Möt upp innan något har hänt"),
    Item.PROVEN_TEACHING: _("Undervisa på sätt som har visat sig fungera"),
    Item.MANY_WAYS: _("Ge flera vägar till samma mål i klassrummet"),
    Item.FEELINGS: _("Öva känslor och samspel tillsammans"),
    Item.WITH_STUDENT_HEALTH: _("Stäm av varje klass med elevhälsan"),
    Item.BELONGING: _("Dra åt samma håll: alla vuxna, alla elever hör till"),
    Item.QUICK_ANSWER: _("Svara fort när någon börjar vara borta"),
    Item.FOLLOW_UP: _("Följ upp om det blir bättre, och ändra om det inte blir det"),
    Item.MORE_ADAPTED: _("Anpassa undervisningen mer för den som behöver det"),
    Item.PROVEN_MATERIAL: _("Använd material och metoder som är prövade"),
    Item.TOGETHER: _("Lös det tillsammans med eleven och hemmet"),
}
