"""Territories of the study: a territory is a province and an Ambito, named as the project uses them."""

PROVINCES = {
    "BG": "Bergamo",
    "BS": "Brescia",
    "CO": "Como",
    "CR": "Cremona",
    "LC": "Lecco",
    "LO": "Lodi",
    "MN": "Mantova",
    "MI": "Milano",
    "MB": "Monza e della Brianza",
    "PV": "Pavia",
    "SO": "Sondrio",
    "VA": "Varese",
}

# Where the model is tried out: Bergamo as a whole province, Cremona as one Ambito of its province.
WHOLE_PROVINCES = ("Bergamo",)

# Where only these are right; in the other provinces any name is taken as it is written.
AMBITI = {"Cremona": ("Cremona", "Crema", "Casalmaggiore")}


def province_named(written: str) -> str | None:
    """The province meant by a name or an abbreviation, or None."""
    by_name = {name.casefold(): name for name in PROVINCES.values()}
    return PROVINCES.get(written.strip().upper()) or by_name.get(written.strip().casefold())


def ambito_named(province: str, written: str) -> str | None:
    """The Ambito meant, without superfluous spaces; None where the province has a list without it."""
    clean = " ".join(written.split())
    if province not in AMBITI or not clean:
        return clean
    return {name.casefold(): name for name in AMBITI[province]}.get(clean.casefold())


def needs_ambito(province: str) -> bool:
    """Whether the territory is an Ambito of the province."""
    return province not in WHOLE_PROVINCES


def territory(province: str, ambito: str) -> str:
    """The territory of a person: the province where it is one territory, else its Ambito."""
    if province in WHOLE_PROVINCES or not ambito:
        return f"Provincia di {province}"
    return f"Ambito di {ambito}"
