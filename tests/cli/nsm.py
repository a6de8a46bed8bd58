# SPDX-License-Identifier: Apache-2.0
"""A security module for cases, on a UNIX socket in place of /dev/nsm.

python -m nsm pki DIR                     root.pem, and the keys and certificates below it, by openssl
python -m nsm run SOCKET DIR COMMAND...   the module, while the command runs; ends as that does

It speaks CBOR, each message behind its length in 4 bytes, and signs documents with DIR's leaf.
What is in DIR/pcrs.json (as eif pcr prints it) are its PCRs; PCR3, PCR4 and PCR8 too, and 0 to 15
are locked. DIR/answer, if it is there, is the answer to everything.
"""
import contextlib
import hashlib
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import threading
import time

MODULE = "i-1234567890abcdef0-enc0123456789abcdef"
# (name, subject, issuer, extensions) from the root down.
CHAIN = [
    ("root", "/CN=test.nitro-enclaves", "root",
     "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature,keyCertSign,cRLSign"),
    ("regional", "/CN=0123456789abcdef.us-east-1.aws.nitro-enclaves", "root",
     "basicConstraints=critical,CA:TRUE,pathlen:2\n"
     "keyUsage=critical,digitalSignature,keyCertSign,cRLSign"),
    ("zonal", "/CN=0123.zonal.us-east-1.aws.nitro-enclaves", "regional",
     "basicConstraints=critical,CA:TRUE,pathlen:1\n"
     "keyUsage=critical,digitalSignature,keyCertSign,cRLSign"),
    ("instance", "/CN=i-1234567890abcdef0.us-east-1.aws.nitro-enclaves", "zonal",
     "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign"),
    ("leaf", f"/CN={MODULE}.us-east-1.aws", "instance",
     "basicConstraints=critical,CA:FALSE\nkeyUsage=digitalSignature,nonRepudiation"),
]


def openssl(*words, **more):
    out = subprocess.run(["openssl", *map(str, words)], capture_output=True, **more)
    if out.returncode:
        sys.exit(out.stderr.decode(errors="replace"))
    return out.stdout


def make_pki(folder):
    folder.mkdir()
    (folder / "none.cnf").write_text("[req]\ndistinguished_name=name\n[name]\n")
    for name, subject, issuer, extensions in CHAIN:
        key, request, made = (folder / (name + end) for end in (".key", ".csr", ".pem"))
        openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", key)
        openssl("req", "-new", "-key", key, "-subj", subject, "-config", folder / "none.cnf",
                "-out", request)
        (folder / "ext").write_text(extensions + "\n")
        signer = (["-signkey", key] if issuer == name else
                  ["-CA", folder / (issuer + ".pem"), "-CAkey", folder / (issuer + ".key"),
                   "-CAcreateserial"])
        openssl("x509", "-req", "-in", request, *signer, "-days", "1", "-sha384", "-extfile",
                folder / "ext", "-out", made)
        openssl("x509", "-in", made, "-outform", "DER", "-out", folder / (name + ".der"))


# ---- CBOR, as much of it as the module speaks ----

def head(major, n):
    for i, (width, form) in enumerate(((0, ""), (1, "B"), (2, ">H"), (4, ">I"), (8, ">Q"))):
        if i == 0 and n < 24:
            return bytes([major << 5 | n])
        if i and n < 1 << 8 * width:
            return bytes([major << 5 | 23 + i]) + struct.pack(form, n)
    raise ValueError(n)


def encode(value):
    if value is None or isinstance(value, bool):
        return bytes([{None: 0xf6, True: 0xf5, False: 0xf4}[value]])
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value)) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    return head(5, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())


def decode(data):
    """The first item, and what is behind it."""
    major, n, data = data[0] >> 5, data[0] & 31, data[1:]
    if major == 7:
        return {22: None, 21: True, 20: False}[n], data
    if n >= 24:
        width = 1 << n - 24
        n, data = int.from_bytes(data[:width], "big"), data[width:]
    if major == 0:
        return n, data
    if major in (2, 3):
        return (data[:n] if major == 2 else data[:n].decode()), data[n:]
    items = []
    for _ in range(n * (2 if major == 5 else 1)):
        item, data = decode(data)
        items.append(item)
    return (dict(zip(items[::2], items[1::2])) if major == 5 else items), data


# ---- The module ----

class Module:
    def __init__(self, folder):
        self.folder = folder
        self.own = {i: bytes(48) for i in range(16, 32)}
        self.locked = set(range(16))

    def pcr(self, i):
        if i in self.own:
            return self.own[i]
        path = self.folder / "pcrs.json"
        made = json.loads(path.read_text()) if path.exists() else {}
        return bytes.fromhex(made.get("Measurements", made).get(f"PCR{i}", "00" * 48))

    def sign(self, payload):
        protected = b"\xa1\x01\x38\x22"
        signed = encode(["Signature1", protected, b"", payload])
        der = openssl("dgst", "-sha384", "-sign", self.folder / "leaf.key", input=signed)
        # SEQUENCE of two INTEGERs, each short enough for a length of one byte.
        r = der[4:4 + der[3]]
        s = der[6 + der[3]:]
        raw = b"".join(int.from_bytes(x, "big").to_bytes(48, "big") for x in (r, s))
        return encode([protected, {}, payload, raw])

    def attest(self, asked):
        der = [(self.folder / (name + ".der")).read_bytes() for name, *_ in CHAIN]
        fields = {
            "module_id": MODULE, "digest": "SHA384", "timestamp": int(time.time() * 1000),
            "pcrs": {i: self.pcr(i) for i in sorted(self.locked)},
            "certificate": der[-1], "cabundle": der[:-1],
            "public_key": asked["public_key"], "user_data": asked["user_data"],
            "nonce": asked["nonce"],
        }
        # No length, as of 2025.
        payload = b"\xbf" + b"".join(encode(k) + encode(v) for k, v in fields.items()) + b"\xff"
        return {"Attestation": {"document": self.sign(payload)}}

    def answer(self, request):
        name, fields = (request, {}) if isinstance(request, str) else next(iter(request.items()))
        index = fields.get("index", 16)
        if name == "DescribeNSM":
            return {name: {"version_major": 1, "version_minor": 0, "version_patch": 0,
                           "module_id": MODULE, "max_pcrs": 32, "locked_pcrs": sorted(self.locked),
                           "digest": "SHA384"}}
        if name == "GetRandom":
            return {name: {"random": bytes(range(256))}}
        if name == "Attestation":
            return self.attest(fields)
        if index > 31:
            return {"Error": "InvalidIndex"}
        if name == "DescribePCR":
            return {name: {"lock": index in self.locked, "data": self.pcr(index)}}
        if name == "LockPCRs":
            self.locked.update(range(fields["range"]))
            return name
        if index in self.locked:
            return {"Error": "ReadOnlyIndex"}
        if name == "ExtendPCR":
            self.own[index] = hashlib.sha384(self.own[index] + fields["data"]).digest()
            return {name: {"data": self.own[index]}}
        if name == "LockPCR":
            self.locked.add(index)
            return name
        return {"Error": "InvalidOperation"}

    def reply(self, request):
        fixed = self.folder / "answer"
        if fixed.exists():
            return fixed.read_bytes()
        decoded, rest = decode(request)
        return encode({"Error": "InvalidArgument"} if rest else self.answer(decoded))


def serve(listening, module):
    while True:
        # Whoever does not like the answer hangs up.
        with listening.accept()[0] as c, contextlib.suppress(ConnectionError):
            stream = c.makefile("rb")
            while len(size := stream.read(4)) == 4:
                reply = module.reply(stream.read(*struct.unpack(">I", size)))
                c.sendall(struct.pack(">I", len(reply)) + reply)


def run(path, folder, command):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        threading.Thread(target=serve, args=(listening, Module(folder)), daemon=True).start()
        # The thread holds the socket; it ends with the process.
        status = subprocess.run(command).returncode
        sys.stdout.flush()
        os._exit(status)


def main(what, *words):
    if what == "pki":
        return make_pki(pathlib.Path(words[0]))
    return run(words[0], pathlib.Path(words[1]), words[2:])


if __name__ == "__main__":
    main(*sys.argv[1:])
