# SPDX-License-Identifier: Apache-2.0
# A docker-archive of two images beside archives that hold one of them each.
. "$HS_LIB"
need_shared vectors/oci/images/test_bundle.tar
# shellcheck disable=SC2154 # need_shared sets it
cd "${shared%/*}" || exit
for n in 1 2; do
	"$HASHOSCOPE" "test_bundle.tar@test_image_$n" "test_image_$n.tar" | head -2
done
status "$HASHOSCOPE" -q test_bundle.tar@test_image_1 test_image_2.tar
status "$HASHOSCOPE" test_bundle.tar@test_image_3 test_image_2.tar
