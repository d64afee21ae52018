"""The digest an administration pins: the content, not the layout."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.reader import read_instrument
from tests.instruments.files import SMALL, UNHURRIED, with_change

TREE = yaml.load(SMALL, Loader=yaml.CBaseLoader)  # noqa: S506 - builds plain texts only.
DIGEST = read_instrument(SMALL.encode()).digest


@UNHURRIED
@given(
    flow=st.sampled_from([None, True, False]),
    style=st.sampled_from([None, "'", '"']),
    indent=st.integers(2, 8),
    width=st.integers(20, 200),
)
def test_a_new_layout_keeps_the_digest(flow: bool | None, style: str | None, indent: int, width: int) -> None:
    laid_out = yaml.safe_dump(
        TREE,
        default_flow_style=flow,
        default_style=style,
        indent=indent,
        width=width,
        allow_unicode=True,
        sort_keys=False,
    )
    assert read_instrument(laid_out.encode()).digest == DIGEST


def test_comments_and_blank_lines_keep_the_digest() -> None:
    commented = "\n\n".join(f"{line} # nota" for line in SMALL.splitlines())
    assert read_instrument(commented.encode()).digest == DIGEST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Provo ansia.", "Provo ansia"),
        ("minutes: 5", "minutes: 6"),
        ("3: Sì", "3: Si"),
        ("reversed: true", "reversed: false"),
        ("{1: No, 2: Un po', 3: Sì}", "{3: Sì, 2: Un po', 1: No}"),
        ("occasions: [T0, T1]\n    format", "occasions: [T1, T0]\n    format"),
    ],
)
def test_a_changed_word_or_order_changes_the_digest(old: str, new: str) -> None:
    assert read_instrument(with_change(old, new)).digest != DIGEST


@UNHURRIED
@given(st.sampled_from(["Prova", "Che cosa vuoi?", "Giornate", "PROVA_OB3"]), st.text("abcxyz", min_size=1))
def test_any_changed_word_changes_the_digest(word: str, other: str) -> None:
    changed = with_change(word, word + other.upper()) if word != "PROVA_OB3" else with_change(word, "PROVA_Z")
    assert read_instrument(changed).digest != DIGEST
