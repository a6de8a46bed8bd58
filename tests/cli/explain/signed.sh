# SPDX-License-Identifier: Apache-2.0
# Files that AWS's own code has written and signed.
. "$HS_LIB"
need_shared vectors/eif
eif=${shared:?}
cp "$eif/u.eif" unsigned.eif
cp "$eif/s-prime256v1.eif" p256.eif
cp "$eif/s-secp384r1.eif" p384.eif
for pair in "unsigned.eif p256.eif" "p256.eif unsigned.eif" "p256.eif p384.eif"; do
	for pcr in "" PCR8; do
		echo "== $pair $pcr"
		# shellcheck disable=SC2086
		status "$HASHOSCOPE" explain $pair $pcr
	done
done
"$HASHOSCOPE" p256.eif p384.eif | sed -n '2,6p'
cp "$eif/x-v4nomd.eif" "$eif/x-type6.eif" "$eif/x-gap.eif" "$eif/x-v9.eif" .
for file in x-type6 x-gap x-v9; do
	echo "== $file"
	status "$HASHOSCOPE" explain x-v4nomd.eif "$file.eif"
done
