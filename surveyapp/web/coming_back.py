"""Where a page of choices leads back to: the page they came from, if it is one of this site's."""

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException

LONGEST = 200


def this_page() -> str | None:
    """The address to come back to; None for what was sent, and for what is not there to come back to.

    The address of a personal link is a key: it is never written into another one.
    """
    is_page = request.method == "GET" and request.blueprint != "access" and not g.get("failed")
    return request.full_path.rstrip("?") if is_page else None


def page_before() -> str | None:
    """The page they came from (`da` of the address); None for none, and for one of another site."""
    wanted = request.args.get("da", "")
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or len(wanted) > LONGEST:
        return None
    try:
        current_app.url_map.bind("").match(wanted.partition("?")[0], method="GET")
    except HTTPException:
        return None
    return wanted
