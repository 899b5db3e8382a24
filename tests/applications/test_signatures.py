"""Real signatures on real PDFs: intact, tampered with, extended, trusted or not; and files that are none of it."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from probierz.applications import signatures
from probierz.applications.signatures import SignatureReport, examine

PDF, XML = "application/pdf", "application/xml"


class Signer:
    """A test person (or seal) with a self-signed P-256 certificate."""

    def __init__(self, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.COUNTRY_NAME, "PL")]
        )
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256())
        )

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def sign(self, content: bytes, field: str = "Podpis1", name: str | None = None) -> bytes:
        certificate = asn1_x509.Certificate.load(self.der)
        store = SimpleCertificateStore()
        store.register(certificate)
        secret = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = signers.SimpleSigner(
            signing_cert=certificate, signing_key=keys.PrivateKeyInfo.load(secret), cert_registry=store
        )
        options = signers.PdfSignatureMetadata(field_name=field, name=name, subfilter=fields.SigSeedSubFilter.PADES)
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        return signers.sign_pdf(writer, options, signer=signer).getvalue()


@pytest.fixture(scope="module")
def plain() -> bytes:
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def mayor() -> Signer:
    return Signer("Jan Burmistrz")


@pytest.fixture(scope="module")
def signed(plain, mayor) -> bytes:
    return mayor.sign(plain)


@pytest.fixture
def nobody_trusted(tmp_path) -> Path:
    return tmp_path / "trust"


@pytest.fixture
def mayor_trusted(tmp_path, mayor) -> Path:
    (tmp_path / "mayor.cer").write_bytes(mayor.der)
    (tmp_path / "README.txt").write_text("not a certificate")
    return tmp_path


def only(report: SignatureReport) -> signatures.Signature:
    assert (report.kind, report.problem) == ("pdf", "")
    assert len(report.signatures) == 1
    return report.signatures[0]


def test_an_intact_signature_without_a_list_of_trust(signed, nobody_trusted):
    report = examine(signed, PDF, trust_dir=nobody_trusted)
    found = only(report)
    assert found.signer == "Jan Burmistrz"
    assert (found.is_intact, found.covers_whole, found.is_changed_after) == (True, True, False)
    assert found.when is not None
    assert found.has_timestamp is False
    assert found.trust_words == "Nie sprawdzono zaufania do wystawcy: brak listy zaufanych"
    assert (report.tone, report.headline) == ("info", "Podpisano elektronicznie")


def test_a_trusted_issuer(signed, mayor_trusted):
    report = examine(signed, PDF, trust_dir=mayor_trusted)
    assert only(report).trust == "trusted"
    assert report.tone == "good"
    assert only(report).verdict == "Dokument nienaruszony, podpis obejmuje całość"


def test_an_issuer_that_is_not_on_the_list(plain, mayor_trusted):
    report = examine(Signer("Ktoś Obcy").sign(plain), PDF, trust_dir=mayor_trusted)
    assert only(report).trust == "untrusted"
    assert report.tone == "warn"


def test_a_changed_byte_is_noticed(signed, mayor_trusted):
    tampered = bytearray(signed)
    at = tampered.find(b"/MediaBox") + 12
    tampered[at : at + 1] = b"9"
    report = examine(bytes(tampered), PDF, trust_dir=mayor_trusted)
    assert only(report).is_intact is False
    assert (report.tone, report.headline) == ("bad", "Podpis elektroniczny budzi zastrzeżenia")


def test_what_was_added_after_the_signature_is_noticed(signed, mayor_trusted):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    found = only(examine(out.getvalue(), PDF, trust_dir=mayor_trusted))
    assert (found.is_intact, found.covers_whole, found.is_changed_after) == (True, False, True)
    assert found.tone == "bad"


def test_a_second_signature_does_not_spoil_the_first(signed, mayor_trusted):
    both = Signer("Anna Skarbnik").sign(signed, field="Podpis2")
    report = examine(both, PDF, trust_dir=mayor_trusted)
    assert [found.signer for found in report.signatures] == ["Jan Burmistrz", "Anna Skarbnik"]
    assert [found.is_intact for found in report.signatures] == [True, True]
    assert [found.is_changed_after for found in report.signatures] == [False, False]
    assert [found.covers_whole for found in report.signatures] == [False, True]


def test_the_trusted_profile_is_recognised_but_not_believed(plain, nobody_trusted):
    seal = Signer("Minister do spraw informatyzacji - pieczęć podpisu zaufanego")
    found = only(examine(seal.sign(plain, name="JAN BURMISTRZ"), PDF, trust_dir=nobody_trusted))
    assert found.is_trusted_profile is True
    assert found.signer.startswith("JAN BURMISTRZ (Minister")
    assert found.trust == "unchecked"


def test_a_plain_pdf_and_a_scan_have_no_signature(plain, nobody_trusted):
    assert examine(plain, PDF, trust_dir=nobody_trusted).kind == "none"
    assert examine(b"\x89PNG", "image/png", trust_dir=nobody_trusted).kind == "none"


@pytest.mark.parametrize("cut", [60, 500, -300])
def test_a_broken_pdf_is_explained(signed, nobody_trusted, cut):
    report = examine(signed[:cut], PDF, trust_dir=nobody_trusted)
    assert report.kind == "broken"
    assert report.problem.startswith("Pliku nie dało się odczytać")
    assert report.tone == "bad"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 and nothing more",
        b"%PDF-1.7\ntrailer\n<< /Root 1 0 R /Prev 0 >>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n" + b"<<" * 20_000,
    ],
)
def test_hostile_pdfs_are_an_answer(content, nobody_trusted):
    assert examine(content, PDF, trust_dir=nobody_trusted).kind == "broken"


def xades(certificate: bytes = b"", when: str = "2025-10-20T12:00:00Z") -> bytes:
    body = base64.b64encode(certificate).decode()
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
        ' xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
        f"{body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties>"
        f"<xades:SigningTime>{when}</xades:SigningTime></xades:QualifyingProperties></ds:Object></ds:Signature>"
    ).encode()


def test_an_xml_signature_is_kept_read_and_not_called_verified(mayor, nobody_trusted):
    report = examine(xades(mayor.der), XML, trust_dir=nobody_trusted)
    found = report.signatures[0]
    assert (report.kind, report.tone, report.headline) == ("xades", "neutral", "Podpis w pliku XML")
    assert (found.signer, found.is_verified, found.trust_words) == ("Jan Burmistrz", False, "")
    assert found.signed_at == "2025-10-20T12:00:00+00:00"
    assert found.verdict == "Podpis XAdES: zachowany, ale nie sprawdzono go automatycznie"


def test_an_xml_signature_without_a_readable_certificate(nobody_trusted):
    found = examine(xades(b"garbage", "wczoraj"), XML, trust_dir=nobody_trusted).signatures[0]
    assert (found.signer, found.signed_at) == ("podpisujący nieodczytany", "")


def test_only_signed_and_plain_xml_counts(mayor):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + xades(mayor.der)
    assert signatures.has_xml_signature(xades(mayor.der)) is True
    assert signatures.has_xml_signature(b"<?xml version='1.0'?><zgloszenie/>") is False
    assert signatures.has_xml_signature(bomb) is False
    assert signatures.has_xml_signature(b"<?xml") is False


def test_a_report_survives_the_database(signed, mayor_trusted):
    report = examine(signed, PDF, trust_dir=mayor_trusted)
    assert SignatureReport.from_json(asdict(report)) == report
    assert SignatureReport.from_json(None).headline == "Bez podpisu elektronicznego (skan lub zwykły plik)"
