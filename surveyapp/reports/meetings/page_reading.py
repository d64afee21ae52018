"""How the numbers of the syntheses are read: a chapter like the others, so that every file has it."""

from surveyapp.focus_groups.ratings import ACCEPTED_FROM, DIVERGENT_FROM
from surveyapp.reports.italian import number
from surveyapp.reports.tables import Section

TITLE = "Come leggere questi numeri"


def judged_reading() -> Section:
    """What the synthesis of one meeting needs to be read."""
    return Section("lettura", TITLE, (*_validity(), VOTES, KAPPA, SMALL, BEFORE_GIVING))


def matrix_reading() -> Section:
    """What the table over all meetings needs to be read."""
    return Section("lettura", TITLE, (NOTES, NEW_ONES, SMALL))


def _validity() -> tuple[str, ...]:
    limits = ", ".join(
        f"{number(least, 2)} da {number_from} in su" for number_from, least in ACCEPTED_FROM[::-1]
    )
    return (
        "I-CVI: quanti giudizi 3 o 4, su quanti hanno risposto. Si calcola da tre giudizi in su. La soglia "
        f"dipende da quanti sono: {limits} (Lynn 1986; Polit e Beck 2006).",
        "Kappa: l'I-CVI senza l'accordo dovuto al caso. Sopra 0,74 è ottima, da 0,60 buona, da 0,40 discreta "
        "(Polit, Beck e Owen 2007). S-CVI/Ave: la media degli I-CVI di una scala.",
        f"I gruppi divergono quando i loro I-CVI distano almeno {number(DIVERGENT_FROM, 2)}.",
    )


VOTES = (
    "I punti dicono che cosa conta di più per chi era presente. Non sono un campione: non si fa la media fra "
    "incontri."
)
KAPPA = (
    "Kappa di Cohen: quanto due persone che codificano le stesse note sono d'accordo, tolto l'accordo dovuto "
    "al caso. 1 è accordo pieno, 0 è quello che darebbe il caso."
)
NOTES = (
    "Il numero dice quante note dell'incontro parlano del criterio, non quante persone. Incontri più lunghi "
    "o con più note danno numeri più grandi: si confronta chi ne parla, non quanto."
)
NEW_ONES = "Nuovo è un criterio che nessuno strumento ha e che è nato in un incontro."
SMALL = (
    "Chi partecipa è indicato solo con il ruolo. I numeri di persone sotto 5, e quelli da cui si "
    "ricaverebbero, non sono mostrati."
)
BEFORE_GIVING = (
    "Prima di dare il documento ad altri, rileggi le citazioni: una frase può far capire chi l'ha detta "
    "anche senza nome."
)
