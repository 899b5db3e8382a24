"""The `probierz` command is Django's own, over the settings of the site."""

from __future__ import annotations

import sys

import pytest

from probierz.config.command import main


@pytest.mark.django_db
def test_the_command_runs_a_management_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["probierz", "journal", "verify"])

    main()

    assert capsys.readouterr().out == f"Dziennik jest cały: 0 wpisów, skrót ostatniego {'0' * 64}.\n"


def test_an_unknown_command_ends_with_an_error(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["probierz", "zaparz-kawe"])

    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 1
    assert "zaparz-kawe" in capsys.readouterr().err
