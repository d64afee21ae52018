"""The chapters on observers, points of view, goals, words, potential, territories and sex, in their order."""

from collections.abc import Callable

from surveyapp.reports.frames import Study
from surveyapp.reports.numbers import Numbers, Row
from surveyapp.reports.tables import Names, Section
from surveyapp.reports.validation.goals import goal_rows
from surveyapp.reports.validation.page_goals import goal_section
from surveyapp.reports.validation.page_potential import potential_section
from surveyapp.reports.validation.page_raters import rater_section
from surveyapp.reports.validation.page_sex import sex_section
from surveyapp.reports.validation.page_territories import territory_section
from surveyapp.reports.validation.page_texts import text_section
from surveyapp.reports.validation.page_viewpoints import viewpoint_section
from surveyapp.reports.validation.potential import potential_rows
from surveyapp.reports.validation.raters import rater_rows
from surveyapp.reports.validation.sex import sex_rows
from surveyapp.reports.validation.territories import territory_rows
from surveyapp.reports.validation.texts import text_rows
from surveyapp.reports.validation.viewpoints import viewpoint_rows

Rows = Callable[[Study], list[Row]]
Page = Callable[[Numbers, Names, Study], Section | None]

# The numbers of a chapter, and the chapter from all numbers; the study holds every form and the retests.
CHAPTERS: tuple[tuple[Rows, Page], ...] = (
    (rater_rows, rater_section),
    (viewpoint_rows, viewpoint_section),
    (goal_rows, goal_section),
    (potential_rows, potential_section),
    (territory_rows, territory_section),
    (sex_rows, sex_section),
)
# What people wrote comes last: it is long, and read apart.
APPENDIX: tuple[Rows, Page] = (text_rows, text_section)
