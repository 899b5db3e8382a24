import pytest

from factories_institutions import RepresentativeFactory
from probierz.institutions import actions
from probierz.institutions.history import history_of


@pytest.mark.django_db
def test_what_happened_is_said_in_words_the_newest_first():
    representative = RepresentativeFactory(user__name="Anna Nowak")
    institution, user = representative.institution, representative.user
    actions.update_contact_data(actor=user, institution=institution, data={"phone": "58 530 60 00", "city": "Tczew"})
    actions.save_unit(actor=user, institution=institution, data={"name": "Filia"})
    told = [(str(entry["title"]), entry["who"], entry["text"]) for entry in history_of(institution)]
    assert told == [
        ("Dodano punkt obsługi", "Anna Nowak", ""),
        ("Zmieniono dane", "Anna Nowak", "miejscowość, telefon"),
    ]
