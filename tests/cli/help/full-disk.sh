# SPDX-License-Identifier: Apache-2.0
# Help that cannot be written is trouble like any other.
. "$HS_LIB"
[ -w /dev/full ] || skip "no /dev/full"
"$HASHOSCOPE" --help >/dev/full
