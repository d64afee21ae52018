"""Sign-in and sign-out: Flask-Security's own views, on accounts that are rows; nothing else of it is open."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, url_for
from flask_security import Security, UserDatastore, UserMixin, views
from flask_security.core import RoleMixin
from flask_security.forms import LoginForm
from flask_security.mail_util import MailUtil
from sqlalchemy import Engine, Row
from wtforms import Field

from surveyapp.storage import staff
from surveyapp.storage.engine import reading, writing
from surveyapp.study.passwords import ARGON2, LONGEST
from surveyapp.web.languages import later
from surveyapp.web.staff.sessions import PREFIX

# The name is Flask-Security's: its views look for "security.login".
blueprint = Blueprint("security", __name__, url_prefix=PREFIX)
blueprint.add_url_rule("/accedi", "login", views.login, methods=["GET", "POST"])
blueprint.add_url_rule("/esci", "logout", views.logout, methods=["POST"])

REFUSED = later("E-mail o password non corrette.")
LONGEST_EMAIL = 254
CONFIGURATION = {
    "SECURITY_URL_PREFIX": PREFIX,
    "SECURITY_POST_LOGIN_VIEW": "staff.today",
    "SECURITY_POST_LOGOUT_VIEW": "security.login",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # argon2 salts by itself: with no second hash, a new secret key leaves passwords as they are.
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {f"argon2__{name}": value for name, value in ARGON2.items()},
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_FRESHNESS": timedelta(days=-1),  # no page that asks for the password again, until MFA comes
    "SECURITY_CLI_USERS_NAME": False,  # ours is `surveyapp user`
    "SECURITY_CLI_ROLES_NAME": False,
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (REFUSED, "error"),
    # Where a browser comes from is no secret and no proof: the session's id alone opens it.
    "SESSION_PROTECTION": None,
    "WTF_CSRF_TIME_LIMIT": None,  # a page left open over lunch still works while the session does
}


class StaffUser(UserMixin):
    """An account as Flask-Security knows it."""

    fs_uniquifier: str = ""  # Flask-Security looks whether the class has it

    def __init__(self, row: Row[Any]) -> None:
        self.id = row.id
        self.email = row.email
        self.password = row.password
        self.active = row.active
        self.fs_uniquifier = row.uniquifier
        self.roles = []


class StaffAccounts(UserDatastore):
    """Where Flask-Security finds accounts: named queries, each in its own transaction."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(StaffUser, RoleMixin)
        self._engine = engine

    def find_user(self, case_insensitive: bool = False, **asked: Any) -> StaffUser | None:
        """The account with this e-mail or uniquifier."""
        (name, value), *_ = asked.items()
        with reading(self._engine) as connection:
            row = _FINDERS[name](connection, str(value))
        return StaffUser(row) if row else None

    def put(self, model: StaffUser) -> None:
        """Keep a password that was hashed anew because the figures of argon2 changed."""
        with writing(self._engine) as connection:
            staff.keep_password(connection, model.id, str(model.password))

    def commit(self) -> None:
        """Nothing is left to commit."""


class SignInForm(LoginForm):
    """E-mail and password; nobody is remembered beyond the session."""

    remember = None

    def validate_next(self, field: Field) -> None:
        """Any address will do: where signing in may lead is decided at the end, by `stay_here`."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether this is a known account with its password; what can be neither gets the same words."""
        email, password = str(self.email.data or ""), str(self.password.data or "")
        if len(email) > LONGEST_EMAIL or len(password) > LONGEST or "\0" in email + password:
            self.form_errors.append(str(REFUSED))
            return False
        return bool(super().validate(**kwargs))


class AsWritten(MailUtil):
    """Addresses are only compared here: what is not one simply matches nothing."""

    def normalize(self, email: str) -> str:
        """As accounts keep it."""
        return email.strip().lower()


_FINDERS = {"email": staff.account_with_email, "fs_uniquifier": staff.account_with_uniquifier}


@blueprint.after_request
def stay_here(response: Response) -> Response:
    """Whatever was asked for as the next page, signing in leads to a page of the staff."""
    if response.location and not response.location.startswith(f"{PREFIX}/"):
        response.location = url_for("staff.today")
    return response


def add_to(app: Flask, engine: Engine) -> None:
    """Make Flask-Security ready for its two views, and take it off every other request.

    Its parts hang themselves on all requests and templates of an application (they would look for a session
    on the participants' pages too); the staff pages have their own guard and need none of that.
    """
    hooks: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.template_context_processors,
    )
    ours = [list(of_kind.get(None, ())) for of_kind in hooks]
    app.config.update(CONFIGURATION)
    security = Security(
        app,
        StaffAccounts(engine),
        register_blueprint=False,
        login_form=SignInForm,
        mail_util_cls=AsWritten,
    )
    security.want_json(lambda _request: False)  # pages only: no tokens are handed out
    for of_kind, kept in zip(hooks, ours, strict=True):
        of_kind[None][:] = kept
    app.register_blueprint(blueprint)
