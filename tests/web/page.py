"""A page as a test sees it: its tree, its title, its words, its form."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

NOT_FILLED_IN = ("hidden", "submit", "button", "reset", "image")


@dataclass(frozen=True)
class Page:
    """A page that a test opened. `marked` is its text with the marks of tests/web/marks.py, if any."""

    status: int
    path: str
    text: str
    tree: Element
    marked: str = ""

    @property
    def title(self) -> str:
        return self.tree.findtext(".//title") or ""

    @property
    def h1(self) -> str:
        return words(self.tree.find(".//h1"))

    @property
    def main(self) -> Element:
        found = self.tree.find(".//main")
        assert found is not None, f"no main on {self.path}"
        return found

    @property
    def words(self) -> str:
        return words(self.main)

    @property
    def links(self) -> dict[str, str]:
        return {words(link): link.get("href", "") for link in self.tree.iter("a")}

    @property
    def form(self) -> Element:
        found = self.tree.find(".//form")
        assert found is not None, f"no form on {self.path}"
        return found

    def hidden(self) -> dict[str, str]:
        fields = [field for field in self.form.iter("input") if field.get("type") == "hidden"]
        areas = [area for area in self.form.iter("textarea") if area.get("hidden") is not None]
        return {field.get("name", ""): field.get("value", "") for field in fields} | {
            area.get("name", ""): (area.text or "") for area in areas
        }

    @property
    def choices(self) -> dict[str, str]:
        """Value of each radio or box by the words of its label."""
        labels = {label.get("for"): words(label) for label in self.form.iter("label")}
        inputs = [field for field in self.form.iter("input") if field.get("type") in ("radio", "checkbox")]
        return {labels[field.get("id")]: field.get("value", "") for field in inputs}

    @property
    def checked(self) -> list[str]:
        return [
            field.get("value", "") for field in self.form.iter("input") if field.get("checked") is not None
        ]

    @property
    def written(self) -> str:
        """What stands in the field of the answer."""
        field = next(field for field in fields(self.form) if field.get("id") == "a1")
        return field.get("value", "") if field.tag == "input" else (field.text or "").strip("\n")

    @property
    def is_question(self) -> bool:
        """Whether the page asks a question of an instrument: radios or a text named `answer`."""
        return any(field.get("name") == "answer" for field in fields(self.tree))

    @property
    def is_section(self) -> bool:
        """Whether the page asks several questions of an instrument, or may: it is left with a save."""
        saves = any(words(button) == "Salva e vai avanti" for button in self.tree.iter("button"))
        return saves and self.path.startswith("/q/")


def fields(within: Element) -> Iterator[Element]:
    """What a person fills in: radios, boxes, texts, lists; not buttons nor hidden values."""
    for field in within.iter():
        shown = field.get("hidden") is None and field.get("type") not in NOT_FILLED_IN
        if field.tag in ("input", "select", "textarea") and shown:
            yield field


def words(element: Element | None) -> str:
    """The text of an element as one line."""
    assert element is not None
    return " ".join(html.unescape("".join(element.itertext())).split())
