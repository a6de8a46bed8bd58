# SPDX-License-Identifier: Apache-2.0
# Nonce, data, key, age and measurements, each asked for as it is and otherwise.
. "$HS_LIB"
need_shared vectors/attestation
# shellcheck disable=SC2154 # need_shared sets it
cp "$shared/2022-10-13_us-east-1_prod_pcr3_pcr8_nonce256.cbor" doc
cp "$shared/2024-09-07_us-east-1_DEBUG_3x1024.cbor" debug
cp "$shared/2025-04-29_ap-south-1_prod_pcr16_emptyuserdata.cbor" empty
verify() { status "$HASHOSCOPE" attest verify --at timestamp "$@" 2>&1 | sed '/^  ok/d; s/ [0-9]* s old/ N s old/'; }
value() {
	"$HASHOSCOPE" attest show -o json "$1" | "$HS_PYTHON" -c \
		"import json, sys; d = json.load(sys.stdin)['document']; print($2)"
}
nonce=$(value doc 'd["nonce"]')
verify doc
verify --no-measurements --nonce "$nonce" doc
verify --no-measurements --nonce "${nonce}00" doc
verify --no-measurements --nonce "" doc
verify --no-measurements --user-data 00 doc
verify --no-measurements --user-data "" empty
value empty 'd["public_key"]' | xxd -r -p >key
verify --no-measurements --public-key key empty
verify --no-measurements --public-key debug empty
verify --no-measurements --nonce @key --user-data @key empty
verify --no-measurements --max-age 60 doc
verify --no-measurements debug
verify --no-measurements --allow-debug debug
pcr0=$(value doc 'd["pcrs"][0]["value"]')
value doc 'json.dumps({"PCR%d" % p["index"]: p["value"] for p in d["pcrs"] if p["value"].strip("0")})' >pcrs.json
verify --expect pcrs.json doc
verify --expect "PCR0=$pcr0" doc
verify --expect "PCR1=$pcr0" --expect pcrs.json doc
verify --expect "PCR16=$pcr0" doc
verify --expect "PCR3=$(value debug 'd["pcrs"][4]["value"]')" debug
verify --expect PCR0=00 doc
verify --expect "PCR32=$pcr0" doc
verify --expect "PCR0=$(printf '%096d' 0)" doc
verify --expect doc doc
verify --expect pcrs.json --no-measurements doc
verify --no-measurements --at yesterday doc
verify --no-measurements --max-age -1 doc
verify --no-measurements --nonce 0 doc
verify --no-measurements --nonce 0g doc
verify --no-measurements --partition aws --root doc doc
verify --no-measurements --root doc doc
# Standard input is one file, and no more than one.
verify --no-measurements --nonce @- doc <key
verify --no-measurements - doc - <doc
verify --expect - - <doc
verify --nonce @- --public-key - doc <doc
# Dates that there are not, zones, and a time before the document's.
for at in 2022-10-13T09:00:00Z 2022-10-13T11:00:00+02:00 2022-02-29T00:00:00Z 2022-10-13 ''; do
	verify --no-measurements --at "$at" doc
done
# Two that contradict each other.
verify --expect "PCR0=$pcr0" --expect "PCR0=$(value doc 'd["pcrs"][1]["value"]')" doc
