# SPDX-License-Identifier: Apache-2.0
# Signed on the way: PCR8 is that of the certificate, and the section stands at the end.
. "$HS_LIB"
need openssl
openssl ecparam -name secp384r1 -genkey -noout -out key.pem 2>/dev/null
openssl req -new -x509 -key key.pem -out cert.pem -days 3650 -subj /CN=eif 2>/dev/null
openssl x509 -in cert.pem -outform der -out cert.der
printf kernel >kernel
printf ramdisk >ramdisk
make() {
	"$HASHOSCOPE" eif assemble --kernel kernel --cmdline c --ramdisk ramdisk --certificate cert.pem \
		--private-key key.pem "$@"
}
make --deterministic -o a.eif >a.json
make --deterministic -o b.eif >b.json
cmp a.eif b.eif
"$HASHOSCOPE" ls a.eif | grep -v '!'
"$HASHOSCOPE" eif extract a.eif apart
"$HASHOSCOPE" eif assemble --from apart -o c.eif >c.json
cmp a.eif c.eif
cmp a.json c.json
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
import json
from eifs import *

got = json.load(open("a.json"))
assert got["PCR8"] == pcr(open("cert.der", "rb").read()), got
assert got["PCR0"] == pcr(b"kernel", b"c", b"ramdisk")
END
status make --kernel-config nothing -o d.eif 2>&1
ls d.eif 2>&1
make --algo sha256 | "$HS_PYTHON" -c 'import json, sys; print(sorted(len(v) for v in json.load(sys.stdin).values()))'
printf broken >apart/signature
status "$HASHOSCOPE" eif assemble --from apart 2>&1 | grep -v 'PCR[012]'
