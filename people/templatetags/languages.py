"""`{% other_languages as languages %}`: this page in the site's other languages."""

from django import template
from django.conf import settings
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info, override

from people.languages import without_language

register = template.Library()


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, str]]:
    """Code, own name and address of each; none for a page that there is in one language only."""
    if "request" not in context:
        return []
    shown = get_language()
    with override(settings.LANGUAGE_CODE):
        said = str(context.get("page_url", "")).removeprefix(settings.PUBLIC_URL)
        here = said or without_language(context["request"].path)
        there = {code: translate_url(here, code) for code, _name in settings.LANGUAGES}
    if len(set(there.values())) == 1:
        return []
    return [
        {"code": code, "name": get_language_info(code)["name_local"], "address": address}
        for code, address in there.items()
        if code != shown
    ]
