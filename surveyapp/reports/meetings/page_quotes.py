"""The chapter of quotations: the words of who accepted to be quoted, criterion by criterion, by nobody."""

from collections import Counter
from collections.abc import Mapping

from surveyapp.reports.italian import NOTHING, listed, whole
from surveyapp.reports.meetings.material import NAMES, NO_CONSENT, UNKNOWN, Material, Meeting, Note
from surveyapp.reports.meetings.page_criteria import criteria_of, named
from surveyapp.reports.meetings.words import KINDS, tabled
from surveyapp.reports.tables import Block, Line, Section, Table

HELD: Mapping[str, str] = {
    NO_CONSENT: "chi parla non ha accettato la citazione",
    UNKNOWN: "non è scritto chi parla",
    NAMES: "il testo sembra contenere un nome o un recapito",
}
NONE = "Nessuna nota codificata si può citare."
SAID = "Solo parole di chi ha accettato la citazione. Chi parla non è indicato, nemmeno con il ruolo."


def quotes_section(material: Material, meeting: Meeting) -> Section:
    """The notes by criterion, and how many are left out and why."""
    notes = {one.id: one for one in meeting.notes}
    about = {one.note for one in meeting.codes}
    quoted = {one: notes[one] for one in about if not notes[one].held}
    table = Table(
        id="tabella-citazioni",
        caption="Citazioni, criterio per criterio",
        columns=("Nota", "Tipo", "Minuto", "Che cosa è stato detto"),
        blocks=tuple(filter(None, (_block(material, meeting, one, quoted) for one in criteria_of(meeting)))),
        words=(1, 3),
        note="Il numero è quello della pagina «Note e codici». Una nota con più criteri compare più volte.",
    )
    said = (SAID if quoted else NONE, *_left_out([one for one in meeting.notes if one.id in about]))
    return Section("citazioni", "Le citazioni", parts=(tabled(table, *said),))


def _block(material: Material, meeting: Meeting, criterion: str, quoted: Mapping[int, Note]) -> Block | None:
    kinds: dict[int, list[str]] = {}
    for one in meeting.codes:
        if one.criterion == criterion and one.note in quoted:
            kinds.setdefault(one.note, []).append(one.kind)
    order = sorted(kinds, key=lambda note: (quoted[note].number, note))
    lines = tuple(_line(quoted[note], kinds[note]) for note in order)
    return Block(named(material, criterion), lines) if lines else None


def _line(note: Note, kinds: list[str]) -> Line:
    kind = ", ".join(words.lower() for name, words in KINDS.items() if name in kinds)
    minute = NOTHING if note.minute is None else whole(note.minute)
    return Line(f"Nota {note.number}", (kind, minute, f"«{note.text}»"))


def _left_out(notes: list[Note]) -> list[str]:
    """How many notes are not quoted, reason by reason; which ones look like holding a name."""
    held = Counter(one.held for one in notes if one.held)
    if not held:
        return []
    reasons = "; ".join(f"{whole(held[name])} perché {words}" for name, words in HELD.items() if held[name])
    found = [f"Note codificate non riportate: {whole(held.total())} ({reasons})."]
    named_in = [str(one.number) for one in notes if one.held == NAMES]
    if named_in:
        found.append(f"Da correggere in «Note e codici», se c'è davvero un nome: {listed(named_in)}.")
    return found
