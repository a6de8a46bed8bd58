#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""image.py FOLDER: an image to make an enclave of, and blobs to make it with.

FOLDER/docker.tar and FOLDER/oci are one image of two layers, as docker save and as an OCI layout;
other.tar is a build of it that differs. arm64.tar and riscv64.tar are their like for other
machines, nothing.tar has no command, cut.tar a layer that is cut short, lying.tar one that its
configuration does not name.
FOLDER/blobs holds small stand-ins for nitro-cli's blobs."""
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

OCI = "application/vnd.oci.image."
DATE = 1600000000


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def dump(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def entry(name, data=b"", **more):
    item = tarfile.TarInfo(name)
    item.mtime, item.size, item.mode = DATE, len(data), 0o644
    for key, value in more.items():
        setattr(item, key, value)
    return item, data


def folder(name, **more):
    return entry(name, **{"type": tarfile.DIRTYPE, "mode": 0o755, **more})


def layer(*entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for item, data in entries:
            tar.addfile(item, io.BytesIO(data))
    return out.getvalue()


def layers():
    return [
        layer(folder("bin"), entry("bin/app", b"#!/bin/sh\necho enclave\n", mode=0o755),
              entry("bin/su", b"set user id\n", mode=0o4755),
              entry("bin/again", type=tarfile.LNKTYPE, linkname="bin/app"),
              folder("etc"), entry("etc/hosts", b"the image's own\n"),
              entry("etc/gone", b"the next layer takes it away\n"),
              folder("tmp", mode=0o1777), folder("var"),
              entry("var/pipe", type=tarfile.FIFOTYPE, mode=0o600)),
        layer(folder("etc"), entry("etc/.wh.gone"),
              entry("etc/größe", b"not ASCII\n", uid=1000, gid=1000),
              entry("etc/link", type=tarfile.SYMTYPE, linkname="größe", mode=0o777)),
    ]


def config(parts, arch, command):
    return dump({"architecture": arch, "os": "linux",
                 "config": {"Cmd": command, "Env": ["PATH=/bin", "GREETING=hello"]},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:" + sha256(x) for x in parts]}})


def docker(path, parts, document, tag="registry.example/app:1.0"):
    names = [f"{i}/layer.tar" for i in range(len(parts))]
    manifest = [{"Config": sha256(document) + ".json", "RepoTags": [tag], "Layers": names}]
    with open(path, "wb") as out:
        out.write(layer(entry("manifest.json", dump(manifest)),
                        entry(sha256(document) + ".json", document),
                        *(entry(n, x) for n, x in zip(names, parts))))


def layout(path, parts, document):
    blobs = {}

    def put(kind, data):
        blobs[sha256(data)] = data
        return {"mediaType": OCI + kind, "digest": "sha256:" + sha256(data), "size": len(data)}

    packed = [put("layer.v1.tar+gzip", gzip.compress(x, mtime=0)) for x in parts]
    manifest = put("manifest.v1+json", dump({
        "schemaVersion": 2, "mediaType": OCI + "manifest.v1+json",
        "config": put("config.v1+json", document), "layers": packed}))
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}',
             "index.json": dump({"schemaVersion": 2, "manifests": [manifest]})}
    files.update({f"blobs/sha256/{k}": v for k, v in blobs.items()})
    for name, data in files.items():
        write(os.path.join(path, name), data)


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)


def blobs(path):
    for arch, kernel in (("x86_64", "bzImage"), ("aarch64", "Image")):
        files = {kernel: b"kernel of " + arch.encode() + b"\n" * 1000,
                 kernel + ".config": f"#\n# made\n# Linux/{arch} 4.14.256 Kernel Configuration\n",
                 "cmdline": "reboot=k panic=30 pci=off console=ttyS0\n",
                 "init": f"init of {arch}\n", "nsm.ko": f"module of {arch}\n"}
        for name, data in files.items():
            write(os.path.join(path, arch, name), data if isinstance(data, bytes) else data.encode())


def main():
    out = sys.argv[1]
    parts = layers()
    amd64, arm64 = (config(parts, arch, ["/bin/app"]) for arch in ("amd64", "arm64"))
    os.makedirs(out, exist_ok=True)
    docker(os.path.join(out, "docker.tar"), parts, amd64)
    layout(os.path.join(out, "oci"), parts, amd64)
    docker(os.path.join(out, "arm64.tar"), parts, arm64)
    docker(os.path.join(out, "riscv64.tar"), parts, config(parts, "riscv64", ["/bin/app"]))
    docker(os.path.join(out, "nothing.tar"), parts, config(parts, "amd64", None))
    other = [parts[0], layer(entry("bin/app", b"#!/bin/sh\necho another\n", mode=0o755))]
    docker(os.path.join(out, "other.tar"), other, config(other, "amd64", ["/bin/app"]))
    cut = [parts[0][:1030], parts[1]]
    docker(os.path.join(out, "cut.tar"), cut, config(cut, "amd64", ["/bin/app"]))
    docker(os.path.join(out, "lying.tar"), parts[:1] * 2, amd64)
    blobs(os.path.join(out, "blobs"))


if __name__ == "__main__":
    main()
