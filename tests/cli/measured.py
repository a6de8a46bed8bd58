# SPDX-License-Identifier: Apache-2.0
"""Enclave images and what they are made of, for `explain`.

    image("image.tar", {"app": (0o100755, b"run", 1600000000)})   a docker-archive of one layer
    enclave("file.eif", customer({"app": (0o100755, b"run", 1600000000)}))

`customer` is the ramdisk that linuxkit with AWS's patches makes of a file system; both are told
entry by entry, in the order of an export, each name without "rootfs/"."""
import io
import tarfile

from eifs import CMDLINE, JSON, KERNEL, METADATA, RAMDISK, member, sections
from images import dump, sha256

DIRECTORY, FILE, PROGRAM = 0o40755, 0o100644, 0o100755
DEFAULT = 1492533000
HOSTS = (b"127.0.0.1       localhost\n::1     localhost ip6-localhost ip6-loopback\n"
         b"fe00::0 ip6-localnet\nff00::0 ip6-mcastprefix\nff02::1 ip6-allnodes\n"
         b"ff02::2 ip6-allrouters\n")
# What Docker and linuxkit add, and what they make of it.
ADDED = {"dev/": (DIRECTORY, b"", DEFAULT), "dev/pts/": (DIRECTORY, b"", DEFAULT),
         "dev/shm/": (DIRECTORY, b"", DEFAULT), "etc/": (DIRECTORY, b"", DEFAULT),
         "etc/hosts": (PROGRAM, HOSTS, DEFAULT),
         "etc/mtab": (0o120777, b"/proc/mounts", DEFAULT),
         "etc/resolv.conf": (0o120755, b"/run/resolvconf/resolv.conf", DEFAULT),
         "proc/": (DIRECTORY, b"", DEFAULT), "sys/": (DIRECTORY, b"", DEFAULT)}
APP = {"app": (PROGRAM, b"run\n", 1600000000), "opt/": (DIRECTORY, b"", 1600000001),
       "opt/data": (FILE, b"data\n", 1600000002)}


def ramdisk(entries, first=721, step=1, fill=512):
    out, ino = b"", first
    for name, (mode, data, mtime) in entries:
        nlink = 2 if mode >> 12 == 4 else 1
        out += member(name.encode(), data, mode, ino, nlink, mtime)
        ino += step
    out += member(b"TRAILER!!!", b"", 0, ino, 1, 0)
    return out + bytes(-len(out) % fill)


def customer(files, order=lambda entries: entries, **options):
    root = [("rootfs", (DIRECTORY, b"", DEFAULT))]
    exported = sorted({**ADDED, **files}.items(), key=lambda e: e[0].strip("/").split("/"))
    entries = root + [("rootfs/" + name, what) for name, what in exported] + root
    entries += [("rootfs/" + name, (DIRECTORY, b"", DEFAULT))
                for name in ("dev", "run", "sys", "var", "proc", "tmp")]
    entries += [("cmd", (FILE, b"/app\n", DEFAULT)), ("env", (FILE, b"A=b\n", DEFAULT))]
    return ramdisk(order(entries), **options)


def bootstrap(init=b"init"):
    return ramdisk([("dev", (DIRECTORY, b"", DEFAULT)), ("init", (PROGRAM, init, DEFAULT)),
                    ("nsm.ko", (PROGRAM, b"module", DEFAULT))])


def enclave(path, last, kernel=b"kernel", cmdline=b"reboot=k panic=30", metadata=JSON,
            first=None, **options):
    first = bootstrap() if first is None else first
    with open(path, "wb") as f:
        f.write(sections((KERNEL, kernel), (CMDLINE, cmdline), (METADATA, metadata),
                         (RAMDISK, first), (RAMDISK, last), **options))


def add(tar, name, data, mode=FILE, mtime=0):
    info = tarfile.TarInfo(name)
    info.mode, info.mtime = mode & 0o7777, mtime
    if mode >> 12 == 4:
        info.type = tarfile.DIRTYPE
    else:
        info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def image(path, files):
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for name, (mode, data, mtime) in files.items():
            add(t, name, data, mode, mtime)
    layer = layer.getvalue()
    config = dump({"architecture": "amd64", "os": "linux",
                   "config": {"Cmd": ["/app"], "Env": ["A=b"]},
                   "rootfs": {"type": "layers", "diff_ids": [sha256(layer)]}})
    manifest = dump([{"Config": "config.json", "RepoTags": ["app:1"], "Layers": ["layer.tar"]}])
    with tarfile.open(path, "w") as t:
        for name, data in (("manifest.json", manifest), ("config.json", config),
                           ("layer.tar", layer)):
            add(t, name, data)
