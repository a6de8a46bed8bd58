# SPDX-License-Identifier: Apache-2.0
# Documents of two years: the map of the newer one does not state its length.
. "$HS_LIB"
need_shared vectors/attestation
cp "${shared:?}/2025-04-29_ap-south-1_prod_pcr16_emptyuserdata.cbor" a
cp "${shared:?}/2026-08-03_us-east-1_DEBUG_INDEF_allnull.cbor" b
status "$HASHOSCOPE" a b
