"""Mail leaves through the database: the message is saved with the change, a job sends it, and sends it once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from probierz.base.clock import now
from probierz.base.models import OutgoingMail

MAX_ATTEMPTS = 5


def queue(*, to: str, template: str, context: dict[str, Any], reply_to: str = "") -> OutgoingMail:
    """Write a message from `<template>.txt`: its first line is the subject, the rest the body."""
    with translation.override("pl"):
        text = render_to_string(f"{template}.txt", {**context, "site_url": settings.SITE_URL}).strip()
    subject, _, body = text.partition("\n")
    return queue_text(to=to, kind=template, subject=subject, body=body.strip(), reply_to=reply_to)


def queue_text(*, to: str, kind: str, subject: str, body: str, reply_to: str = "") -> OutgoingMail:
    from probierz.base.jobs import deliver_mail

    message = OutgoingMail.objects.create(
        to=to, kind=kind, subject=subject.strip()[:250], body=body, reply_to=reply_to, created_at=now()
    )
    deliver_mail.enqueue(message.pk)
    return message


def deliver(mail_id: int) -> bool:
    """Send one message unless it was sent before. True when it left, False when it waits for another try."""
    with transaction.atomic():
        message = OutgoingMail.objects.select_for_update().get(pk=mail_id)
        if message.state == OutgoingMail.State.SENT or message.attempts >= MAX_ATTEMPTS:
            return message.state == OutgoingMail.State.SENT
        message.attempts += 1
        try:
            _send(message)
        except OSError as fault:
            message.last_error = f"{type(fault).__name__}: {fault}"[:300]
            gave_up = message.attempts >= MAX_ATTEMPTS
            message.state = OutgoingMail.State.FAILED if gave_up else OutgoingMail.State.QUEUED
        else:
            message.state, message.sent_at, message.last_error = OutgoingMail.State.SENT, now(), ""
        message.save()
        return message.state == OutgoingMail.State.SENT


def _send(message: OutgoingMail) -> None:
    EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<{message.key}@{settings.MAIL_DOMAIN}>"},
    ).send()
