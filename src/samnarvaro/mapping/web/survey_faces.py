"""A face beside each answer, for who reads it more easily than a word. Drawn in one line and one colour:
none of the answers is right or wrong.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from samnarvaro.mapping.domain.survey import Answer

_MOUTH = {
    Answer.ALWAYS: "M13 24c2 6 12 6 14 0Z",
    Answer.OFTEN: "M13.5 25.5c3 3.5 10 3.5 13 0",
    Answer.SELDOM: "M14 27h12",
    Answer.NEVER: "M13.5 29c3-4 10-4 13 0",
}
_EYES = "M14.5 15.5v2M25.5 15.5v2"
_LIPS = "M14 27h4M22 27h4"  # nothing is said


def draw(answer: Answer) -> SafeString:
    """Return the face of an answer; the word beside it says the same, so it is not read out."""
    return format_html(
        '<svg class="survey-face" viewBox="0 0 40 40" aria-hidden="true" focusable="false">'
        '<circle cx="20" cy="20" r="16"{}/><path d="{}{}"/></svg>',
        SafeString(' stroke-dasharray="4 4"' if answer is Answer.UNSAID else ""),
        _EYES,
        _MOUTH.get(answer, _LIPS),
    )
