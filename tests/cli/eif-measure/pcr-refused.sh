# SPDX-License-Identifier: Apache-2.0
# One thing at a time, and nothing is printed of what is not in order.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("u.eif")
usual("crc.eif", crc=0)
usual("type.eif", (6, b""))
usual("meta.eif", meta=b"[]")
usual("cbor.eif", (SIGNATURE, b"\x80"))
END
mkdir folder
: >empty
echo text >text.pem
printf '%s\n' '-----BEGIN CERTIFICATE-----' AAAA '-----END CERTIFICATE-----' >bad.pem
status "$HASHOSCOPE" eif pcr 2>&1
status "$HASHOSCOPE" eif pcr u.eif --input u.eif 2>&1
status "$HASHOSCOPE" eif pcr --input u.eif --lenient 2>&1
status "$HASHOSCOPE" eif pcr --role-arn "" 2>&1
status "$HASHOSCOPE" eif pcr folder 2>&1
status "$HASHOSCOPE" eif pcr absent.eif 2>&1
status "$HASHOSCOPE" eif pcr u.eif@x 2>&1
status "$HASHOSCOPE" eif pcr empty 2>&1
status "$HASHOSCOPE" eif pcr --certificate text.pem 2>&1
status "$HASHOSCOPE" eif pcr --certificate bad.pem 2>&1
status "$HASHOSCOPE" eif pcr --input folder 2>&1
for file in crc type meta cbor; do
	status "$HASHOSCOPE" eif pcr $file.eif 2>&1
	"$HASHOSCOPE" eif pcr --lenient $file.eif >out 2>&1
	echo "exit $?"
	grep hashoscope out
done
status "$HASHOSCOPE" eif pcr --timeout 0.000000001 u.eif 2>&1
"$HASHOSCOPE" eif pcr u.eif >/dev/full
echo "exit $?"
