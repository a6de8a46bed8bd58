# SPDX-License-Identifier: Apache-2.0
# From an image to a document of it that verifies, and all that must not verify.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image app.eif
"$HS_PYTHON" -c 'import enclaves
enclaves.eif("other.eif", (1, b"kern"), (2, b"cmd"), (5, enclaves.metadata()), (3, b"rd1"), (3, b"RD2"))'
"$HS_PYTHON" -m nsm pki pki || exit 1
printf nonce >nonce
printf key >key
printf yek >other-key
cat >steps <<'END'
. "$HS_LIB"
# ask NAME OPTION...: asks for a document.
ask() {
	name=$1
	shift
	"$HASHOSCOPE" attest request --nsm-device module "$@" -o "$name"
}
# verdict DOC OPTION...: the exit status and why.
verdict() {
	"$HASHOSCOPE" attest verify -o json --root pki/root.pem "$@" >verdict.json 2>said
	echo "exit $? $("$HS_PYTHON" -c 'import json
print(json.load(open("verdict.json"))["result"]["reason"])')"
}
arn=arn:aws:iam::123456789012:role/Webserver
"$HASHOSCOPE" attest policy --from app.eif --role-arn $arn --instance-id i-1234567890abcdef0 \
	--format json >pki/pcrs.json
ask doc --nonce @nonce --public-key key --user-data 00ff
verdict doc --expect app.eif --nonce @nonce --public-key key --user-data 00FF --max-age 600
verdict doc --expect pki/pcrs.json --nonce 6e6f6e6365
verdict doc --expect app.eif --at timestamp
verdict doc
verdict doc --no-measurements
verdict doc --expect other.eif
verdict doc --expect app.eif --nonce 00
verdict doc --expect app.eif --user-data ''
verdict doc --expect app.eif --public-key other-key
verdict doc --expect app.eif --at 2020-01-01T00:00:00Z
verdict doc --expect app.eif --at 2090-01-01T00:00:00Z
echo foreign root
"$HASHOSCOPE" attest verify doc --expect app.eif | head -n 1
echo an own measurement, locked
"$HASHOSCOPE" attest nsm extend 16 00ff --nsm-device module >own
ask unlocked
"$HASHOSCOPE" attest nsm lock 16 --nsm-device module
ask locked
own=$(sed 's/ /=/' own)
verdict unlocked --expect app.eif --expect "$own"
verdict locked --expect app.eif --expect "$own"
echo debug mode
sed 's/"PCR\([012]\)": "[0-9a-f]*"/"PCR\1": "'"$(printf '%096d' 0)"'"/' pki/pcrs.json >zeros
mv zeros pki/pcrs.json
ask debug
verdict debug --expect app.eif
verdict debug --no-measurements
verdict debug --no-measurements --allow-debug
END
"$HS_PYTHON" -m nsm run module pki sh steps
