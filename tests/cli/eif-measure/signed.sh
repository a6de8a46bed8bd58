# SPDX-License-Identifier: Apache-2.0
# A signature: who made it, whether it is genuine, and whether it covers what was measured.
. "$HS_LIB"
need openssl
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("u.eif")
END
for name in one two; do
	openssl ecparam -name secp384r1 -genkey -noout -out $name.key
	openssl req -new -x509 -key $name.key -out $name.pem -days 9 -utf8 \
		-subj "/C=US/O=Exämple, Inc/CN=$name \"q\"" 2>openssl.err || cat openssl.err
done
"$HASHOSCOPE" eif sign u.eif --certificate one.pem --private-key one.key -o s.eif >measured
"$HASHOSCOPE" eif pcr s.eif | cmp - measured
"$HASHOSCOPE" eif pcr --certificate one.pem >pcr8
[ "$(grep PCR8 measured)" = "  $(grep PCR8 pcr8)" ] || cat measured pcr8
"$HASHOSCOPE" eif describe s.eif | sed -n '/^Signature/,/^ *issuer/p'
"$HASHOSCOPE" eif describe -o nitro s.eif |
	sed 's/\("Not[^:]*": "\|"Signature": "\|"PCR8": "\)[^"]*/\1.../'
# The kernel changes: still genuine, of another PCR0.
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
import struct, zlib
d = bytearray(open("s.eif", "rb").read())
def save(name):
    d[544:548] = struct.pack(">I", zlib.crc32(d[548:], zlib.crc32(d[:544])))
    open(name, "wb").write(d)
d[560] ^= 1
save("changed.eif")
d[-1] ^= 1
save("forged.eif")
END
for file in changed forged; do
	"$HASHOSCOPE" eif describe $file.eif | grep -E "made with|covers"
	"$HASHOSCOPE" eif describe -o nitro $file.eif 2>&1 | grep -E "Check|hashoscope"
	"$HASHOSCOPE" eif describe -o json $file.eif >$file.json
	"$HS_PYTHON" -c 'import json, sys
m = json.load(open(sys.argv[1]))["signature"]["message"]
print(m["algorithm"], m["genuine"], m["covers_pcr0"], m["why"])' $file.json
done
