# SPDX-License-Identifier: Apache-2.0
# What stands in the metadata, and that no measurement covers it.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" in
build() {
	"$HASHOSCOPE" eif build in/docker.tar --blobs in/blobs -o out.eif "$@" 2>/dev/null >measured
	sha256sum <measured | cut -c 1-8
	"$HASHOSCOPE" cat out.eif metadata | sed 's/"BuildToolVersion":"[0-9.]*"/"BuildToolVersion":"?"/'
	echo
}
build
SOURCE_DATE_EPOCH=1000000000 build
echo '{"key": ["value", 1.50]}' >custom.json
build --name app --version 1.2 --build-time 2026-11-23 --build-tool tool --build-tool-version 7 \
	--img-os os --img-kernel 6.6 --metadata custom.json --docker-info '{"Id": "x", "Created": 0}'
build --docker-info none --metadata '{}' --kernel in/blobs/aarch64/Image --build-time 1
