"""The message of this room. It says that results are there, never what they are."""

from __future__ import annotations

from probierz.base.mail import queue
from probierz.results import queries
from probierz.results.models import Publication


def tell_institutions(publication: Publication) -> None:
    edition = publication.edition
    programme = edition.programme
    for address, institution in queries.addresses_of(publication):
        context = {"edition": edition, "programme": programme, "institution": institution}
        queue(to=address, template="results/mail/published", context=context, reply_to=programme.contact_email)
