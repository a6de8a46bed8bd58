# SPDX-License-Identifier: Apache-2.0
# One PCR, by any of its names; and what explain does not take.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from measured import *
enclave("a.eif", customer(APP))
enclave("b.eif", customer({**APP, "app": (PROGRAM, b"other\n", 1600000000)}))
image("image.tar", APP)
END
for pcr in PCR0 pcr0 0 PCR1 1 PCR2 2 PCR8 8; do
	echo "== $pcr"
	status "$HASHOSCOPE" explain a.eif b.eif $pcr
done
echo "== none"
for pcr in PCR3 PCR 00 x ''; do
	status "$HASHOSCOPE" explain a.eif b.eif "$pcr"
done
status "$HASHOSCOPE" explain image.tar a.eif PCR1
status "$HASHOSCOPE" explain image.tar a.eif PCR8
echo text >text
mkdir folder
status "$HASHOSCOPE" explain image.tar text
status "$HASHOSCOPE" explain folder image.tar
status "$HASHOSCOPE" explain text a.eif
status "$HASHOSCOPE" explain missing a.eif
status "$HASHOSCOPE" explain a.eif
status "$HASHOSCOPE" explain -o yaml a.eif b.eif
head -c 1000 a.eif >cut.eif
status "$HASHOSCOPE" explain a.eif cut.eif
status "$HASHOSCOPE" explain cut.eif image.tar
