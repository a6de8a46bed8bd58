# SPDX-License-Identifier: Apache-2.0
# What was changed after it was signed, signed by another, or never.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
signer one prime256v1
signer two prime256v1
"$HASHOSCOPE" eif sign u.eif --certificate one.pem --private-key one.key -o s.eif >measurements
"$HASHOSCOPE" eif sign u.eif --certificate two.pem --private-key two.key -o t.eif >measurements
"$HS_PYTHON" - <<'END'
import pathlib, struct, sys, zlib
from signing import sections
s, t = (pathlib.Path(n).read_bytes() for n in ("s.eif", "t.eif"))


def put(name, data):
    data = data[:544] + struct.pack(">I", zlib.crc32(data[548:], zlib.crc32(data[:544]))) + data[548:]
    pathlib.Path(name).write_bytes(data)


put("image.eif", s.replace(b"rd2", b"rd3"))
put("metadata.eif", s.replace(b'"ImageName":"i"', b'"ImageName":"j"'))
put("broken.eif", s.replace(b'"ImageName":"i"', b'"ImageName":i  '))
put("last.eif", s[:-1] + bytes([s[-1] ^ 1]))
put("pem.eif", s.replace(b"\x18\x4d\x18\x49\x18\x49", b"\x18\x4d\x18\x49\x18\x50"))
put("cbor.eif", s.replace(b"\x81\xa2\x73signing", b"\x81\xa1\x73signing"))
# The other's message behind this certificate.
(_, at, one), (_, _, two) = list(sections(s))[-1], list(sections(t))[-1]
cut = one.index(b"\x69signature")
data = one[:cut] + two[two.index(b"\x69signature"):]
mixed = s[:at] + struct.pack(">HHQ", 4, 0, len(data)) + data
put("mixed.eif", mixed[:0x144] + struct.pack(">Q", len(data)) + mixed[0x14c:])
END
for file in s u image metadata broken last pem cbor mixed; do
	echo "$ $file.eif"
	status "$HASHOSCOPE" eif verify $file.eif --certificate one.pem >got
	grep '^[-+e]' got
done
status "$HASHOSCOPE" eif verify t.eif --certificate one.pem | grep '^[-+e]'
status "$HASHOSCOPE" eif verify one.pem
status "$HASHOSCOPE" eif verify absent
status "$HASHOSCOPE" eif verify .
status "$HASHOSCOPE" eif verify s.eif --certificate one.key
