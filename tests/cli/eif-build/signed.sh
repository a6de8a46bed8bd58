# SPDX-License-Identifier: Apache-2.0
# A signature is added over the same measurements; a deterministic one is twice the same.
. "$HS_LIB"
need openssl
"$HS_PYTHON" "$HS_CASE/image.py" in
openssl ecparam -name secp384r1 -genkey -noout -out key.pem
openssl req -new -x509 -key key.pem -sha384 -days 30 -subj /CN=builder -out certificate.pem
openssl ecparam -name secp384r1 -genkey -noout -out other.pem
build() {
	"$HASHOSCOPE" eif build in/docker.tar --blobs in/blobs "$@" 2>messages
	grep -v '^hashoscope: in/docker.tar: ' messages
}
build >plain.json
build --certificate certificate.pem --private-key key.pem --deterministic -o 1.eif >1.json
build --certificate certificate.pem --private-key key.pem --deterministic -o 2.eif >2.json
cmp 1.eif 2.eif
# PCR8 by other means: a PCR is the hash of 48 zeros and the hash of what it measures.
openssl x509 -in certificate.pem -outform DER | openssl dgst -sha384 -binary >der.hash
(head -c 48 /dev/zero; cat der.hash) | openssl dgst -sha384 -r | cut -d ' ' -f 1 >pcr8
grep -q "\"PCR8\": \"$(cat pcr8)\"" 1.json || echo "PCR8 is another"
for pcr in 0 1 2; do
	[ "$(grep "PCR$pcr" plain.json | tr -d ,)" = "$(grep "PCR$pcr" 1.json | tr -d ,)" ] ||
		echo "PCR$pcr changes with the signature"
done
build --certificate certificate.pem --signer \
	'openssl pkeyutl -sign -inkey key.pem' -o 3.eif >3.json
cmp 1.json 3.json
build --certificate certificate.pem --private-key other.pem -o 4.eif
[ ! -e 4.eif ] || echo "a wrong key signs"
build --private-key key.pem
