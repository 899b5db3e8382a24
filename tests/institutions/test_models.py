import pytest
from stdnum.pl import nip, regon

from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.base import audiences


@pytest.mark.django_db
def test_made_up_identifiers_pass_their_checks():
    institutions = InstitutionFactory.create_batch(30)
    assert [nip.is_valid(each.nip) for each in institutions] == [True] * 30
    assert [regon.is_valid(each.regon) for each in institutions] == [True] * 30
    assert len({each.nip for each in institutions}) == 30


@pytest.mark.django_db
def test_an_institution_is_found_without_its_diacritics():
    institution = InstitutionFactory(name="Urząd Miasta", city="Starogard Gdański")
    assert "starogard gdanski" in institution.search_text


@pytest.mark.django_db
def test_only_an_active_representative_enters_the_panel():
    representative = RepresentativeFactory()
    assert audiences.belongs(representative.user, "institution") is True
    representative.is_active = False
    representative.save()
    assert audiences.belongs(representative.user, "institution") is False
