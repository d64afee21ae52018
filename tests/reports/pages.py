"""Reading a report as a strict browser and an inspector would."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pandas as pd

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
# Names of XML vocabularies are not requests.
VOCABULARIES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml")


def visit(path: Path, title: str = "Rapporto sul cambiamento osservato") -> Element:
    """The page, after the checks that every report must pass."""
    text = path.read_text(encoding="utf-8")
    document = html5lib.HTMLParser(strict=True).parse(text)
    assert document.get("lang") == "it"
    assert len(list(document.iter(f"{NAMESPACE}h1"))) == 1
    assert document.find(f".//{NAMESPACE}title").text.startswith(title)
    assert "impatto" not in text.lower()
    _no_requests(text, document)
    _ids(document)
    _headings(document)
    _tables(document)
    return document


def words(element: Element) -> str:
    """The text of an element with single blanks."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def table(document: Element, caption: str) -> Element:
    """The first table whose caption starts so."""
    return next(
        found
        for found in document.iter(f"{NAMESPACE}table")
        if words(found.find(f"{NAMESPACE}caption")).startswith(caption)
    )


def results(folder: Path) -> pd.DataFrame:
    """results.csv, empty cells as empty texts."""
    return pd.read_csv(folder / "results.csv", keep_default_na=False)


def _no_requests(text: str, document: Element) -> None:
    assert not re.search(r"https?://|url\(\s*['\"]?(?!#)|@import|//[a-z]+\.", text)
    tags = {element.tag.rpartition("}")[2] for element in document.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}


def _ids(document: Element) -> None:
    ids = [element.get("id") for element in document.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9_-]+", found) for found in ids)
    for element in document.iter():
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((element.get(name) or "").split()) <= set(ids)
        if (element.get("href") or "").startswith("#"):
            assert element.get("href")[1:] in ids


def _headings(document: Element) -> None:
    tags = [element.tag.rpartition("}")[2] for element in document.iter() if isinstance(element.tag, str)]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def _tables(document: Element) -> None:
    for found in document.iter(f"{NAMESPACE}table"):
        assert words(found.find(f"{NAMESPACE}caption"))
        assert all(head.get("scope") for head in found.iter(f"{NAMESPACE}th"))
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in found.iter(f"{NAMESPACE}tr")}
        assert len(widths) == 1
    regions = [
        one for one in document.iter(f"{NAMESPACE}div") if "scroll" in (one.get("class") or "").split()
    ]
    for region in regions:
        assert region.get("role") == "region"
        assert region.get("tabindex") == "0"
        assert region.get("aria-label") or region.get("aria-labelledby")
