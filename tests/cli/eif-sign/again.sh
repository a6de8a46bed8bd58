# SPDX-License-Identifier: Apache-2.0
# Signing a second time replaces the signature, whatever its length, and leaves right tables; in
# place as well; and what AWS's tools leave behind is put right.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
signer small prime256v1
signer large secp521r1
cp u.eif it.eif
for name in small large small; do
	"$HASHOSCOPE" eif sign it.eif --certificate $name.pem --private-key $name.key \
		--deterministic -o it.eif >measurements
	"$HS_PYTHON" -m signing table it.eif
	"$HS_PYTHON" -m signing check it.eif $name.pem
	"$HS_PYTHON" -m signing same it.eif u.eif
done
"$HASHOSCOPE" eif sign u.eif --certificate small.pem --private-key small.key --deterministic \
	-o - 2>measurements | cmp - it.eif && echo 'no trace of the others'
sed 's/\("PCR8": "\)[0-9a-f]\{96\}"/\1of the certificate"/' measurements

# The size of the signature before, in the table.
"$HS_PYTHON" - <<'END'
import pathlib, struct, zlib
data = bytearray(pathlib.Path("it.eif").read_bytes())
size, = struct.unpack_from(">Q", data, 0x11c + 5 * 8)
struct.pack_into(">Q", data, 0x11c + 5 * 8, size - 3)
struct.pack_into(">I", data, 544, zlib.crc32(data[548:], zlib.crc32(data[:544])))
pathlib.Path("twice.eif").write_bytes(data)
END
"$HS_PYTHON" -m signing table twice.eif
status "$HASHOSCOPE" eif verify twice.eif | grep -v '^[a-zP]' | sed 's/[0-9][0-9]* bytes\|[0-9][0-9]* (/N (/g'
"$HASHOSCOPE" eif sign twice.eif --certificate small.pem --private-key small.key --deterministic \
	-o once.eif >measurements
cmp once.eif it.eif && echo 'put right'
