from __future__ import annotations

from datetime import date

import pytest

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory
from factories_editions import office_user
from factories_institutions import ContactFactory, InstitutionFactory, RepresentativeFactory, UnitFactory
from probierz.accounts.actions import accept_invitation
from probierz.accounts.models import Invitation
from probierz.base.actions import PLATFORM
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed
from probierz.institutions import actions, queries
from probierz.institutions.models import Institution, Representative, Territory

pytestmark = pytest.mark.django_db
DATA = {"kind": "urzad", "name": "Urząd Gminy Przerośl", "nip": "8441125195", "voivodeship": "20", "city": "Przerośl"}


def verbs(institution=None):
    entries = JournalEntry.objects.order_by("number")
    if institution is not None:
        entries = entries.filter(institution_key=str(institution.key))
    return [entry.verb for entry in entries]


@pytest.fixture
def office():
    return office_user()


def test_the_office_enters_and_corrects(office):
    institution = actions.create_institution(actor=office, data=DATA)
    actions.update_institution(actor=office, institution=institution, data={**DATA, "name": "UG Przerośl"})
    institution.refresh_from_db()
    assert institution.name == "UG Przerośl"
    assert institution.search_text[:11] == "ug przerosl"
    assert verbs(institution) == ["institution.created", "institution.changed"]
    assert JournalEntry.objects.first().details["fields"] == ["name"]


def test_a_stranger_enters_nothing():
    with pytest.raises(NotAllowed, match="not-office"):
        actions.create_institution(actor=UserFactory(), data=DATA)
    with pytest.raises(NotAllowed, match="not-office"):
        actions.update_institution(actor=RepresentativeFactory().user, institution=InstitutionFactory(), data={})
    assert verbs() == []


def test_a_nip_is_taken_once(office):
    actions.create_institution(actor=office, data=DATA)
    with pytest.raises(NotAllowed, match="known-nip"):
        actions.register_institution(actor=UserFactory(), data=DATA, capacity="kierownik")
    other = InstitutionFactory()
    with pytest.raises(NotAllowed, match="known-nip"):
        actions.update_institution(actor=office, institution=other, data={"nip": "8441125195"})


def test_a_person_registers_a_new_institution_and_acts_for_it():
    user = UserFactory()
    institution = actions.register_institution(actor=user, data=DATA, capacity="kierownik biura")
    representative = Representative.objects.get(user=user)
    assert (representative.institution, representative.is_active) == (institution, True)
    assert verbs(institution) == ["institution.registered"]


def test_a_representative_corrects_contact_data_and_nothing_else():
    representative = RepresentativeFactory()
    institution = representative.institution
    nip = institution.nip
    actions.update_contact_data(
        actor=representative.user, institution=institution, data={"city": "Tczew", "nip": "8441125195", "name": "Inna"}
    )
    institution.refresh_from_db()
    assert (institution.city, institution.nip, institution.name != "Inna") == ("Tczew", nip, True)


def test_asking_for_access_opens_nothing_until_the_office_agrees(office):
    active = RepresentativeFactory()
    institution, user = active.institution, UserFactory()
    request = actions.request_representation(actor=user, institution=institution, capacity="sekretarz")
    assert list(queries.institutions_visible_to(user)) == []
    assert OutgoingMail.objects.get().to == active.user.email
    with pytest.raises(NotAllowed, match="already-waiting"):
        actions.request_representation(actor=user, institution=institution, capacity="sekretarz")
    with pytest.raises(NotAllowed, match="not-office"):
        actions.decide_representation(actor=active.user, representative=request, is_approved=True)
    actions.decide_representation(actor=office, representative=request, is_approved=True)
    assert list(queries.institutions_visible_to(user)) == [institution]
    assert OutgoingMail.objects.order_by("-pk").first().to == user.email
    with pytest.raises(NotAllowed, match="already-decided"):
        actions.decide_representation(actor=office, representative=request, is_approved=False)


def test_a_request_for_an_empty_institution_warns_its_general_address():
    institution = InstitutionFactory(email="sekretariat@gmina.example")
    actions.request_representation(actor=UserFactory(), institution=institution, capacity="ktoś")
    assert OutgoingMail.objects.get().to == "sekretariat@gmina.example"


def test_refused_and_ended(office):
    waiting = RepresentativeFactory(is_active=False)
    refused = actions.decide_representation(actor=office, representative=waiting, is_approved=False)
    assert (refused.is_active, refused.is_waiting) == (False, False)
    active = RepresentativeFactory()
    actions.end_representation(actor=office, representative=active)
    assert list(queries.institutions_visible_to(active.user)) == []
    assert list(queries.representatives_of(active.institution)) == []
    assert verbs() == ["representative.refused", "representative.ended"]


def test_a_colleague_is_invited_and_takes_part():
    representative = RepresentativeFactory()
    institution = representative.institution
    actions.invite_representative(
        actor=representative.user, institution=institution, email="jan@gmina.example", capacity="sekretarz"
    )
    body = OutgoingMail.objects.get().body
    token = next(line for line in body.splitlines() if "/zaproszenie/" in line).split("/")[-2]
    colleague = UserFactory(email="jan@gmina.example")
    accept_invitation(actor=colleague, token=token)
    assert list(queries.institutions_visible_to(colleague)) == [institution]
    assert Representative.objects.get(user=colleague).capacity == "sekretarz"


def test_an_invitation_to_an_institution_is_revoked(office):
    institution = InstitutionFactory()
    invitation = actions.invite_representative(actor=office, institution=institution, email="jan@gmina.example")
    actions.revoke_representative_invitation(actor=office, institution=institution, invitation=invitation)
    with pytest.raises(NotAllowed, match="invitation-closed"):
        actions.revoke_representative_invitation(actor=office, institution=institution, invitation=invitation)
    with pytest.raises(Invitation.DoesNotExist):
        actions.revoke_representative_invitation(actor=office, institution=InstitutionFactory(), invitation=invitation)


def test_units_and_contacts(office):
    institution = InstitutionFactory()
    unit = actions.save_unit(actor=office, institution=institution, data={"name": "Delegatura"})
    actions.save_unit(actor=office, institution=institution, data={"name": "Delegatura II"}, unit=unit)
    contact = actions.save_contact(actor=office, institution=institution, data={"name": "Anna Nowak"})
    actions.save_contact(actor=office, institution=institution, data={"name": "Anna Kot"}, contact=contact)
    assert [each.name for each in queries.units_of(institution)] == ["Delegatura II"]
    assert [each.name for each in queries.contacts_of(institution)] == ["Anna Kot"]
    actions.remove_unit(actor=office, unit=unit)
    actions.remove_contact(actor=office, contact=contact)
    assert verbs(institution) == (
        ["unit.added", "unit.changed", "contact.added", "contact.changed", "unit.removed", "contact.removed"]
    )
    # The journal is for ever: no name of a contact person is in it.
    assert [entry.subject_name for entry in JournalEntry.objects.filter(subject_name__contains="Anna")] == []


def test_a_unit_in_the_contest_stays(office):
    unit = UnitFactory()
    ApplicationFactory(institution=unit.institution, unit=unit)
    with pytest.raises(NotAllowed, match="unit-in-use"):
        actions.remove_unit(actor=office, unit=unit)
    assert verbs() == []


def test_two_become_one(office):
    kept = InstitutionFactory(phone="", headcount=None)
    merged = InstitutionFactory(phone="58 530 60 00", headcount=12)
    unit, contact = UnitFactory(institution=merged), ContactFactory(institution=merged)
    representative = RepresentativeFactory(institution=merged)
    application = ApplicationFactory(institution=merged)
    actions.merge_institutions(actor=office, kept=kept, merged=merged)
    for row in (unit, contact, representative, application):
        row.refresh_from_db()
        assert row.institution == kept
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.phone, kept.headcount, merged.merged_into) == ("58 530 60 00", 12, kept)
    assert queries.institution_by_nip(merged.nip) == kept
    entry = JournalEntry.objects.get(verb="institution.merged")
    assert entry.details["moved"] == {
        "institutions.Unit": 1,
        "institutions.Contact": 1,
        "institutions.Representative": 1,
        "applications.Application": 1,
    }


def test_a_person_who_stood_for_both_stands_once(office):
    kept, merged, user = InstitutionFactory(), InstitutionFactory(), UserFactory()
    RepresentativeFactory(institution=kept, user=user, is_active=False)
    RepresentativeFactory(institution=merged, user=user)
    actions.merge_institutions(actor=office, kept=kept, merged=merged)
    assert Representative.objects.get().is_active is True


def test_a_merge_that_would_leave_two_applications_is_refused_whole(office):
    first = ApplicationFactory()
    second = ApplicationFactory(edition=first.edition, category=first.category)
    UnitFactory(institution=second.institution)
    with pytest.raises(NotAllowed, match="merge-conflict"):
        actions.merge_institutions(actor=office, kept=first.institution, merged=second.institution)
    assert queries.units_of(second.institution).count() == 1
    assert Institution.objects.filter(merged_into=None).count() == 2


def test_a_chain_of_merges(office):
    first, second, third = InstitutionFactory.create_batch(3)
    actions.merge_institutions(actor=office, kept=second, merged=first)
    actions.merge_institutions(actor=office, kept=third, merged=second)
    first.refresh_from_db()
    assert first.merged_into == third
    with pytest.raises(NotAllowed, match="merged"):
        actions.merge_institutions(actor=office, kept=third, merged=second)


def test_territories_of_a_day_are_replaced_whole():
    day = date(2025, 1, 1)
    for names in (["Przerośl", "Suwałki"], ["Przerośl"]):
        rows = [(f"20120{n}3", name, "gmina") for n, name in enumerate(names, start=6)]
        actions.load_territories(actor=PLATFORM, territories=rows, valid_on=day)
    assert [each.name for each in Territory.objects.all()] == ["Przerośl"]
    assert queries.territories_valid_on() == day
    with pytest.raises(NotAllowed, match="no-territories"):
        actions.load_territories(actor=PLATFORM, territories=[], valid_on=day)
