# SPDX-License-Identifier: Apache-2.0
# The image IDs that go-containerregistry 0.20.2 gives real images: mutate.Canonical, mutate.Time.
. "$HS_LIB"
need_shared vectors/oci/images.tsv
folder=${shared:?}
folder=${folder%.tsv}
tab=$(printf '\t')
id() {
	"$HASHOSCOPE" canonicalize "$@" 2>/dev/null | sed -n 's/^{"image_id": "\([^"]*\)".*/\1/p'
}
tail -n +2 "$shared" >rows
[ -s rows ] || echo "no rows"
while IFS="$tab" read -r image _ canonical _ timed; do
	got=$(id "$folder/$image" --like ggcr)
	[ "$got" = "$canonical" ] || echo "$image: $got, not $canonical"
	got=$(id "$folder/$image" --like ggcr --time 1700000000)
	[ "$got" = "$timed" ] || echo "$image: $got, not $timed"
done <rows
