"""What the electronic signatures in an uploaded document say: who, when, is it intact, is the signer's issuer trusted.

PDF signatures are verified with pyHanko. An XML signature (XAdES) is recognised and its signer read, but not
verified, and that is said plainly. A broken document is an answer, never a crash.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _

from probierz.base.clock import now
from probierz.base.uploads import PDF, XML_SIGNATURE
from probierz.base.wording import in_polish

MAX_SIGNATURES = 20
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_TRUSTED_PROFILE = re.compile(r"podpis\w* zaufan", re.IGNORECASE)


@dataclass(frozen=True)
class Signature:
    signer: str
    issuer: str = ""
    signed_at: str = ""
    has_timestamp: bool = False
    is_verified: bool = True
    is_intact: bool = False
    covers_whole: bool = False
    is_changed_after: bool = False
    trust: str = "unchecked"
    is_trusted_profile: bool = False

    @property
    def when(self) -> datetime | None:
        return datetime.fromisoformat(self.signed_at) if self.signed_at else None

    @property
    def tone(self) -> str:
        if not self.is_verified:
            return "neutral"
        if not self.is_intact or self.is_changed_after:
            return "bad"
        return {"trusted": "good", "unchecked": "info"}.get(self.trust, "warn")

    @property
    def verdict(self) -> str:
        if not self.is_verified:
            return _("Podpis XAdES: zachowany, ale nie sprawdzono go automatycznie")
        if not self.is_intact:
            return _("Dokument zmieniono po podpisaniu albo podpis jest uszkodzony")
        if self.is_changed_after:
            return _("Po podpisaniu dopisano do dokumentu zmiany, których podpis nie obejmuje")
        if not self.covers_whole:
            return _("Dokument nienaruszony; po tym podpisie dodano tylko kolejne podpisy lub wypełniono pola")
        return _("Dokument nienaruszony, podpis obejmuje całość")

    @property
    def trust_words(self) -> str:
        if not self.is_verified:
            return ""
        return {
            "trusted": _("Wystawca certyfikatu jest na liście zaufanych"),
            "untrusted": _("Wystawcy certyfikatu nie ma na liście zaufanych"),
            "revoked": _("Certyfikat unieważniono"),
        }.get(self.trust, _("Nie sprawdzono zaufania do wystawcy: brak listy zaufanych"))


@dataclass(frozen=True)
class SignatureReport:
    """`kind`: none (a scan or a plain file), pdf, xades, broken (could not be read)."""

    kind: str
    signatures: tuple[Signature, ...] = ()
    problem: str = ""
    checked_at: str = field(default="")

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> SignatureReport:
        value = value or {"kind": "none"}
        found = tuple(Signature(**entry) for entry in value.get("signatures", []))
        return cls(value["kind"], found, value.get("problem", ""), value.get("checked_at", ""))

    @property
    def tone(self) -> str:
        if self.kind == "broken":
            return "bad"
        tones = [signature.tone for signature in self.signatures]
        return next((tone for tone in ("bad", "warn", "neutral", "info", "good") if tone in tones), "neutral")

    @property
    def headline(self) -> str:
        if self.kind == "broken":
            return _("Nie udało się odczytać dokumentu")
        if not self.signatures:
            return _("Bez podpisu elektronicznego (skan lub zwykły plik)")
        if self.kind == "xades":
            return _("Podpis w pliku XML")
        if any(signature.tone == "bad" for signature in self.signatures):
            return _("Podpis elektroniczny budzi zastrzeżenia")
        return _("Podpisano elektronicznie")


@in_polish
def examine(content: bytes, content_type: str, *, trust_dir: Path) -> SignatureReport:
    at = now().isoformat(timespec="seconds")
    try:
        if content_type == PDF:
            found = _examine_pdf(content, trust_dir)
            return SignatureReport("pdf" if found else "none", found, "", at)
        if content_type == XML_SIGNATURE:
            return SignatureReport("xades", _examine_xml(content), "", at)
    # A hostile or damaged document may break the parser in any way; whatever it does, the upload gets an answer.
    except Exception as fault:
        return SignatureReport("broken", (), _problem(fault), at)
    return SignatureReport("none", (), "", at)


def _problem(fault: Exception) -> str:
    return _(
        "Pliku nie dało się odczytać jako dokumentu (%(fault)s). Proszę zapisać go ponownie i dodać jeszcze raz."
    ) % {"fault": type(fault).__name__}


def _examine_pdf(content: bytes, trust_dir: Path) -> tuple[Signature, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    # Touches the page tree, so that a file that only looks like a PDF is found out.
    reader.root["/Pages"]["/Count"]
    anchors = trust_anchors(trust_dir)
    return tuple(_verify(embedded, anchors) for embedded in reader.embedded_regular_signatures[:MAX_SIGNATURES])


def _verify(embedded: Any, anchors: tuple[Any, ...]) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    certificate = embedded.signer_cert
    context = ValidationContext(trust_roots=anchors, allow_fetching=False, moment=now(), revocation_mode="soft-fail")
    facts: dict[str, Any] = {
        "signer": _signer(embedded, certificate),
        "issuer": _common_name(certificate.issuer) if certificate else "",
        "is_trusted_profile": bool(certificate and _TRUSTED_PROFILE.search(certificate.subject.human_friendly)),
    }
    try:
        status = validate_pdf_signature(embedded, context, context)
    except SignatureValidationError:
        return Signature(**facts)
    return Signature(**facts, **_findings(status, bool(anchors)))


def _findings(status: Any, has_anchors: bool) -> dict[str, Any]:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    stamped = status.timestamp_validity
    moment = stamped.timestamp if stamped is not None and stamped.valid else status.signer_reported_dt
    level = status.modification_level
    return {
        "signed_at": moment.isoformat(timespec="seconds") if moment else "",
        "has_timestamp": stamped is not None and stamped.valid,
        "is_intact": bool(status.intact and status.valid and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION),
        "covers_whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "is_changed_after": status.docmdp_ok is False or level is None or level == ModificationLevel.OTHER,
        "trust": _trust(status, has_anchors),
    }


def _trust(status: Any, has_anchors: bool) -> str:
    if not has_anchors:
        return "unchecked"
    if status.revoked:
        return "revoked"
    return "trusted" if status.trusted else "untrusted"


def _signer(embedded: Any, certificate: Any) -> str:
    """The name in the certificate; for a trusted-profile seal, the person named beside it."""
    named = str(embedded.sig_object.get("/Name", "") or "").strip()
    if certificate is None:
        return named or _("podpisujący nieznany")
    subject = _common_name(certificate.subject)
    if named and _TRUSTED_PROFILE.search(subject):
        return f"{named} ({subject})"
    return subject


def _common_name(name: Any) -> str:
    parts = name.native
    value = parts.get("common_name") or " ".join(
        str(parts[key]) for key in ("given_name", "surname", "organization_name") if key in parts
    )
    return (", ".join(value) if isinstance(value, list) else str(value))[:200] or _("bez nazwy")


def trust_anchors(trust_dir: Path) -> tuple[Any, ...]:
    """The certificates of trusted issuers that the operator put in the folder (PEM or DER)."""
    files = sorted(path for path in trust_dir.glob("*") if path.suffix.lower() in {".pem", ".crt", ".cer", ".der"})
    return _read_anchors(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _read_anchors(files: tuple[tuple[str, int], ...]) -> tuple[Any, ...]:
    from pyhanko.keys import load_certs_from_pemder

    return tuple(load_certs_from_pemder([path for path, _changed in files]))


def _examine_xml(content: bytes) -> tuple[Signature, ...]:
    root = _parsed_xml(content)
    found = [root] if root.tag == f"{_DS}Signature" else root.findall(f".//{_DS}Signature")
    return tuple(_read_xades(entry) for entry in found[:MAX_SIGNATURES])


def has_xml_signature(content: bytes) -> bool:
    """Is it an XML file with a signature in it?"""
    try:
        return bool(_examine_xml(content))
    except (ElementTree.ParseError, ValueError):
        return False


def _parsed_xml(content: bytes) -> ElementTree.Element:
    # No document type is ever needed here, and it is what entity attacks begin with.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("document type declaration")
    return ElementTree.fromstring(content)


def _read_xades(entry: ElementTree.Element) -> Signature:
    certificate = entry.findtext(f".//{_DS}X509Certificate") or ""
    signer, issuer = _xml_names(certificate)
    moment = next((node.text for node in entry.iter() if node.tag.endswith("}SigningTime") and node.text), "")
    return Signature(signer=signer, issuer=issuer, signed_at=_moment(moment), is_verified=False)


def _xml_names(certificate: str) -> tuple[str, str]:
    try:
        loaded = x509.load_der_x509_certificate(base64.b64decode("".join(certificate.split()), validate=True))
    except ValueError:
        return _("podpisujący nieodczytany"), ""
    return _xml_name(loaded.subject), _xml_name(loaded.issuer)


def _xml_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value)[:200] if found else _("bez nazwy")


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text.strip()).isoformat(timespec="seconds")
    except ValueError:
        return ""
