# SPDX-License-Identifier: Apache-2.0
"""Enclave images by hand: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON`."""
import hashlib
import struct
import zlib

KERNEL, CMDLINE, RAMDISK, SIGNATURE, METADATA = 1, 2, 3, 4, 5
JSON = (b'{"ImageName":"img","ImageVersion":"1.0","BuildMetadata":{"BuildTime":'
        b'"1970-01-01T00:00:00+00:00","BuildTool":"t","BuildToolVersion":"0",'
        b'"OperatingSystem":"Linux","KernelVersion":"4.14.256"},"DockerInfo":null,'
        b'"CustomMetadata":null}')


def member(name, data=b"", mode=0o100644, ino=721, nlink=1, mtime=1492533000):
    """One of a newc archive."""
    head = b"070701" + b"".join(b"%08x" % f for f in (
        ino, mode, 0, 0, nlink, mtime, len(data), 3, 1, 0, 0, len(name) + 1, 0))
    out = head + name + b"\0"
    out += bytes(-len(out) % 4) + data
    return out + bytes(-len(data) % 4)


def cpio(*members):
    out = b"".join(members) + member(b"TRAILER!!!", mode=0, mtime=0)
    return out + bytes(-len(out) % 512)


def sections(*parts, version=4, flags=0, memory=1 << 30, cpus=2, reserved=0, unused=0,
             count=None, offsets=None, sizes=None, crc=None, magic=b".eif"):
    """An image of pairs (type, data), (type, data, flags, claimed size), and gaps, which are bytes."""
    body, places, lengths = b"", [], []
    for part in parts:
        if isinstance(part, bytes):
            body += part
            continue
        kind, data, own, claimed = (part + (0, len(part[1])))[:2] + (
            (part[2], part[3]) if len(part) > 2 else (0, len(part[1])))
        places.append(548 + len(body))
        lengths.append(claimed)
        body += struct.pack(">HHQ", kind, own, claimed) + data
    n = len(places) if count is None else count
    places = (offsets or places)[:32]
    lengths = (sizes or lengths)[:32]
    head = struct.pack(">4sHHQQHH", magic, version, flags, memory, cpus, reserved, n)
    head += b"".join(struct.pack(">32Q", *(t + [0] * (32 - len(t)))) for t in (places, lengths))
    head += struct.pack(">I", unused)
    if crc is None:
        crc = zlib.crc32(body, zlib.crc32(head))
    return head + struct.pack(">I", crc) + body


def bootstrap():
    return cpio(member(b"dev", mode=0o40755), member(b"init", b"init", 0o100755),
                member(b"nsm.ko", b"module", 0o100755))


def customer(host="localhost"):
    return cpio(member(b"rootfs", mode=0o40755), member(b"rootfs/etc/", mode=0o40755),
                member(b"rootfs/etc/hosts", b"127.0.0.1 " + host.encode() + b"\n"),
                member(b"rootfs/tmp/", mode=0o41777, mtime=5),
                member(b"rootfs/app", b"#!/bin/sh\n", 0o104755),
                member(b"rootfs/sh", b"app", 0o120777),
                member(b"rootfs", mode=0o40755), member(b"rootfs/tmp", mode=0o40755),
                member(b"cmd", b"/app\n"), member(b"env", b"PATH=/bin\n"))


def usual(host="localhost", cmdline=b"reboot=k panic=30", metadata=JSON, **header):
    return sections((KERNEL, b"kernel"), (CMDLINE, cmdline), (METADATA, metadata),
                    (RAMDISK, bootstrap()), (RAMDISK, customer(host)), **header)


def pcr(*data, algo="sha384"):
    """H(Z, H(data))."""
    inner = hashlib.new(algo, b"".join(data)).digest()
    return hashlib.new(algo, bytes(len(inner)) + inner).hexdigest()


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)
