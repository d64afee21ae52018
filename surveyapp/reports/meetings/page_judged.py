"""The chapter on what experts judged: content validity, audience by audience, round by round."""

from collections.abc import Iterator, Mapping

from surveyapp.focus_groups.rated import Heard, OfScale, Outcome, of_scale
from surveyapp.focus_groups.ratings import FEWEST, SCALE_FROM, ContentValidity
from surveyapp.focus_groups.rounds import CLARITY, RELEVANCE
from surveyapp.reports.italian import NOTHING, counted, number, whole
from surveyapp.reports.meetings.material import Meeting, Question, Round
from surveyapp.reports.meetings.words import AUDIENCES, block, tabled
from surveyapp.reports.tables import Line, Part, Section, Table

NO_ROUNDS = "Per questo incontro non è stata preparata nessuna raccolta di giudizi."
NO_QUESTIONS = "La raccolta non ha ancora domande."
NOT_SENT = "Nessuno ha ancora inviato i giudizi."
TOGETHER = (
    "Alcuni enti hanno più di una persona fra chi ha giudicato. Qui ogni persona conta uno; nella pagina dei "
    "risultati si può dare un voto solo a ogni ente."
)
SCALES: Mapping[str, str] = {
    RELEVANCE: "Rilevanza dei criteri",
    CLARITY: "Chiarezza delle formulazioni",
}
HEADS: Mapping[str, str] = {RELEVANCE: "Criterio", CLARITY: "Formulazione"}
GRADES: Mapping[str, str] = {
    "excellent": "ottima",
    "good": "buona",
    "fair": "discreta",
    "poor": "scarsa",
}
VERDICTS: Mapping[bool | None, str] = {
    True: "accettato",
    False: "da rivedere",
    None: f"meno di {FEWEST} giudizi",
}
DIVERGENT = "i gruppi divergono"
WHOLE_LIST = "Tutto l'elenco"


def judged_section(meeting: Meeting) -> Section:
    """Each round in a part of its own."""
    title = "I giudizi degli esperti"
    if not meeting.rounds:
        return Section("giudizi", title, (NO_ROUNDS,))
    parts = [part for place, one in enumerate(meeting.rounds, 1) for part in _parts(place, one)]
    return Section("giudizi", title, parts=tuple(parts))


def verdicts(meeting: Meeting) -> dict[bool | None, int]:
    """How many things that an audience judged are accepted, to be revised, not known."""
    heard = [one.validity for found in meeting.rounds for out in found.outcomes for one in out.heard]
    return {verdict: sum(one.accepted is verdict for one in heard) for verdict in VERDICTS}


def _parts(place: int, found: Round) -> Iterator[Part]:
    yield Part(f"raccolta-{place}", found.title, tuple(_said(found)))
    if not found.sent:
        return
    outcomes = {one.question: one for one in found.outcomes}
    for scale, words in SCALES.items():
        asked = [one for one in found.questions if one.scale == scale]
        if asked:
            yield tabled(_table(f"{scale}-{place}", scale, words, asked, outcomes))
            yield tabled(_means(f"{scale}-{place}", words, found, [outcomes[one.id] for one in asked]))


def _said(found: Round) -> Iterator[str]:
    state = "chiusa" if found.closed else "ancora aperta"
    sent = counted(found.sent, "persona ha inviato i giudizi", "persone hanno inviato i giudizi")
    yield f"Raccolta {state}: {sent}." if found.sent else f"Raccolta {state}. {NOT_SENT}"
    if not found.questions:
        yield NO_QUESTIONS
    if found.begun:
        begun = counted(found.begun, "persona ha iniziato", "persone hanno iniziato")
        yield f"{begun} senza inviare: non conta."
    if found.together:
        yield TOGETHER
    if found.comments:
        comments = counted(found.comments, "commento", "commenti")
        yield f"{comments}: non riportati, perché a chi giudica non si chiede se accetta la citazione."


def _table(
    name: str, scale: str, words: str, asked: list[Question], outcomes: Mapping[int, Outcome]
) -> Table:
    lines = [line for one in asked for line in _lines(one, outcomes[one.id])]
    return Table(
        id=f"tabella-{name}",
        caption=f"{words}, gruppo per gruppo",
        columns=(HEADS[scale], "Gruppo", "Giudizi", "I-CVI", "Soglia", "Kappa", "Esito"),
        blocks=block(lines),
        words=(1, 5, 6),
        note="I gruppi stanno separati: non si sommano mai. «Non so» resta fuori dai giudizi.",
    )


def _lines(question: Question, outcome: Outcome) -> list[Line]:
    about = f"{question.text} ({', '.join(filter(None, (question.criterion, question.wording)))})"
    if not outcome.heard:
        return [Line(about, (NOTHING, whole(0), NOTHING, NOTHING, NOTHING, VERDICTS[None]))]
    return [Line(about, _cells(one, divergent=outcome.divergent)) for one in outcome.heard]


def _cells(heard: Heard, *, divergent: bool) -> tuple[str, ...]:
    found = heard.validity
    verdict = "; ".join([VERDICTS[found.accepted], *([DIVERGENT] if divergent else [])])
    value = _share(found.value), number(found.threshold, 2)
    return (AUDIENCES[heard.audience], whole(found.raters), *value, _kappa(found), verdict)


def _share(value: float | None) -> str:
    """Of eight raters five are 0,625, as on the pages; 0,50 stays short."""
    return number(value, 3).removesuffix("0")


def _kappa(found: ContentValidity) -> str:
    return f"{number(found.kappa, 2)} ({GRADES[found.grade]})" if found.grade else NOTHING


def _means(name: str, words: str, found: Round, outcomes: list[Outcome]) -> Table:
    """S-CVI/Ave of the whole list and of each scale, audience by audience."""
    lines = _mean_lines(WHOLE_LIST, outcomes)
    for title, inside in found.scales.items():
        lines += _mean_lines(title, [one for one in outcomes if one.question in inside])
    return Table(
        id=f"tabella-medie-{name}",
        caption=f"{words}: media degli I-CVI (S-CVI/Ave), gruppo per gruppo",
        columns=("Scala", "Gruppo", "Voci con I-CVI", "S-CVI/Ave", "Esito"),
        blocks=block(lines),
        words=(1, 4),
        note=f"La media dovrebbe arrivare a {number(SCALE_FROM, 2)}.",
    )


def _mean_lines(title: str, outcomes: list[Outcome]) -> list[Line]:
    return [
        Line(title, (AUDIENCES[one.audience], whole(one.items), _share(one.value), _reached(one)))
        for one in of_scale(outcomes)
    ]


def _reached(mean: OfScale) -> str:
    if mean.value is None:
        return VERDICTS[None]
    return "raggiunta" if round(mean.value, 9) >= SCALE_FROM else "sotto"
