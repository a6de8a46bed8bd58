# SPDX-License-Identifier: Apache-2.0
# A layout.json that nobody's eif extract has written.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END' >names
import json
import os
from eifs import *

good = {"version": 4, "flags": 0, "default_memory": 1, "default_cpus": 2, "reserved": 0, "unused": 0,
        "parts": [{"file": "kernel", "type": 1, "flags": 0}]}
texts = {
    "good": good, "no-version": {k: v for k, v in good.items() if k != "version"},
    "version": {**good, "version": 65536}, "minus": {**good, "flags": -1},
    "text": {**good, "default_memory": "12x"}, "large": {**good, "default_memory": "18446744073709551616"},
    "most": {**good, "default_memory": "18446744073709551615"},
    "magic": {**good, "magic": "2E656966"}, "crc": {**good, "crc": 5}, "sections": {**good, "sections": 65536},
    "offsets": {**good, "offsets": [1, 2]}, "sizes": {**good, "sizes": [True] * 32},
    "parts": {**good, "parts": {}}, "part": {**good, "parts": [7]},
    "up": {**good, "parts": [{"file": "../good/kernel"}]}, "dots": {**good, "parts": [{"file": ".."}]},
    "absent": {**good, "parts": [{"file": "ramdisk1", "type": 3, "flags": 0}]},
    "no-flags": {**good, "parts": [{"file": "kernel", "type": 3}]},
    "type": {**good, "parts": [{"file": "kernel", "type": "3x", "flags": 0}]},
    "many": {**good, "parts": [{"file": "kernel"}] * 8193}, "list": [], "raw": None,
}
for name, value in texts.items():
    os.mkdir(name)
    write(name + "/kernel", b"kernel")
    write(name + "/layout.json", b'{"a":1,\n"a":2}' if value is None else json.dumps(value).encode())
    print(name)
END
while read -r name; do
	printf '%s: ' "$name"
	status "$HASHOSCOPE" eif assemble --from "$name" -o "$name.eif" 2>&1 | grep -v -e HashAlgorithm -e PCR -e "^[{}]"
	[ ! -e "$name.eif" ] || echo "written"
done <names
status "$HASHOSCOPE" eif assemble --from nowhere 2>&1
mkdir none
status "$HASHOSCOPE" eif assemble --from none 2>&1
status "$HASHOSCOPE" eif assemble --from good --kernel good/kernel 2>&1
status "$HASHOSCOPE" eif assemble --from good --certificate x --private-key y 2>&1
status "$HASHOSCOPE" eif assemble --from good -o good/kernel 2>&1
cat good/kernel
