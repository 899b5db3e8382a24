from probierz.portal.forms import NumberForm, RegisterFilter


def test_nonsense_in_the_address_is_left_out():
    criteria = RegisterFilter({"szukaj": "x" * 200, "wojewodztwo": "12", "rodzaj": "z" * 50}).criteria()
    assert criteria == {"text": "", "voivodeship": "12", "kind": "", "edition": "", "programme": ""}


def test_a_number_must_be_given():
    assert NumberForm({"numer": " "}).errors == {"numer": ["Proszę wpisać numer licencji."]}
