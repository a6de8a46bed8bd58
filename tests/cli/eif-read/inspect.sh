# SPDX-License-Identifier: Apache-2.0
# What an image says of itself: an ordinary one, and one with all that can be odd.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from eifs import *

write("usual.eif", sections((KERNEL, b"kern"), (CMDLINE, b"cmd"), (METADATA, JSON), (RAMDISK, b"rd")))
write("odd.eif", sections((RAMDISK, b"first"), b"gap of sixteen b", (KERNEL, b"kern", 7, 4),
                          (KERNEL, b"more"), (SIGNATURE, b"s"), (99, b"?"), (RAMDISK, b"cut", 0, 1 << 62),
                          version=2, flags=0x241, reserved=1, unused=2, count=3, crc=0))
END
status "$HASHOSCOPE" inspect usual.eif
status "$HASHOSCOPE" inspect odd.eif
