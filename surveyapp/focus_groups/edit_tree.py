"""Where things stand in the plain tree of an instrument file, for who edits it. Pure."""

from typing import Any

from surveyapp.focus_groups.edit_model import Fault

Document = dict[str, Any]


class NotMadeError(Exception):
    """An edit that cannot be made on this document."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(place, sentence)


def documents(found: Any) -> list[Document]:
    """The entries of a list that have names of their own."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def within(node: Document, name: str) -> Document:
    """What stands under a name; nothing where there is none."""
    found = node.get(name)
    return found if isinstance(found, dict) else {}


def inside(node: Document, name: str) -> Document:
    """What stands under a name, made where there is nothing."""
    node[name] = found = within(node, name)
    return found


def ids(document: Document) -> set[str]:
    """The ids of all questions."""
    sections = documents(document.get("sections"))
    return {str(one.get("id")) for section in sections for one in documents(section.get("items"))}


def section_of(document: Document, item: str) -> tuple[Document, int]:
    """The section that has an item, and its place among the items. Raises NotMadeError."""
    for section in documents(document.get("sections")):
        for place, one in enumerate(documents(section.get("items"))):
            if one.get("id") == item:
                return section, place
    raise NotMadeError(item, f"la domanda {item} non è fra quelle di questo file")


def item_of(document: Document, item: str) -> Document:
    """A question. Raises NotMadeError."""
    section, place = section_of(document, item)
    found: Document = section["items"][place]
    return found


def listed(document: Document, name: str, wanted: str, sentence: str) -> Document:
    """The entry of a list with this id. Raises NotMadeError with the sentence."""
    for one in documents(document.get(name)):
        if one.get("id") == wanted:
            return one
    raise NotMadeError(f"{name}.{wanted}", sentence)


def options(document: Document, response_format: str) -> Document:
    """The options of a response format by code; none where there is no such format."""
    return within(within(within(document, "formats"), response_format), "options")
