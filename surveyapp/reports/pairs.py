"""Who can be compared with themselves: the same path or placement at two occasions, and why others cannot."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.comparison_model import EQUAL, NOT_COMPARABLE, Comparability
from surveyapp.instruments.measures import Scale
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.comparable import ONE_VERSION, Versions, in_order
from surveyapp.reports.frames import Response, Study
from surveyapp.scoring.scores import keyed_codes, scales_of, score_common

# The comparisons of the reports; an instrument has those whose occasions it asks. From the start of the path
# where it is asked then; a placement from its first weeks; a company from the start of its accompaniment.
START = "EXANTE"
TRANSITIONS = (
    (START, "EXPOST"),
    (START, "FU6"),
    ("INITINERE", "EXPOST"),
    ("T0", "T1"),
    ("T0", "T2"),
)
LEGACY = "legacy"

NO_AFTER = "lost_no_after"
NO_BEFORE = "lost_no_before"
VARIANT_CHANGED = "lost_variant_changed"
VERSION_CHANGED = "lost_version_changed"
FEW_COMMON = "lost_few_common"
LOSSES = (NO_AFTER, NO_BEFORE, VARIANT_CHANGED, VERSION_CHANGED, FEW_COMMON)


@dataclass(frozen=True)
class Match:
    """One subject in one form at two occasions; at least one side was submitted."""

    before: Response | None
    after: Response | None
    versions: Versions = ONE_VERSION

    @property
    def known(self) -> Response:
        """The side by which it is counted: the first that exists."""
        found = self.before or self.after
        if found is None:
            raise ValueError("a match has at least one side")
        return found

    @property
    def asked(self) -> Questionnaire:
        """What both were asked: the short form where one of them was short (rulings R15)."""
        sides = [side.questionnaire for side in (self.before, self.after) if side]
        shorter = next((one.length for one in sides if one.length != FULL), FULL)
        return _of_length(self.known.questionnaire, shorter)

    @property
    def loss(self) -> str | None:
        """Why the two cannot be compared, before looking at scales and answers; None when they can."""
        if self.after is None:
            return NO_AFTER
        if self.before is None:
            return NO_BEFORE
        return None if self.before.variant == self.after.variant else VARIANT_CHANGED

    def loss_of(self, scale: Scale) -> str | None:
        """Why a scale cannot be compared, before looking at the answers; None when it can."""
        if self.loss:
            return self.loss
        return VERSION_CHANGED if self.comparability(scale).level == NOT_COMPARABLE else None

    def comparability(self, scale: Scale) -> Comparability:
        """What can be compared of a scale between the versions of the two sides."""
        asked = self.known.questionnaire
        measure = (scale.id, asked.form, asked.variant)
        first, second = (side.questionnaire.instrument for side in (self.before, self.after) if side)
        return self.versions.between(first, second, measure)

    def scores(self, scale: Scale) -> tuple[float, float] | None:
        """Both scores on the items valid at both occasions; None when there is no pair.

        Two versions are both scored by the newer one's rule, on the items that they have in common.
        """
        if self.loss_of(scale) or self.before is None or self.after is None:
            return None
        sides = (self.before, self.after)
        values, rule = tuple(side.values for side in sides), scale
        if sides[0].questionnaire.instrument.digest != sides[1].questionnaire.instrument.digest:
            values, rule = self._by_newer(sides, scale)
        asked = tuple(_of_length(side.questionnaire, self.asked.length) for side in sides)
        before, after = score_common((asked[0], asked[1]), rule, (values[0], values[1]))
        return None if before.value is None or after.value is None else (before.value, after.value)

    def _by_newer(
        self, sides: tuple[Response, Response], scale: Scale
    ) -> tuple[tuple[Mapping[str, int], ...], Scale]:
        _, newer = in_order(*(side.questionnaire.instrument for side in sides))
        common = set(self.comparability(scale).common)
        values = []
        for side in sides:
            codes = {item: code for item in side.given if (code := side.raw(item)) is not None}
            kept = {item: code for item, code in codes.items() if item.partition(".")[0] in common}
            values.append(keyed_codes(replace(side.questionnaire, instrument=newer), kept))
        asked = {one.id: one for one in scales_of(replace(self.asked, instrument=newer))}
        return tuple(values), asked.get(scale.id, scale)


def _of_length(questionnaire: Questionnaire, length: str) -> Questionnaire:
    """Itself where it is of that length: it remembers what it asks."""
    return questionnaire if questionnaire.length == length else replace(questionnaire, length=length)


def same_mode(match: Match, _scale: Scale) -> bool:
    """Whether both were answered in the same class of mode."""
    return bool(match.before and match.after and match.before.mode == match.after.mode)


def on_time(match: Match, _scale: Scale) -> bool:
    """Whether neither was late."""
    return not any(side and side.administration.late for side in (match.before, match.after))


def unflagged(match: Match, _scale: Scale) -> bool:
    """Whether neither has a quality flag; what nobody looked at (on paper, before the platform) has none."""
    return not any(side and side.administration.flags for side in (match.before, match.after))


def not_legacy(match: Match, _scale: Scale) -> bool:
    """Whether neither was gathered before the platform."""
    return not any(side and side.administration.source == LEGACY for side in (match.before, match.after))


def equal_versions(match: Match, scale: Scale) -> bool:
    """Whether the two versions are equal for this scale, and not only to be justified."""
    return match.loss is None and match.comparability(scale).level == EQUAL


# Analyses beside the main one, on the pairs that pass (rulings R1, R8, R14; flags: blueprint 3.5).
SENSITIVITY: Mapping[str, Callable[[Match, Scale], bool]] = {
    "same_mode": same_mode,
    "on_time": on_time,
    "unflagged": unflagged,
    "not_legacy": not_legacy,
    "equal_versions": equal_versions,
}


def matches(study: Study, before: str, after: str) -> list[Match]:
    """One match a person and form: the first path that has both sides, else the first path that has one."""
    found = sorted(_of_subjects(study, before, after), key=_preference)
    persons: dict[tuple[str, str], Match] = {}
    for match in found:
        about = match.known.administration
        persons.setdefault((about.person_code, about.form), match)
    return sorted(persons.values(), key=lambda match: match.known.administration.id)


def compared_scales(questionnaire: Questionnaire, transition: tuple[str, str]) -> list[Scale]:
    """The scales that a version, form, variant and length ask at both occasions."""
    at_both = [
        {scale.id: scale for scale in scales_of(replace(questionnaire, occasion=occasion))}
        for occasion in transition
    ]
    return [scale for scale in at_both[0].values() if scale.id in at_both[1]]


def _of_subjects(study: Study, before: str, after: str) -> Iterator[Match]:
    """What was answered before about the path may be compared with a placement of it afterwards."""
    sides: dict[tuple[str, str, str], Response] = {}
    for response in sorted(study.responses, key=lambda response: response.administration.turn):
        about = response.administration
        if response.questionnaire.length != "mini":
            subject = f"path:{about.path_id}" if before == START and about.path_id else about.subject
            sides.setdefault((subject, about.form, about.occasion), response)
    for subject, form in dict.fromkeys((subject, form) for subject, form, _ in sides):
        match = Match(sides.get((subject, form, before)), sides.get((subject, form, after)), study.versions)
        if match.before or match.after:
            yield match


def _preference(match: Match) -> tuple[bool, int]:
    complete = match.before is not None and match.after is not None
    return not complete, match.known.administration.path_number
