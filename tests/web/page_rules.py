"""What every page must be: each rule yields its problems in words (A1 and the like: docs/quality.md)."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator

from tests.web.page import Page, fields, words

MAX_PAGE_BYTES = 12 * 1024
MAX_SECTION_BYTES = 24 * 1024  # up to twelve questions
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FOCUSABLE = ("a", "button", "input", "select", "textarea", "summary")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list")
# The fields of one answer: its value, and the reason for none where that stands beside.
ANSWER = ("answer", "reason")
# The fields of a page with several questions, before the id of each.
SEVERAL = (*ANSWER, "keep", "confirm")
PART = re.compile(r" – (Parte \d+ di \d+(?:, continua)?) – OpenSource in Rete")
# In a section that repeats the place begins with its record: "Gli adattamenti, numero 3: domanda 2 di 9".
# A practice question says that it is one: "Prova 1 di 2", and "Prova 1 di 2, ancora una volta".
PLACE = re.compile(
    r" – (Domanda \d+ di \d+|Prova \d+ di \d+(, ancora una volta)?"
    r"|[^–]+, numero \d+: domanda \d+ di \d+) – OpenSource in Rete"
)
# Pages for participants: one thing to do, said by one button that stands out.
FOR_PARTICIPANTS = ("/q/", "/r/")

Rule = Callable[[Page], Iterator[str]]


def problems(page: Page) -> list[str]:
    """Everything that is wrong with a page."""
    rules = (
        *EVERY_PAGE,
        *(QUESTION_PAGE if page.is_question else ()),
        *(SECTION_PAGE if page.is_section else ()),
    )
    return [problem for rule in rules for problem in rule(page)]


def _headings(page: Page) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in page.tree.iter() if element.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1 instead of one"
    if any(after - before > 1 for before, after in itertools.pairwise(levels)):
        yield f"heading levels jump: {levels}"


def _title(page: Page) -> Iterator[str]:
    if not re.fullmatch(r"\S.* – OpenSource in Rete", page.title, re.DOTALL):
        yield f"the title «{page.title}» does not say page and site"
    if page.tree.get("lang") not in ("it", "en"):
        yield "the page does not say its language"


def _ids(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.tree.iter() if element.get("id"))
    yield from (f"the id «{id}» is there {count} times" for id, count in ids.items() if count > 1)
    for element in page.tree.iter():
        named = [name for attribute in REFERENCES for name in element.get(attribute, "").split()]
        anchor = element.get("href", "")
        named += [anchor[1:]] if anchor.startswith("#") else []
        yield from (
            f"<{element.tag}> names «{name}», which is not there" for name in named if name not in ids
        )


def _landmarks(page: Page) -> Iterator[str]:
    for tag in ("header", "main", "footer"):
        if len(list(page.tree.iter(tag))) != 1:
            yield f"not one <{tag}>"
    first = next((element for element in page.tree.iter() if element.tag in FOCUSABLE), None)
    main = page.tree.find(".//main")
    if first is None or main is None or first.get("href") != f"#{main.get('id')}":
        yield "the first thing to focus is not the link to the content"
    elif main.get("tabindex") != "-1":
        yield "main cannot take the focus"


def _forms(page: Page) -> Iterator[str]:
    for form in page.tree.iter("form"):
        if not form.get("action"):
            yield "a form does not say where it goes"
        if next(fields(form), None) is not None and form.get("novalidate") is None:
            yield "a form lets the browser check: `novalidate` is missing"
    for element in page.tree.iter():
        if element.get("required") is not None:
            yield f"«{element.get('name')}» is `required`: the server checks, in our words"
        takes_focus = element.get("autofocus") is not None and element.get("class") != "errors"
        if takes_focus or (element.get("tabindex") or "0") not in ("0", "-1"):
            yield f"<{element.tag}> changes the order of the focus"


def _names(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.tree.iter("label") if words(label)}
    wrapped = {field for label in page.tree.iter("label") if words(label) for field in fields(label)}
    for field in fields(page.tree):
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not named and field.get("id") not in labelled and field not in wrapped:
            yield f"the field «{field.get('name')}» has no label"
    for tag in ("a", "button"):
        nameless = [one for one in page.tree.iter(tag) if not words(one) and not one.get("aria-label")]
        yield from (f"a <{tag}> without words" for _ in nameless)
    yield from ("an image without alt" for image in page.tree.iter("img") if image.get("alt") is None)


def _groups(page: Page) -> Iterator[str]:
    grouped = {field for group in page.tree.iter("fieldset") for field in fields(group)}
    for field in fields(page.tree):
        chosen = field.get("type") == "radio" or field.get("name", "").partition(".")[0] in SEVERAL
        if chosen and field.get("type") in ("radio", "checkbox") and field not in grouped:
            yield f"the choices «{field.get('name')}» are outside a fieldset"
    for group in page.tree.iter("fieldset"):
        if group.find("legend") is None or not words(group.find("legend")):
            yield "a fieldset without a legend"


def _tables(page: Page) -> Iterator[str]:
    for table in page.tree.iter("table"):
        if table.find("caption") is None:
            yield "a table without a caption"
        yield from ("a table heading without scope" for cell in table.iter("th") if not cell.get("scope"))


def _own(page: Page) -> Iterator[str]:
    if any(not script.get("src") for script in page.tree.iter("script")):
        yield "a script inside the page"
    for found in re.findall(r"\son\w+=|\sstyle=|javascript:|http-equiv=.refresh", page.text):
        yield f"«{found.strip()}» inside the page"
    for found in re.findall(r"""(?:src|href|action)=["']https?:[^"']*""", page.text):
        yield f"another site: {found}"


def _size(page: Page) -> Iterator[str]:
    size = len(page.text.encode())
    lists = [
        one for tag in ("table", "dl", "datalist") for one in page.tree.iter(tag)
    ]  # as long as what they list
    most = MAX_SECTION_BYTES if page.is_section else MAX_PAGE_BYTES
    if size > most and (page.is_section or not lists):
        yield f"{size} bytes: more than {most}"


def _buttons(page: Page) -> Iterator[str]:
    classes = [(element.get("class") or "").split() for element in page.tree.iter()]
    primary = [one for one in classes if "button" in one and not {"plain", "second"} & set(one)]
    if len(primary) > 1 and page.path.startswith(FOR_PARTICIPANTS):
        yield f"{len(primary)} buttons that stand out: at most one (A12)"


def _question_heading(page: Page) -> Iterator[str]:
    holders = [element for tag in ("legend", "label") for element in page.main.iter(tag)]
    parts = [element for holder in holders for element in holder.iter("h1")]
    labels = [label for h1 in page.main.iter("h1") for label in h1.iter("label")]
    if not parts and not labels:
        yield "the question (h1) is not the legend or the label of its answer (A1)"
    elif labels and words(labels[0]) != page.h1:
        yield "the label is not the whole question (A1)"


def _question_title(page: Page) -> Iterator[str]:
    place = PLACE.fullmatch(page.title.removeprefix("Errore: ").removeprefix(page.h1))
    if not re.search(r"([Dd]omanda|Prova) \d+ di \d+", page.words):
        yield "the page does not say «Domanda n di N» (A5)"
    elif not place or place[1] not in page.words:
        yield f"the title «{page.title}» is not question, place, site (A3)"


def _question_order(page: Page) -> Iterator[str]:
    if words(next(iter(page.main))) != "Torna indietro":
        yield "«Torna indietro» is not the first thing in main (A4)"
    buttons = [words(button) for button in page.form.iter("button")]
    if buttons != ["Vai avanti", "Salta la domanda"]:
        yield f"the buttons are {buttons}: Enter must go on, then comes the skip (S9)"
    if not {field.get("name") for field in fields(page.tree)} <= set(ANSWER):
        yield "more than one question on the page (A2)"


def _question_error(page: Page) -> Iterator[str]:
    alert = next((one for one in page.main.iter() if one.get("role") == "alert"), None)
    if (alert is not None) != page.title.startswith("Errore: "):
        yield "title and summary do not agree on whether there is an error (D2)"
    if alert is not None and (alert.find("h2") is None or alert.find(".//a") is None):
        yield "the summary of errors has no heading or no link (D2)"
    described = [element.get("aria-describedby", "").split() for element in page.main.iter()]
    if alert is not None and not any("errore" in names for names in described):
        yield "the message is not tied to the answer (D2)"


def _section_heading(page: Page) -> Iterator[str]:
    inside = [
        one for tag in ("legend", "label") for holder in page.main.iter(tag) for one in holder.iter("h1")
    ]
    if inside:
        yield "the h1 is a question: with several, it says what they are about (H1)"
    place = PART.fullmatch(page.title.removeprefix("Errore: ").removeprefix(page.h1))
    if not place or place[1] not in page.words:
        yield f"the title «{page.title}» is not heading, part, site (A3, A5)"


def _section_order(page: Page) -> Iterator[str]:
    if words(next(iter(page.main))) != "Torna indietro":
        yield "«Torna indietro» is not the first thing in main (A4)"
    buttons = [words(button) for button in page.form.iter("button")]
    if buttons != ["Salva e vai avanti", "Salva e fai una pausa"]:
        yield f"the buttons are {buttons}: Enter must save and go on (S9)"


def _section_fields(page: Page) -> Iterator[str]:
    names = {field.get("name", "").partition(".")[0] for field in fields(page.form)}
    if not names <= set(SEVERAL):
        yield f"fields {names - set(SEVERAL)} belong to no question"
    grouped = {field for group in page.form.iter("fieldset") for field in fields(group)}
    questions = [one.get("name", "").partition(".")[2] for one in fields(page.form)]
    for group in page.form.iter("fieldset"):
        if len({one.get("name", "").partition(".")[2] for one in fields(group)}) > 1:
            yield "a fieldset holds two questions (H1)"
    alone = [one for one in fields(page.form) if one not in grouped]
    if any(questions.count(one.get("name", "").partition(".")[2]) > 1 for one in alone):
        yield "a question with several fields has no fieldset (H1)"


def _section_errors(page: Page) -> Iterator[str]:
    alert = next((one for one in page.main.iter() if one.get("role") == "alert"), None)
    if (alert is not None) != page.title.startswith("Errore: "):
        yield "title and summary do not agree on whether there is an error (D2)"
    messages = [one for one in page.form.iter("p") if one.get("class") == "error"]
    linked = [words(link) for link in alert.iter("a")] if alert is not None else []
    if len(messages) != len(linked):
        yield f"{len(messages)} messages, {len(linked)} in the summary (D2)"
    described = {name for one in page.main.iter() for name in one.get("aria-describedby", "").split()}
    for message in messages:
        if message.get("id") not in described:
            yield f"the message «{words(message)}» is not tied to its answer (D2)"
    said = [words(one).removeprefix("Errore: ").removesuffix(" Quale va tenuta?") for one in messages]
    if any(not link.endswith(message) for message, link in zip(said, linked, strict=False)):
        yield f"the summary says other words than the messages: {linked}, {said} (D2)"


def _summary(page: Page) -> Iterator[str]:
    for summary in (one for one in page.main.iter("div") if one.get("class") == "errors"):
        if summary.get("autofocus") is None or summary.get("tabindex") != "-1":
            yield "the summary of errors does not take the focus (D3)"


EVERY_PAGE: tuple[Rule, ...] = (
    _headings,
    _title,
    _ids,
    _landmarks,
    _forms,
    _names,
    _groups,
    _tables,
    _own,
    _size,
    _buttons,
    _summary,
)
QUESTION_PAGE: tuple[Rule, ...] = (_question_heading, _question_title, _question_order, _question_error)
SECTION_PAGE: tuple[Rule, ...] = (_section_heading, _section_order, _section_fields, _section_errors)
