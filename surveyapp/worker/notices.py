"""E-mails to the staff: that there is something to read, never what, about whom or from whom."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from surveyapp.settings import LOOPBACK, Mail, Settings

SUBJECT = "C'è una segnalazione da leggere"
TEXT = """\
C'è una segnalazione da leggere su surveyapp. Entra per leggerla.

{address}

Questo messaggio è automatico: non serve rispondere.
"""
PAGE = "/gestione/segnalazioni"
SECONDS = 20


class NotSentError(Exception):
    """The e-mail was not handed over; the message is the kind of failure, without any address."""


def tell_of_an_alert(settings: Settings) -> None:
    """Tell the addresses of the settings; nothing where there are none. Raises NotSentError."""
    if settings.mail is None or not settings.safeguarding:
        return
    message = alert_message(settings, settings.mail.sender)
    try:
        _hand_over(settings.mail, message)
    except (smtplib.SMTPException, OSError) as error:
        raise NotSentError(type(error).__name__) from None  # a server's own words may repeat addresses


def alert_message(settings: Settings, sender: str) -> EmailMessage:
    """The same message for every alert: only its date and its number differ."""
    message = EmailMessage()
    message["Subject"] = SUBJECT
    message["From"] = sender
    message["To"] = ", ".join(settings.safeguarding)
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    # Quoted-printable: not every server takes letters with accents as they are.
    message.set_content(TEXT.format(address=f"{settings.base_url}{PAGE}"), cte="quoted-printable")
    return message


def _hand_over(mail: Mail, message: EmailMessage) -> None:
    """One message for all: it counts as sent when the server takes it for at least one of them."""
    with _opened(mail) as server:
        # A server on this machine mostly has a certificate that nobody signed; nobody listens on the way.
        if not mail.secure and mail.host not in LOOPBACK:
            _encrypt(server, mail)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)


def _encrypt(server: smtplib.SMTP, mail: Mail) -> None:
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    elif mail.user:
        raise smtplib.SMTPNotSupportedError("a password is never sent in clear")


def _opened(mail: Mail) -> smtplib.SMTP:
    if mail.secure:
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    server.ehlo()
    return server
