"""Conflicts read from where a juror lives and works."""

from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_institutions import InstitutionFactory
from factories_jury import JurorFactory
from probierz.jury.detection import domains_of, findings, mail_domain

pytestmark = pytest.mark.django_db


def reasons(juror, institution, representatives=()):
    return [found.reason for found in findings([juror], [institution], set(representatives))]


def test_home_is_the_gmina_whatever_its_part():
    office = InstitutionFactory(teryt="2213011")
    assert reasons(JurorFactory(teryt="2213012"), office) == ["home"]
    assert reasons(JurorFactory(teryt="2213021"), office) == []
    assert reasons(JurorFactory(teryt=""), office) == []


def test_a_county_is_not_a_gmina():
    assert reasons(JurorFactory(teryt="2213011"), InstitutionFactory(teryt="2213")) == []


def test_the_employer_is_found_by_its_number_and_by_the_gminas_that_pays_for_it():
    office = InstitutionFactory(nip="8441125195", invoice_nip="8442142221")
    assert reasons(JurorFactory(employer_nip="8441125195"), office) == ["employer"]
    assert reasons(JurorFactory(employer_nip="8442142221"), office) == ["employer"]
    assert reasons(JurorFactory(employer_nip=""), office) == []


def test_a_shared_mail_domain_is_a_conflict_unless_everybody_shares_it():
    office = InstitutionFactory(email="urzad@pniewo.example", website="https://www.miasto-pniewo.example/kontakt")
    assert reasons(JurorFactory(email="ktos@Pniewo.example"), office) == ["email-domain"]
    assert reasons(JurorFactory(email="ktos@miasto-pniewo.example"), office) == ["email-domain"]
    assert reasons(JurorFactory(email="a@wp.pl"), InstitutionFactory(email="gops@wp.pl")) == []
    assert domains_of(office) == {"pniewo.example", "miasto-pniewo.example"}
    assert mail_domain("x@gmail.com") == ""


def test_a_juror_who_acts_for_an_institution_is_in_conflict_with_it():
    office, user = InstitutionFactory(), UserFactory()
    assert reasons(JurorFactory(user=user), office, {(user.pk, office.pk)}) == ["representative"]
