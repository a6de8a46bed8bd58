# SPDX-License-Identifier: Apache-2.0
# Programs that sign, and programs that do not.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
signer one secp384r1
signer two secp384r1
try() {
	echo "$ --signer '$1'"
	"$HASHOSCOPE" eif sign u.eif --certificate one.pem --signer "$1" -o out.eif 3>&1 >measurements 2>&3
	echo "exit $?"
	[ ! -e out.eif ] || "$HS_PYTHON" -m signing check out.eif one.pem
	rm -f out.eif
}
try 'openssl pkeyutl -sign -inkey one.key'
try 'cat >digest; test $(wc -c <digest) = 48; openssl pkeyutl -sign -inkey one.key -in digest'
try 'openssl pkeyutl -sign -inkey two.key'
try 'openssl pkeyutl -sign -inkey one.key | base64'
try 'openssl pkeyutl -sign -inkey one.key; echo'
try 'openssl pkeyutl -sign -inkey one.key; exit 3'
try 'exec <&-; true'
try 'cat'
try 'cat /dev/zero'
try 'kill -9 $$'
try 'exit 1'
try 'exec >&-; exit 4'
try ''
try "openssl pkeyutl -sign -inkey one.key; : $("$HS_PYTHON" -c 'print("x" * 200)')" | cut -c 1-60
"$HASHOSCOPE" --timeout 2 eif sign u.eif --certificate one.pem --signer 'sleep 60' -o out.eif
echo "exit $?"
