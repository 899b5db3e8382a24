import pytest

from factories_accounts import UserFactory
from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.accounts import roles
from probierz.accounts.models import Invitation
from probierz.base.rules import NotAllowed
from probierz.institutions import representation
from probierz.institutions.models import Representative

pytestmark = pytest.mark.django_db


def test_the_role_is_registered():
    assert roles.label_of("representative") == "przedstawiciel instytucji"
    assert roles.get("representative").on_accept is representation.take_up


def test_an_invitation_to_a_merged_institution_leads_to_the_one_that_stayed():
    kept = InstitutionFactory()
    merged = InstitutionFactory(merged_into=kept)
    user = UserFactory()
    representation.take_up(Invitation(scope_key=str(merged.key)), user)
    assert Representative.objects.get(user=user).institution == kept


def test_acceptance_revives_an_ended_representative():
    ended = RepresentativeFactory(is_active=False)
    representation.take_up(Invitation(scope_key=str(ended.institution.key)), ended.user)
    ended.refresh_from_db()
    assert (ended.is_active, ended.is_waiting) == (True, False)


def test_who_may_invite():
    representative = RepresentativeFactory()
    key = str(representative.institution.key)
    assert representation.may_invite(representative.user, key).code == ""
    assert representation.may_invite(UserFactory(), key).code == "not-representative"
    gone = "00000000-0000-0000-0000-000000000000"
    assert representation.may_invite(representative.user, gone).code == "unknown-institution"
    with pytest.raises(NotAllowed, match="unknown-institution"):
        representation.take_up(Invitation(scope_key=gone), representative.user)
