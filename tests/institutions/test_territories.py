from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from probierz.institutions.models import Territory
from probierz.institutions.territories import read_terc

TERC = """\ufeffWOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
20;;;;PODLASKIE;województwo;2025-01-01
20;12;;;suwalski;powiat;2025-01-01
20;12;06;2;Przerośl;gmina wiejska;2025-01-01
"""


def test_codes_are_padded_to_seven_digits():
    assert read_terc(TERC.encode()) == [
        ("2000000", "PODLASKIE", "województwo"),
        ("2012000", "suwalski", "powiat"),
        ("2012062", "Przerośl", "gmina wiejska"),
    ]


def test_another_file_is_refused():
    with pytest.raises(ValidationError, match="To nie jest plik TERC"):
        read_terc(b"a;b\n1;2\n")


@pytest.mark.django_db
def test_the_command(tmp_path, capsys):
    file = tmp_path / "terc.csv"
    file.write_text(TERC)
    call_command("import_teryt", str(file), "--valid-on", "2025-01-01")
    assert capsys.readouterr().out == "Wczytano jednostki terytorialne: 3, stan na 2025-01-01.\n"
    assert Territory.objects.count() == 3
    with pytest.raises(CommandError, match="Nie można odczytać pliku"):
        call_command("import_teryt", str(tmp_path / "brak.csv"), "--valid-on", "2025-01-01")
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_teryt", str(file), "--valid-on", "2025-01-01")
