"""The context of an administration as its row keeps it: what the questionnaire's rules looked at."""

import json
from collections.abc import Collection

from surveyapp.instruments.rule import Context


def context_text(context: Context, looked_at: Collection[str]) -> str:
    """The fields that are known and looked at, as JSON: equal contexts have equal texts."""
    known = {name: value for name, value in vars(context.only(looked_at)).items() if value}
    return json.dumps(known, sort_keys=True, ensure_ascii=False)


def context_of(text: str) -> Context:
    """The context that a row keeps."""
    return Context(**json.loads(text))
