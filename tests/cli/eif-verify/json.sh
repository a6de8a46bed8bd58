# SPDX-License-Identifier: Apache-2.0
# The report for programs: one of each kind, against its schema.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
"$HS_PYTHON" -c 'import jsonschema' 2>/dev/null || skip 'no jsonschema'
image u.eif
signer one secp521r1
"$HASHOSCOPE" eif sign u.eif --certificate one.pem --private-key one.key -o s.eif >measurements
head -c 600 u.eif >cut.eif
head -c 1900 s.eif >signature.eif
for file in u s cut signature; do
	"$HASHOSCOPE" eif verify $file.eif -o json --at none >$file.json
	echo "exit $?"
	"$HASHOSCOPE" schema verification >schema.json
	"$HS_PYTHON" - $file.json <<'END'
import json, sys
import jsonschema
document = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator(json.load(open("schema.json"))).validate(document)
print(document["result"], [r["reason"] for r in document["reasons"] + document["remarks"]])
END
done
cat u.json
