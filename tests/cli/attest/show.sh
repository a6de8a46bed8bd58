# SPDX-License-Identifier: Apache-2.0
# What genuine documents say, in each armour; nothing of it is verified.
. "$HS_LIB"
need_shared vectors/attestation
# shellcheck disable=SC2154 # need_shared sets it
cp "$shared/2025-11-10_ap-south-1_prod_pcr16_INDEF.cbor" new
cp "$shared/2024-09-07_us-east-1_DEBUG_3x1024.cbor" debug
status "$HASHOSCOPE" attest show new
"$HASHOSCOPE" attest show debug | sed -n 1,24p
base64 new >new.b64
od -An -v -tx1 new >new.hex
{
	echo '-----BEGIN ATTESTATION DOCUMENT-----'
	cat new.b64
	echo '-----END ATTESTATION DOCUMENT-----'
} >new.pem
"$HASHOSCOPE" attest show new | sed 1,3d >expected
for file in new.b64 new.hex new.pem; do
	"$HASHOSCOPE" attest show "$file" | sed -n 3p
	"$HASHOSCOPE" attest show - <"$file" | sed 1,3d | cmp - expected
done
{
	cat new.pem
	echo more
} | status "$HASHOSCOPE" attest show - 2>&1
{
	printf '?'
	cat new.b64
} | status "$HASHOSCOPE" attest show - 2>&1
head -c 1000 new | status "$HASHOSCOPE" attest show - 2>&1
status "$HASHOSCOPE" attest show nothing 2>&1
