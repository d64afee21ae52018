"""Self-contained pages: one HTML file with its fonts inside, nothing from elsewhere."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from surveyapp.sheets.manual import Manual
from surveyapp.sheets.paper import Paper
from surveyapp.sheets.tables import Table, without_empty

DRAFT = "BOZZA, non ancora in uso: non serve a raccogliere risposte"

_FONTS = Path(__file__).parent.parent / "web" / "static" / "fonts"
_WEIGHTS = {"regular": "400", "bold": "700"}
_ENVIRONMENT = Environment(
    loader=PackageLoader("surveyapp.sheets"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _fonts() -> Mapping[str, str]:
    return {
        name: b64encode((_FONTS / f"atkinson-hyperlegible-{weight}.woff2").read_bytes()).decode()
        for name, weight in _WEIGHTS.items()
    }


def paper_html(paper: Paper, *, draft: bool = False) -> str:
    """A form to print, as one HTML page."""
    return _page("paper.html", footer=paper.footer, draft=draft, paper=paper)


def manual_html(manual: Manual, *, draft: bool = False) -> str:
    """A manual as one HTML page."""
    return _page("manual.html", footer=manual.footer, draft=draft, manual=manual)


def codebook_html(title: str, footer: str, tables: tuple[Table, ...], *, draft: bool = False) -> str:
    """A codebook as one HTML page."""
    shown = [without_empty(one) for one in tables]
    return _page("codebook.html", footer=footer, draft=draft, title=title, tables=shown)


def _page(template: str, *, footer: str, draft: bool, **shown: Any) -> str:
    """A page of this package; `footer`, and that it is a draft, stand on each printed page."""
    mark = DRAFT if draft else ""
    return _ENVIRONMENT.get_template(template).render(fonts=_fonts(), footer=footer, mark=mark, **shown)
