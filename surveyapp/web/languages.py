"""Italian first; the staff, offices and companies may read what stands around the questions in English.

Italian words in code and templates are the messages themselves; `translations/en.po` has their English.
Instruments are Italian alone: a translated question would be another instrument.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, abort, g, has_request_context, redirect, request, url_for
from flask_babel import Babel, Domain, get_locale, lazy_gettext, refresh
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as Reply

from surveyapp.web.coming_back import page_before, this_page
from surveyapp.web.services import services

__all__ = ["add_to", "around", "gettext", "italian", "language", "later", "ngettext", "speak_to"]

ITALIAN, ENGLISH = "it", "en"
DATES = {ITALIAN: "it_IT", ENGLISH: "en_GB"}  # the day before the month
# Each language by its own name, as who looks for it would.
LANGUAGES = {ITALIAN: "Italiano", ENGLISH: "English"}
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))
STAFF = ("staff", "security")
COOKIE_SECONDS = 180 * 24 * 3600
TRANSLATIONS = Path(__file__).parent / "translations"

# Flask-Babel has no types.
_translated: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext

blueprint = Blueprint("languages", __name__)


class Messages(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """The messages of the application, read from the .po files themselves: nothing to compile or forget."""

    def get_translations(self) -> NullTranslations:
        """The messages in the language of this page."""
        code = str(get_locale() or ITALIAN)
        if code not in self.cache:
            self.cache[code] = _read(code)
        return cast(NullTranslations, self.cache[code])


def add_to(app: Flask) -> None:
    """Pages, and the words of Flask-Security, in the language of who reads."""
    babel = Babel(app, default_locale=ITALIAN, locale_selector=language)
    babel.domain_instance = Messages()
    app.register_blueprint(blueprint)
    app.jinja_env.install_gettext_callables(gettext, _counted, newstyle=True)  # type: ignore[attr-defined]  # its i18n
    # The same as Jinja's own `_`, in one call of three.
    app.jinja_env.globals["_"] = _written
    app.jinja_env.filters.update(italian=italian, around=around)
    app.jinja_env.globals.update(
        language=language, languages=offered, direction=direction, italian_part=italian_part
    )


@blueprint.get("/lingua/<code>")
def choose(code: str) -> Reply:
    """Keep the language in this browser, and go back to the page; Italian needs nothing to remember it."""
    if code not in LANGUAGES:
        abort(404)
    reply = redirect(page_before() or url_for("pages.home"), 303)
    seconds = COOKIE_SECONDS if code != ITALIAN else 0
    secure = services().settings.secure
    reply.set_cookie(cookie_name(), code, seconds, secure=secure, httponly=True, samesite="Lax")
    return reply


def gettext(message: str, /, **values: object) -> str:
    """A message in the language of this page. Most are Italian, as the message is: nothing is looked up."""
    if language() != ITALIAN:
        return _translated(message, **values)
    return message % values if values else message


def language() -> str:
    """The language of this page. A person's questionnaire is Italian, whoever used the browser before."""
    try:
        return cast(str, g.language)
    except (AttributeError, RuntimeError):  # not asked yet; outside of any page
        return _chosen()


def speak_to(*, participants: bool) -> None:
    """From here on this page speaks to a participant, or to who answers for an office or a company."""
    g.to_participants = participants
    g.pop("language", None)
    refresh()


def dates() -> str:
    """The locale of days and months on this page."""
    return DATES[language()]


def direction() -> str:
    """Where lines begin: `ltr`, or `rtl`."""
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


def offered() -> list[tuple[str, str, str]]:
    """The other languages of this page: code, name, address. None where participants may be reading."""
    of_staff = request.blueprint in STAFF
    if language() == ITALIAN and not of_staff and g.get("to_participants", True):
        return []
    back = this_page()
    return [
        (code, name, url_for("languages.choose", code=code, da=back))
        for code, name in LANGUAGES.items()
        if code != language()
    ]


def italian(text: str) -> str | Markup:
    """Words of an instrument or of a person, for voices that read aloud: Italian also on an English page."""
    if language() == ITALIAN or not text:
        return text
    return Markup('<span lang="it">{}</span>').format(escape(text))


def italian_part() -> Markup:
    """The attribute of an element whose words are Italian; nothing on a page that is."""
    return Markup("") if language() == ITALIAN else Markup(' lang="it"')


def around(message: str, *parts: object, **named: object) -> Markup:
    """A message with its gaps filled; what is `italian` among the parts stays marked."""
    return escape(str(message)).format(*parts, **named)


def later(message: str, **values: Any) -> str:
    """A message of a table of words: it is translated when it is shown."""
    return cast(str, lazy_gettext(message, **values))


def cookie_name() -> str:
    """Where a browser keeps the language."""
    return f"{'__Host-' if services().settings.secure else ''}lingua"


def _chosen() -> str:
    """The language chosen, kept for the rest of the page: it is asked for at every message."""
    if not has_request_context():
        return ITALIAN
    chosen = request.cookies.get(cookie_name(), "")
    g.language = chosen if chosen in LANGUAGES and not g.get("to_participants") else ITALIAN
    return cast(str, g.language)


def _written(text: str, /, **parts: object) -> Markup:
    """A message as templates write it, with its gaps filled; nothing else is escaped in what we wrote."""
    message = Markup(gettext(text))  # nosec B704  # noqa: S704 - a message is ours
    return message % parts if parts else message


def _counted(one: str, many: str, number: int) -> str:
    if language() == ITALIAN:
        return one if number == 1 else many
    return cast(str, flask_babel.get_translations().ungettext(one, many, number))


def _read(code: str) -> NullTranslations:
    path = TRANSLATIONS / f"{code}.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)
