"""Certificates for a mail server on this machine, and somebody to trust who has signed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# Certificates are checked against this machine's own time, which no test turns.
FROM = datetime(2020, 1, 1, tzinfo=UTC)
LASTS = timedelta(days=365 * 80)


@dataclass(frozen=True)
class Certificates:
    """Files: the signer's certificate, and the server's key and certificate together."""

    signer: Path
    server: Path


def made(folder: Path, host: str = "127.0.0.1", until: datetime = FROM + LASTS) -> Certificates:
    """Certificates for a host, in a folder."""
    signer_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    signer_name, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)]) for words in ("The tests' signer", host)
    )
    signer = (
        _begun(signer_name, signer_name, signer_key, FROM + LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(signer_key, hashes.SHA256())
    )
    server = (
        _begun(name, signer_name, key, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        .sign(signer_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files = Certificates(folder / "signer.pem", folder / "server.pem")
    files.signer.write_bytes(signer.public_bytes(pem))
    files.server.write_bytes(private + server.public_bytes(pem))
    return files


def _begun(name: x509.Name, signer: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime):
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
