# SPDX-License-Identifier: Apache-2.0
"""Linux kernels of some hundred bytes: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON`.

    k = Kernel(stamp="#2 SMP Fri Jan  2 00:00:00 UTC 1970")
    k.vmlinux(), k.bzimage(), k.arm64()
"""
import lzma
import struct
import zlib


def le(value, width):
    return value.to_bytes(width, "little")


def align(data, unit):
    return data + bytes(-len(data) % unit)


def gzip(data):
    """Stored, so that no version of zlib gives other bytes."""
    deflate = zlib.compressobj(0, zlib.DEFLATED, -15)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + deflate.compress(data) + deflate.flush() + \
        le(zlib.crc32(data), 4) + le(len(data), 4)


def newc(name, data=b"", mode=0o100644, mtime=0):
    fields = (0, mode, 0, 0, 1, mtime, len(data), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + b"".join(b"%08X" % v for v in fields)
    return align(head + name.encode() + b"\0", 4) + align(data, 4)


def initramfs(mtime=0):
    """The one that a kernel has when it is given none."""
    return align(newc("dev", mode=0o040755, mtime=mtime) + newc("TRAILER!!!"), 512)


class Kernel:
    def __init__(self, release="6.1.0", builder="root@build", config="CONFIG_64BIT=y\n",
                 stamp="#1 SMP Thu Jan  1 00:00:00 UTC 1970", mtime=0, code=b"code of it"):
        self.release, self.builder, self.stamp = release, builder, stamp
        self.config, self.mtime, self.code = config, mtime, code
        self.tools = "gcc (Debian 12.2.0) 12.2.0, GNU ld (GNU Binutils) 2.40"

    def rodata(self):
        banner = f"Linux version {self.release} ({self.builder}) ({self.tools}) {self.stamp}\n\0"
        proc = f"%s version %s ({self.builder}) ({self.tools}) %s\n\0"
        config = gzip(self.config.encode())
        text = b"read only:" + banner.encode().ljust(256, b"\0") + proc.encode().ljust(256, b"\0")
        return align(text + b"IKCFG_ST" + config + b"IKCFG_ED", 64)

    def data(self):
        names = ("Linux", "(none)", self.release, self.stamp, "x86_64", "(none)")
        uts = b"".join(name.encode().ljust(65, b"\0") for name in names)
        archive = initramfs(self.mtime)
        return align(align(b"data:", 8) + uts, 8) + archive + le(len(archive), 8) + b"behind"

    def vmlinux(self):
        names = b"\0.text\0.rodata\0.init.data\0.shstrtab\0"
        start = 64 + 56
        code = align(self.code, 8)
        rodata, data = self.rodata(), self.data()
        at = [start, start + len(code), start + len(code) + len(rodata)]
        body = code + rodata + data
        strings = start + len(body)
        table = strings + len(align(names, 8))
        head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0x1000000, 64,
                                                         table, 0, 64, 56, 1, 64, 5, 4)
        loaded = struct.pack("<IIQQQQQQ", 1, 5, start, 0xffffffff81000000, 0, len(body),
                             len(body), 4096)
        sections = bytes(64)
        for name, kind, off, size in ((b".text", 1, at[0], len(self.code)),
                                      (b".rodata", 1, at[1], len(rodata)),
                                      (b".init.data", 1, at[2], len(data)),
                                      (b".shstrtab", 3, strings, len(names))):
            sections += struct.pack("<IIQQQQIIQQ", names.index(name), kind, 0, 0, off, size, 0, 0,
                                    1, 0)
        return head + loaded + body + align(names, 8) + sections + b"relocations."

    def bzimage(self, pack="gzip"):
        kernel = self.vmlinux()
        if pack == "gzip":
            payload = gzip(kernel)
        else:
            payload = lzma.compress(kernel, check=lzma.CHECK_CRC32) + le(len(kernel), 4)
        setup = bytearray(1024)
        for at, width, value in ((0x1f1, 1, 1), (0x1fe, 2, 0xaa55), (0x200, 2, 0x6aeb),
                                 (0x206, 2, 0x20f), (0x20e, 2, 0x80), (0x211, 1, 1),
                                 (0x248, 4, 16), (0x24c, 4, len(payload)), (0x260, 4, 0x400000)):
            setup[at:at + width] = le(value, width)
        setup[0x202:0x206] = b"HdrS"
        line = f"{self.release} ({self.builder}) {self.stamp}\0".encode()
        setup[0x280:0x280 + len(line)] = line
        code = align(b"decompressor ..." + payload + b"more of it" + bytes(4), 16)
        setup[0x1f4:0x1f8] = le(len(code) // 16, 4)
        image = bytes(setup) + code[:-4]
        return image + le(~zlib.crc32(image) & 0xffffffff, 4)

    def arm64(self):
        body = align(self.code, 64) + self.rodata() + self.data()
        return struct.pack("<IIQQQQQQ", 0xd503201f, 0x14400000, 0, 65536, 0xa, 0, 0, 0) + \
            b"ARM\x64" + le(0, 4) + body

    def zboot(self):
        payload = gzip(self.arm64())
        return b"MZ\0\0zimg" + le(64, 4) + le(len(payload), 4) + bytes(8) + \
            b"gzip".ljust(32, b"\0") + le(0x818223cd, 4) + bytes(4) + payload + b"stub"


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)
