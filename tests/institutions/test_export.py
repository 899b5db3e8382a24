import csv
import io

from factories_institutions import InstitutionFactory
from probierz.institutions import export


def test_a_cell_never_starts_a_formula():
    institution = InstitutionFactory.build(name="=HYPERLINK(1)", phone="+48 58 530 60 00", street="-1")
    _header, row = csv.reader(io.StringIO(export.as_csv([institution]).removeprefix("\ufeff")), delimiter=";")
    assert (row[1], row[9], row[13]) == ("'=HYPERLINK(1)", "'-1", "+48 58 530 60 00")


def test_a_file_for_a_polish_spreadsheet():
    text = export.as_csv([])
    assert text[:7] == "\ufeffRodzaj"
    assert text.count(";") == 17
