# SPDX-License-Identifier: Apache-2.0
# The walkthrough of docs/images.md: what its commands print is what it says.
. "$HS_LIB"
need buildah bash
mkdir bin home && ln -s "$HASHOSCOPE" bin/hashoscope
PATH=$PWD/bin:$PATH
export PATH HOME="$PWD/home" BUILDAH_ISOLATION=chroot
image() { buildah --storage-driver vfs --root "$PWD/.probe" --runroot "$PWD/.probe-run" "$@"; }
image from scratch >log 2>&1 || skip "buildah cannot work here: $(tail -n 1 log)"
"$HS_PYTHON" "$HS_SOURCE/tests/cli/walk.py" "$HS_SOURCE/docs/images.md" '## Two builds of one Dockerfile differ'
