# SPDX-License-Identifier: Apache-2.0
# Every path that ls prints of an image is one that cat reads or a directory, and no image differs
# from itself.
. "$HS_LIB"
need_shared vectors/oci/images
find "${shared:?}" -name '*.tar' | sort >images
[ -s images ] || skip "no images are there"
while read -r image; do
	"$HASHOSCOPE" -q "$image" "$image" || echo "$image differs from itself: $?"
	"$HASHOSCOPE" ls "$image" >paths || echo "ls $image: $?"
	[ -s paths ] || echo "ls $image prints nothing"
	# The path is what -0 prints raw; of these images none has a name that is escaped.
	"$HASHOSCOPE" ls -0 "$image" | tr '\0' '\n' | cmp - paths
	awk 'NR % 23 == 1' paths >some
	while read -r path; do
		"$HASHOSCOPE" cat "$image" "$path" >bytes 2>error || grep -q 'is a directory$' error ||
			cat error
	done <some
done <images
