"""The headers of the public site, judged by MDN's HTTP Observatory itself, without the network (issue 5: A+).

The product is served as behind a proxy that ends the encryption: here one of a few lines, with a certificate of its own
that the scanner is told to trust. The scanner comes from npm.
"""

import argparse
import asyncio
import datetime as dt
import ipaddress
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from harness.house import ROOT, House, free_port

SCANNER = "@mdn/mdn-http-observatory@1.4.8"


def run() -> list[str]:
    """Print the scanner's words on each rule. Returns what is wrong: a grade below A+."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return ["npm is needed (on Debian: apt-get install npm)"]
    with tempfile.TemporaryDirectory(prefix="observatory") as folder:
        subprocess.run(
            [npm, "install", "--silent", "--ignore-scripts", "--prefix", folder, SCANNER],
            check=True,
        )
        # The list of browsers' preloaded hosts would come from the network; `localhost` is not on it.
        package = Path(folder) / "node_modules" / SCANNER.rpartition("@")[0]
        (package / "conf/hsts-preload.json").write_text("{}", "utf-8")
        found = asyncio.run(_scanned(Path(folder), node))
    for rule, said, points in found["told"]:
        print(f"{rule}: {said} ({points:+})")
    print(f"{found['grade']}, {found['score']} points")
    return [] if found["grade"] == "A+" else [f"the grade is {found['grade']}"]


async def _scanned(folder: Path, node: str) -> dict[str, Any]:
    certificate = _certificate(folder)
    house, open_to_all, sealed = House(folder / "var"), free_port(), free_port()
    house.environment |= {
        "LANTOA_ADDRESS": f"https://localhost:{sealed}",
        "LANTOA_PROXIES": "1",
        "LANTOA_HOSTS": "localhost,127.0.0.1",
    }
    house.world(1)
    house.open()
    await asyncio.to_thread(_warm, house.port)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    plain = await asyncio.start_server(_door(house.port, "http"), "localhost", open_to_all)
    closed = await asyncio.start_server(
        _door(house.port, "https"), "localhost", sealed, ssl=context
    )
    try:
        command = [
            node,
            str(ROOT / "harness/observatory.mjs"),
            str(folder),
            str(open_to_all),
            str(sealed),
        ]
        trusting = os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate)}
        scanner = await asyncio.create_subprocess_exec(
            *command, env=trusting, stdout=subprocess.PIPE
        )
        said, _ = await scanner.communicate()
    finally:
        plain.close()
        closed.close()
        house.close()
    found: dict[str, Any] = json.loads(said)
    return found


def _warm(port: int) -> None:
    """The first page of a process takes its time, and the scanner waits for none that takes long."""
    page = urllib.request.Request(
        f"http://127.0.0.1:{port}/", headers={"X-Forwarded-Proto": "https"}
    )
    urllib.request.urlopen(page).close()


def _door(port: int, scheme: str) -> Any:
    """Passes each request on with the scheme it came by, and closes after its answer."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        inside, outside = await asyncio.open_connection("127.0.0.1", port)
        lines = [
            line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(b"connection:")
        ]
        outside.write(
            b"\r\n".join(
                [*lines, b"X-Forwarded-Proto: " + scheme.encode(), b"Connection: close", b"", b""]
            )
        )
        writer.write(await inside.read())
        await writer.drain()
        writer.close()
        outside.close()

    return pass_on


def _certificate(folder: Path) -> Path:
    """A key and a certificate of `localhost` for a day, in one file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "localhost.pem"
    form = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return file


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    wrong = run()
    print("\n".join(wrong) if wrong else "all as promised")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
