"""Headers of every response, files and errors included."""

from flask import Flask, Response, request

from surveyapp.web.services import Services

ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self';"
        " script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With no-referrer Chromium sends `Origin: null`, and the check of where a form comes from would fail.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# What browsers may keep: the address changes with the content, and nothing in it is personal.
KEPT = ("static", "aloud.recording")
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def add_to(app: Flask) -> None:
    """Set the headers after each request; pages are never kept by browsers or proxies."""

    services: Services = app.extensions["surveyapp"]
    always = ALWAYS | (OVER_HTTPS if services.settings.secure else {})

    @app.after_request
    def set_headers(response: Response) -> Response:
        own = set(response.headers.keys())  # a stored report brings a policy of its own
        response.headers.extend({name: value for name, value in always.items() if name not in own})
        if request.endpoint not in KEPT or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response
