# SPDX-License-Identifier: Apache-2.0
# The commands of a family, however one asks for them.
. "$HS_LIB"
"$HASHOSCOPE" eif --help | tee all.txt
for words in "eif -h" "help eif" "help eif ramdisk" "eif ramdisk --help"; do
	# shellcheck disable=SC2086
	"$HASHOSCOPE" $words >again.txt
	cmp all.txt again.txt
done
"$HASHOSCOPE" eif build --help >all.txt
"$HASHOSCOPE" help eif build >again.txt
cmp all.txt again.txt
