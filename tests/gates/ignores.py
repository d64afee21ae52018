"""A static check: who switches a rule off says why, on the same line (`python -m tests.gates.ignores`)."""

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.gates.files import check

WORDS_OF_A_REASON = 2

# What switches a rule off inside a file: the directive with the rules it names.
DIRECTIVE = re.compile(
    r"(?:#|--)\s*("
    r"(?:ruff:\s*)?noqa\b(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?"
    r"|type:\s*ignore(?:\[[^\]]*\])?"
    r"|nosec\b(?:[:\s]*B\d+(?:\s*,\s*B\d+)*)?"
    r"|pragma:\s*no\s+(?:cover|branch)"
    r"|djlint:\s*off(?:\s+[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?"
    r"|codespell:ignore(?:\s+\w+(?:\s*,\s*\w+)*)?"
    r"|mypy:\s*\S+)",
    re.IGNORECASE,
)
NAMES_NO_RULE = re.compile(r"noqa|type:\s*ignore|nosec", re.IGNORECASE)
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)

# Settings of pyproject.toml that switch rules off: each of their entries has a comment on its line.
SETTING = re.compile(
    r"^(?:ignore|extend-ignore|skips|skip|ignore-words-list|ignore_imports|exhaustive_ignores|exclude|omit"
    r"|exclude_also|exclude_dirs|ignore_missing_imports|disallow_\w+|allow_indirect_imports|ignore_errors"
    r"|follow_imports|warn_\w+)\s*="
)
TABLE_OF_IGNORES = re.compile(r"^\[.*(?:per-file-ignores|ignores)\]$")
COMMENT_AFTER_VALUE = re.compile(r"""^(?:[^"'#]|"[^"]*"|'[^']*')*#(.*)$""")


def problems(path: Path, text: str) -> list[str]:
    """The lines of a file that switch a rule off without naming it or without saying why."""
    read = {".py": _in_python, ".html": _in_template, ".toml": _in_settings}.get(path.suffix)
    return [f"{path}:{line}: {problem}" for line, problem in read(text)] if read else []


def _in_python(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield from ((token.start[0], problem) for problem in _of_comment(token.string))


def _in_template(text: str) -> Iterator[tuple[int, str]]:
    for found in TEMPLATE_COMMENT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield from ((line, problem) for problem in _of_comment(found.group()))


def _of_comment(comment: str) -> Iterator[str]:
    directives = DIRECTIVE.findall(comment)
    for directive in directives:
        if NAMES_NO_RULE.fullmatch(directive.strip()):
            yield f"«{directive}» names no rule"
    if directives and not _is_reason(DIRECTIVE.sub(" ", comment)):
        yield f"«{', '.join(directives)}» without a reason"


def _in_settings(text: str) -> Iterator[tuple[int, str]]:
    inside, table = False, ""
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        table = entry if entry.startswith("[") else table
        opens = bool(SETTING.match(entry)) or (bool(TABLE_OF_IGNORES.match(table)) and "=" in entry)
        if (opens and not entry.endswith("[")) or (inside and entry.startswith(('"', "'", "{"))):
            reason = COMMENT_AFTER_VALUE.match(entry)
            if not (reason and _is_reason(reason[1])):
                yield number, f"«{entry}» without a reason"
        inside = (inside or (opens and entry.endswith("["))) and not entry.startswith("]")


def _is_reason(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]+", text)) >= WORDS_OF_A_REASON


if __name__ == "__main__":
    sys.exit(check(problems))
