# SPDX-License-Identifier: Apache-2.0
# What AWS's own tools have signed and measured, and what they refuse.
. "$HS_LIB"
need_shared vectors/eif
# shellcheck disable=SC2154 # need_shared sets it
for file in "$shared"/*.eif; do
	name=${file##*/}
	cp "$file" "$name"
	"$HASHOSCOPE" eif verify "$name" --at 2027-01-01T00:00:00Z >got
	echo "exit $?"
	# PCRs are those that AWS's code prints.
	grep -v '^PCR\|^[a-z ]* *C=\|^fingerprint' got
	grep '^PCR' got | tr -s ' ' | while read -r pcr value; do
		[ ! -e "${file%.eif}.expected.txt" ] ||
			grep -q "\"$pcr\": \"$value\"" "${file%.eif}.expected.txt" ||
			echo "another $pcr"
	done
done
