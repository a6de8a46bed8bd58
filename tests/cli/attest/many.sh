# SPDX-License-Identifier: Apache-2.0
# A thousand documents in one call: in their order, whatever the number of threads.
. "$HS_LIB"
need_shared vectors/attestation
# shellcheck disable=SC2154 # need_shared sets it
cp "$shared"/*.cbor "$shared"/negative/* .
set --
while [ $# -lt 360 ]; do
	set -- "$@" ./*.cbor ./*.bin nothing
done
for jobs in 1 8; do
	status "$HASHOSCOPE" attest verify --at timestamp --no-measurements --jobs $jobs -o ndjson \
		"$@" >$jobs.ndjson 2>$jobs.err
done
cmp 1.ndjson 8.ndjson
cmp 1.err 8.err
tail -n 1 1.ndjson
head -n 1 1.err
"$HS_PYTHON" - "$HS_SOURCE" 1.ndjson "$@" <<'PY'
import collections
import json
import sys

source, lines, *names = sys.argv[1:]
reports = [json.loads(line) for line in open(lines) if line.startswith("{")]
assert [r["input"]["name"] for r in reports] == names
for reason, n in sorted(collections.Counter(r["result"]["reason"] for r in reports).items()):
    print(reason, n)
try:
    import jsonschema
except ImportError:
    sys.exit()
schema = json.load(open(source + "/docs/hashoscope-attestation-1.0.schema.json"))
for r in reports[:len(names) // 20]:
    jsonschema.validate(r, schema)
PY
status "$HASHOSCOPE" attest verify -o json --at timestamp ./2022-11-09*.cbor
status "$HASHOSCOPE" attest verify -o json ./*.cbor 2>&1
