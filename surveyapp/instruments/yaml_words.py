"""What libyaml says of a file that is no YAML, in words for who wrote the file in a text editor."""

from collections.abc import Mapping

import yaml

_TAB = "c'è una tabulazione a inizio riga: usa spazi al posto della tabulazione"
_BACKSLASH = "fra virgolette doppie «\\» ha un senso speciale: scrivi «\\\\» o usa apici singoli"
_EXCLAMATION = "un testo che inizia con ! va fra virgolette"
_PERCENT = "una riga che inizia con % è un comando di YAML, che qui non serve: toglila"

# A star: the place is where the thing that is not closed began, not where the reading stopped.
_PROBLEMS: Mapping[str, str] = {
    "mapping values are not allowed in this context": (
        "c'è un «: » che YAML non aspetta qui: se fa parte di un testo, metti il testo fra virgolette; "
        "se no controlla la riga di sopra e gli spazi a inizio riga"
    ),
    "block sequence entries are not allowed in this context": (
        "un elenco («- ») comincia nella riga sotto il suo nome; un testo che inizia con «- » va fra "
        "virgolette"
    ),
    "did not find expected key": (
        "questa riga non è al suo posto: controlla gli spazi a inizio riga, e che le virgolette racchiudano "
        "tutto il testo"
    ),
    "did not find expected '-' indicator": (
        "qui continua un elenco: ogni elemento inizia con «- », con gli stessi spazi a inizio riga"
    ),
    "could not find expected ':'": "* in questa riga manca «: » dopo il nome della voce",
    "did not find expected node content": "qui manca un valore: controlla virgole e parentesi",
    "found character that cannot start any token": (
        "qui non può stare una tabulazione, né un testo che inizia con @ ` %: usa spazi, o metti il testo "
        "fra virgolette"
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found unexpected end of stream": "* le virgolette aperte qui non sono chiuse",
    "did not find expected ',' or ']'": (
        "* la parentesi [ aperta qui non è chiusa, o dentro manca una virgola"
    ),
    "did not find expected ',' or '}'": (
        "* la parentesi { aperta qui non è chiusa, o dentro manca una virgola"
    ),
    "did not find expected alphabetic or numeric character": (
        "un testo che inizia con * oppure & va fra virgolette"
    ),
    "found invalid Unicode character escape code": (
        "fra virgolette doppie «\\u» vuole il numero di un carattere che esiste: scrivi il carattere stesso"
    ),
    "found undefined tag handle": _EXCLAMATION,
    "found unexpected document indicator": (
        "una riga di un testo fra virgolette non può iniziare con --- o con ...: aggiungi uno spazio davanti"
    ),
    "found unexpected ':'": "fra parentesi un testo con «:» va fra virgolette",
    "mapping keys are not allowed in this context": "un testo che inizia con «? » va fra virgolette",
    "found incompatible YAML document": _PERCENT,
    "found duplicate %YAML directive": _PERCENT,
    "found duplicate %TAG directive": _PERCENT,
    "did not find expected <document start>": (
        "questa riga viene dopo la fine del documento: controlla gli spazi a inizio riga"
    ),
}
# Several things can be wrong with these, all for the same reason.
_CONTEXTS: Mapping[str, str] = {
    "while scanning a block scalar": (
        "dopo | o > si va a capo e il testo comincia nella riga sotto; un testo che inizia con | o > va fra "
        "virgolette"
    ),
    "while parsing a quoted scalar": _BACKSLASH,
    "while scanning a tag": _EXCLAMATION,
    "while parsing a tag": _EXCLAMATION,
    "while scanning a directive": _PERCENT,
    "while scanning a %YAML directive": _PERCENT,
    "while scanning a %TAG directive": _PERCENT,
    "while parsing a %TAG directive": _PERCENT,
    "while scanning a tag directive": _PERCENT,
    "while parsing a tag directive": _PERCENT,
}
_ANYTHING_ELSE = (
    "questa riga non è scritta come vuole YAML: controlla spazi, virgolette, parentesi e due punti"
)


def explained(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line where it is wrong, counted from one, and what to do, never in the English of the library."""
    sentence = _PROBLEMS.get(error.problem or "") or _CONTEXTS.get(error.context or "") or _ANYTHING_ELSE
    mark = error.context_mark if sentence.startswith("* ") else error.problem_mark
    return (mark.line + 1 if mark else 1), sentence.removeprefix("* ")
