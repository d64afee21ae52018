"""Random questionnaires of an instrument, and random answers to them."""

from collections.abc import Mapping

from hypothesis import strategies as st

from surveyapp.instruments.answers import FULL, LENGTHS, Answer, ResponseFormat
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Context
from tests.instruments.invented import VALUES, Draw


@st.composite
def questionnaires(draw: Draw, instrument: Instrument) -> Questionnaire:
    """Some form of an instrument, somewhere, in some length."""
    form = draw(st.sampled_from(sorted(instrument.forms)))
    fields = {
        name: draw(st.sampled_from(["", *VALUES[name]]))
        for name in sorted(instrument.context_fields & VALUES.keys())
    }
    return Questionnaire(
        instrument,
        form,
        draw(st.sampled_from(list(instrument.forms[form].variants))),
        draw(st.sampled_from(list(instrument.occasions))),
        Context(**fields),
        draw(st.sampled_from([FULL, FULL, *LENGTHS])),
    )


def answers_to(declared: ResponseFormat) -> st.SearchStrategy[Answer]:
    """What can be answered in a format."""
    missing = st.sampled_from([*declared.no_value, "skipped"]).map(lambda reason: Answer(reason=reason))
    codes = sorted(declared.codes)
    given: Mapping[str, st.SearchStrategy[Answer]] = {
        "choice": st.sampled_from(codes or [0]).map(lambda code: Answer(value=code)),
        "steps": st.sampled_from(codes or [0]).map(lambda code: Answer(value=code)),
        "multi": st.sets(st.sampled_from(codes or [0]), min_size=1).map(
            lambda chosen: Answer(text=",".join(map(str, sorted(chosen))))
        ),
        "number": st.integers(declared.least, declared.most).map(lambda number: Answer(value=number)),
        "date": st.just(Answer(text="2026-12-31")),
        "text": st.just(Answer(text="Un testo")),
    }
    return st.one_of(given[declared.kind], missing)


@st.composite
def given_answers(draw: Draw, instrument: Instrument) -> dict[str, Answer]:
    """Answers to some items, wherever they are asked: on the path, off it, at another occasion."""
    found = {}
    for item in instrument.items.values():
        if draw(st.booleans()):
            formats = [wording.format for wording in item.wordings.values()]
            found[item.id] = draw(answers_to(formats[0]))
    return found
