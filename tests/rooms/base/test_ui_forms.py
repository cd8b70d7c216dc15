"""A field is tied to its hint and its error; a form says everything that stops it, once."""

import pytest
from django import forms
from django.template import Context, Template

from samnarvaro.base.forms import PlainTextarea, Renderer
from samnarvaro.base.templatetags import ui


class Form(forms.Form):
    default_renderer = Renderer

    until = forms.DateField(label="Vänta till", help_text="En skoldag.")
    note = forms.CharField(label="Mer", required=False)
    reason = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Säker", required=False)


def wrong() -> Form:
    form = Form({"until": "i morgon"})
    form.add_error(None, "Raden är redan klar.")
    return form


def test_a_field_has_its_label_hint_and_error_tied_to_it() -> None:
    html = wrong()["until"].as_field_group()

    assert '<label for="id_until">' in html
    assert 'aria-describedby="id_until_helptext id_until_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_until_helptext"' in html
    assert 'id="id_until_error"' in html


def test_only_what_is_optional_is_marked() -> None:
    form = Form()

    assert "(frivilligt)" in form["note"].as_field_group()
    assert "(frivilligt)" not in form["until"].as_field_group()


def test_a_list_of_choices_is_a_group_with_its_question() -> None:
    html = Form()["reason"].as_field_group()

    assert "<fieldset" in html
    assert "<legend>Reason</legend>" in html


def test_a_tick_box_stands_before_its_words() -> None:
    html = Form()["sure"].as_field_group()

    assert html.index("<input") < html.index("<label")


def test_the_summary_links_to_each_field_and_takes_focus() -> None:
    html = Template("{% load ui %}{% error_summary form %}").render(Context({"form": wrong()}))

    assert 'href="#id_until"' in html
    assert 'href="#id_reason_0"' in html
    assert "<li>Raden är redan klar.</li>" in html
    assert "data-focus" in html


@pytest.mark.parametrize("source", ["{{ form }}", "{% error_summary form %}{{ form }}"])
def test_the_summary_is_shown_once(source: str) -> None:
    html = Template("{% load ui %}" + source).render(Context({"form": wrong()}))

    assert html.count("error-summary-title") == 2  # the heading and what points to it


def test_a_good_form_has_no_summary() -> None:
    assert "error-summary" not in str(Form())


def test_every_id_of_a_form_is_its_own() -> None:
    html = str(wrong())
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]

    assert len(ids) == len(set(ids))


class Note(forms.Form):
    default_renderer = Renderer

    about = forms.CharField(label="Vad hände?", max_length=40, widget=PlainTextarea)
    more = forms.CharField(label="Mer", required=False, widget=forms.Textarea)


def test_how_much_there_is_room_for_is_said_and_tied_to_the_field() -> None:
    html = Note()["about"].as_field_group()

    assert 'id="id_about_count"' in html
    assert 'aria-describedby="id_about_count id_about_plain"' in html
    assert "Högst 40 tecken." in html
    assert "_count" not in Note()["more"].as_field_group()


def test_what_is_pasted_is_kept_whole_and_told_when_it_is_too_long() -> None:
    form = Note({"about": "a" * 41})

    assert "maxlength" not in form["about"].as_field_group()
    assert "about" in form.errors
    assert "a" * 41 in form["about"].as_field_group()


def test_a_word_that_labels_is_marked_and_stops_nothing() -> None:
    form = Note({"about": "Saga vägrar."})

    assert form.is_valid()
    html = form["about"].as_field_group()
    assert "<mark>vägrar</mark> → säger nej till" in html
    assert " data-plain" in html
    assert "<mark>" not in Note({"more": "vägrar"})["more"].as_field_group()


def test_what_a_form_asks_for_is_not_called_voluntary() -> None:
    class Asking(forms.Form):
        default_renderer = Renderer
        asked = ("what",)
        what = forms.CharField(label="Vad?", required=False)
        more = forms.CharField(label="Mer", required=False)

    form = Asking({})
    assert "(frivilligt)" not in form["what"].as_field_group()
    assert "(frivilligt)" in form["more"].as_field_group()
    form.add_error("what", "Skriv något.")
    form.add_error("more", "Skriv mer.")
    told = ui.error_summary(form)
    assert "Vad? Skriv något." in told
    assert "Mer: Skriv mer." in told
