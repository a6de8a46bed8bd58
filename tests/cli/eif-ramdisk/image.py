# SPDX-License-Identifier: Apache-2.0
"""image.py FILE: a docker-archive of two layers with what a ramdisk treats in its own way."""
import io
import json
import hashlib
import sys
import tarfile


def entry(name, data=b"", kind=tarfile.REGTYPE, **more):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.mtime, info.mode = len(data), kind, 1600000000, 0o644
    for key, value in more.items():
        setattr(info, key, value)
    return info, data


def tar(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as t:
        for info, data in entries:
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


CAPABILITY = {"SCHILY.xattr.security.capability": "\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0"}
LAYERS = [tar([
    entry("bin/", kind=tarfile.DIRTYPE, mode=0o755),
    entry("bin/box", b"#!\n", mode=0o755),
    entry("bin/ls", kind=tarfile.LNKTYPE, linkname="bin/box"),
    entry("bin/su", b"su", mode=0o4755),
    entry("bin/ping", b"ping", mode=0o755, pax_headers=CAPABILITY),
    entry("etc/", kind=tarfile.DIRTYPE, mode=0o755),
    entry("etc/hosts", b"10.0.0.1 mine\n"),
    entry("etc-old", b"sorts behind etc/"),
    entry("gone", b"gone"),
    entry("pipe", kind=tarfile.FIFOTYPE),
    entry("tmp/", kind=tarfile.DIRTYPE, mode=0o1777),
]), tar([
    entry(".wh.gone"),
    entry("caf\u00e9/menu", b"soup\n", uid=1000, gid=1000),
    entry("run/lock", b""),
    entry("socket", kind=tarfile.SYMTYPE, linkname="run/s", mode=0o600),
])]
CONFIG = json.dumps({
    "architecture": "amd64", "os": "linux",
    "config": {"Cmd": ["ls", "-l"], "Entrypoint": ["/init"], "Env": ["PATH=/bin", "A=1\n2"],
               "User": "app", "WorkingDir": "/srv"},
    "rootfs": {"type": "layers",
               "diff_ids": ["sha256:" + hashlib.sha256(x).hexdigest() for x in LAYERS]},
}).encode()
MANIFEST = json.dumps([{"Config": "config.json", "RepoTags": ["app:1"],
                        "Layers": ["0/layer.tar", "1/layer.tar"]}]).encode()

with open(sys.argv[1], "wb") as out:
    out.write(tar([entry("0/layer.tar", LAYERS[0]), entry("1/layer.tar", LAYERS[1]),
                   entry("config.json", CONFIG), entry("manifest.json", MANIFEST)]))
