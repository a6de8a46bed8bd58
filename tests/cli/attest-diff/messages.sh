# SPDX-License-Identifier: Apache-2.0
# Other messages that are signed, and CBOR that is not.
. "$HS_LIB"
"$HS_PYTHON" - <<'END'
def write(name, data):
    open(name, "wb").write(data)


def message(kid, payload, signature):
    return b"\xd2\x84\x43\xa1\x01\x26\xa1\x04\x42" + kid + bytes([0x40 + len(payload)]) + \
        payload + b"\x58\x40" + signature * 64


def item(count, more=b""):
    return b"\xa3\x64name\x65thing\x65count" + count + b"\x64data\x58\x48" + b"\7" * 72 + more


write("a.cose", message(b"k1", b"\xa2\x64name\x65thing\x65count\1", b"\1"))
write("b.cose", message(b"k2", b"\xa2\x64name\x65thing\x65count\2", b"\2"))
write("a.cbor", item(b"\1"))
write("b.cbor", item(b"\x18\1"))
write("c.cbor", b"\xd9\xd9\xf7" + item(b"\2"))
write("cut.cbor", b"\xd9\xd9\xf7" + item(b"\2")[:-9])
END
status "$HASHOSCOPE" a.cose b.cose
status "$HASHOSCOPE" a.cbor b.cbor
status "$HASHOSCOPE" a.cbor c.cbor
status "$HASHOSCOPE" c.cbor cut.cbor 2>&1 | sed '/^ *[-+ ][0-9a-f]\{8\}  /d'
