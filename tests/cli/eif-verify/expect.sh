# SPDX-License-Identifier: Apache-2.0
# What an image is expected to measure: as text, as nitro-cli's JSON, alone or inside.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
signer one prime256v1
pcr0=0bf882026f87bc68d0b68316e378fdfff5106bbd0e1f163208550f7709decf5f5929b9e6bac8246e0a9d2656dc855915
pcr1=4dbea89de106cd1305711998e172eb78be9263bc650fafdd90fce2a1e2b34b277a906e8646b1470e88a6f9cb083fe88d
zero=$("$HS_PYTHON" -c 'print("0" * 96)')
upper=$(echo $pcr0 | tr a-f A-F)
"$HASHOSCOPE" eif sign u.eif --certificate one.pem --private-key one.key -o s.eif >nitro.json
"$HS_PYTHON" -c '
import json
json.dump(json.load(open("nitro.json"))["Measurements"], open("bare.json", "w"))'
pcr8=$("$HS_PYTHON" -c 'import json; print(json.load(open("bare.json"))["PCR8"])')
try() {
	echo "$ $*" | cut -c 1-70
	"$HASHOSCOPE" eif verify "$@" 2>&1 | grep -v '^[a-z ]*  ' | sed "s/$pcr8/of the certificate/"
}
try s.eif --expect nitro.json
try s.eif --expect bare.json --expect PCR0=$upper --expect PCR1=$pcr1
try u.eif --expect PCR0=$pcr0
try u.eif --expect PCR0=$pcr1 --expect PCR1=$pcr1 --expect PCR2=$pcr1
try u.eif --expect PCR8=$pcr1
try u.eif --expect nitro.json
for bad in PCR0= PCR0=abc PCR0=${pcr0}00 PCR0=${pcr0%??} PCR0=$zero PCR3=$pcr0 PCR00=$pcr0 PCR=$pcr0 \
	absent .; do
	try u.eif --expect $bad
done
while read -r json; do
	echo "$json" >bad.json
	echo "$json"
	try u.eif --expect bad.json
done <<END
{}
[]
null
not JSON
{"HashAlgorithm": "x"}
{"PCR0": 7}
{"PCR0": "00"}
{"PCR0": "$zero"}
{"PCR0": "$pcr0", "PCR0": "$pcr0"}
{"PCR0": "$pcr0", "PCR9": "$pcr0"}
{"PCR0": "$pcr0", "pcr1": "$pcr0"}
{"Measurements": "$pcr0"}
{"Measurements": {"PCR0": "$pcr0"}, "PCR1": "$pcr1"}
{"Measurements": {}}
END
head -c 70000 /dev/zero >large.json
try u.eif --expect large.json
