"""Who can be compared with themselves: the same path at two occasions, and why the others cannot."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.measures import Scale
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import Response, Study
from surveyapp.scoring.scores import scales_of, score_common

# The comparisons of the report, each from the start of the path.
TRANSITIONS = (("EXANTE", "EXPOST"), ("EXANTE", "FU6"))

NO_AFTER = "lost_no_after"
NO_BEFORE = "lost_no_before"
VARIANT_CHANGED = "lost_variant_changed"
VERSION_CHANGED = "lost_version_changed"
FEW_COMMON = "lost_few_common"
LOSSES = (NO_AFTER, NO_BEFORE, VARIANT_CHANGED, VERSION_CHANGED, FEW_COMMON)


@dataclass(frozen=True)
class Match:
    """One path at two occasions; at least one side was submitted."""

    before: Response | None
    after: Response | None

    @property
    def known(self) -> Response:
        """The side by which it is counted: the first that exists."""
        found = self.before or self.after
        if found is None:
            raise ValueError("a match has at least one side")
        return found

    @property
    def loss(self) -> str | None:
        """Why the two cannot be compared, before looking at the answers; None when they can."""
        if self.after is None:
            return NO_AFTER
        if self.before is None:
            return NO_BEFORE
        if self.before.administration.digest != self.after.administration.digest:
            return VERSION_CHANGED
        return None if self.before.variant == self.after.variant else VARIANT_CHANGED

    def scores(self, scale: Scale) -> tuple[float, float] | None:
        """Both scores on the items valid at both occasions; None when there is no pair."""
        if self.loss or self.before is None or self.after is None:
            return None
        sides = (self.before, self.after)
        before, after = score_common(
            (self.before.questionnaire, self.after.questionnaire),
            scale,
            (sides[0].values, sides[1].values),
        )
        return None if before.value is None or after.value is None else (before.value, after.value)


def same_mode(match: Match) -> bool:
    """Whether both were answered in the same class of mode."""
    return bool(match.before and match.after and match.before.mode == match.after.mode)


def on_time(match: Match) -> bool:
    """Whether neither was late."""
    return not any(side and side.administration.late for side in (match.before, match.after))


def unflagged(match: Match) -> bool:
    """Whether neither has a quality flag; what nobody looked at (on paper, before the platform) has none."""
    return not any(side and side.administration.flags for side in (match.before, match.after))


# Analyses beside the main one, on the pairs that pass (rulings R1, R8; flags: blueprint 3.5).
SENSITIVITY: Mapping[str, Callable[[Match], bool]] = {
    "same_mode": same_mode,
    "on_time": on_time,
    "unflagged": unflagged,
}


def matches(study: Study, before: str, after: str) -> list[Match]:
    """One match a person: the first path that has both sides, else the first path that has one."""
    found = sorted(_of_subjects(study, before, after), key=_preference)
    persons: dict[str, Match] = {}
    for match in found:
        persons.setdefault(match.known.administration.person_code, match)
    return sorted(persons.values(), key=lambda match: match.known.administration.id)


def compared_scales(questionnaire: Questionnaire, transition: tuple[str, str]) -> list[Scale]:
    """The scales that a version, form and variant ask at both occasions."""
    asked = [
        {scale.id for scale in scales_of(replace(questionnaire, occasion=occasion))}
        for occasion in transition
    ]
    return [scale for scale in questionnaire.instrument.scales if all(scale.id in ids for ids in asked)]


def _of_subjects(study: Study, before: str, after: str) -> Iterator[Match]:
    sides: dict[tuple[str, str], Response] = {}
    for response in sorted(study.responses, key=lambda response: response.administration.turn):
        about = response.administration
        sides.setdefault((about.subject, about.occasion), response)
    for subject in dict.fromkeys(subject for subject, _ in sides):
        match = Match(sides.get((subject, before)), sides.get((subject, after)))
        if match.before or match.after:
            yield match


def _preference(match: Match) -> tuple[bool, int]:
    complete = match.before is not None and match.after is not None
    return not complete, match.known.administration.path_number
