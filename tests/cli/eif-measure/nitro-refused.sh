# SPDX-License-Identifier: Apache-2.0
# Where nitro-cli ends with an error, -o nitro prints nothing, and says why.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("custom.eif", meta=metadata("null", "[]"))
usual("key.eif", meta=b'{"ImageName":"x"}')
usual("twice.eif", meta=metadata().replace(b"{", b'{"ImageName":"x",', 1))
usual("deep.eif", meta=metadata("[" * 127 + "]" * 127))
usual("more.eif", after=b"0123456789ab")
usual("type.eif", (6, b""))
usual("cbor.eif", (SIGNATURE, b"\x80"))
open("short.eif", "wb").write(b".eif" + bytes(543))
END
for file in custom key twice deep more type cbor short; do
	for strict in "" --lenient; do
		status "$HASHOSCOPE" eif describe -o nitro $strict $file.eif 2>&1
	done
done
