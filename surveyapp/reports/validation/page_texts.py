"""The chapter of open answers: every text whole, for who works on the instrument and nobody else."""

from surveyapp.reports.frames import Response, Study
from surveyapp.reports.italian import MISSING, NOTHING, counted, whole
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Place
from surveyapp.reports.tables import Block, Line, Names, Part, Section, Table, anchor
from surveyapp.reports.validation.texts import TEXTS, Question, is_open, questions, written

INTRODUCTION = (
    "Solo per chi lavora allo strumento: questo capitolo non esce dal gruppo di lavoro. Le frasi sono "
    "come sono state scritte, senza il codice di chi le ha scritte, in ordine alfabetico dentro ogni "
    "territorio. Se una frase fa riconoscere qualcuno, non si riporta altrove.",
    "«Citabile»: chi ha scritto ha accettato che le sue frasi siano citate senza il nome. Il consenso "
    "della versione semplice e quello di operatori, aziende e uffici non lo chiedono, e il consenso dato "
    "su carta resta su carta: quelle frasi risultano non citabili.",
)
NOTHING_YET = "Nessuno ha ancora scritto niente nelle domande aperte."
QUOTABLE = {True: "citabile", False: "non citabile"}


def text_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """How many wrote, then a part for each question; None for an instrument without open questions."""
    if not any(is_open(one) for one in study.instrument.formats.values()):
        return None
    there = questions(study)
    texts = {question: written(question, found) for question, found in there.items()}
    parts = [_part(names, question, there[question]) for question, found in texts.items() if found]
    sentences = INTRODUCTION if parts else (*INTRODUCTION, NOTHING_YET)
    counts = _counts(numbers, names, study) if there else ()
    return Section("risposte-aperte", "Le risposte aperte", sentences, (*counts, *parts))


def _counts(numbers: Numbers, names: Names, study: Study) -> tuple[Part, ...]:
    places = [place for place in numbers.places("texts") if place.territory == EVERYWHERE]
    by_form: dict[str, list[Place]] = {}
    for place in places:
        by_form.setdefault(place.form, []).append(place)
    tables = [_count_table(numbers, names, study, theirs) for theirs in by_form.values()]
    return (Part("risposte-aperte-conteggi", "Quante", tables=tuple(tables)),)


def _count_table(numbers: Numbers, names: Names, study: Study, places: list[Place]) -> Table:
    form = places[0].form
    reasons = [why for why in MISSING if any(numbers.count(place, f"missing_{why}") for place in places)]
    counted_as = ("Poste", "Scritte", "Citabili", *(MISSING[why] for why in reasons))
    lines = [_count_line(numbers, names, study, place, reasons) for place in places]
    return Table(
        id=anchor("risposte-aperte-quante", form),
        caption=f"Quante risposte aperte: {names.form(form)} (strumento {names.answered})",
        columns=("Domanda", "Rilevazione", "Versione", *counted_as),
        blocks=(Block("", tuple(lines)),),
        words=(1, 2),
    )


def _count_line(numbers: Numbers, names: Names, study: Study, place: Place, reasons: list[str]) -> Line:
    found = numbers.figures(place)["texts"]
    cells = (
        names.occasion(place.occasion),
        place.version or NOTHING,
        whole(found.n),
        whole(found.value),
        whole(numbers.value(place, "quotable")),
        *(whole(numbers.value(place, f"missing_{why}")) for why in reasons),
    )
    return Line(_criterion(study, place.item), cells)


def _criterion(study: Study, item: str) -> str:
    """What a question is about, with its id; the id alone where the newest version no longer has it."""
    declared = study.instrument.declared.get(item)
    return f"{declared.criterion} – {item}" if declared else item


def _part(names: Names, question: Question, there: list[Response]) -> Part:
    name = anchor(TEXTS, question.form, question.item.replace("_", "-"), question.occasion)
    found = written(question, there)
    blocks: dict[str, list[Line]] = {}
    for one in found:
        blocks.setdefault(one.territory, []).append(Line(one.text, (QUOTABLE[one.quotable],)))
    asked = there[-1].questionnaire
    item = next(one for one in there[-1].path if one.declared == question.item)
    title = f"{item.criterion} ({question.item}): {names.occasion(question.occasion)}"
    table = Table(
        id=f"{name}-tabella",
        caption=f"{title}, {counted(len(found), 'risposta', 'risposte')} "
        f"(strumento {names.answered}, {names.form(question.form)})",
        columns=("Testo", "Si può citare?"),
        blocks=tuple(Block(territory, tuple(lines)) for territory, lines in blocks.items()),
        words=(1,),
    )
    variant = asked.instrument.forms[question.form].variants[asked.variant].title
    said = f"La domanda ({variant}): «{asked.words(asked.wording(item).text)}»"
    return Part(name, f"{title} – {names.form(question.form)}", (said,), tables=(table,))
