# SPDX-License-Identifier: Apache-2.0
# What would let everybody in, or nobody, is no policy.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
policy() {
	status "$HASHOSCOPE" attest policy "$@" 2>&1
}
image app.eif
policy
policy --from app.eif app.eif
policy --from missing
policy --from .
echo '{"PCR0": "'"$(printf '%096d' 0)"'"}' >zero.json
policy --from zero.json
echo '{"PCR0": "00"}' >short.json
policy --from short.json --format json
echo '{"PCR32": "'"$(printf '%096d' 1)"'"}' >number.json
policy --from number.json
echo '{}' >empty.json
policy --from empty.json
head -c 600 app.eif >cut.eif
policy --from cut.eif
: >empty
policy --from empty
policy --from app.eif --certificate app.eif
policy --from app.eif --format yaml
policy --from app.eif --role-arn ''
policy --from app.eif --role-arn arn:aws:iam::123456789012:instance-profile/Webserver
policy --from app.eif --role-arn arn:aws:sts::123456789012:assumed-role/Webserver/me
policy --from app.eif --role-arn arn:aws:iam:::role/Webserver
policy --from app.eif --role-arn arn:aws:iam::123456789012:role/
policy --from app.eif --role-arn "$(printf 'arn:aws:iam::1\377:role/x')"
policy --from app.eif --instance-id 1234567890abcdef0
policy --from app.eif --instance-id i-1234567890ABCDEF0
policy --from app.eif --instance-id i-
