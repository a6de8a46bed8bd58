# SPDX-License-Identifier: Apache-2.0
# Files that no tool would write: taken apart and put together, they are what they were.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END' >names
import random
from eifs import *

usual_parts = ((KERNEL, b"kernel"), (CMDLINE, b"c"), (METADATA, JSON), (RAMDISK, b"r"))
files = {
    "usual": usual(),
    "empty": sections(),
    "version": usual(version=65535, flags=65535, reserved=65535, unused=2**32 - 1, magic=b"\0EIF"),
    "numbers": usual(memory=2**64 - 1, cpus=2**63, crc=0),
    "count": usual(count=65535),
    "offsets": usual(offsets=[2**64 - 1 - i for i in range(32)]),
    "sizes": usual(sizes=[2**63 + i for i in range(32)]),
    "swapped": usual(offsets=[566, 548]),
    "forty": sections(*[(RAMDISK, b"%d" % i) for i in range(40)]),
    "gaps": sections(*[x for p in usual_parts for x in (b"\xaa" * 16, p)], b"z" * 100),
    "small-gaps": sections(*[x for p in usual_parts for x in (b"\0", p)], b"\0"),
    "flags": sections((1, b"k", 65535, 1), (65535, b"??", 1, 2), (0, b"")),
    "cut": usual()[:-5],
    "claims": sections((KERNEL, b"k", 0, 2**64 - 1), (CMDLINE, b"c")),
    "head": usual()[:548],
    "trailing": usual() + bytes(11),
    "more": usual() + bytes(4096),
}
dice = random.Random(4)
for i in range(60):
    damaged = bytearray(usual())
    for _ in range(dice.randrange(1, 5)):
        damaged[dice.randrange(700 if i % 2 else len(damaged))] = dice.randrange(256)
    files["damaged%d" % i] = bytes(damaged)
for name, data in files.items():
    write(name + ".eif", data)
    print(name)
END
while read -r name; do
	"$HASHOSCOPE" eif extract --lenient "$name.eif" "$name" 2>/dev/null
	case $? in
	0 | 3) ;;
	*) echo "$name: not extracted" ;;
	esac
	"$HASHOSCOPE" eif assemble --from "$name" -o "$name.again" >/dev/null 2>err || cat err
	cmp "$name.eif" "$name.again" || echo "$name differs"
done <names
status "$HASHOSCOPE" eif assemble --from forty 2>&1
"$HS_PYTHON" -c 'import json; print(json.load(open("numbers/layout.json"))["default_memory"])'
