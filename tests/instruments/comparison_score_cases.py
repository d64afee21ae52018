"""Changes of scores, occasions and forms, with the step and comparability that decision 10 gives them."""

from tests.instruments.comparison_cases import (
    BOTH,
    EASY,
    JUSTIFY,
    NOT,
    OPERATOR,
    OTHER_EASY,
    OTHER_STD,
    SHORT_EASY,
    SHORT_OPERATOR,
    SHORT_STD,
    STD,
    Case,
    both,
)

NEW_SCALE = (
    "title: D, construct: D., kind: formative, method: pomp_mean, items: [PROVA_A1], min_valid: {P: 1}"
)
ALERT = "kind: flag, title: Nota, rule: {is: {PROVA_A2: 2}}"
AFTER = (
    "  T2:\n    title: Dopo\n    window: {anchor: path_end, from_days: 153, to_days: 213, late_days: 243}\n"
)
LATER = "window: {anchor: path_end, from_days: 300, to_days: 330, late_days: 360}"
A6 = f"      - {{id: PROVA_A6, criterion: Sei, {BOTH}}}\n"
A7, A8, A9 = (A6.replace("A6", f"A{n}") for n in (7, 8, 9))
BEFORE_ALTRO = "  - id: ALTRO\n"
ITEMS = "items: [PROVA_A1, PROVA_A2, PROVA_A3, PROVA_A4, PROVA_A5]"

SCALES = [
    Case(
        "an item added to a scale",
        ((BEFORE_ALTRO, A6 + BEFORE_ALTRO), (ITEMS, ITEMS.replace("]", ", PROVA_A6]"))),
        "MAJOR",
        both(JUSTIFY, STD, EASY),
    ),
    Case(
        "five of eight items are still 60 per cent",
        (
            (BEFORE_ALTRO, A6 + A7 + A8 + BEFORE_ALTRO),
            (ITEMS, ITEMS.replace("]", ", PROVA_A6, PROVA_A7, PROVA_A8]")),
        ),
        "MAJOR",
        both(JUSTIFY, STD, EASY),
    ),
    Case(
        "five of nine are not",
        (
            (BEFORE_ALTRO, A6 + A7 + A8 + A9 + BEFORE_ALTRO),
            (ITEMS, ITEMS.replace("]", ", PROVA_A6, PROVA_A7, PROVA_A8, PROVA_A9]")),
        ),
        "MAJOR",
        both(NOT, STD, EASY),
    ),
    Case(
        "an item taken from a scale",
        ((ITEMS, ITEMS.replace(", PROVA_A5]", "]")),),
        "MAJOR",
        both(JUSTIFY, STD, EASY),
    ),
    Case(
        "two of five items taken: three are enough",
        (
            (ITEMS, ITEMS.replace(", PROVA_A4, PROVA_A5]", "]")),
            ("min_valid_at: {T0: {P: 4}}", "min_valid_at: {T0: {P: 3}}"),
        ),
        "MAJOR",
        both(JUSTIFY, STD, EASY),
    ),
    Case(
        "fewer than three left",
        (
            (ITEMS, "items: [PROVA_A1, PROVA_A2]"),
            (
                "min_valid: {P: 3, O: 1}\n    min_valid_at: {T0: {P: 4}}\n",
                "min_valid: {P: 1, O: 1}\n",
            ),
            ("short: {items: [PROVA_A1, PROVA_A2, PROVA_A3]", "short: {items: [PROVA_A1, PROVA_A2]"),
        ),
        "MAJOR",
        both(NOT, STD, EASY, SHORT_STD, SHORT_EASY),
    ),
    Case("keying", (("        reversed: true\n", ""),), "MAJOR"),
    Case(
        "the method",
        (
            ("pomp_mean\n    items: [PROVA_B1]", "mean\n    items: [PROVA_B1]"),
            ("[PROVA_A, PROVA_B], min_valid", "[PROVA_A], min_valid"),
        ),
        "MAJOR",
    ),
    Case("the minimum of valid answers", (("min_valid: {P: 3, O: 1}", "min_valid: {P: 2, O: 1}"),), "MAJOR"),
    Case("the minimum at an occasion", (("{T0: {P: 4}}", "{T0: {P: 5}}"),), "MAJOR"),
    Case("the minimum of a short form", (("PROVA_A3], min_valid: 2", "PROVA_A3], min_valid: 1"),), "MAJOR"),
    Case("an item that a form leaves out", (("    leave_out: {O: [PROVA_A2]}\n", ""),), "MAJOR"),
    Case("the kind of a scale", (("kind: formative", "kind: reflective"),), "MAJOR"),
    Case(
        "a scale added",
        (
            (
                "indices:",
                f"  - {{id: PROVA_D, {NEW_SCALE}}}\n\nindices:",
            ),
        ),
        "MINOR",
    ),
    Case(
        "a short form added",
        (
            (
                "    items: [PROVA_B1]\n    min_valid: {P: 1}",
                "    items: [PROVA_B1]\n    min_valid: {P: 1}\n    short: {items: [PROVA_B1], min_valid: 1}",
            ),
        ),
        "MINOR",
    ),
    Case(
        "a short form taken away",
        (("    short: {items: [PROVA_A1, PROVA_A2, PROVA_A3], min_valid: 2}\n", ""),),
        "MAJOR",
        both(NOT, SHORT_STD, SHORT_EASY, SHORT_OPERATOR),
    ),
    Case("an index", (("[PROVA_A, PROVA_B], min_valid: 1", "[PROVA_A, PROVA_B], min_valid: 2"),), "MAJOR"),
    Case("a gap", (("forms: [P, O], min", "forms: [O, P], min"),), "MAJOR"),
    Case("a derived fact", (("{PROVA_A1: 3}", "{PROVA_A1: 4}"),), "MAJOR"),
    Case("an alert more", (("alerts:\n", f"alerts:\n  - {{id: PROVA_AVVISO2, {ALERT}}}\n"),), "PATCH"),
    Case("an alert", (("rule: {is: {PROVA_A2: 3}}", "rule: {is: {PROVA_A2: 2}}"),), "PATCH"),
]

FRAME = [
    Case(
        "an occasion added leaves existing pairs alone",
        (
            (
                "  RETEST:\n",
                f"  T3:\n    title: Poi\n    {LATER}\n  RETEST:\n",
            ),
            ("occasions: [T0, T1, T2]", "occasions: [T0, T1, T2, T3]"),
            ("    source: seed\n    occasions: [T0, T1]", "    source: seed\n    occasions: [T0, T1, T3]"),
        ),
        "MINOR",
    ),
    Case(
        "an occasion taken away",
        (("occasions: [T0, T1, T2]", "occasions: [T0, T2]"),),
        "MAJOR",
        both(NOT, STD, EASY, SHORT_STD, SHORT_EASY, OTHER_STD, OTHER_EASY),
    ),
    Case(
        "an occasion at other days",
        (("to_days: 30, late", "to_days: 45, late"),),
        "MINOR",
        both(JUSTIFY, STD, EASY, SHORT_STD, SHORT_EASY, OPERATOR, SHORT_OPERATOR),
    ),
    Case(
        "an occasion counted from another day",
        (("anchor: path_start", "anchor: activity_start"),),
        "MAJOR",
        both(NOT, STD, EASY, SHORT_STD, SHORT_EASY, OPERATOR, SHORT_OPERATOR),
    ),
    Case(
        "another respondent",
        (("respondent: operator", "respondent: host"),),
        "MAJOR",
        both(NOT, OPERATOR, SHORT_OPERATOR),
    ),
    Case("the order of the occasions", ((AFTER, ""), ("  T1:\n", f"{AFTER}  T1:\n")), "MINOR"),
    Case("the consent text", (("participant@0.1.0", "participant@0.2.0"),), "MINOR"),
    Case("how long it takes", (("minutes: 5", "minutes: 6"),), "PATCH"),
    Case("the indicators", (("[I15]", "[I14, I15]"),), "PATCH"),
    Case("a retest at other days", (("to_days: 14", "to_days: 20"),), "MINOR"),
]
