"""Files made to hurt who reads them: they multiply, nest, or go on for ever."""

from surveyapp.instruments.source import MAX_BYTES

MERGE_KEYS = "a0: &a0 {k: v}\n" + "".join(
    f"a{level}: &a{level}\n  <<: [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n" for level in range(1, 12)
)
ALIASES = "a0: &a0 [x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 8)
)
NESTED_BLOCKS = "".join(f"{' ' * level}a:\n" for level in range(600))

BOMBS = {
    "merge keys": MERGE_KEYS,
    "aliases": ALIASES,
    "nested blocks": NESTED_BLOCKS,
    "open brackets": "[" * MAX_BYTES,
    "open braces": "{a: " * (MAX_BYTES // 4),
    "question marks": "? " * (MAX_BYTES // 2),
    "dashes": "- " * (MAX_BYTES // 2),
    "one long word": "a" * MAX_BYTES,
    "one long number": f"version: {'9' * 250_000}.0.0",
    "flat list": "- a\n" * 62_500,
    "flat list in a section": "sections:\n" + "- {}\n" * 50_000,
    "many names": "occasions: {" + ", ".join(f"a{number}: {{}}" for number in range(20_000)) + "}",
    "many documents": "---\n" * 60_000,
}
