# SPDX-License-Identifier: Apache-2.0
# A byte of PCR0, one of a key, one of a length; and a document that is cut.
. "$HS_LIB"
need_shared vectors/attestation
"$HS_PYTHON" - "${shared:?}/2022-11-09_eu-west-1_prod_userdata_nonce.cbor" <<'END'
import sys
data = open(sys.argv[1], "rb").read()


def flip(name, at):
    open(name, "wb").write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])


open("document", "wb").write(data)
flip("pcr0", data.index(b"pcrs") + 10)
flip("key", data.index(b"pcrs"))
flip("length", 9)
open("cut", "wb").write(data[:4000])
END
for x in pcr0 key length cut; do
	echo "document and $x:"
	status "$HASHOSCOPE" document $x 2>&1 | sed '/^ *[-+ ][0-9a-f]\{8\}  /d'
done
