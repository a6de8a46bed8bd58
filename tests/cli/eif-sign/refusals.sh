# SPDX-License-Identifier: Apache-2.0
# Each thing that does not fit has its sentence, and nothing is written.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
signer one secp384r1
signer two secp384r1
signer other prime256v1
signer odd secp224r1
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key 2>log
certify rsa
openssl genpkey -algorithm ED25519 -out ed.key 2>log
md=default certify ed
openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:x -in one.key -out encrypted.key
openssl ec -aes128 -passout pass:x -in one.key -out traditional.key 2>log
cat one.pem two.pem other.pem >chain.pem
echo garbage >garbage
: >empty

try() {
	echo "$ eif sign $*"
	"$HASHOSCOPE" eif sign "$@" 2>&1
	echo "exit $?"
	[ ! -e out.eif ] || echo 'something was written'
	rm -f out.eif
}
try u.eif -o out.eif
try u.eif --certificate one.pem -o out.eif
try u.eif --private-key one.key -o out.eif
try u.eif --certificate one.pem --private-key one.key
try u.eif --certificate one.pem --private-key one.key --signer true -o out.eif
try u.eif --certificate one.pem --signer true --deterministic -o out.eif
for key in two.key other.key odd.key rsa.key ed.key encrypted.key traditional.key one.pem garbage \
	empty absent . /dev/zero arn:aws:kms:eu-west-1:123456789012:key/abc; do
	try u.eif --certificate one.pem --private-key $key -o out.eif
done
for pair in odd rsa ed; do
	try u.eif --certificate $pair.pem --private-key $pair.key -o out.eif
	try u.eif --certificate $pair.pem --signer true -o out.eif
done
for certificate in one.key garbage empty absent .; do
	try u.eif --certificate $certificate --private-key one.key -o out.eif
done
try one.pem --certificate one.pem --private-key one.key -o out.eif
try absent.eif --certificate one.pem --private-key one.key -o out.eif
try u.eif --certificate one.pem --private-key one.key -o absent/out.eif

# Of several certificates the first counts: its key has to be the one.
try u.eif --certificate chain.pem --private-key two.key -o out.eif

# What it signs with is not written over, by whatever name.
sha256sum one.pem one.key >before
ln -s one.key other-name
try u.eif --certificate one.pem --private-key one.key -o one.pem
try u.eif --certificate one.pem --private-key one.key -o ./one.key
try u.eif --certificate one.pem --private-key other-name -o one.key
sha256sum -c --quiet before

# So long that no enclave would take it.
cat one.pem one.pem one.pem one.pem one.pem one.pem one.pem >some.pem
cat some.pem some.pem some.pem some.pem some.pem some.pem some.pem >long.pem
try u.eif --certificate long.pem --private-key one.key -o out.eif | sed "s/have [0-9]* /have N /"
