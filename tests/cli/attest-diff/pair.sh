# SPDX-License-Identifier: Apache-2.0
# Two enclaves on one instance, the second in debug mode.
. "$HS_LIB"
need_shared vectors/attestation
cp "${shared:?}/2024-09-07_us-east-1_prod_3x1024.cbor" prod
cp "${shared:?}/2024-09-07_us-east-1_DEBUG_3x1024.cbor" debug
status "$HASHOSCOPE" prod debug
status "$HASHOSCOPE" prod prod
"$HASHOSCOPE" ls debug
