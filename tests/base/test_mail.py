"""Mail is really sent, over SMTP, to a test server."""

from __future__ import annotations

import email
import email.policy
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from probierz.base import clock, jobs, mail
from probierz.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Postbox:
    def __init__(self) -> None:
        self.messages: list[email.message.EmailMessage] = []
        self.refusals = 0

    async def handle_DATA(self, server, session, envelope):
        if self.refusals:
            self.refusals -= 1
            return "451 Try later"
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def postbox(settings):
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def write() -> OutgoingMail:
    return mail.queue_text(
        to="anna@urzad.example", kind="test", subject="Zażółć gęślą jaźń", body="Dzień dobry,\n\n1 zł"
    )


def test_a_queued_message_arrives_once_in_polish(postbox, run_jobs):
    message = write()
    jobs.deliver_mail.enqueue(message.pk)
    run_jobs()
    assert [(m["subject"], m["to"], m.get_content().split()) for m in postbox.messages] == [
        ("Zażółć gęślą jaźń", "anna@urzad.example", ["Dzień", "dobry,", "1", "zł"])
    ]
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)


def test_a_server_that_says_later_gets_another_try(postbox, run_jobs):
    postbox.refusals = 1
    message = write()
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(postbox.messages)) == ("queued", 1, 0)
    with clock.held_at(clock.now() + timedelta(minutes=5)):
        assert jobs.requeue_waiting_mail() == 1
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(postbox.messages)) == ("sent", 2, 1)


def test_a_message_is_given_up_after_five_tries_and_says_why(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = write()
    for _ in range(7):
        mail.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error != "") == ("failed", mail.MAX_ATTEMPTS, True)
