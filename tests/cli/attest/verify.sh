# SPDX-License-Identifier: Apache-2.0
# Genuine documents at their own time, now, and hours away; forgeries.
. "$HS_LIB"
need_shared vectors/attestation
# shellcheck disable=SC2154 # need_shared sets it
cp "$shared"/*.cbor .
verify() { "$HASHOSCOPE" attest verify --no-measurements "$@"; }
status verify --at timestamp --allow-debug ./*.cbor
status verify ./*.cbor | grep -v '  ok'
doc=2022-11-09_eu-west-1_prod_userdata_nonce.cbor
for at in 2022-11-09T18:52:00Z 2022-11-09T22:51:56Z 2022-11-09T22:52:00Z 2022-11-10T01:52:01Z \
	2022-11-10T02:52:00Z; do
	echo "at $at"
	status verify --at $at $doc | grep -v '  ok'
done
cp "$shared"/negative/* .
for name in bad_cose_signature_veracruz.cbor corrupt_missing_3_bytes_base.cbor \
	forged_root_in_cabundle1_SELFMADE.cbor prefix4_trailing151_dstack.bin \
	selfsigned_nulls_blocky.cbor wrong_root_mock_marlin.cbor wrong_root_mock_pcr16_marlin.cbor; do
	status verify --at timestamp $name | grep -v '  ok'
done
status verify --at timestamp --partition aws-us-gov $doc | grep -v '  ok'
status verify --at timestamp --root "$shared/roots/aws-nitro-root-g1.pem" $doc | grep -v '  ok'
status verify --at timestamp --root "$shared/roots/aws-us-gov-nitro-root.pem" $doc | grep -v '  ok'
