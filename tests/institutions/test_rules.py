import pytest
from django.contrib.auth.models import AnonymousUser

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.base.actions import PLATFORM
from probierz.base.clock import now
from probierz.institutions import rules

pytestmark = pytest.mark.django_db


def test_who_keeps_the_register():
    assert rules.can_keep_register(PLATFORM).code == ""
    assert rules.can_keep_register(office_user()).code == ""
    assert rules.can_keep_register(RepresentativeFactory().user).code == "not-office"
    assert rules.can_keep_register(AnonymousUser()).code == "not-office"


def test_who_corrects_contact_data():
    representative = RepresentativeFactory()
    institution = representative.institution
    assert rules.can_edit_contact_data(representative.user, institution).code == ""
    assert rules.can_edit(representative.user, institution).code == "not-office"
    assert rules.can_edit_contact_data(RepresentativeFactory().user, institution).code == "not-representative"
    waiting = RepresentativeFactory(institution=institution, is_active=False)
    assert rules.can_edit_contact_data(waiting.user, institution).code == "not-representative"
    assert rules.can_invite_representative(office_user(), institution).code == ""


def test_a_merged_institution_is_closed():
    merged = InstitutionFactory(merged_into=InstitutionFactory())
    assert rules.can_edit(office_user(), merged).code == "merged"
    assert rules.can_merge(office_user(), InstitutionFactory(), merged).code == "merged"
    assert rules.can_merge(office_user(), merged.merged_into, merged.merged_into).code == "same-institution"


def test_who_asks_for_access():
    institution = InstitutionFactory()
    assert rules.can_register(AnonymousUser()).code == "signed-out"
    assert rules.can_request_representation(UserFactory(), institution).code == ""
    active = RepresentativeFactory(institution=institution)
    assert rules.can_request_representation(active.user, institution).code == "already-representative"
    waiting = RepresentativeFactory(institution=institution, is_active=False)
    assert rules.can_request_representation(waiting.user, institution).code == "already-waiting"
    refused = RepresentativeFactory(institution=institution, is_active=False, decided_at=now())
    assert rules.can_request_representation(refused.user, institution).code == "refused"
