"""The people and institutions of the demo, from the files beside."""

from __future__ import annotations

import csv
import random
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from probierz.accounts.models import User
from probierz.base.clock import held_at
from probierz.institutions.actions import register_institution
from probierz.institutions.models import Institution, Voivodeship

DATA = Path(__file__).parent / "data"
PASSWORD = "probierz-pokaz-2025"
CODES = {choice.label: choice.value for choice in Voivodeship}
COPIED = "kind name short_name nip regon krs teryt ade street postal_code city email phone website bip".split()


@dataclass
class Cast:
    """Everyone who acts in the year, and the chance that decides what they do."""

    chance: random.Random = field(default_factory=lambda: random.Random(2025))
    coordinator: User | None = None
    office: dict[str, User] = field(default_factory=dict)
    institutions: dict[str, Institution] = field(default_factory=dict)
    representatives: dict[str, User] = field(default_factory=dict)
    laureates_of_2024: list[Institution] = field(default_factory=list)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def remarks() -> dict[tuple[str, str], list[str]]:
    """Remarks by channel and tone."""
    found: dict[tuple[str, str], list[str]] = {}
    for remark in tomllib.loads((DATA / "remarks.toml").read_text(encoding="utf-8"))["remarks"]:
        found.setdefault((remark["channel"], remark["tone"]), []).append(remark["text"])
    return found


def patrons() -> list[dict[str, Any]]:
    return tomllib.loads((DATA / "patrons.toml").read_text(encoding="utf-8"))["patrons"]


@lru_cache(maxsize=1)
def _password_hash() -> str:
    # One hash for the whole cast: hashing is slow on purpose, and the demo's password is printed anyway.
    return make_password(PASSWORD)


def make_user(name: str, email: str) -> User:
    user = User.objects.create(email=email.lower(), name=name, password=_password_hash())
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def invite_cast(moment: datetime, most: int | None = None) -> Cast:
    """Accounts of the office and of the institutions' representatives, and (the first `most` of) the institutions."""
    cast = Cast()
    people = rows("people.csv")
    with held_at(moment):
        for person in people:
            if person["role"] == "office":
                cast.office[person["office_role"]] = make_user(person["name"], person["email"])
        cast.coordinator = cast.office["coordinator"]
        by_nip = {person["institution_nip"]: person for person in people if person["role"] == "representative"}
        for row in rows("institutions.csv")[:most]:
            person = by_nip[row["nip"]]
            user = make_user(person["name"], person["email"])
            institution = register_institution(actor=user, data=_institution_data(row), capacity=person["position"])
            cast.institutions[row["nip"]] = institution
            cast.representatives[row["nip"]] = user
            if row["laureate_2024"]:
                cast.laureates_of_2024.append(institution)
    return cast


def _institution_data(row: dict[str, str]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in COPIED},
        "voivodeship": CODES[row["voivodeship"]],
        "social": _profile_of(row),
        "headcount": int(row["headcount"]) if row["headcount"] else None,
        "population": int(row["population"]) if row["population"] else None,
    }


def _profile_of(row: dict[str, str]) -> str:
    """Four in five have a profile in social media."""
    name = row["website"].removeprefix("https://www.").partition(".")[0]
    return "" if int(row["nip"]) % 5 == 0 else f"https://spolecznosc.example/{name}"
