# SPDX-License-Identifier: Apache-2.0
"""Small enclave images, and signatures of them checked with nothing but the openssl command.

    signing.py image FILE [VERSION]     an unsigned one
    signing.py check FILE CERTIFICATE   takes its signature apart by hand, makes the Sig_structure
                                        of RFC 9052 again, and has openssl verify it
    signing.py table FILE               type, offset and size of each section, by both tables
    signing.py same A B                 which bytes of A are not those of B, but for the signature
"""
import hashlib
import pathlib
import struct
import subprocess
import sys
import zlib

METADATA = (b'{"ImageName":"i","ImageVersion":"1","BuildMetadata":{"BuildTime":"0","BuildTool":"t",'
            b'"BuildToolVersion":"0","OperatingSystem":"Linux","KernelVersion":"4"},'
            b'"DockerInfo":null,"CustomMetadata":null}')
HEADER, SIGNATURE = 548, 4
CURVES = {-7: ("sha256", 32), -35: ("sha384", 48), -36: ("sha512", 66)}


def write(path, version):
    parts = [(1, b"kern"), (2, b"cmd"), (5, METADATA), (3, b"rd1"), (3, b"rd2")]
    if version < 4:
        del parts[2]
    offsets, body = [], b""
    for kind, data in parts:
        offsets.append(HEADER + len(body))
        body += struct.pack(">HHQ", kind, 0, len(data)) + data
    sizes = [len(data) for _, data in parts]
    rest = [0] * (32 - len(parts))
    head = struct.pack(">4sHHQQHH64QI", b".eif", version, 0, 1 << 30, 2, 0, len(parts),
                       *offsets, *rest, *sizes, *rest, 0)
    crc = zlib.crc32(body, zlib.crc32(head))
    pathlib.Path(path).write_bytes(head + struct.pack(">I", crc) + body)


def sections(data):
    at = HEADER
    while at < len(data):
        kind, _, size = struct.unpack_from(">HHQ", data, at)
        yield kind, at, data[at + 12:at + 12 + size]
        at += 12 + size


def cbor(data, at=0):
    """One item and where the next begins: what of CBOR a signature needs."""
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if info >= 24:
        width = 1 << (info - 24)
        info = int.from_bytes(data[at:at + width], "big")
        at += width
    if major < 2:
        return (info if major == 0 else -1 - info), at
    if major < 4:
        return (bytes(data[at:at + info]) if major == 2 else data[at:at + info].decode()), at + info
    items = []
    for _ in range(info * (major - 3)):
        item, at = cbor(data, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


def string(major, text):
    head = bytes([major << 5 | len(text)]) if len(text) < 24 else bytes([major << 5 | 24, len(text)])
    return head + text


def der(raw):
    def number(n):
        out = n.to_bytes(n.bit_length() // 8 + 1, "big")
        return b"\x02" + bytes([len(out)]) + out

    half = len(raw) // 2
    body = b"".join(number(int.from_bytes(part, "big")) for part in (raw[:half], raw[half:]))
    return b"\x30" + (b"\x81" if len(body) > 127 else b"") + bytes([len(body)]) + body


def check(path, certificate):
    data = pathlib.Path(path).read_bytes()
    parts = list(sections(data))
    assert zlib.crc32(data[HEADER:], zlib.crc32(data[:544])) == struct.unpack_from(">I", data, 544)[0]
    assert parts[-1][0] == SIGNATURE
    outer, end = cbor(parts[-1][2])
    assert end == len(parts[-1][2]) and list(outer[0]) == ["signing_certificate", "signature"]
    assert bytes(outer[0]["signing_certificate"]) == pathlib.Path(certificate).read_bytes()
    cose = bytes(outer[0]["signature"])
    (protected, unprotected, payload, signature), end = cbor(cose)
    assert end == len(cose) and unprotected == {}
    header, _ = cbor(protected)
    name, order = CURVES[header[1]]
    assert list(header) == [1] and len(signature) == 2 * order
    measured = hashlib.sha384(b"".join(d for k, _, d in parts if k in (1, 2, 3))).digest()
    pcr0 = hashlib.sha384(bytes(48) + measured).digest()
    what, _ = cbor(payload)
    assert what == {"register_index": 0, "register_value": list(pcr0)}
    assert list(what) == ["register_index", "register_value"]
    pathlib.Path("signed").write_bytes(b"\x84" + string(3, b"Signature1") + string(2, protected) +
                                       b"\x40" + string(2, payload))
    pathlib.Path("signature").write_bytes(der(signature))
    key = subprocess.run(["openssl", "x509", "-in", certificate, "-pubkey", "-noout"], check=True,
                         capture_output=True).stdout
    pathlib.Path("public").write_bytes(key)
    out = subprocess.run(["openssl", "dgst", "-" + name, "-verify", "public", "-signature",
                          "signature", "signed"], capture_output=True, text=True)
    print(name, out.stdout.strip())


def table(path):
    data = pathlib.Path(path).read_bytes()
    count, = struct.unpack_from(">H", data, 0x1a)
    offsets = struct.unpack_from(">32Q", data, 0x1c)
    sizes = struct.unpack_from(">32Q", data, 0x11c)
    parts = list(sections(data))
    right = [at for _, at, _ in parts] == list(offsets[:count]) and \
        [len(d) for _, _, d in parts] == list(sizes[:count]) and \
        not any(offsets[count:] + sizes[count:])
    print(count, "sections, types", *(kind for kind, _, _ in parts),
          "with the right tables" if right else "with wrong tables")


def same(a, b):
    """The header without count, tables and CRC; every section but the signature."""
    one, other = (pathlib.Path(path).read_bytes() for path in (a, b))
    fixed = one[:0x1a] == other[:0x1a] and one[0x21c:0x220] == other[0x21c:0x220]
    kept = [[(k, d) for k, _, d in sections(data) if k != SIGNATURE] for data in (one, other)]
    print("all else is the same" if fixed and kept[0] == kept[1] else "something else differs")


if __name__ == "__main__":
    verb, args = sys.argv[1], sys.argv[2:]
    if verb == "image":
        write(args[0], int(args[1]) if len(args) > 1 else 4)
    else:
        {"check": check, "table": table, "same": same}[verb](*args)
