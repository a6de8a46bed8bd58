# SPDX-License-Identifier: Apache-2.0
# Sections by their roles, ramdisks gone into; a compressed one, and several in a row.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
import gzip
from eifs import *

write("a.eif", usual())
row = bootstrap() + customer()
packed = gzip.compress(customer(), mtime=0)
write("b.eif", sections((KERNEL, b"k"), (CMDLINE, b"c"), (METADATA, JSON), (RAMDISK, packed),
                        (RAMDISK, row), (RAMDISK, bootstrap() + packed)))
END
for x in a b; do
	echo "$x:"
	status "$HASHOSCOPE" ls $x.eif
done
status "$HASHOSCOPE" cat a.eif 'ramdisk[2]!rootfs/etc/hosts'
status "$HASHOSCOPE" cat b.eif 'ramdisk[1]!rootfs/etc/hosts'
status "$HASHOSCOPE" cat a.eif cmdline
