# SPDX-License-Identifier: Apache-2.0
# -o json is what its schema says, of good files and of bad ones.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("u.eif", meta=metadata('{"Size":1e20,"x\\"":["\\u001b\u202e"]}', '[0.1,-0,null]'))
usual("bad.eif", (SIGNATURE, b"\x80"), meta=b"[]", crc=1, after=b"tail")
eif("empty.eif")
END
for file in u bad empty; do
	"$HASHOSCOPE" eif describe -o json $file.eif >$file.json
	echo "exit $?"
	"$HASHOSCOPE" eif describe -o json -j 1 $file.eif | cmp - $file.json
done
cat u.json
"$HS_PYTHON" - <<'END'
import json
d = json.load(open("bad.json"))
print(d["result"], [p["code"] for p in d["problems"]])
print(d["measurements"]["PCR8"], d["metadata"], d["signature"], d["gaps"])
END
"$HS_PYTHON" "$HS_SOURCE/tests/report/validate.py" u.json bad.json empty.json >valid
case $? in
0 | 77) ;;
*) cat valid ;;
esac
"$HASHOSCOPE" schema eif | cmp - "$HS_SOURCE/docs/hashoscope-eif-1.0.schema.json"
