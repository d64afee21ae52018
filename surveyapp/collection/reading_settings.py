"""How somebody wants to read: size, colours, spacing, pictures, read aloud; kept as a few words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from surveyapp.storage import answering

# Each choice of the page "Come vuoi leggere?": its options, the usual one first.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "size": ("medium", "large", "largest"),
    "theme": ("light", "dark", "cream"),
    "spacing": ("normal", "wide"),
    "pictures": ("on", "off"),
    "aloud": ("on", "off"),
}


@dataclass(frozen=True)
class ReadingSettings:
    """One option of each choice; the usual page where nothing was chosen."""

    size: str = "medium"
    theme: str = "light"
    spacing: str = "normal"
    pictures: str = "on"
    aloud: str = "on"

    def __getitem__(self, name: str) -> str:
        """The option of a choice, by its name."""
        return str(getattr(self, name))

    @property
    def unusual(self) -> Mapping[str, str]:
        """What differs from the usual page."""
        chosen = {name: self[name] for name in CHOICES}
        return {name: option for name, option in chosen.items() if option != CHOICES[name][0]}

    @property
    def words(self) -> str:
        """As it is stored: "size=large theme=dark"; empty for the usual page."""
        return " ".join(f"{name}={option}" for name, option in self.unusual.items())


USUAL = ReadingSettings()


def from_words(words: str) -> ReadingSettings:
    """The settings of a stored text; what it does not know is left as usual."""
    return from_pairs(word.partition("=")[::2] for word in words.split()) if words else USUAL


def from_pairs(pairs: Iterable[tuple[str, str]]) -> ReadingSettings:
    """The settings of a form that was sent; the first of each choice counts, anything unknown is left out."""
    chosen: dict[str, str] = {}
    for name, option in pairs:
        if option in CHOICES.get(name, ()):
            chosen.setdefault(name, option)
    return ReadingSettings(**chosen)


def keep(
    connection: Connection, administration_id: int, path_id: int | None, settings: ReadingSettings
) -> None:
    """Keep the settings with the response and, where a path is given, for the rest of it."""
    answering.change_administration(connection, administration_id, reading=settings.words)
    if path_id is not None:
        answering.keep_reading(connection, path_id, settings.words)
