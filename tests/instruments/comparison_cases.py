"""Changes of questions between two versions, with the step and comparability that decision 10 gives them."""

from dataclasses import dataclass, field

from tests.instruments.two_versions import Edit, line_of

STD, EASY, OPERATOR = "PROVA_A P std", "PROVA_A P easy", "PROVA_A O std"
SHORT_STD, SHORT_EASY, SHORT_OPERATOR = "PROVA_A_br P std", "PROVA_A_br P easy", "PROVA_A_br O std"
OTHER_STD, OTHER_EASY = "PROVA_B P std", "PROVA_B P easy"
JUSTIFY, NOT = "to justify", "not comparable"
TEXT = ("std: Provo ansia., easy", "std: Provo ansia o agitazione., easy")
BOTH = "text: {P: {std: X?, easy: X?}}"
SWITCH = ("easy: R3}, O: {std: R5}}", "easy: R3_BIS}, O: {std: R5}}")
REWORDED = (
    "R3_BIS:\n    kind: choice\n    pictures: amount\n    options: {1: No, 2: Un po'",
    "R3_BIS:\n    kind: choice\n    pictures: amount\n    options: {1: No, 2: Un pò",
)


def both(level: str, *rows: str) -> dict[str, str]:
    """The level of some scales, and of the index that is their mean."""
    found = dict.fromkeys(rows, level)
    indices = [f"PROVA_IND {row.partition(' ')[2]}" for row in rows if not row.startswith("PROVA_A_br")]
    return found | dict.fromkeys(indices, level)


@dataclass(frozen=True)
class Case:
    """A change: its edits, the least step, what is no longer equal, the kinds that were declared."""

    name: str
    edits: tuple[Edit, ...]
    step: str
    levels: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


TEXTS = [
    Case("a typo", (TEXT,), "PATCH", kinds={"PROVA_A2.text.P.std": "typo"}),
    Case(
        "a text with the same meaning, one variant",
        (TEXT,),
        "MINOR",
        both(JUSTIFY, STD, SHORT_STD),
        {"PROVA_A2.text.P.std": "same meaning"},
    ),
    Case("an undeclared text: proposed as the same meaning", (TEXT,), "MINOR", both(JUSTIFY, STD, SHORT_STD)),
    Case(
        "the easy words made clearer leave the standard equal",
        (("easy: Ti senti in ansia?", "easy: Hai ansia?"),),
        "MINOR",
        both(JUSTIFY, EASY, SHORT_EASY),
    ),
    Case(
        "a new meaning under an old id",
        (TEXT,),
        "MAJOR",
        both(NOT, STD, SHORT_STD),
        {"PROVA_A2.text.P.std": "new meaning"},
    ),
    Case(
        "a hint",
        (("std: In questo periodo.", "std: In queste settimane."),),
        "MINOR",
        both(JUSTIFY, STD, SHORT_STD),
    ),
    Case(
        "a hint that only helps to read",
        (("std: In questo periodo.", "std: In questo periodo di tempo."),),
        "PATCH",
        kinds={"PROVA_A2.hint.P.std": "typo"},
    ),
    Case(
        "the line above the options",
        (("stem: Quanto è vero?", "stem: Quanto sei d'accordo?"),),
        "MINOR",
        both(JUSTIFY, STD, SHORT_STD, OPERATOR, SHORT_OPERATOR, OTHER_STD),
    ),
    Case(
        "the words of an answer without value",
        (("NS: {easy: Non lo so", "NS: {easy: Non saprei"),),
        "MINOR",
        both(JUSTIFY, EASY, SHORT_EASY, OTHER_EASY),
    ),
    Case(
        "the words of a format for an answer without value",
        (("NA: Non c'entra", "NA: Non fa per me"),),
        "MINOR",
        both(JUSTIFY, STD, SHORT_STD, OPERATOR, SHORT_OPERATOR, OTHER_STD),
    ),
    Case(
        "words that change with the context",
        (("LAB: il laboratorio", "LAB: questo laboratorio"),),
        "MINOR",
        both(JUSTIFY, STD, EASY),
    ),
    Case("words of a criterion, which respondents do not see", (("Sonno", "Il sonno"),), "MINOR"),
    Case("help", (("tutor: La persona", "tutor: Chi"),), "PATCH"),
    Case("the manual", (("who: Chi risponde.", "who: Risponde la persona."),), "PATCH"),
    Case("the title", (("title: Prova\n", "title: La prova\n"),), "PATCH"),
    Case("a question to try the answers", (("la pizza", "il gelato"),), "PATCH"),
]

OPTIONS = [
    Case(
        "the words of an option are its anchor",
        (("3: Abbastanza", "3: Così così"),),
        "MAJOR",
        both(NOT, STD, SHORT_STD, OPERATOR, SHORT_OPERATOR, OTHER_STD),
    ),
    Case(
        "a typo in an option",
        (("3: Abbastanza", "3: Abastanza"),),
        "PATCH",
        kinds={"formats.R5.options.3": "typo"},
    ),
    Case(
        "an option more",
        (
            ("3: Sì}", "3: Sì, 4: Molto}"),
            ("    pictures: amount\n", ""),
            ("{is: {PROVA_A2: 3}}", "{is: {PROVA_A2: 3}}"),
        ),
        "MAJOR",
        both(NOT, EASY, SHORT_EASY, OTHER_EASY),
    ),
    Case(
        "the code of an option",
        (("4: Molto, 5: Moltissimo", "4: Molto, 6: Moltissimo"),),
        "MAJOR",
        both(NOT, STD, SHORT_STD, OPERATOR, SHORT_OPERATOR, OTHER_STD),
    ),
    Case(
        "the order of the options",
        (("4: Molto, 5: Moltissimo", "5: Moltissimo, 4: Molto"),),
        "MAJOR",
        both(NOT, STD, SHORT_STD, OPERATOR, SHORT_OPERATOR, OTHER_STD),
    ),
    Case(
        "another response format",
        (
            (
                "format: {P: {std: R5, easy: R3}, O: {std: R5}}",
                "format: {P: {std: R3, easy: R3}, O: {std: R5}}",
            ),
        ),
        "MAJOR",
        both(NOT, STD, SHORT_STD),
    ),
    Case(
        "the same format under another name",
        (
            (
                "format: {P: {std: R5, easy: R3}, O: {std: R5}}",
                "format: {P: {std: R5, easy: R3_BIS}, O: {std: R5}}",
            ),
        ),
        "PATCH",
    ),
    Case(
        "another format with other words for an option",
        (SWITCH, REWORDED),
        "MAJOR",
        both(NOT, EASY, SHORT_EASY),
    ),
    Case(
        "another format with a typo less",
        (SWITCH, REWORDED),
        "PATCH",
        kinds={"formats.R3.R3_BIS.options.2": "typo", "formats.R3_BIS.options.2": "typo"},
    ),
    Case("a format more", (("  TXT:", "  LINE: {kind: text, max_length: 20}\n  TXT:"),), "PATCH"),
    Case("bounds of a number", (("maximum: 48", "maximum: 60"),), "MAJOR"),
    Case("room for a text", (("max_length: 200", "max_length: 300"),), "MINOR"),
]

QUESTIONS = [
    Case(
        "an unscored question added",
        ((line_of("PROVA_B3"), f"      - {{id: PROVA_B4, criterion: X, {BOTH}}}\n{line_of('PROVA_B3')}"),),
        "MINOR",
    ),
    Case(
        "an unscored question taken away",
        ((line_of("PROVA_B3"), ""),),
        "MAJOR",
    ),
    Case(
        "the order of the questions",
        (
            (line_of("PROVA_A4"), ""),
            ("      - id: PROVA_A3\n", f"{line_of('PROVA_A4')}      - id: PROVA_A3\n"),
        ),
        "MINOR",
        both(JUSTIFY, STD, EASY, SHORT_STD, SHORT_EASY),
    ),
    Case(
        "a rule on a scored question",
        (
            (
                "        criterion: Forze\n",
                "        criterion: Forze\n        show_if: {answered: PROVA_A1}\n",
            ),
        ),
        "MINOR",
        both(JUSTIFY, STD, EASY),
    ),
    Case("a rule on an unscored question", (("at_most: {PROVA_B1: 1}", "at_most: {PROVA_B1: 2}"),), "MINOR"),
    Case(
        "the rule of a section",
        (("province: Bergamo", "province: Cremona"),),
        "MINOR",
        both(JUSTIFY, OTHER_STD, OTHER_EASY),
    ),
    Case(
        "a question in another section",
        (
            (line_of("PROVA_B3"), ""),
            ("      - id: PROVA_G2\n", f"{line_of('PROVA_B3')}      - id: PROVA_G2\n"),
        ),
        "MINOR",
    ),
    Case("a question in the short form", (("lengths: [mini]", "lengths: [mini, short]"),), "MINOR"),
    Case("where an item comes from", (("source: seed", "source: FG"),), "PATCH"),
]
