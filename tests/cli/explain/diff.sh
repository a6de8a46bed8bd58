# SPDX-License-Identifier: Apache-2.0
# The page of two enclave images: the measurements first, and nothing that only follows.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from measured import *
enclave("a.eif", customer(APP))
enclave("b.eif", customer({**APP, "app": (PROGRAM, b"walk\n", 1600000000),
                           "opt/more": (FILE, b"", 1600000002)}),
        cmdline=b"reboot=k panic=30 quiet", metadata=JSON.replace(b"1970", b"2026"))
END
status "$HASHOSCOPE" a.eif b.eif
echo "== -v"
status "$HASHOSCOPE" -v a.eif b.eif
echo "== compressed, and what is the same"
gzip -9n <a.eif >a.eif.gz
gzip -1n <b.eif >b.eif.gz
"$HASHOSCOPE" a.eif.gz b.eif.gz | grep -E 'PCR|because|and '
"$HASHOSCOPE" explain a.eif.gz b.eif | sed -n 1p
status "$HASHOSCOPE" a.eif a.eif
