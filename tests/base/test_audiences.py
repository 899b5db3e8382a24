import pytest

from probierz.base import audiences


@pytest.mark.parametrize(
    ("path", "audience"),
    [
        ("/", "public"),
        ("/biuro/", "office"),
        ("/biuro", "office"),
        ("/panel/x/", "institution"),
        ("/jury/", "juror"),
        ("/jurysta/", "public"),
        ("/laureaci/biuro/", "public"),
    ],
)
def test_the_first_word_of_a_path_names_its_audience(path, audience):
    assert audiences.of_path(path) == audience


def test_everyone_belongs_to_the_public():
    class Anonymous:
        is_authenticated = False

    assert audiences.belongs(Anonymous(), "public")
    assert not audiences.belongs(Anonymous(), "office")
