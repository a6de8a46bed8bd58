# SPDX-License-Identifier: Apache-2.0
# An image of two layers by umoci, the second with a whiteout: built twice, and saved by skopeo as OCI
# archive, as docker-archive and as a folder.
. "$HS_SOURCE/tests/cli/compare.sh"
need umoci skopeo

# build NAME TEXT
build() {
	umoci init --layout "$1" && umoci new --image "$1:x" || exit 1
	umoci unpack $rootless --image "$1:x" "$1.bundle" || exit 1
	mkdir -p "$1.bundle/rootfs/etc" "$1.bundle/rootfs/srv"
	echo "$2" >"$1.bundle/rootfs/etc/motd"
	echo gone >"$1.bundle/rootfs/srv/old"
	echo stays >"$1.bundle/rootfs/srv/kept"
	umoci repack --refresh-bundle --image "$1:x" "$1.bundle" || exit 1
	rm "$1.bundle/rootfs/srv/old"
	echo added >"$1.bundle/rootfs/srv/new"
	umoci repack --image "$1:x" "$1.bundle" || exit 1
	umoci config --image "$1:x" --config.env "TEXT=$2" || exit 1
	for kind in oci-archive docker-archive; do
		skopeo copy -q --insecure-policy "oci:$1:x" "$kind:$1.$kind:x/y:z" || exit 1
	done
}
rootless=
[ "$(id -u)" -eq 0 ] || rootless=--rootless
build a hello >log 2>&1 && build b goodbye >>log 2>&1 || skip "umoci cannot build here: $(tail -n 1 log)"

for kind in oci-archive docker-archive; do
	differs 1 a.$kind b.$kind 'result["complete"]' 'lines("etc/motd") == ["-hello", "+goodbye"]' \
		'"env TEXT" in text' \
		'not any("srv/kept" in p for p in of_files("content", "only-a", "only-b", "moved"))'
	"$HASHOSCOPE" ls a.$kind >list
	grep -q '\.wh\.old' list || { echo "$kind: no whiteout:"; cat list; }
done
# The same image in two kinds of archive: no file of any layer differs.
differs 1 a.oci-archive a.docker-archive \
	'not any(w in p for w in ("etc/motd", "srv/") for p in of_files("content", "only-a", "only-b", "moved"))'
# As a folder on disk, and packed by skopeo.
differs 1 a a.oci-archive \
	'not any(w in p for w in ("etc/motd", "srv/") for p in of_files("content", "only-a", "only-b", "moved"))'
finish
