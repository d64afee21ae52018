"""The colours of every theme, computed: text 7:1, what is pressed or told 4.5:1, borders 3:1 (F3)."""

import re
from pathlib import Path

import pytest

import surveyapp.web
from surveyapp.collection.reading_settings import CHOICES

LOOK = Path(surveyapp.web.__file__).parent / "static" / "look.css"
SURFACES = ("page", "panel", "blue-soft")
LEAST = {
    **{(word, surface): 7.0 for word in ("text", "soft") for surface in SURFACES},
    **{(word, "page"): 4.5 for word in ("blue", "ok", "warn", "bad")},
    **{(word, "panel"): 4.5 for word in ("blue", "bad")},
    ("page", "blue"): 4.5,  # the words of a button
    ("text", "old"): 7.0,
    ("text", "new"): 7.0,
    ("on-notice", "notice"): 7.0,
    ("line", "page"): 3.0,
}


def colours(theme: str) -> dict[str, str]:
    """The colours of a theme by name; what it does not say is as in the usual one."""
    css = LOOK.read_text(encoding="utf-8")
    usual = re.search(r":root \{(.*?)\}", css, re.DOTALL)
    own = re.search(rf'html\[data-theme="{theme}"\] \{{(.*?)\}}', css, re.DOTALL)
    blocks = [block[1] for block in (usual, own) if block]
    assert len(blocks) == 1 + (theme != CHOICES["theme"][0])
    return {name: value for block in blocks for name, value in re.findall(r"--([\w-]+): (#\w+);", block)}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definitions): 0 is black, 1 is white."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", CHOICES["theme"])
def test_every_theme_can_be_read(theme: str) -> None:
    found = colours(theme)
    ratios = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in LEAST}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < LEAST[pair]} == {}


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the known grey of AA
