"""Where a request comes from, as a keyed digest: to count, never to find somebody."""

import hashlib
import hmac

from flask import request

from surveyapp.settings import LOOPBACK
from surveyapp.web.services import services


def source_here() -> str:
    """A digest of the network address that asks, useless without the site's key."""
    key = f"source:{services().settings.secret_key}".encode()
    return hmac.new(key, _address().encode(), hashlib.sha256).hexdigest()


def _address() -> str:
    """The address of who asks. A proxy on this machine says it in the last place of its header; what stands
    before that anybody may have written."""
    address = request.remote_addr or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and address in LOOPBACK else address
