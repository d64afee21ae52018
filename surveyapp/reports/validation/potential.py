"""How the assessment of potential is used: factors, obstacles, suggestions and services, as counts alone.

It is a list: no total, no mean, no alpha (blueprint 4.g).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.model import Item
from surveyapp.instruments.rules import codes_of
from surveyapp.reports.frames import PARTICIPANT, Response, Study
from surveyapp.reports.levels import MISSING_REASONS
from surveyapp.reports.numbers import ALL_VARIANTS, Place, Row, count, placed

OPERATOR = "O"
OBSTACLE, STRENGTH, CHANGEABLE, PRIORITY = "VIP_OST2", "VIP_OST3", "VIP_OST4", "VIP_OST5"
SERVICES, ACTIVATED = "VIP_OST7", "VIP_OPP5"
HINDERS, NEUTRAL, HELPS = -1, 0, 1
RECORDS = (1, 2, 3)
# The area of a factor is the hundreds of its code in VIP_OST2.
AREAS = {1: "VIP_SOG", 2: "VIP_PER", 3: "VIP_FAM", 4: "VIP_EST", 5: "VIP_STO"}
# The services that the list suggests where a factor hinders (the hint of each factor), by their codes in
# VIP_OST7. Codes are for ever, so are these.
SUGGESTED: Mapping[int, tuple[int, ...]] = {
    101: (15, 19),
    102: (22,),
    103: (23, 12),
    104: (28, 20),
    105: (1, 15, 17),
    106: (6, 16),
    107: (15, 27),
    108: (7, 22),
    201: (7, 21),
    202: (7, 8),
    203: (21, 14),
    204: (1,),
    205: (3, 26),
    301: (11,),
    302: (11, 24),
    303: (11,),
    304: (24, 20),
    305: (13, 24),
    401: (18, 20),
    402: (18, 4),
    403: (25,),
    404: (6,),
    405: (22,),
    406: (5, 7),
    407: (2,),
    408: (9, 24),
    501: (),
    502: (10,),
    503: (15,),
    504: (3,),
}
# The services of the project as VIP_OPP5 names them, and what of VIP_OST7 each one is. To adapt the context
# is four of them (ours: no page of the project says which).
PROJECT: Mapping[int, tuple[int, ...]] = {1: (7,), 2: (13,), 3: (24,), 4: (11,), 5: (2, 6, 16, 20)}

FACTORS, BOTH, OBSTACLES, PICKED, PROJECTS = "factors", "both", "obstacles", "services", "activated"


@dataclass(frozen=True)
class Obstacle:
    """One of the up to three obstacles that an operator chose, by the codes of its questions."""

    factor: int
    strength: int | None
    changeable: int | None
    priority: int | None
    services: frozenset[int]

    @property
    def suggested(self) -> frozenset[int]:
        """What the list suggests for its factor."""
        return frozenset(SUGGESTED.get(self.factor, ()))


def potential_rows(study: Study) -> list[Row]:
    """Counts by factor and form, where both see a factor otherwise, obstacles, and services suggested, chosen
    and activated; nothing for another instrument."""
    if OBSTACLE not in study.instrument.declared:
        return []
    rows: list[Row] = []
    for place, found in _alike(study):
        rows += _factor_rows(place, found)
        if place.form == OPERATOR:
            rows += _both_rows(study, place, found)
            rows += [*_obstacle_rows(place, found), *_service_rows(place, found)]
    return rows


def factors(study: Study) -> list[Item]:
    """The factors of the list, in order: what hinders, does not count or helps."""
    areas = tuple(AREAS.values())
    return [item for item in study.instrument.declared.values() if item.id.startswith(areas)]


def factor_of(code: int) -> str:
    """The item of a factor's code: 104 is VIP_SOG4."""
    area, number = divmod(code, 100)
    return f"{AREAS[area]}{number}"


def obstacles(response: Response) -> list[Obstacle]:
    """The obstacles that were chosen, in the order in which they were."""
    return [
        Obstacle(
            factor,
            response.raw(f"{STRENGTH}.{record}"),
            response.raw(f"{CHANGEABLE}.{record}"),
            response.raw(f"{PRIORITY}.{record}"),
            _several(response, f"{SERVICES}.{record}"),
        )
        for record in RECORDS
        if (factor := response.raw(f"{OBSTACLE}.{record}")) is not None
    ]


def _several(response: Response, item: str) -> frozenset[int]:
    given = response.given.get(item)
    return frozenset(codes_of(given.answer)) if given else frozenset()


def _alike(study: Study) -> Iterator[tuple[Place, list[Response]]]:
    found: dict[tuple[str, str, str, str], list[Response]] = {}
    for one in study.firsts:
        asked = one.questionnaire
        found.setdefault((one.version, asked.form, asked.occasion, asked.variant), []).append(one)
    for (version, form, occasion, variant), theirs in found.items():
        yield Place(version, occasion=occasion, variant=variant, form=form), theirs


def _factor_rows(place: Place, found: list[Response]) -> Iterator[Row]:
    for item in dict.fromkeys(item.id for one in found for item in one.path if _is_factor(item.id)):
        codes, missing = [one.raw(item) for one in found], [one.missing.get(item) for one in found]
        n = len(found)
        figures = [count(f"count_{code}", codes.count(code), n) for code in (HINDERS, NEUTRAL, HELPS)]
        figures += [count(f"missing_{why}", missing.count(why), n) for why in MISSING_REASONS]
        yield from placed(replace(place, item=item, subset=FACTORS), figures)


def _is_factor(item: str) -> bool:
    return item.startswith(tuple(AREAS.values()))


def _both_rows(study: Study, place: Place, operators: list[Response]) -> Iterator[Row]:
    """Where operator and person see a factor otherwise: another sign, or the opposite one."""
    people = {
        (one.administration.subject, one.questionnaire.occasion): one
        for one in study.firsts
        if one.questionnaire.form == PARTICIPANT
    }
    both = [
        (one, people[key])
        for one in operators
        if (key := (one.administration.subject, one.questionnaire.occasion)) in people
    ]
    about = replace(place, variant=ALL_VARIANTS, subset=BOTH)
    yield Row(about, count("both_forms", len(both), len(operators)))
    for item in (item.id for item in factors(study)):
        seen = [(first.raw(item), second.raw(item)) for first, second in both]
        signs = [(first, second) for first, second in seen if first is not None and second is not None]
        n, different = len(signs), sum(first != second for first, second in signs)
        opposite = sum(first * second < 0 for first, second in signs)
        figures = [count("seen_by_both", n, len(both)), count("different", different, n)]
        yield from placed(replace(about, item=item), [*figures, count("opposite", opposite, n)])


def _obstacle_rows(place: Place, found: list[Response]) -> Iterator[Row]:
    chosen = [obstacle for one in found for obstacle in obstacles(one)]
    about = replace(place, subset=OBSTACLES)
    some = sum(bool(obstacles(one)) for one in found)
    yield Row(about, count("assessed", len(found), len(found)))
    yield Row(about, count("with_obstacle", some, len(found)))
    for factor in [None, *sorted({one.factor for one in chosen})]:
        same = [one for one in chosen if factor in (None, one.factor)]
        item = factor_of(factor) if factor else ""
        n = len(same)
        figures = [count("chosen", n, len(chosen))]
        for name in ("strength", "changeable", "priority"):
            codes = [getattr(one, name) for one in same]
            figures += [count(f"{name}_{code}", codes.count(code), n) for code in (1, 2, 3)]
        yield from placed(replace(about, item=item), figures)


def _service_rows(place: Place, found: list[Response]) -> Iterator[Row]:
    """Service by service: for how many obstacles it was suggested, and chosen; then for how many people the
    services of the project were activated."""
    chosen = [obstacle for one in found for obstacle in obstacles(one)]
    open_to = [one for one in chosen if one.suggested]
    followed = sum(bool(one.suggested & one.services) for one in open_to)
    otherwise = sum(bool(one.services) and not one.suggested & one.services for one in open_to)
    about, n = replace(place, subset=PICKED), len(chosen)
    counts = {"with_suggestion": len(open_to), "followed": followed, "chose_others": otherwise}
    yield from placed(about, [count(name, number, n) for name, number in counts.items()])
    suggested = Counter(service for one in chosen for service in one.suggested)
    picked = Counter(service for one in chosen for service in one.services)
    agreed = Counter(service for one in chosen for service in one.suggested & one.services)
    for service in sorted({*suggested, *picked}):
        numbers = {"suggested": suggested, "picked": picked, "picked_as_suggested": agreed}
        figures = [count(name, times[service], n) for name, times in numbers.items()]
        yield from placed(replace(about, item=f"{SERVICES}:{service}"), figures)
    yield from _activated_rows(replace(place, subset=PROJECTS), found)


def _activated_rows(place: Place, found: list[Response]) -> Iterator[Row]:
    for code, services in PROJECT.items():
        about = replace(place, item=f"{ACTIVATED}:{code}")
        those = frozenset(services)
        people = [
            (
                any(one.suggested & those for one in obstacles(response)),
                any(one.services & those for one in obstacles(response)),
                code in _several(response, ACTIVATED),
            )
            for response in found
        ]
        n = len(found)
        yield from placed(
            about,
            [
                count("people_suggested", sum(suggested for suggested, _, _ in people), n),
                count("people_picked", sum(picked for _, picked, _ in people), n),
                count("people_activated", sum(activated for _, _, activated in people), n),
                count("activated_as_suggested", sum(one[0] and one[2] for one in people), n),
                count("activated_as_picked", sum(one[1] and one[2] for one in people), n),
            ],
        )
