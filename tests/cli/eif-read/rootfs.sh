# SPDX-License-Identifier: Apache-2.0
# What the enclave runs as one tar: of a name that comes twice the last, at any compression.
. "$HS_LIB"
need tar
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
import gzip
import lzma
from eifs import *

def image(path, *ramdisks):
    write(path, sections((KERNEL, b"k"), (CMDLINE, b"c"), (METADATA, JSON),
                         *[(RAMDISK, r) for r in ramdisks]))

image("usual.eif", bootstrap(), customer())
image("packed.eif", gzip.compress(bootstrap(), mtime=0), lzma.compress(customer()))
image("row.eif", bootstrap() + gzip.compress(customer(), mtime=0))
image("between.eif", gzip.compress(bootstrap(), mtime=0) + bytes(4) + customer() +
      lzma.compress(cpio(member(b"rootfs/last", b"z")), lzma.FORMAT_ALONE))
image("over.eif", customer(), cpio(member(b"./rootfs/app", b"over\n", 0o100700, mtime=7),
                                   member(b"/rootfs/more", b"", 0o10600)))
image("links.eif", cpio(member(b"rootfs/a", b"", ino=9, nlink=3), member(b"rootfs/b", b"", ino=9, nlink=3),
                        member(b"outside", b"data", ino=9, nlink=3), member(b"rootfs/d/c", b"own")))
image("dev.eif", cpio(member(b"rootfs", mode=0o40711), member(b"rootfs/x", b"y", mtime=0xffffffff)))
image("cut.eif", customer()[:-700])
image("bad.eif", bootstrap(), b"no cpio at all")
image("up.eif", cpio(member(b"rootfs/../x", b"")))
image("below.eif", cpio(member(b"rootfs/f", b""), member(b"rootfs/f/g", b"")))
END
for x in usual packed row between over links dev; do
	echo "$x:"
	status "$HASHOSCOPE" eif extract --rootfs $x.eif $x
	ls $x
	tar --numeric-owner -tvf $x/rootfs.tar
done
cmp usual/rootfs.tar packed/rootfs.tar
cmp usual/rootfs.tar row/rootfs.tar
tar -xOf over/rootfs.tar app
tar -xOf links/rootfs.tar a
status "$HASHOSCOPE" usual/rootfs.tar packed/rootfs.tar
echo "refused:"
for x in cut bad up below; do
	status "$HASHOSCOPE" eif extract --rootfs $x.eif $x 2>&1
	[ ! -e $x ] || echo "left: $x"
done
