# SPDX-License-Identifier: Apache-2.0
# A document of an enclave that was started from an image, held against that image, the one that it
# was built of, and others; why another is not it is explained.
. "$HS_LIB"
need openssl
export PYTHONPATH="$HS_SOURCE/tests/cli"
"$HS_PYTHON" -m nsm pki pki || exit 1
"$HS_PYTHON" - <<'END'
from measured import *
image("app.tar", APP)
image("other.tar", {**APP, "app": (PROGRAM, b"other\n", 1600000000)})
END
mkdir blobs
for blob in bzImage cmdline init nsm.ko; do
	echo $blob >blobs/$blob
done
for name in app other; do
	"$HASHOSCOPE" eif build $name.tar --blobs blobs -o $name.eif >$name.json 2>said || cat said
done
echo more >>blobs/bzImage
"$HASHOSCOPE" eif build app.tar --blobs blobs -o kernel.eif >kernel.json 2>said || cat said
cp app.json pki/pcrs.json
cp app.eif copy.eif
cat >steps <<'END'
. "$HS_LIB"
"$HASHOSCOPE" attest request --nsm-device module -o doc
cp doc copy
verify() {
	status "$HASHOSCOPE" attest verify --root pki/root.pem "$@" 2>&1 |
		sed -E '/^  ok    (document|certificates|signature|timestamp)/d; s/[0-9a-f]{96}/.../g'
}
echo "== what it was started from"
verify doc --expect app.eif
verify doc --expect app.tar
verify doc --expect app.json
verify doc --expect app.eif --expect app.tar --expect copy.eif
verify - --expect app.eif <doc
verify doc --expect - <app.eif
echo "== another"
verify doc --expect other.eif
verify doc --expect other.tar
verify doc --expect app.eif --expect other.tar
echo "== two, one of which runs"
verify doc --expect app.eif --expect other.eif
verify doc --expect kernel.eif --expect app.eif
verify doc copy --expect other.eif --expect kernel.eif --expect app.eif
echo "== two, neither of which runs"
verify doc --expect kernel.eif --expect other.eif
verify doc --expect app.eif --expect other.eif --nonce 00
echo "== another root"
"$HASHOSCOPE" attest verify doc --expect app.eif --expect other.eif | sed 1q
"$HASHOSCOPE" attest verify -o json --root pki/root.pem doc --expect app.eif --expect other.eif >one.json
"$HASHOSCOPE" attest verify -o ndjson --root pki/root.pem doc copy none doc --expect app.eif \
	--expect other.eif >all.ndjson 2>said
cat said
"$HASHOSCOPE" explain -o json app.eif other.eif >explained.json
"$HS_PYTHON" - one.json all.ndjson <<'PY'
import json
import sys
one = json.load(open(sys.argv[1]))
want = json.load(open("explained.json"))
lines = [json.loads(line) for line in open(sys.argv[2])]
assert one["explanation"] == want, one["explanation"]
assert [r["explanation"] for r in lines] == [want, want, None, want]
assert lines[0] == one
print(one["result"], want["result"]["sentence"])
json.dump(one["explanation"], open("explanation.json", "w"))
PY
for report in one explanation; do
	"$HS_PYTHON" "$HS_SOURCE/tests/report/validate.py" $report.json
done
END
"$HS_PYTHON" -m nsm run module pki sh steps
