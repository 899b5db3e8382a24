"""Every state has its message: plain Polish, an absolute link, the office to answer to."""

from __future__ import annotations

import pytest
from django.conf import settings

from factories_applications import ApplicationFactory
from factories_editions import EditionFactory
from factories_institutions import RepresentativeFactory
from probierz.applications import mail
from probierz.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


def written(application, tell, **more) -> OutgoingMail:
    RepresentativeFactory(institution=application.institution, user__email="anna@urzad.example")
    tell(application, **more)
    return OutgoingMail.objects.get(to="anna@urzad.example")


@pytest.mark.parametrize(
    ("tell", "trait", "more", "subject"),
    [
        (mail.tell_submitted, "submitted", {"content_digest": "ab" * 32}, "Zgłoszenie {} zostało złożone"),
        (mail.tell_accepted, "accepted", {}, "Zgłoszenie {} zostało przyjęte"),
        (mail.tell_rejected, "rejected", {}, "Zgłoszenie {} zostało odrzucone"),
        (mail.tell_withdrawn, "withdrawn", {"was_draft": False}, "Zgłoszenie {} zostało wycofane"),
    ],
)
def test_each_state_is_told(tell, trait, more, subject):
    application = ApplicationFactory(**{trait: True})
    message = written(application, tell, **more)
    assert message.subject == subject.format(application.number)
    assert message.reply_to == application.edition.programme.contact_email
    assert f"{settings.SITE_URL}/panel/zgloszenia/" in message.body
    assert "&" not in message.body
    assert "{" not in message.body


def test_names_are_not_escaped_as_in_a_page():
    application = ApplicationFactory(accepted=True, institution__name='Spółdzielnia "Zgoda" & Syn')
    assert 'Spółdzielnia "Zgoda" & Syn' in written(application, mail.tell_accepted).body


def test_the_first_message_names_the_deadline():
    application = ApplicationFactory(edition=EditionFactory(calendar=True))
    body = written(application, mail.tell_started).body.replace("\u00a0", " ")
    assert "Zgłoszenie można złożyć do 24 października 2025 r., godz. 24.00." in body


def test_a_completion_request_is_told_to_the_institution_and_its_answer_also_to_the_office():
    application = ApplicationFactory(in_completion=True)
    request = application.completion_requests.get()
    message = written(application, mail.tell_completion_requested, request=request)
    assert message.subject == f"Wezwanie do uzupełnienia zgłoszenia {application.number}"
    assert request.what in message.body
    mail.tell_completion_answered(application, request)
    assert OutgoingMail.objects.filter(to=application.edition.programme.contact_email).count() == 1


def test_a_withdrawn_draft_has_no_number_to_name():
    application = ApplicationFactory(state="withdrawn")
    assert written(application, mail.tell_withdrawn, was_draft=True).subject == (
        "Wersja robocza zgłoszenia została wycofana"
    )
