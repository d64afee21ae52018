"""The rules of a draft in words, read from its text: problems elsewhere do not hide them."""

from collections.abc import Mapping

from surveyapp.focus_groups import draft_answers
from surveyapp.focus_groups.draft_fields import Document
from surveyapp.focus_groups.rule_trees import rule_at
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.words import Names
from surveyapp.study.territory import AMBITI, PROVINCES
from surveyapp.web.staff.instruments_labels import value_label
from surveyapp.web.staff.instruments_words import rule_words

# The lists that rules leave open, as the study has them.
TERRITORIES: Mapping[str, tuple[str, ...]] = {
    "province": tuple(sorted(PROVINCES.values())),
    "ambito": tuple(name for names in AMBITI.values() for name in names),
}


def said(document: Document, node: Document) -> str:
    """When a question or section is asked, as a clause after "se"; "" where it always is."""
    rule = rule_at(node)
    return clause(document, rule) if rule else ""


def clause(document: Document, rule: Rule) -> str:
    """A rule as a clause after "se"."""
    return rule_words(rule, _names(document))


def _names(document: Document) -> Names:
    own = dict(draft_answers.own_values(document))
    words = {("occasion", code): f"«{title}»" for code, title in own["occasion"].items()}
    words |= {("form", code): f"{code} («{title}»)" for code, title in own["form"].items()}
    words |= {("variant", code): title for code, title in own["variant"].items()}
    return Names(
        at=lambda item: f"a {item}",
        format_of=lambda item: draft_answers.response_format(document, item),
        own=words,
        listed=lambda ids: f"a {', '.join(ids)}",
    )


def context(document: Document) -> dict[str, dict[str, str]]:
    """The fields of the context that menus offer, each with the words of its values."""
    closed = draft_answers.context_values(document)
    own = {field for field, _ in draft_answers.own_values(document)}
    found = {
        field: {
            value: f"{value}: {title}" if field in own else value_label(field, value)
            for value, title in values.items()
        }
        for field, values in closed.items()
    }
    found |= {field: dict(zip(names, names, strict=True)) for field, names in TERRITORIES.items()}
    return {field: values for field, values in found.items() if values}
