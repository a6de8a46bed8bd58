# SPDX-License-Identifier: Apache-2.0
# An enclave image is measured; one that is cut is no expectation.
. "$HS_LIB"
need_shared vectors/attestation
# shellcheck disable=SC2154 # need_shared sets it
cp "$shared/2022-11-09_eu-west-1_prod_userdata_nonce.cbor" doc
printf kernel >kernel
for name in a b; do
	printf 'ramdisk' >boot
	printf 'app %s' $name >app
	"$HASHOSCOPE" eif assemble --kernel kernel --cmdline reboot=k --ramdisk boot --ramdisk app \
		--name x --version 1 --build-time 2026-01-01T00:00:00Z --build-tool t \
		--build-tool-version 1 --img-os l --img-kernel 4 -o $name.eif >/dev/null
done
status "$HASHOSCOPE" attest verify --at timestamp --expect a.eif doc
status "$HASHOSCOPE" attest verify --at timestamp --expect a.eif --expect b.eif doc
head -c 200 a.eif >cut.eif
status "$HASHOSCOPE" attest verify --at timestamp --expect cut.eif doc 2>&1
