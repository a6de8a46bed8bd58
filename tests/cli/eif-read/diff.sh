# SPDX-License-Identifier: Apache-2.0
# Two images: of other metadata and command line, and one file of the root file system.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from eifs import *

write("a.eif", usual())
write("b.eif", usual("other", b"reboot=k panic=31", JSON.replace(b"1970", b"2026"), memory=1 << 31))
write("header.eif", usual(cpus=4))
write("tables.eif", usual(sizes=[6, 17, 230, 512, 7]))
write("more.eif", sections((KERNEL, b"kernel"), (CMDLINE, b"reboot=k panic=30"), (METADATA, JSON),
                           (RAMDISK, bootstrap()), (RAMDISK, customer()), (RAMDISK, b"")))
write("gap.eif", usual() + b"behind all of it")
write("cut.eif", usual()[:-700])
write("short.eif", usual()[:500])
END
for x in a b header tables more gap cut short; do
	echo "a and $x:"
	status "$HASHOSCOPE" a.eif $x.eif 2>&1
done
