"""The chapter on readers: what they understood of a wording, and their words where they may be quoted."""

from surveyapp.focus_groups.readers import FEWEST_READERS
from surveyapp.reports.italian import NOTHING, whole
from surveyapp.reports.meetings.material import Meeting, Tested
from surveyapp.reports.meetings.words import block, tabled
from surveyapp.reports.tables import Block, Line, Part, Section, Table

NO_TESTS = "In questo incontro nessun lettore ha provato una formulazione."
FEW = f"meno di {FEWEST_READERS}"
NOTE = (
    f"Servono almeno {FEWEST_READERS} lettori per formulazione: con meno, le risposte non si dicono. Di ogni "
    "lettore conta l'ultima prova."
)


def readers_section(meeting: Meeting) -> Section:
    """How many understood what."""
    title = "Le prove dei lettori"
    if not meeting.tested:
        return Section("lettori", title, (NO_TESTS,))
    lines = [Line(f"{one.words}, {one.about}", _cells(one)) for one in meeting.tested]
    table = Table(
        "tabella-lettori",
        "Hanno capito?",
        ("Formulazione", "Lettori", "Sì", "In parte", "No"),
        block(lines),
        note=NOTE,
    )
    return Section("lettori", title, parts=(tabled(table), _said(meeting)))


def _cells(one: Tested) -> tuple[str, ...]:
    readers = sum(one.counts)
    if readers < FEWEST_READERS:
        return (FEW, *(NOTHING for _ in one.counts))
    return (whole(readers), *map(whole, one.counts))


def _said(meeting: Meeting) -> Part:
    blocks = tuple(_block(one) for one in meeting.tested if one.said)
    table = Table(
        "tabella-parole-lettori",
        "Che cosa vuol dire, con le loro parole",
        ("Lettura", "Che cosa vuol dire", "Come lo scriverebbe"),
        blocks,
        words=(1, 2),
    )
    held = sum(one.held for one in meeting.tested)
    left_out = (
        f"Prove di cui non si riportano le parole: {whole(held)} (chi legge non ha accettato la citazione, o "
        "il testo sembra contenere un nome)."
    )
    return tabled(table, *((left_out,) if held else ()))


def _block(one: Tested) -> Block:
    lines = (
        Line(str(place), tuple(f"«{text}»" if text else NOTHING for text in said))
        for place, said in enumerate(one.said, 1)
    )
    return Block(f"{one.words}, {one.about}", tuple(lines))
