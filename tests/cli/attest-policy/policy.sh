# SPDX-License-Identifier: Apache-2.0
# A policy of an image, of what was published and of where it runs; and that --expect takes it again.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
policy() {
	status "$HASHOSCOPE" attest policy "$@" 2>&1
}
image app.eif
signer one secp384r1
signer two secp384r1
arn=arn:aws:iam::123456789012:role/Webserver
policy --from app.eif --role-arn $arn --instance-id i-1234567890abcdef0
policy --from app.eif --format json
# What --expect takes, and eif pcr prints, is what it is made of.
"$HASHOSCOPE" attest policy --from app.eif --format json >app.json
"$HASHOSCOPE" eif pcr app.eif | cmp - app.json
"$HASHOSCOPE" eif verify app.eif --expect app.json >/dev/null; echo "verify $?"
"$HASHOSCOPE" attest policy --from app.json --format json | cmp - app.json
"$HASHOSCOPE" attest policy --from - --format json <app.json | cmp - app.json
# Of a signed image PCR8 is that of its certificate.
"$HASHOSCOPE" eif sign app.eif --certificate one.pem --private-key one.key -o signed.eif >signed.json
"$HASHOSCOPE" attest policy --from signed.eif --format json | cmp - signed.json
"$HASHOSCOPE" attest policy --from app.eif --certificate one.pem --format json | cmp - signed.json
"$HASHOSCOPE" attest policy --from signed.eif --certificate one.pem --format json | cmp - signed.json
policy --from signed.eif --certificate two.pem
"$HASHOSCOPE" attest policy --from signed.eif --role-arn $arn --instance-id i-1234567890abcdef0 \
	--format json >all.json
"$HASHOSCOPE" attest policy --from all.json --format json | cmp - all.json
grep -c PCR all.json
policy --from all.json --instance-id i-0fedcba0987654321
# Only who runs it, not what.
echo '{"PCR3": "'"$(printf '%096d' 3)"'"}' >loose.json
policy --from loose.json --format json
policy --from loose.json | grep -v PCR
