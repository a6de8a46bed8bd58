# SPDX-License-Identifier: Apache-2.0
# One document as text of each kind, beside itself and beside another.
. "$HS_LIB"
need_shared vectors/attestation
cp "${shared:?}/2024-09-07_us-east-1_DEBUG_3x1024.cbor" debug
"$HS_PYTHON" - "${shared:?}/2024-09-07_us-east-1_prod_3x1024.cbor" <<'END'
import base64
import sys
data = open(sys.argv[1], "rb").read()


def write(name, text):
    open(name, "wb").write(text)


write("prod", data)
write("b64", base64.b64encode(data))
write("lines", base64.encodebytes(data))
write("hex", data.hex().upper().encode() + b"\n")
write("pem", b"-----BEGIN DOCUMENT-----\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n") +
      b"-----END DOCUMENT-----\r\n")
write("spread", b" ".join(base64.encodebytes(data).split(b"\n")))
END
for x in b64 lines hex pem spread; do
	echo "prod and $x:"
	status "$HASHOSCOPE" prod $x
done
echo "hex and pem:"
status "$HASHOSCOPE" hex pem
echo "b64 and spread:"
status "$HASHOSCOPE" b64 spread 2>&1 | head -20
echo "debug and pem:"
status "$HASHOSCOPE" debug pem
