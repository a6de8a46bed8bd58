# SPDX-License-Identifier: Apache-2.0
# What eif build makes of an image is what explain finds in it.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from measured import *
image("one.tar", APP)
image("two.tar", {**APP, "opt/data": (FILE, b"other\n", 1600000002)})
END
mkdir blobs
for blob in bzImage cmdline init nsm.ko; do
	echo $blob >blobs/$blob
done
for i in one two; do
	"$HASHOSCOPE" eif build $i.tar --blobs blobs --output $i.eif >out 2>&1 || cat out
done
status "$HASHOSCOPE" explain one.tar one.eif
status "$HASHOSCOPE" explain --blobs blobs one.eif one.tar
status "$HASHOSCOPE" explain --blobs blobs two.tar one.eif
status "$HASHOSCOPE" explain one.eif two.eif
