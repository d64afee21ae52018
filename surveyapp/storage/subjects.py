"""What administrations are about: a path or placement of a person, an agreement, an accompaniment.

A statement that shows or narrows administrations joins them here: none is left out for what it is about.
"""

from typing import TypeVarTuple

from sqlalchemy import Select, func

from surveyapp.storage.register_tables import Accompaniment, Agreement, Organisation, Placement
from surveyapp.storage.tables import Administration, Path, Person

Columns = TypeVarTuple("Columns")

# The code by which a subject is known: of the person, of the agreement, of the organisation accompanied.
subject_code = func.coalesce(Person.code, Agreement.code, Organisation.code)
subject_province = func.coalesce(Person.province, Agreement.province, Organisation.province)
subject_ambito = func.coalesce(Person.ambito, Agreement.ambito, Organisation.ambito)
subject_demonstration = func.coalesce(
    Person.demonstration, Agreement.demonstration, Accompaniment.demonstration
)
# The first three under their names, for a selection.
subject_columns = (
    subject_code.label("code"),
    subject_province.label("province"),
    subject_ambito.label("ambito"),
)


def with_subjects(query: Select[*Columns]) -> Select[*Columns]:
    """A selection of administrations joined to what each is about; rows that do not apply are null."""
    return (
        query.outerjoin(Path, Path.id == Administration.path_id)
        .outerjoin(Person, Person.id == Path.person_id)
        .outerjoin(Placement, Placement.id == Administration.placement_id)
        .outerjoin(Agreement, Agreement.id == Administration.agreement_id)
        .outerjoin(Accompaniment, Accompaniment.id == Administration.accompaniment_id)
        .outerjoin(Organisation, Organisation.id == Accompaniment.organisation_id)
    )
