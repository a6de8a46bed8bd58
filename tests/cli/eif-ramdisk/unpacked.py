# SPDX-License-Identifier: Apache-2.0
"""unpacked.py ROOTFS TAR: what docker create adds to a folder, and docker export writes of it."""
import os
import stat
import sys
import tarfile

MADE = (("dev/pts", "dir"), ("dev/shm", "dir"), ("proc", "dir"), ("sys", "dir"),
        (".dockerenv", "file"), ("etc/resolv.conf", "file"), ("etc/hosts", "file"),
        ("etc/hostname", "file"), ("dev/console", "file"), ("etc/mtab", "link"))


def make(root, path, kind):
    whole = root
    for part in path.split("/"):
        whole = os.path.join(whole, part)
        if os.path.lexists(whole) and (os.path.islink(whole) or not os.path.isdir(whole)):
            os.unlink(whole)
    if os.path.lexists(whole):
        return
    os.makedirs(whole if kind == "dir" else os.path.dirname(whole), 0o755, exist_ok=True)
    if kind == "link":
        os.symlink("/proc/mounts", whole)
    elif kind == "file":
        os.close(os.open(whole, os.O_CREAT | os.O_WRONLY, 0o755))


class Export:
    TYPES = ((stat.S_ISDIR, tarfile.DIRTYPE), (stat.S_ISLNK, tarfile.SYMTYPE),
             (stat.S_ISFIFO, tarfile.FIFOTYPE), (stat.S_ISCHR, tarfile.CHRTYPE),
             (stat.S_ISBLK, tarfile.BLKTYPE), (stat.S_ISREG, tarfile.REGTYPE))

    def __init__(self, out):
        self.out, self.seen = out, {}

    def info(self, path, name, st):
        info = tarfile.TarInfo(name)
        info.mode, info.uid, info.gid = stat.S_IMODE(st.st_mode), st.st_uid, st.st_gid
        info.mtime = st.st_mtime_ns // 10**9
        info.type = next(kind for test, kind in self.TYPES if test(st.st_mode))
        if info.type != tarfile.DIRTYPE and st.st_nlink > 1:
            first = self.seen.setdefault(st.st_ino, name)
            if first != name:
                info.type, info.linkname = tarfile.LNKTYPE, first
        if info.type == tarfile.SYMTYPE:
            info.linkname = os.readlink(path)
        if info.type == tarfile.REGTYPE:
            info.size = st.st_size
        return info

    def walk(self, folder, prefix):
        for name in sorted(map(os.fsencode, os.listdir(folder))):
            name = os.fsdecode(name)
            path = os.path.join(folder, name)
            info = self.info(path, prefix + name, os.lstat(path))
            if info.type == tarfile.REGTYPE:
                with open(path, "rb") as data:
                    self.out.addfile(info, data)
            else:
                self.out.addfile(info)
            if info.type == tarfile.DIRTYPE:
                self.walk(path, prefix + name + "/")


os.umask(0o022)
for path, kind in MADE:
    make(sys.argv[1], path, kind)
with tarfile.open(sys.argv[2], "w", format=tarfile.PAX_FORMAT) as out:
    Export(out).walk(sys.argv[1], "")
