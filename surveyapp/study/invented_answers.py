"""Plausible answers of people who do not exist: seeded, on the path, legal options of each format.

An answer to a scale's item comes from a latent trait of the person (correlated over scales), the item's own
strength and difficulty, and chance; at later occasions the trait has changed. Perceived improvement and
reached goals follow the same change.
"""

import hashlib
from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import sqrt
from random import Random
from statistics import NormalDist, fmean

from surveyapp.instruments.answers import SKIPPED, Answer, ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire, path
from surveyapp.study import invented_texts as texts

EASY_SHARE = 0.7

# Traits and changes are in standard deviations of the trait. GENERAL and SHARED are loadings on what the
# scales have in common.
GENERAL, SHARED = 0.65, 0.7
CHANGE_SPREAD = 0.5
CHANGE = {"AUT_BEN": 0.3, "AUT_INC": 0.25, "AUT_OCC": 0.5, "AUT_AUD": 0.35, "AUT_PDV": 0.35}
USUAL_CHANGE = 0.35
STILL_THERE = {"EXANTE": 0.0, "EXPOST": 1.0, "FU6": 0.8}  # how much of the change there is

# Which scale's change an item about improvement follows; the others follow the mean of all.
FOLLOWS = {
    "AUT_MIG0A": "AUT_INC",
    "AUT_MIG0B": "AUT_OCC",
    "AUT_MIG1": "AUT_BEN",
    "AUT_MIG2": "AUT_AUD",
    "AUT_MIG3": "AUT_INC",
    "AUT_MIG4": "AUT_OCC",
}
# Formats about change: where the change passes from one option to the next.
CUTS: Mapping[str, tuple[float, ...]] = {
    "G3_INC": (-0.3, 0.1),
    "G3_OCC": (-0.3, 0.1),
    "GOAL_STD": (-0.2, 0.4, 1.2),
    "GOAL_EASY": (-0.1, 0.5),
    "LASTING_STD": (-0.2, 0.4),
    "LASTING_EASY": (-0.2, 0.4),
}
IMPROVEMENT, IMPROVEMENT_SLOPE = 7.4, 2.4  # the mean on 1-10, and what one standard deviation adds

WRITES = {
    "AUT_ASP1": 0.8,
    "AUT_OB1": 0.93,
    "AUT_OB2": 0.6,
    "AUT_OB3": 0.45,
    "AUT_TXT1": 0.75,
    "AUT_TXT2": 0.6,
}
USUALLY_WRITES = 0.6
SKIPS = 0.008
SAME_AGAIN = 0.65  # of the answers of a retest, those that are as they were
USUAL_FIRST = 0.6  # how much rarer each option of a list of facts is than the one before
FIRST_DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Profile:
    """Who answers: traits and their changes by scale, how generous with numbers, and what they write."""

    variant: str
    traits: Mapping[str, float]
    changes: Mapping[str, float]
    generosity: float
    words: Mapping[str, str]

    def change(self, item_id: str) -> float:
        """How much has changed in what an item is about."""
        followed = self.changes.get(FOLLOWS.get(item_id, ""))
        return _mean(self.changes, USUAL_CHANGE) if followed is None else followed


@dataclass(frozen=True)
class _Behaviour:
    """How people take an item: how much it says of the trait, how readily they agree, who does not answer."""

    loading: float
    agreement: float
    no_value: Mapping[str, float]


def invent_profile(chance: Random, instrument: Instrument) -> Profile:
    """A person to answer an instrument."""
    scales = [scale.id for scale in instrument.scales if scale.method == "pomp_mean"]
    general, shared = chance.gauss(), chance.gauss()
    traits = {scale: _mixed(chance, general, GENERAL) for scale in scales}
    changes = {
        scale: CHANGE.get(scale, USUAL_CHANGE) + CHANGE_SPREAD * _mixed(chance, shared, SHARED)
        for scale in scales
    }
    variant = "easy" if chance.random() < EASY_SHARE else "std"
    words = _words(chance, _mean(changes, USUAL_CHANGE))
    return Profile(variant, traits, changes, chance.gauss(0, 0.9), words)


def invent_answers(
    chance: Random, questionnaire: Questionnaire, profile: Profile, carried: Mapping[str, Answer]
) -> dict[str, Answer]:
    """An answer, or the reason for none, to each item on the path, in the order of the questionnaire."""
    answers: dict[str, Answer] = {}
    while left := [item for item in path(questionnaire, answers, carried) if item.id not in answers]:
        for item in left:
            answers[item.id] = _answer(chance, questionnaire, profile, item)
    return {item.id: answers[item.id] for item in questionnaire.items() if item.id in answers}


def invent_repetition(
    chance: Random,
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    first: Mapping[str, Answer],
) -> dict[str, Answer]:
    """The answers of a second time: mostly those of the first one, sometimes a step from it."""
    return {
        item: _again(chance, questionnaire, item, first[item]) if item in first else answer
        for item, answer in answers.items()
    }


def _again(chance: Random, questionnaire: Questionnaire, item: str, first: Answer) -> Answer:
    asked = questionnaire.wording(questionnaire.asked_by_id[item]).format
    if first.value is None or not asked.options or chance.random() < SAME_AGAIN:
        return first
    return Answer(value=min(max(first.value + chance.choice((-1, 1)), asked.minimum), asked.maximum))


def mode_of(code: str, form: str) -> str:
    """How a person answers, always in the same way: about one in seven with somebody, one in fourteen
    listening; the others by themselves. From the code alone, so that it changes nothing of what is answered.
    """
    number = hashlib.sha256(code.encode()).digest()[0] if form == "P" else 0
    return "assisted" if number > 218 else "read_aloud" if number > 200 else "self"


def _mean(values: Mapping[str, float], otherwise: float) -> float:
    """The mean; something else for an instrument that has no scales."""
    return fmean(values.values()) if values else otherwise


def _mixed(chance: Random, common: float, loading: float) -> float:
    return loading * common + sqrt(1 - loading**2) * chance.gauss()


def _words(chance: Random, change: float) -> dict[str, str]:
    goals = dict(zip(("AUT_OB1", "AUT_OB2", "AUT_OB3"), chance.sample(texts.GOALS, 3), strict=True))
    return goals | {
        "AUT_ASP1": chance.choice(texts.EXPECTATIONS),
        "AUT_TXT1": chance.choice(texts.CHANGES if change > 0 else texts.LITTLE_CHANGE),
        "AUT_TXT2": chance.choice(texts.LACKS),
    }


def _answer(chance: Random, questionnaire: Questionnaire, profile: Profile, item: Item) -> Answer:
    asked = questionnaire.wording(item).format
    if asked.kind == "text":
        written = profile.words.get(item.id) or chance.choice(texts.of_item(item.declared))
        writes = chance.random() < WRITES.get(item.id, USUALLY_WRITES)
        return Answer(text=written[: asked.max_length]) if writes else Answer(reason=SKIPPED)
    for reason, share in _behaviour(item.id).no_value.items():
        if chance.random() < share and reason in (*asked.no_value, SKIPPED):
            return Answer(reason=reason)
    return _ANSWERED[asked.kind](chance, questionnaire, profile, item)


def _choice(chance: Random, questionnaire: Questionnaire, profile: Profile, item: Item) -> Answer:
    asked = questionnaire.wording(item).format
    if item.record and item.id.endswith(".1") and asked.options[0].code == 1 and len(asked.options) == 2:
        return Answer(value=1)  # somebody who was followed has at least one thing to tell
    if asked.id not in CUTS and not _scale_of(questionnaire.instrument, item.id):
        return Answer(value=_one_of(chance, asked))
    return Answer(value=_degree(chance, questionnaire, profile, item))


def _one_of(chance: Random, asked: ResponseFormat) -> int:
    """One of several facts: those named first are the most usual."""
    shares = [USUAL_FIRST**place for place in range(len(asked.options))]
    return chance.choices([option.code for option in asked.options], shares)[0]


def _several(chance: Random, questionnaire: Questionnaire, _profile: Profile, item: Item) -> Answer:
    codes = [option.code for option in questionnaire.wording(item).format.options]
    some = chance.sample(codes, min(len(codes), chance.randint(1, 3)))
    return Answer(text=",".join(map(str, sorted(some))))


def _number(chance: Random, questionnaire: Questionnaire, _profile: Profile, item: Item) -> Answer:
    asked = questionnaire.wording(item).format
    number = round(chance.triangular(asked.least, asked.most, asked.least + (asked.most - asked.least) / 4))
    return Answer(text=f"{number}.5") if asked.decimals and number < asked.most else Answer(value=number)


def _day(chance: Random, _questionnaire: Questionnaire, _profile: Profile, _item: Item) -> Answer:
    return Answer(text=(FIRST_DAY + timedelta(chance.randint(0, 120))).isoformat())


def _degree(chance: Random, questionnaire: Questionnaire, profile: Profile, item: Item) -> int:
    asked = questionnaire.wording(item).format
    if asked.id in CUTS:
        return _option(asked, CUTS[asked.id], profile.change(item.id) + chance.gauss(0, 0.3))
    latent = _trait(profile, questionnaire, item)
    behaviour = _behaviour(item.id)
    seen = _mixed(chance, latent, behaviour.loading) + behaviour.agreement
    return _option(asked, _usual_cuts(len(asked.options)), -seen if item.reversed else seen)


def _steps(chance: Random, questionnaire: Questionnaire, profile: Profile, item: Item) -> Answer:
    asked = questionnaire.wording(item).format
    above_usual = profile.change(item.id) - USUAL_CHANGE
    seen = IMPROVEMENT + IMPROVEMENT_SLOPE * above_usual + profile.generosity + chance.gauss(0, 0.8)
    return Answer(value=min(max(round(seen), asked.minimum), asked.maximum))


_ANSWERED: Mapping[str, Callable[[Random, Questionnaire, Profile, Item], Answer]] = {
    "choice": _choice,
    "steps": _steps,
    "multi": _several,
    "number": _number,
    "date": _day,
}


def _trait(profile: Profile, questionnaire: Questionnaire, item: Item) -> float:
    scale = _scale_of(questionnaire.instrument, item.id)
    if scale not in profile.traits:
        return _mean(profile.traits, 0.0)
    change = profile.changes[scale] * STILL_THERE.get(questionnaire.occasion, 1.0)
    return profile.traits[scale] + change


def _scale_of(instrument: Instrument, item_id: str) -> str:
    return next((scale.id for scale in instrument.scales if item_id in scale.items), "")


def _option(asked: ResponseFormat, cuts: tuple[float, ...], seen: float) -> int:
    codes = sorted(option.code for option in asked.options)
    return codes[min(bisect(cuts, seen), len(codes) - 1)]


@cache
def _usual_cuts(options: int) -> tuple[float, ...]:
    # Wider than equal shares, and a little towards yes, as people answer.
    return tuple(1.5 * NormalDist().inv_cdf(step / options) - 0.15 for step in range(1, options))


@cache
def _behaviour(item_id: str) -> _Behaviour:
    chance = Random(item_id)  # noqa: S311 - invented data, always the same for an item
    no_value = {"NS": chance.uniform(0.005, 0.045), "NA": chance.uniform(0, 0.02), SKIPPED: SKIPS}
    return _Behaviour(chance.uniform(0.6, 0.74), chance.uniform(-0.45, 0.45), no_value)
