"""From the newer version of a case back to the older one, where that is another change: each with its why."""

from dataclasses import dataclass, field

from tests.instruments.comparison_cases import (
    EASY,
    NOT,
    SHORT_EASY,
    SHORT_STD,
    STD,
    both,
)


@dataclass(frozen=True)
class WayBack:
    """The least step of the way back and what is no longer equal; `kinds` only where their places differ."""

    why: str
    step: str
    levels: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


GONE = "what was added is taken away: MAJOR"
COMES = "what was taken away is added: MINOR, and nothing that is there is touched"

WAYS_BACK = {
    "an unscored question added": WayBack(f"{GONE}; no score hangs on it", "MAJOR"),
    "an unscored question taken away": WayBack(COMES, "MINOR"),
    "a scale added": WayBack(
        f"{GONE}, and the older version's score ends",
        "MAJOR",
        {"PROVA_D P std": NOT, "PROVA_D P easy": NOT},
    ),
    "a short form added": WayBack(
        f"{GONE}, and the short score ends", "MAJOR", {"PROVA_B_br P std": NOT, "PROVA_B_br P easy": NOT}
    ),
    "a short form taken away": WayBack(COMES, "MINOR"),
    "an occasion added leaves existing pairs alone": WayBack(
        f"{GONE}, and what was asked then has no pair any more",
        "MAJOR",
        both(NOT, STD, EASY, SHORT_STD, SHORT_EASY),
    ),
    "an occasion taken away": WayBack(COMES, "MINOR"),
    "another format with a typo less": WayBack(
        "the same texts, but a kind is declared by the formats from and to, which change places",
        "PATCH",
        kinds={"formats.R3_BIS.R3.options.2": "typo", "formats.R3_BIS.options.2": "typo"},
    ),
}
