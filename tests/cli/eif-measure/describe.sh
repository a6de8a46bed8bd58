# SPDX-License-Identifier: Apache-2.0
# What people see of an image: nothing of it moves their cursor.
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("u.eif", meta=metadata('{"Id":"sha256:1","Size":1.5e3,"Tags":["a",{}]}',
                             '{"note":"\\u001b[2J \u202e é"}', '"a\\nb\\\\c"'))
eif("v2.eif", (KERNEL, b"k"), (CMDLINE, b"quiet \x1b[1m\0"), (RAMDISK, b"r"), version=2, flags=1)
END
"$HASHOSCOPE" eif describe u.eif
echo "exit $?"
"$HASHOSCOPE" eif describe -o text v2.eif
echo "exit $?"
"$HASHOSCOPE" eif describe - <v2.eif | head -n 1
