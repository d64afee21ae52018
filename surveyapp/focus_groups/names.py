"""Whether a text looks like holding who somebody is: a first name, an e-mail address, a telephone. Pure.

It only warns: «Rosa» may be a colour, and a surname alone is not found.
"""

import re

# Between the words of which somebody was told already, as a form keeps them.
BETWEEN = "|"
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
# Nine digits and more, with what people write between them; a date has eight.
TELEPHONE = re.compile(r"(?<!\d)(?:\+\d{1,3}[\s.-]?)?(?:\d[\s./-]?){8,}\d(?!\d)")
WORD = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]+\b")
FIRST_NAMES = frozenset(
    """
    Adriana Adriano Alberto Aldo Alessandra Alessandro Alessia Alessio Alice Andrea Angela Angelo Anna
    Annalisa Antonella Antonio Arianna Armando Aurora Barbara Beatrice Bruno Camilla Carla Carlo Carmela
    Caterina Cecilia Chiara Christian Cinzia Claudia Claudio Cristian Cristiano Cristina Daniela Daniele
    Dario Davide Debora Denise Diego Domenico Donatella Edoardo Elena Eleonora Elisa Elisabetta Emanuela
    Emanuele Enrico Enzo Erica Erika Fabio Fabrizio Federica Federico Filippo Flavia Flavio Francesca
    Francesco Franco Gabriele Gabriella Gaia Giacomo Gianluca Gianni Giancarlo Ginevra Giorgia Giorgio
    Giovanna Giovanni Giulia Giuliana Giuliano Giulio Giuseppe Giuseppina Grazia Guido Ilaria Irene Isabella
    Ivan Jacopo Jessica Laura Leonardo Letizia Lidia Linda Lisa Lorena Lorenza Lorenzo Luca Lucia Luciana
    Luciano Ludovica Luigi Luisa Maddalena Manuela Manuel Marco Margherita Maria Marina Mario Marta Martina
    Massimiliano Massimo Matteo Mattia Maurizio Mauro Michela Michele Michelle Mirko Mohamed Monica Nadia
    Nicola Nicole Nicolò Noemi Omar Ornella Paola Paolo Patrizia Piero Pietro Raffaele Raffaella Renata Renato
    Riccardo Rita Roberta Roberto Rocco Romina Rosa Rosanna Rossella Sabrina Salvatore Samuele Sandra Sandro
    Sara Sebastiano Serena Sergio Silvana Silvano Silvia Simona Simone Sofia Sonia Stefania Stefano Susanna
    Tatiana Teresa Tiziana Tiziano Tommaso Umberto Valentina Valentino Valeria Valerio Vanessa Veronica
    Vincenzo Viola Virginia Vittoria Vittorio Viviana Walter
    """.split()  # noqa: SIM905 - read as a list of names
)


def looks_like_names(text: str) -> tuple[str, ...]:
    """What in a text may say who somebody is, as it is written, each once and in order."""
    found = [(match.start(), match.group()) for match in WORD.finditer(text) if match.group() in FIRST_NAMES]
    found += [(match.start(), match.group()) for match in re.finditer(rf"{EMAIL.pattern}[\w.-]*", text)]
    found += [(match.start(), match.group().strip()) for match in TELEPHONE.finditer(text)]
    return tuple(dict.fromkeys(words for _, words in sorted(found)))


def untold(text: str, told: str) -> tuple[str, ...]:
    """What looks like a name and of which who writes was not told yet; `told` is what `now_told` gave."""
    known = told.split(BETWEEN)
    return tuple(words for words in looks_like_names(text) if words not in known)


def now_told(told: str, named: tuple[str, ...]) -> str:
    """Of what somebody was told until now, for the form to send back: a warning is shown once."""
    return BETWEEN.join(filter(None, (told, *named)))
