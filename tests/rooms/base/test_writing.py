"""What is remembered of a figure's words is the words in the viewer's own language."""

from datetime import date

from django.utils import translation

from samnarvaro.base import dates, figures


def test_a_figure_is_written_in_the_language_of_each_viewer() -> None:
    for _ in range(2):
        with translation.override("sv"):
            swedish = figures.share(1, 3), dates.span(date(2026, 5, 2), date(2026, 5, 20))
        with translation.override("en"):
            english = figures.share(1, 3), dates.span(date(2026, 5, 2), date(2026, 5, 20))

        assert swedish == ("33,3\N{NO-BREAK SPACE}%", "2–20 maj")
        assert english == ("33.3\N{NO-BREAK SPACE}%", "2–20 May")
