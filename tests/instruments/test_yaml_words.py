"""What is no YAML is told in Italian words, whatever the library says of it."""

import re

import pytest
import yaml

from surveyapp.instruments.source import UnreadableError, parse
from surveyapp.instruments.yaml_words import explained

ENGLISH = re.compile(r"\b(found|did|could|not|expected|allowed|character|while|directive|stream)\b")
ESCAPE = "fra virgolette doppie «\\» ha un senso speciale"
TEXT_BELOW = "dopo | o > si va a capo"
EXCLAMATION = "un testo che inizia con ! va fra virgolette"
PERCENT = "una riga che inizia con % è un comando di YAML"

WRONG = {
    'a: "\\ud800"': "fra virgolette doppie «\\u» vuole il numero di un carattere che esiste",
    'a: "\\xZZ"': ESCAPE,
    'a: "\\q"': ESCAPE,
    "a: >x\n  b": TEXT_BELOW,
    "a: >0\n  b": TEXT_BELOW,
    "a: |\n \tb\n\tc": "c'è una tabulazione a inizio riga",
    "a:\n\tb: c": "qui non può stare una tabulazione",
    'a: "x\n---\ny"': "una riga di un testo fra virgolette non può iniziare con ---",
    "a: {b: c:d::}": "fra parentesi un testo con «:» va fra virgolette",
    "a: ? b": "un testo che inizia con «? » va fra virgolette",
    "a: !<x": EXCLAMATION,
    "a: !<>": EXCLAMATION,
    "a: !%zz b": EXCLAMATION,
    "a: !%ff b": EXCLAMATION,
    "a: !%c3%00 b": EXCLAMATION,
    "a: !u!x b": EXCLAMATION,
    "%YAM 1.1\n---\na: b": PERCENT,
    "%YAML x\n---\na: b": PERCENT,
    "%YAML 1.\n---\na: b": PERCENT,
    "%YAML 11111111111111.1\n---\na: b": PERCENT,
    "%YAML 2.0\n---\na: b": PERCENT,
    "%YAML 1.1\n%YAML 1.1\n---\na: b": PERCENT,
    "%YAML1.1 x\n---\na: b": PERCENT,
    "%TAG\n---\na: b": PERCENT,
    "%TAG !\n---\na: b": PERCENT,
    "%TAG ! x y\n---\na: b": PERCENT,
    "%TAG !a! x\n%TAG !a! x\n---\na: b": PERCENT,
    "% \n---\na: b": PERCENT,
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_in_italian(text: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        parse(text.encode())
    (problem,) = refused.value.problems
    assert problem.message.startswith(WRONG[text])
    assert not ENGLISH.search(problem.message)


def test_what_nobody_foresaw_is_told_in_general() -> None:
    line, sentence = explained(yaml.MarkedYAMLError(problem="found something new"))
    assert line == 1
    assert sentence.startswith("questa riga non è scritta come vuole YAML: controlla spazi")


def test_no_explanation_is_in_english() -> None:
    for problem in PROBLEMS_OF_LIBYAML:
        for context in (None, *CONTEXTS_OF_LIBYAML):
            _, sentence = explained(yaml.MarkedYAMLError(context=context, problem=problem))
            assert not ENGLISH.search(sentence)


PROBLEMS_OF_LIBYAML = (
    "block sequence entries are not allowed in this context",
    "could not find expected ':'",
    "could not find expected directive name",
    "did not find URI escaped octet",
    "did not find expected '!'",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "did not find expected '-' indicator",
    "did not find expected <document start>",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
    "did not find expected digit or '.' character",
    "did not find expected hexdecimal number",
    "did not find expected key",
    "did not find expected node content",
    "did not find expected tag URI",
    "did not find expected version number",
    "did not find expected whitespace or line break",
    "did not find the expected '>'",
    "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected",
    "found an incorrect leading UTF-8 octet",
    "found an incorrect trailing UTF-8 octet",
    "found an indentation indicator equal to 0",
    "found character that cannot start any token",
    "found duplicate %TAG directive",
    "found duplicate %YAML directive",
    "found extremely long version number",
    "found incompatible YAML document",
    "found invalid Unicode character escape code",
    "found undefined tag handle",
    "found unexpected ':'",
    "found unexpected document indicator",
    "found unexpected end of stream",
    "found unexpected non-alphabetical character",
    "found unknown directive name",
    "found unknown escape character",
    "mapping keys are not allowed in this context",
    "mapping values are not allowed in this context",
)
CONTEXTS_OF_LIBYAML = (
    "while scanning a block scalar",
    "while parsing a quoted scalar",
    "while scanning a tag",
)
