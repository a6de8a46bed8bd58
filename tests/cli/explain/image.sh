# SPDX-License-Identifier: Apache-2.0
# A container image and the enclave image that is said to be made of it.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from measured import *
image("image.tar", APP)
image("implied.tar", {name: what for name, what in APP.items() if name != "opt/"})
enclave("same.eif", customer(APP))
enclave("content.eif", customer({**APP, "app": (PROGRAM, b"other\n", 1600000000)}))
enclave("mode.eif", customer({**APP, "opt/data": (PROGRAM, b"data\n", 1600000002)}))
enclave("mtime.eif", customer({**APP, "opt/data": (FILE, b"data\n", 1600000003)}))
enclave("order.eif", customer(APP, order=lambda e: [e[0], e[2], e[1]] + e[3:]))
enclave("missing.eif", customer({name: APP[name] for name in ("app", "opt/")}))
END
for eif in same content mode mtime order missing; do
	echo "== $eif"
	status "$HASHOSCOPE" explain image.tar $eif.eif
done
echo "== the other way round"
status "$HASHOSCOPE" explain content.eif image.tar
echo "== a directory that no layer lists"
status "$HASHOSCOPE" explain implied.tar same.eif
status "$HASHOSCOPE" explain implied.tar content.eif
echo "== with all that is in it"
mkdir blobs
printf 'kernel' >blobs/bzImage
printf 'reboot=k panic=30\n' >blobs/cmdline
printf 'init' >blobs/init
printf 'module' >blobs/nsm.ko
status "$HASHOSCOPE" explain --blobs blobs image.tar same.eif
status "$HASHOSCOPE" explain --blobs blobs --cmdline 'reboot=k panic=30 debug' image.tar mode.eif
status "$HASHOSCOPE" explain --blobs blobs --cmdline 'reboot=k panic=30 debug' image.tar same.eif 2
echo "== json"
for image in image implied; do
	"$HASHOSCOPE" explain -o json $image.tar mtime.eif >out
	"$HS_PYTHON" "$HS_SOURCE/tests/report/validate.py" out
done
