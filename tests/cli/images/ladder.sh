# SPDX-License-Identifier: Apache-2.0
# The rung on which images of real tools part: dive's three compressions of one image and its eStargz,
# and what skopeo makes of a docker-archive.
. "$HS_SOURCE/tests/cli/compare.sh"
need_shared vectors/oci/images
# shellcheck disable=SC2154 # need_shared sets it
images=$shared

# rung A B WANTED: "rung cause" of the only pair.
rung() {
	differs 1 "$1" "$2" "rungs() == [\"$3\"]" \
		'not [i for i in result["ladder"]["images"] if not i["certain"] or not i["remedy"]]'
}
of() {
	echo "$images/test-oci-$1-image.tar"
}
rung "$(of gzip)" "$(of zstd)" 'image-id compression'
rung "$(of zstd)" "$(of uncompressed)" 'image-id compression'
rung "$(of uncompressed)" "$(of gzip)" 'image-id compression'
rung "$(of gzip)" "$(of estargz)" 'canonical hidden-entries'
differs 1 "$(of gzip)" "$(of estargz)" '"hidden-entry" in codes("layer[0]")' \
	'"layer[0]!(after the end)!stargz.index.json" in of_files("only-b")'
command -v skopeo >/dev/null || finish
for name in test-docker-image source_image hello-world-v25; do
	skopeo copy -q --insecure-policy "docker-archive:$images/$name.tar" "oci-archive:$name.tar:x/y:z" ||
		continue
	rung "$images/$name.tar" "$name.tar" 'diff-ids re-serialised'
	differs 1 "$images/$name.tar" "$name.tar" 'codes("config") == {"re-serialised"}' \
		'not any(p.startswith("layer[") and ".v1" not in p for p in of_files("content", "only-a", "only-b", "moved"))'
done
finish
