"""Where a request comes from, as a keyed digest: to count, never to find somebody."""

import hashlib
import hmac

from flask import request

from surveyapp.web.services import services


def source_here() -> str:
    """A digest of the network address that asks, useless without the site's key."""
    key = f"source:{services().settings.secret_key}".encode()
    address = request.remote_addr or ""  # what our own proxies say it is: SURVEYAPP_PROXIES
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()
