"""Conflicts that can be read from what is known: where a juror lives and works, and what address they write from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from probierz.base.wording import in_polish
from probierz.institutions.models import Institution
from probierz.jury.models import Conflict, Juror

# Mail for everybody: a shared address says nothing about where somebody works.
PUBLIC_MAIL = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com"),
        *("icloud.com", "me.com", "proton.me", "protonmail.com", "gmx.com", "gmx.net", "zoho.com", "home.pl"),
        *("wp.pl", "o2.pl", "tlen.pl", "onet.pl", "onet.eu", "op.pl", "vp.pl", "onet.com.pl", "poczta.onet.pl"),
        *("poczta.onet.eu", "autograf.pl", "buziaczek.pl", "amorki.pl", "interia.pl", "interia.eu", "poczta.fm"),
        *("intmail.pl", "gazeta.pl", "gazeta.eu", "neostrada.pl"),
    }
)


@dataclass(frozen=True)
class Finding:
    juror: Juror
    institution: Institution
    reason: str
    note: str


@in_polish
def findings(
    jurors: Iterable[Juror], institutions: Iterable[Institution], representatives: Collection[tuple[int, int]]
) -> list[Finding]:
    """Every conflict between the jurors and the institutions; `representatives`: (user, institution) by id."""
    register = _Register(institutions)
    found: list[Finding] = []
    for juror in jurors:
        found += register.about(juror)
        for institution in register.all:
            if juror.user_id is not None and (juror.user_id, institution.pk) in representatives:
                note = _("juror ma konto przedstawiciela tej instytucji")
                found.append(Finding(juror, institution, Conflict.Reason.REPRESENTATIVE, note))
    return found


class _Register:
    """Institutions by what a juror may share with them."""

    def __init__(self, institutions: Iterable[Institution]) -> None:
        self.all = list(institutions)
        self.by_gmina: dict[str, list[Institution]] = {}
        self.by_nip: dict[str, list[Institution]] = {}
        self.by_domain: dict[str, list[Institution]] = {}
        for institution in self.all:
            if len(institution.teryt) >= 6:
                self.by_gmina.setdefault(institution.teryt[:6], []).append(institution)
            for nip in {institution.nip, institution.invoice_nip} - {""}:
                self.by_nip.setdefault(nip, []).append(institution)
            for domain in domains_of(institution):
                self.by_domain.setdefault(domain, []).append(institution)

    def about(self, juror: Juror) -> Iterator[Finding]:
        # The first six figures of the code are the gmina; the seventh says only which part of it.
        home = juror.teryt[:6] if len(juror.teryt) >= 6 else ""
        for institution in self.by_gmina.get(home, []):
            note = _("juror mieszka w tej samej gminie (%(code)s)") % {"code": home}
            yield Finding(juror, institution, Conflict.Reason.HOME, note)
        for institution in self.by_nip.get(juror.employer_nip, []):
            yield Finding(juror, institution, Conflict.Reason.EMPLOYER, _("NIP pracodawcy jest NIP-em tej instytucji"))
        domain = mail_domain(juror.email)
        for institution in self.by_domain.get(domain, []):
            note = _("adres e-mail jurora jest w domenie %(domain)s") % {"domain": domain}
            yield Finding(juror, institution, Conflict.Reason.EMAIL_DOMAIN, note)


def mail_domain(address: str) -> str:
    """The domain of an address, or "" when it belongs to everybody."""
    domain = address.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_MAIL else domain


def domains_of(institution: Institution) -> set[str]:
    site = (urlsplit(institution.website).hostname or "").removeprefix("www.")
    return {mail_domain(institution.email), site} - PUBLIC_MAIL - {""}
