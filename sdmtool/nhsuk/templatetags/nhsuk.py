"""Tags of the nhsuk template pack. Settings load them into every template; no page loads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from sdmtool.nhsuk.widgets import DateInput

register = template.Library()


@dataclass(frozen=True)
class ErrorLink:
    """One line of an error summary. `target`: id of the control to go to, or empty."""

    target: str
    message: str


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices that stand together. `label` is empty when they are in no group."""

    label: str
    options: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class DatePart:
    """One of the three boxes of a date."""

    label: str
    width: str
    is_wrong: bool
    widget: dict[str, Any]


@register.simple_tag
def error_links(form: Any) -> Sequence[ErrorLink]:
    """A form's errors in the order of its fields; those of the whole form lead to the first."""
    if not getattr(form, "errors", None) or not isinstance(form, forms.BaseForm):
        return ()
    fields = [form[name] for name in form.fields if name in form.errors]
    shown = next((first_control(bound) for bound in form if not bound.is_hidden), "")
    whole = [ErrorLink(shown, str(message)) for message in form.non_field_errors()]
    return whole + [
        ErrorLink("" if bound.is_hidden else first_control(bound), str(message))
        for bound in fields
        for message in bound.errors
    ]


@register.filter
def first_control(bound: BoundField) -> str:
    """The id of the control that a link goes to: the first radio, the first wrong date box."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect):
        return next((option.id_for_label for option in bound.subwidgets), bound.auto_id)
    if isinstance(widget, forms.MultiWidget):
        wrong = [part.widget["attrs"]["id"] for part in date_parts(bound) if part.is_wrong]
        return wrong[0] if wrong else f"{bound.auto_id}_0"
    return bound.id_for_label


@register.filter
def control_template(bound: BoundField) -> str:
    """The template that draws this field."""
    widget = bound.field.widget
    if isinstance(widget, DateInput):
        return "nhsuk/date.html"
    if isinstance(widget, forms.CheckboxSelectMultiple):  # Django derives it from RadioSelect
        return "nhsuk/checkboxes.html"
    if isinstance(widget, forms.RadioSelect):
        return "nhsuk/radios.html"
    if isinstance(widget, forms.CheckboxInput):
        return "nhsuk/checkbox.html"
    if isinstance(widget, forms.Textarea):
        return "nhsuk/textarea.html"
    return "nhsuk/select.html" if isinstance(widget, forms.Select) else "nhsuk/input.html"


@register.simple_tag
def control(bound: BoundField, css_class: str) -> SafeString:
    """The control itself. Django adds id, aria-describedby and aria-invalid."""
    own = bound.field.widget.attrs.get("class", "")
    error = f"{css_class}--error" if bound.errors and "__" not in css_class else ""
    return bound.as_widget(attrs={"class": " ".join(filter(None, (css_class, own, error)))})


@register.simple_tag
def choice_groups(bound: BoundField) -> list[ChoiceGroup]:
    """The choices of radios or checkboxes; grouped choices keep their group's name."""
    attrs = bound.build_widget_attrs({"id": bound.auto_id})
    widget = bound.field.widget
    values = widget.format_value(bound.value())
    groups: list[ChoiceGroup] = []
    for label, options, _ in widget.optgroups(bound.html_name, values, attrs):
        if groups and not label and not groups[-1].label:  # Django: each lone choice is a group
            options = [*groups.pop().options, *options]
        groups.append(ChoiceGroup(str(label or ""), tuple(options)))
    return groups


@register.simple_tag
def date_parts(bound: BoundField) -> list[DatePart]:
    """Day, month and year, each marked when the error is about it."""
    widget = bound.field.widget
    context = widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})
    codes = {error.code or "" for error in bound.errors.as_data()} if bound.errors else set()
    named = {part for code in codes for part in code.split("+")} & {"day", "month", "year"}
    return [
        DatePart(label, width, bool(codes) and (not named or part in named), subwidget)
        for (part, label, width), subwidget in zip(
            DateInput.parts, context["widget"]["subwidgets"], strict=True
        )
    ]
